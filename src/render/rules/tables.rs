//! The tables of an audit as rows of text, a heading first: what every format for people shows.

use crate::audit::{Ahead, Audit, Lead, Speaker, Strong, Weight};
use crate::knowledge::source_entry::OWN;
use crate::knowledge::{Fit, KnowledgeBase, Voice};

/// Rows of text, a heading first.
pub(super) type Rows = Vec<Vec<String>>;

fn row(cells: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    cells.into_iter().map(Into::into).collect()
}

/// Part of a whole, in hundredths.
fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 { format!("{:.0} %", 100.0 * part / whole) } else { "-".to_owned() }
}

/// How many answers of each option have which fit: usual, at best, at worst.
pub(super) fn fits(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let spoken = Fit::ALL.into_iter().rev().map(|fit| fit.spoken().to_owned());
    let mut rows = vec![row(["option".to_owned(), "case".to_owned()].into_iter().chain(spoken))];
    for counts in &audit.fits {
        let cases = [("usual", counts.usual), ("best", counts.best), ("worst", counts.worst)];
        for (place, (case, counts_of_case)) in cases.into_iter().enumerate() {
            let name = if place == 0 { knowledge.option_name(counts.option) } else { "" };
            let cells = counts_of_case.into_iter().rev().map(|count| count.to_string());
            rows.push(row([name.to_owned(), case.to_owned()].into_iter().chain(cells)));
        }
    }
    rows
}

/// Which broker answers more needs better, by dimension and altogether: where it is easy, and where it is hard.
pub(super) fn ahead(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let columns = |case: &str| {
        let better = knowledge.broker_ids().map(|(id, _)| format!("{case}: {}", knowledge.broker_title(id)));
        better.chain([format!("{case}: alike")]).collect::<Vec<String>>()
    };
    let mut rows = vec![row(["dimension".to_owned()].into_iter().chain(columns("easy")).chain(columns("hard")))];
    let counts = |ahead: &Ahead| -> Vec<usize> {
        let of = |lead: &Lead| lead.better.iter().copied().chain([lead.alike]).collect::<Vec<usize>>();
        [of(&ahead.easy), of(&ahead.hard)].concat()
    };
    let mut totals = vec![0; 2 * (knowledge.brokers.len() + 1)];
    for ahead in &audit.ahead {
        let counts = counts(ahead);
        for (total, count) in totals.iter_mut().zip(&counts) {
            *total += count;
        }
        rows.push(row([ahead.dimension.id().to_owned()].into_iter().chain(counts.iter().map(usize::to_string))));
    }
    rows.push(row(["all".to_owned()].into_iter().chain(totals.iter().map(usize::to_string))));
    rows
}

/// On whose word each option's answers rest: the share of their weight.
pub(super) fn voices(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let spoken = Voice::ALL.map(|voice| voice.spoken().to_owned());
    let mut rows = vec![row(["option".to_owned(), "answers".to_owned()].into_iter().chain(spoken))];
    for backing in &audit.backing {
        let cells = backing.voices.iter().map(|(_, weight)| of(weight, backing.total));
        let name = knowledge.option_name(backing.option).to_owned();
        rows.push(row([name, backing.answers.to_string()].into_iter().chain(cells)));
    }
    rows
}

/// How these words are graded: the share of their weight.
pub(super) fn grades(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let words = crate::knowledge::Grade::ALL.into_iter().rev().map(|grade| grade.word().to_owned());
    let mut rows = vec![row(["option".to_owned()].into_iter().chain(words))];
    for backing in &audit.backing {
        let cells = backing.grades.iter().map(|(_, weight)| of(weight, backing.total));
        rows.push(row([knowledge.option_name(backing.option).to_owned()].into_iter().chain(cells)));
    }
    rows
}

fn of(weight: &Weight, total: f64) -> String {
    format!("{} ({})", percent(weight.weight, total), weight.citations)
}

/// Who is cited: affiliation, camp, sources with their grades, and what rests on them in answers about each broker.
pub(super) fn speakers(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let total = weight_of_all(audit);
    let mut rows = vec![row(["affiliation", "camp", "sources"].map(str::to_owned).into_iter().chain(about(knowledge)))];
    for speaker in &audit.speakers {
        let cells = speaker.about.iter().map(|weight| of(weight, total));
        let grades: Vec<String> =
            speaker.grades.iter().map(|(grade, count)| format!("{count} {}", grade.word())).collect();
        let first = [knowledge.text(speaker.affiliation), camp(knowledge, speaker), &grades.join(", ")];
        rows.push(row(first.map(str::to_owned).into_iter().chain(cells)));
    }
    rows
}

/// The same by camp.
pub(super) fn camps(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let total = weight_of_all(audit);
    let mut rows = vec![row(["camp", "sources"].map(str::to_owned).into_iter().chain(about(knowledge)))];
    let mut camps: Vec<&str> = Vec::new();
    for speaker in &audit.speakers {
        let name = camp(knowledge, speaker);
        if !camps.contains(&name) {
            camps.push(name);
        }
    }
    for name in camps {
        let members = || audit.speakers.iter().filter(|speaker| camp(knowledge, speaker) == name);
        let sources: usize = members().map(|speaker| speaker.sources).sum();
        let cells = (0..knowledge.brokers.len()).map(|broker| {
            let weights = members().filter_map(|speaker| speaker.about.get(broker));
            let sum = weights.fold(Weight::default(), |sum, weight| Weight {
                citations: sum.citations + weight.citations,
                weight: sum.weight + weight.weight,
            });
            of(&sum, total)
        });
        rows.push(row([name.to_owned(), sources.to_string()].into_iter().chain(cells)));
    }
    rows
}

fn about<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = String> + use<'k> {
    knowledge.brokers.iter().map(|broker| format!("about {}", knowledge.text(broker.name)))
}

fn weight_of_all(audit: &Audit) -> f64 {
    audit.speakers.iter().map(Speaker::weight).sum()
}

/// Where somebody stands.
fn camp<'k>(knowledge: &'k KnowledgeBase<'_>, speaker: &Speaker) -> &'k str {
    match speaker.camp {
        Some(camp) => knowledge.broker_name(camp),
        None if knowledge.text(speaker.affiliation) == OWN => "this project",
        None => "neither",
    }
}

/// Strong effects of each option, and who stands behind them.
pub(super) fn support(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let head = ["option", "strong", "ruled out", "own maker", "neither maker", "measured here", "other maker"];
    let mut rows = vec![row(head.into_iter().chain(["other maker alone", "one source"]))];
    for (option, _) in knowledge.option_ids() {
        let of_option: Vec<&Strong> = audit.strong.iter().filter(|strong| strong.option == option).collect();
        let count = |wanted: fn(&Strong) -> bool| of_option.iter().filter(|strong| wanted(strong)).count().to_string();
        rows.push(vec![
            knowledge.option_name(option).to_owned(),
            of_option.len().to_string(),
            count(|strong| strong.fit == Fit::RuledOut),
            count(|strong| strong.support.own_maker),
            count(|strong| strong.support.outside),
            count(|strong| strong.support.measured),
            count(|strong| strong.support.other_maker),
            count(Strong::is_the_other_makers),
            count(|strong| strong.support.single),
        ]);
    }
    rows
}

/// Strong effects that rest on one source.
pub(super) fn single(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> Rows {
    let mut rows = vec![row(["answer", "at worst", "confidence", "source", "whose", "grade"])];
    for strong in audit.strong.iter().filter(|strong| strong.support.single) {
        let source = strong.sources.first().and_then(|id| knowledge.source(*id));
        let Some(source) = source else { continue };
        rows.push(vec![
            name(knowledge, strong),
            strong.fit.spoken().to_owned(),
            strong.confidence.word().to_owned(),
            knowledge.text(source.id).to_owned(),
            knowledge.text(source.affiliation).to_owned(),
            source.grade.word().to_owned(),
        ]);
    }
    rows
}

/// What a strong effect is called.
pub(super) fn name(knowledge: &KnowledgeBase<'_>, strong: &Strong) -> String {
    let need = knowledge.needs.get(strong.need).map_or("", |need| knowledge.text(need.id));
    format!("{} {need}{}", knowledge.option_name(strong.option), strong.when)
}
