//! `--format markdown`: the same advice as a document.

use crate::render::packs;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Report;
use super::{compare, firm, human, matrix, sentences};
use crate::advice::{Advice, Formulas, Practised, Setting, Words, arguments, disagreements};
use crate::facts::detail;
use crate::knowledge::{Dimension, OptionId, PracticeKind, Scope};

/// What stands after the flows: what is not considered, and on what everything rests.
pub fn end(report: &Report<'_>) -> String {
    let mut text = "## Not considered here\n\n".to_owned();
    for item in &report.knowledge.not_considered {
        let _ = writeln!(text, "- {}", report.knowledge.text(*item));
    }
    let _ = write!(
        text,
        "\nKnowledge {}; {}.",
        packs::phrase(report.knowledge),
        sentences::basis(report.depth, report.samples)
    );
    text
}

/// One flow.
pub fn flow(report: &Report<'_>, advice: &Advice<'_>, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let verdict = &advice.judgement.verdict;
    let argument = arguments(knowledge, advice);
    let mut parts = vec![format!("# {}\n", escaped(&advice.profile.name))];
    for conflict in &advice.conflicts {
        parts.push(format!(
            "> **{}**: {} (`{}`). {}\n",
            conflict.level.word(),
            escaped(&sentences::conflict(knowledge, conflict)),
            conflict.id,
            escaped(&conflict.remedy)
        ));
    }
    parts.push(format!("**{}**\n", sentences::headline(knowledge, verdict)));
    parts.extend(sentences::firmness(knowledge, advice, report.samples).map(|text| format!("{}\n", capital(&text))));
    parts.push(format!("{}.\n", capital(&sentences::versions(knowledge, advice))));
    parts.extend(sentences::scope(knowledge, advice).map(|text| format!("{}.\n", capital(&escaped(&text)))));
    let split: Vec<String> =
        sentences::split(knowledge, advice).iter().map(|(who, needs)| format!("- {who}: {needs}")).collect();
    if !split.is_empty() {
        parts.push(format!("{}\n", split.join("\n")));
    }
    let reasons = sentences::held_back(knowledge, verdict);
    if !reasons.is_empty() {
        parts.push(format!("Not clear: {}.\n", reasons.join("; ")));
    }
    if let Some(winner) = argument.winner {
        let item = |place: &usize, rival| {
            format!("- {}", escaped(&sentences::compared(knowledge, advice, *place, winner, rival)))
        };
        let why: Vec<String> = argument.decisive.iter().map(|place| item(place, argument.rival)).collect();
        parts.push(format!("## Why\n\n{}\n", why.join("\n")));
        let rival = if argument.rival_better { argument.rival } else { None };
        let against = argument
            .against
            .map_or_else(|| format!("- {}", firm::nothing_against(knowledge, advice)), |place| item(&place, rival));
        parts.push(format!("## Against it\n\n{against}\n"));
    }
    if advice.judgement.robustness.is_some() {
        parts.push(firmness(report, advice, argument.winner, verbose));
    }
    if !argument.assumed.is_empty() {
        let items: Vec<String> = argument
            .assumed
            .iter()
            .map(|fact| format!("- {}", sentences::assumption(knowledge, advice, *fact)))
            .collect();
        parts.push(format!("## Assumed, and it matters\n\n{}\n", items.join("\n")));
    }
    parts.push(format!("## Next\n\n{}\n", capital(&sentences::next(knowledge, advice, &argument))));
    parts.push(format!("## Worst answer in each dimension\n\n{}\n", table(&matrix::rows(report, advice))));
    parts.push(needs(report, advice, verbose));
    if verbose {
        parts.push(facts(report, advice));
    }
    for standing in &advice.judgement.standings {
        let title = sentences::option_title(knowledge, standing.option);
        let out = if standing.ruled_out { " (ruled out; the least bad)" } else { "" };
        let settings = advice.settings(knowledge, standing.broker, Formulas::Traced);
        parts.push(format!("## Settings for {title}{out}\n\n{}\n", settings_table(&settings)));
        parts.extend(practices(&advice.practices(knowledge, standing.broker), verbose));
    }
    parts.join("\n") + "\n"
}

/// For whom another broker wins, what would change the verdict, what to ask next, and what one accepts.
fn firmness(report: &Report<'_>, advice: &Advice<'_>, winner: Option<OptionId>, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let mut text = "## How firm it is\n".to_owned();
    for sentence in firm::others(knowledge, advice, report.samples) {
        let _ = writeln!(text, "\n{}.", capital(&sentence));
    }
    for list in firm::lists(knowledge, advice, winner, verbose) {
        let _ = writeln!(text, "\n### {}\n", list.title);
        if list.items.is_empty() {
            let _ = writeln!(text, "{}.", capital(list.nothing));
        }
        for item in &list.items {
            let _ = writeln!(text, "- {}", escaped(item));
        }
    }
    text
}

fn needs(report: &Report<'_>, advice: &Advice<'_>, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let assessment = &advice.judgement.assessment;
    let words = Words::new(knowledge, advice.profile, &advice.facts);
    let shown: Vec<OptionId> = if verbose {
        assessment.options(knowledge).collect()
    } else {
        advice.judgement.standings.iter().map(|standing| standing.option).collect()
    };
    let mut text = "## Why, need by need\n".to_owned();
    for dimension in Dimension::ALL {
        for (place, created) in assessment.needs.iter().enumerate() {
            let Some(need) = knowledge.needs.get(created.need).filter(|need| need.dimension == dimension) else {
                continue;
            };
            let assumed = if created.by_assumption { ", assumed" } else { "" };
            let wish = if created.must { "" } else { ", a wish" };
            let _ = write!(
                text,
                "\n**{}** (`{}`, {}{wish}{assumed}): {}\n\n",
                knowledge.text(need.title),
                knowledge.text(need.id),
                dimension.id(),
                escaped(&words.because(need))
            );
            for option in &shown {
                let Some(rated) = assessment.ratings(*option).get(place) else { continue };
                let said = words.said(*option, created, *rated);
                let build = said.compensate.map_or_else(String::new, |build| format!(" *{}*", escaped(&build)));
                let _ = writeln!(
                    text,
                    "- {}: **{}**. {}{build}{} [{}]",
                    knowledge.option_name(*option),
                    sentences::fit(knowledge, *option, created.need, *rated),
                    escaped(&said.how),
                    sentences::newer(knowledge, advice, *option, place),
                    said.sources.join(", ")
                );
            }
            let told = if verbose { disagreements(knowledge, assessment, place) } else { Vec::new() };
            for told in told {
                let _ = writeln!(text, "- guides disagree: {}", escaped(told));
            }
        }
    }
    text
}

fn facts(report: &Report<'_>, advice: &Advice<'_>) -> String {
    let rows = report.knowledge.shown_facts().map(|id| {
        let shown = detail(report.knowledge, advice.profile, &advice.facts, id);
        vec![
            format!("`{}`", report.knowledge.fact_name(id)),
            shown.shown,
            advice.facts.origin(id).word().to_owned(),
            shown.detail,
        ]
    });
    let head = ["fact", "value", "origin", "why"].map(str::to_owned).to_vec();
    format!("## Facts\n\n{}\n", table(&std::iter::once(head).chain(rows).collect::<Vec<_>>()))
}

fn settings_table(settings: &[Setting]) -> String {
    let head = ["scope", "key", "value", "default", "why", "formula", "sources"].map(str::to_owned).to_vec();
    let rows = Scope::ALL.into_iter().flat_map(|scope| settings.iter().filter(move |setting| setting.scope == scope));
    let rows = rows.map(|setting| {
        vec![
            setting.scope.word().to_owned(),
            format!("`{}`", setting.key),
            format!("`{}`", setting.value),
            if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) },
            setting.why.clone(),
            if setting.constant { "constant".to_owned() } else { setting.formula.clone() },
            setting.sources.join(", "),
        ]
    });
    table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

/// A section for each kind of practice that holds.
fn practices(practices: &[Practised], verbose: bool) -> Vec<String> {
    let section = |kind: PracticeKind| {
        let of_kind = practices.iter().filter(|practice| practice.kind == kind);
        let items: Vec<String> = of_kind
            .map(|practice| {
                let risk = practice.risk.as_ref().filter(|_| verbose);
                let risk = risk.map_or_else(String::new, |risk| format!(" *{}*", escaped(risk)));
                let (title, how) = (escaped(&practice.title), escaped(&practice.how));
                format!("- **{title}** (`{}`): {how}{risk} [{}]", practice.id, practice.sources.join(", "))
            })
            .collect();
        (!items.is_empty()).then(|| format!("### {}\n\n{}\n", human::practices::title(kind), items.join("\n")))
    };
    PracticeKind::ALL.into_iter().filter_map(section).collect()
}

/// What stands after flows: the sources that they cite, as links, and on what everything rests.
pub(super) fn sources(report: &Report<'_>, cited: &BTreeSet<String>) -> String {
    let knowledge = report.knowledge;
    let cited: Vec<_> = knowledge.sources.iter().filter(|source| cited.contains(knowledge.text(source.id))).collect();
    let mut text = String::new();
    if !cited.is_empty() {
        text.push_str(compare::sources(knowledge, cited.into_iter()).trim_start());
        text.push('\n');
    }
    text + &format!("Knowledge {}.\n", packs::phrase(knowledge))
}

/// A Markdown table; the first row is its head.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let mut lines = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell).replace('|', "\\|").replace('\n', " ")).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if place == 0 {
            lines.push(format!("|{}", " --- |".repeat(row.len())));
        }
    }
    lines.join("\n")
}

/// Text that is not markup.
pub(super) fn escaped(text: &str) -> String {
    let marked = |text: &str| text.replace('<', "&lt;").replace('*', "\\*");
    // What stands between backticks is no markup already.
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return marked(text);
    }
    let parts =
        parts.iter().enumerate().map(|(place, part)| if place % 2 == 0 { marked(part) } else { (*part).into() });
    parts.collect::<Vec<String>>().join("`")
}

pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
