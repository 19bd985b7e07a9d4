//! Words that the formats share: versions, availability, limits, and what each word means.

use super::CompareReport;
use crate::comparison::{Availability, Case, Cell, Clause, Group, Limit, Stretch};
use crate::knowledge::{BrokerId, Fit, FitRule, Need, OptionId, SourceEntry};
use crate::render::packs;

/// What each fit means.
pub(super) const MEANINGS: [(Fit, &str); 5] = [
    (Fit::Native, "what the option is made for"),
    (Fit::Good, "done well by configuration alone"),
    (Fit::Workable, "works with known work in the application or topology"),
    (Fit::Poor, "works, and will hurt"),
    (Fit::RuledOut, "this option cannot, whatever is built around it"),
];

/// How answers with conditions are read.
pub(super) const READING: &str = "What stands without a condition holds where no condition does; of several that hold, \
                                  the worst counts.";

/// Which versions are shown, and how many needs.
pub(super) fn heading(report: &CompareReport<'_>) -> Vec<String> {
    let (knowledge, comparison) = (report.knowledge, report.comparison);
    let mut newest: Vec<(BrokerId, String)> = Vec::new();
    for column in comparison.columns.iter().filter(|column| !column.chosen) {
        let broker = knowledge.broker_of(column.option);
        if newest.iter().all(|(known, _)| *known != broker) {
            newest.push((broker, format!("{} {}", knowledge.broker_title(broker), column.version)));
        }
    }
    let newest: Vec<String> = newest.into_iter().map(|(_, text)| text).collect();
    let chosen: Vec<String> =
        comparison.columns.iter().filter(|column| column.chosen).map(|column| column.name(knowledge)).collect();
    let mut lines = Vec::new();
    if !newest.is_empty() {
        lines.push(format!(
            "At the newest versions known: {}. Where other versions answer otherwise, that is said.",
            newest.join(", ")
        ));
    }
    if !chosen.is_empty() {
        lines.push(format!("At the versions asked for: {}.", chosen.join(", ")));
    }
    lines.push(format!("Knowledge of {}.", packs::phrase(knowledge)));
    lines
}

/// How many needs differ, where that was asked.
pub(super) fn count(report: &CompareReport<'_>) -> Option<String> {
    let comparison = report.comparison;
    let more = match comparison.by_stage {
        0 => String::new(),
        some => format!(" {some} more differ only in that an option is not for production yet, and are left out."),
    };
    report.differences.then(|| match (comparison.rows.len(), comparison.looked_at) {
        (0, all) => format!("No difference in {all} needs.{more}"),
        (1, all) => format!("1 of {all} needs is answered differently.{more}"),
        (some, all) => format!("{some} of {all} needs are answered differently.{more}"),
    })
}

/// The options that stand side by side, each once.
pub(super) fn options(report: &CompareReport<'_>) -> Vec<OptionId> {
    let mut all: Vec<OptionId> = Vec::new();
    for column in &report.comparison.columns {
        if !all.contains(&column.option) {
            all.push(column.option);
        }
    }
    all
}

/// From when on an option that was not always there could be had.
pub(super) fn stages(report: &CompareReport<'_>, option: OptionId) -> Option<String> {
    let available = &report.knowledge.option(option)?.available;
    let since = available.since?;
    let early = available.early_access.map(|line| format!("early access in {line} (ruled out in an advice)"));
    let preview = available.preview.map(|line| format!("preview in {line} (workable at best)"));
    let stages: Vec<String> =
        early.into_iter().chain(preview).chain([format!("for production from {since}")]).collect();
    Some(stages.join(", "))
}

/// The providers that offer an option as a managed service; none where every one may.
pub(super) fn providers<'r>(report: &CompareReport<'r>, option: OptionId) -> Option<Vec<&'r str>> {
    let knowledge = report.knowledge;
    let (domain, offered) = knowledge.option(option)?.available.providers?;
    let words = (0..64).filter(|word| offered & (1 << word) != 0).map(|word| knowledge.word(domain, word));
    Some(words.collect())
}

/// What is to be known of a column that is not for production.
pub(in crate::render) fn caveat(availability: Availability) -> Option<&'static str> {
    match availability {
        Availability::Absent => Some("does not exist in this version"),
        Availability::EarlyAccess => {
            Some("early access in this version: an advice rules it out; shown as workable at best")
        }
        Availability::Preview => Some("a preview in this version: workable at best"),
        Availability::Production => None,
    }
}

/// A fit and where it holds, as in `native ≤ 10k/s`.
pub(super) fn clause(clause: &Clause, fit: impl Fn(Fit) -> String, code: impl Fn(&str) -> String) -> String {
    let spoken = fit(clause.fit);
    match &clause.limit {
        Limit::Always => spoken,
        Limit::UpTo(edge) => format!("{spoken} ≤ {}", code(edge)),
        Limit::From(edge) => format!("{spoken} ≥ {}", code(edge)),
        Limit::For(words) => format!("{spoken} for {}", words.join(", ")),
        Limit::Else => format!("else {spoken}"),
    }
}

/// Clauses in a row.
pub(super) fn joined(
    report: &CompareReport<'_>,
    need: &Need,
    case: &Case<'_>,
    fit: impl Fn(Fit) -> String,
    code: impl Fn(&str) -> String,
) -> String {
    if case.reply.fit.is_unknown() {
        return format!("not known, counted as {}", FitRule::unanswered().spoken());
    }
    let clauses = case.ruling.clauses(report.knowledge, need);
    let lists = clauses.iter().any(|clause| matches!(clause.limit, Limit::For(_)));
    let all: Vec<String> = clauses.iter().map(|it| clause(it, &fit, &code)).collect();
    all.join(if lists { "; " } else { ", " })
}

/// The same as plain text.
pub(super) fn plain(report: &CompareReport<'_>, need: &Need, case: &Case<'_>) -> String {
    joined(report, need, case, |fit| fit.spoken().to_owned(), str::to_owned)
}

/// All cases of one version as plain text: `native ≤ 10k/s, else poor; where x: poor`.
pub(super) fn summary(report: &CompareReport<'_>, need: &Need, cases: &[Case<'_>]) -> String {
    let all: Vec<String> = cases
        .iter()
        .map(|case| match condition(case, str::to_owned) {
            Some(condition) => format!("{condition}: {}", plain(report, need, case)),
            None => plain(report, need, case),
        })
        .collect();
    all.join("; ")
}

/// Where a case holds, as in `where message.size > 4 KiB`.
pub(super) fn condition(case: &Case<'_>, code: impl Fn(&str) -> String) -> Option<String> {
    let condition = code(case.condition.as_ref()?);
    Some(if case.only_worse { format!("where {condition}, if that is worse") } else { format!("where {condition}") })
}

/// Neighbouring versions, as in `up to 4.2`; whose, where not all columns of a group answer so.
pub(super) fn versions(
    report: &CompareReport<'_>,
    group: &Group<'_, '_>,
    (places, stretch): &(Vec<usize>, &Stretch<'_>),
) -> String {
    let stage = match stretch.availability {
        Availability::Production => String::new(),
        early => format!(" ({})", early.spoken()),
    };
    let lines = lines(stretch) + &stage;
    if places.len() == group.columns.len() { lines } else { format!("{lines}, {}", names(report, places)) }
}

fn lines(stretch: &Stretch<'_>) -> String {
    match stretch.since {
        None => format!("up to {}", stretch.until),
        Some(since) if since == stretch.until => format!("in {since}"),
        Some(since) => format!("from {since} to {}", stretch.until),
    }
}

/// The names of columns.
pub(super) fn names(report: &CompareReport<'_>, places: &[usize]) -> String {
    let names: Vec<String> = places
        .iter()
        .filter_map(|place| report.comparison.columns.get(*place))
        .map(|column| column.name(report.knowledge))
        .collect();
    names.join(", ")
}

/// The best and the worst fit of a cell, as in `native to poor`.
pub(super) fn reach(cell: &Cell<'_>) -> String {
    match cell.reach() {
        None => "not there".to_owned(),
        Some((best, worst)) if best == worst => best.spoken().to_owned(),
        Some((best, worst)) => format!("{} to {}", best.spoken(), worst.spoken()),
    }
}

/// What is measured by what, and where the need exists at all.
pub(super) fn measured(report: &CompareReport<'_>, need: &Need) -> Option<String> {
    let knowledge = report.knowledge;
    let owner = crate::knowledge::Owner::of(&[knowledge.text(need.id)]);
    need.amount
        .map(|(amount, _)| knowledge.as_written(amount, owner).to_owned())
        .or_else(|| need.over.map(|over| knowledge.fact_name(over).to_owned()))
}

/// Where a need exists.
pub(super) fn created(report: &CompareReport<'_>, need: &Need) -> String {
    let knowledge = report.knowledge;
    knowledge.as_written(need.when, crate::knowledge::Owner::of(&[knowledge.text(need.id)])).to_owned()
}

/// A source with its weight, as in `kafka-config-topic (documented)`.
pub(super) fn weighed(report: &CompareReport<'_>, source: &SourceEntry) -> String {
    format!("{} ({})", report.knowledge.text(source.id), source.grade.word())
}
