//! Words that the formats share: what each side is called, what the verdict says of the move, how each side stands, and
//! how much changes.

use super::super::compare::caveat;
use super::super::sentences;
use super::Flow;
use crate::advice::{Advice, Found};
use crate::comparison::Availability;
use crate::engine::{Kind, Strength, Veto};
use crate::knowledge::{Fit, Need};
use crate::transition::{Absence, Change, Chosen, Claim, Course, Moved, Rank, Stand, Turn, Work};

/// How many misconceptions are told, unless everything is wanted.
pub(super) const CLAIMS: usize = 5;
/// How many needs are named in a line.
const NAMED: usize = 4;

/// A side with its version: `kafka/log@4.3`.
pub(super) fn name(flow: &Flow<'_>, stand: &Stand) -> String {
    format!("{}@{}", flow.knowledge().option_name(stand.option), stand.version)
}

/// A side, as short as it can be told from the other.
pub(super) fn label(flow: &Flow<'_>, stand: &Stand) -> String {
    let transition = flow.transition;
    if transition.before.option == transition.after.option {
        name(flow, stand)
    } else {
        flow.knowledge().option_name(stand.option).to_owned()
    }
}

/// The advice whose verdict speaks for or against the move: that of the side which it advises.
pub(super) fn deciding<'f>(flow: &Flow<'f>) -> &'f Advice<'f> {
    if flow.transition.course == Course::Against { flow.before } else { flow.after }
}

/// Whether the verdict speaks for the move, in a few words.
pub(super) fn course(flow: &Flow<'_>) -> String {
    let verdict = &deciding(flow).judgement.verdict;
    let strength = verdict.strength.map(Strength::word);
    let word = strength.unwrap_or(verdict.kind.word());
    let (before, after) = (&flow.transition.before, &flow.transition.after);
    match (flow.transition.course, after.rank) {
        (Course::With, _) => format!("with the verdict ({word})"),
        (Course::Against, _) => format!("against the verdict ({word})"),
        (Course::Even, Rank::Advised) if before.option == after.option => format!("within the verdict ({word})"),
        (Course::Even, Rank::Advised) => format!("between two parts of the verdict ({word})"),
        (Course::Even, _) => {
            let word = strength.map_or_else(String::new, |word| format!(" ({word})"));
            format!("neither with the verdict nor against it{word}")
        }
    }
}

/// The same in a sentence, with the verdict.
pub(super) fn verdict(flow: &Flow<'_>) -> String {
    let knowledge = flow.knowledge();
    let (before, after) = (&flow.transition.before, &flow.transition.after);
    let headline = |advice: &Advice<'_>| sentences::headline(knowledge, &advice.judgement.verdict);
    let (old, new) = (headline(flow.before), headline(flow.after));
    let says = if old == new {
        format!("the verdict is {new}")
    } else {
        format!("the verdict is {old} at {}, and {new} at {}", before.version, after.version)
    };
    let both = deciding(flow).judgement.verdict.kind == Kind::Both;
    let leads = match (before.rank, after.rank) {
        (Rank::Advised, Rank::Advised) if before.option == after.option => "the move stays with it",
        (Rank::Advised, Rank::Advised) => "both sides are part of it",
        (_, Rank::Advised) => "the move leads there",
        (Rank::Advised, _) => "the move leaves it",
        (Rank::SameBroker, Rank::SameBroker) if both => "both sides are other options of its brokers",
        (Rank::SameBroker, Rank::SameBroker) => "both sides are other options of its broker",
        (Rank::Elsewhere, Rank::SameBroker) => "the move leads to its broker, but to another option",
        (Rank::SameBroker, Rank::Elsewhere) => "the move leaves its broker, though not the option that it advises",
        (Rank::Elsewhere, Rank::Elsewhere) => "it speaks for neither side",
    };
    format!("{says}; {leads}")
}

/// How a side stands.
pub(super) fn standing(flow: &Flow<'_>, stand: &Stand, advice: &Advice<'_>) -> String {
    let knowledge = flow.knowledge();
    let broker = knowledge.broker_title(stand.broker);
    let chosen = match stand.chosen {
        Chosen::Named => String::new(),
        Chosen::Best => format!(", the best of {broker} here"),
        Chosen::LeastBad => format!(", the least bad of {broker} here"),
    };
    let mut parts = Vec::new();
    match stand.score {
        Some(score) => parts.push(format!("score {score:.0}")),
        None => parts.push(format!("ruled out by {}", vetoes(flow, stand, advice))),
    }
    let named = stand.vetoes.iter().any(|(veto, _)| matches!(veto, Veto::Need(_)));
    if let Some((worst, places)) = stand.worst.as_ref().filter(|_| !named) {
        let needs = places.iter().filter_map(|place| sentences::created(knowledge, advice, *place));
        let ids: Vec<String> = needs.map(|(_, need)| knowledge.text(need.id).to_owned()).collect();
        parts.push(match worst {
            Fit::Native => "made for all that is asked".to_owned(),
            worst => format!("at worst {}: {}", worst.spoken(), some(&ids)),
        });
    }
    let preview = stand.availability == Availability::Preview;
    parts.extend(caveat(stand.availability).filter(|_| preview).map(str::to_owned));
    if let Some(beside) = stand.beside {
        let beside = knowledge.option_name(beside);
        parts.push(format!("it serves only with {beside} beside it, and what follows speaks of the first alone"));
    }
    format!("{}{chosen}: {}", name(flow, stand), parts.join("; "))
}

/// What rules a side out.
fn vetoes(flow: &Flow<'_>, stand: &Stand, advice: &Advice<'_>) -> String {
    let knowledge = flow.knowledge();
    let all: Vec<String> = stand
        .vetoes
        .iter()
        .map(|(veto, assumed)| {
            let what = match veto {
                Veto::Version { .. } => "the version, which does not have it for production".to_owned(),
                Veto::Provider => "the provider, which does not offer it".to_owned(),
                Veto::Allowed => "`environment.allowed`".to_owned(),
                Veto::Need(place) => sentences::created(knowledge, advice, *place)
                    .map_or_else(String::new, |(_, need)| knowledge.text(need.id).to_owned()),
            };
            if *assumed { format!("{what} (assumed)") } else { what }
        })
        .collect();
    all.join(", ")
}

/// The first of some names, and how many more there are.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED { format!("{shown} and {} more", names.len() - NAMED) } else { shown }
}

/// How much changes.
pub(super) fn counts(flow: &Flow<'_>) -> Vec<String> {
    let transition = flow.transition;
    let turning = |turn: Turn, decided: &str| {
        let deciding = transition.turning(turn).filter(|change| change.decides()).count();
        let note = if deciding == 0 { String::new() } else { format!(" ({deciding} {decided})") };
        (transition.turning(turn).count(), note)
    };
    let (better, lifted) = turning(Turn::Better, "no longer ruled out");
    let (worse, out) = turning(Turn::Worse, "now ruled out");
    let (same, _) = turning(Turn::Same, "");
    let (work, settings) = (&transition.work, &transition.settings);
    let changed = settings.changed.len();
    let mut counts = vec![
        format!("needs: {worse} worse{out}, {better} better{lifted}, {same} as before"),
        format!("work: {} to build, {} to take down, {} to keep", work.new.len(), work.gone.len(), work.kept),
        format!("settings: {}, of which {changed} with another value", moved(&settings.moved, changed)),
        format!("contradictions with the broker's own numbers: {}", moved(&transition.contradictions, 0)),
    ];
    let neutral = flow.after.conflicts.iter().filter(|found| found.option.is_none()).count();
    if neutral > 0 {
        counts.push(format!("contradictions whatever is used: {neutral}, as `brokerfit advise` says"));
    }
    counts
}

fn moved<T>(moved: &Moved<T>, changed: usize) -> String {
    format!("{} come, {} go, {} stay", moved.new.len(), moved.gone.len(), moved.kept + changed)
}

/// What turns, under its headings: the musts that decide first.
pub(super) fn sections<'f>(flow: &Flow<'f>) -> Vec<(&'static str, Vec<&'f Change>)> {
    [
        ("Becomes ruled out", Turn::Worse, true),
        ("Is no longer ruled out", Turn::Better, true),
        ("Gets worse", Turn::Worse, false),
        ("Gets better", Turn::Better, false),
    ]
    .into_iter()
    .map(|(title, turn, decides)| {
        (title, flow.transition.turning(turn).filter(|change| change.decides() == decides).collect())
    })
    .filter(|(_, changes): &(_, Vec<_>)| !changes.is_empty())
    .collect()
}

/// The ids of the needs that are answered as well as before.
pub(super) fn same<'f>(flow: &Flow<'f>) -> Vec<&'f str> {
    let needs = flow.transition.turning(Turn::Same).filter_map(|change| need(flow, change.need));
    needs.map(|need| flow.knowledge().text(need.id)).collect()
}

/// What the knowledge base says of a need.
pub(super) fn need<'f>(flow: &Flow<'f>, place: usize) -> Option<&'f Need> {
    flow.knowledge().needs.get(place)
}

/// A need with what is special about it: `replay, a wish`.
pub(super) fn marked(flow: &Flow<'_>, change: &Change, need: &Need) -> String {
    let wish = if change.must { "" } else { ", a wish" };
    let assumed = if change.by_assumption { ", assumed" } else { "" };
    format!("{}{wish}{assumed}", flow.knowledge().text(need.id))
}

/// For which needs something is built; what stays ruled out all the same is said.
pub(super) fn built_for(flow: &Flow<'_>, work: &Work) -> String {
    let named = work.needs.iter().filter_map(|(place, fit)| {
        let id = flow.knowledge().text(need(flow, *place)?.id);
        Some(if *fit == Fit::RuledOut { format!("{id} (ruled out all the same)") } else { id.to_owned() })
    });
    named.collect::<Vec<_>>().join(", ")
}

/// What is built and taken down, under its headings.
pub(super) fn works<'f>(flow: &Flow<'f>) -> [(&'static str, &'f [Work]); 2] {
    let work = &flow.transition.work;
    [("Must be built", &work.new), ("Can be taken down", &work.gone)]
}

/// Contradictions that come and go, under their headings.
pub(super) fn contradictions<'f>(flow: &Flow<'f>) -> [(&'static str, &'f [Found]); 2] {
    let Moved { gone, new, .. } = &flow.transition.contradictions;
    [("Contradictions that come", new), ("Contradictions that go", gone)]
}

/// Why a key is on one side alone; nothing where another broker says it.
pub(super) fn absence(flow: &Flow<'_>, absence: Absence, other: &Stand) -> Option<String> {
    let name = match absence {
        Absence::OtherBroker => return None,
        Absence::OtherVersion => other.version.to_string(),
        Absence::OtherOption | Absence::NotCalledFor => label(flow, other),
    };
    Some(match absence {
        Absence::OtherVersion => format!("not in {name}"),
        Absence::OtherOption => format!("without effect on {name}"),
        _ => format!("not called for with {name}"),
    })
}

/// What is wrong with a claim.
pub(super) fn claimed(flow: &Flow<'_>, claim: &Claim, stand: &Stand) -> String {
    match claim.until {
        Some(until) => {
            format!("{}: so up to {} {until}", claim.verdict.word(), flow.knowledge().broker_title(stand.broker))
        }
        None => claim.verdict.word().to_owned(),
    }
}
