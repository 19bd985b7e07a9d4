//! What a file declares against what was decided and stated: another broker, another version, another option.

use super::super::case::Case;
use super::super::finding::Finding;
use crate::artifact::{Artifact, Item, Shape};
use crate::effective::Written;
use crate::knowledge::{Level, OptionId};
use crate::profile::{Chosen, Stated};
use crate::source::Span;

/// Files of no broker that is decided. A file that declares several is of each of them.
pub(super) fn other_broker(case: &Case<'_>, options: &[OptionId], artifacts: &[&Artifact]) -> Vec<Finding> {
    let knowledge = case.knowledge;
    let brokers: Vec<&str> = options.iter().map(|it| knowledge.broker_name(knowledge.broker_of(*it))).collect();
    let fits = |artifact: &Artifact| brokers.contains(&artifact.broker);
    let of_source = |source| artifacts.iter().filter(move |artifact| artifact.source == source);
    let mut found: Vec<Finding> = Vec::new();
    let mut seen = Vec::new();
    for artifact in artifacts.iter().filter(|_| !brokers.is_empty()) {
        if seen.contains(&artifact.source) || of_source(artifact.source).any(|it| fits(it)) {
            continue;
        }
        seen.push(artifact.source);
        let title = |name: &str| knowledge.find_broker(name).map_or("", |broker| knowledge.broker_title(broker));
        let (declared, chosen) = (title(artifact.broker), title(brokers.first().copied().unwrap_or_default()));
        let verb = if case.advice.profile.decision.is_some() { "decided" } else { "advised" };
        let message = format!("the file declares {declared}, and {chosen} is {verb}");
        let finding = Finding::new("other-broker-declared", Level::Warning, message)
            .within(artifact.source, head(artifact), format!("{declared} is declared here"))
            .at(decided_at(case), format!("{chosen} is decided here"))
            .help("record what is run under `decision`, or name the files of the decided broker under `artifacts`");
        found.push(finding);
    }
    found
}

/// Files that run another line than the profile states.
pub(super) fn other_version(case: &Case<'_>, option: OptionId, artifacts: &[&Artifact]) -> Vec<Finding> {
    let knowledge = case.knowledge;
    let Some(broker) = knowledge.broker(knowledge.broker_of(option)) else { return Vec::new() };
    let Some(statement) = case.advice.profile.statement(broker.version_fact) else { return Vec::new() };
    let Stated::Version(stated) = statement.value else { return Vec::new() };
    // Definitions name the node that exported them, which is not the one that will read them.
    let runs =
        |artifact: &&&Artifact| artifact.broker == knowledge.text(broker.id) && artifact.shape != Shape::Definitions;
    let own = artifacts.iter().filter(runs);
    let other = own.filter_map(|artifact| {
        let (version, span) = artifact.version.filter(|(version, _)| version.line() != stated.line())?;
        let title = knowledge.text(broker.name);
        let message = format!("the file runs {title} {version}, and the profile states {stated}");
        let mut finding = Finding::new("other-version-declared", Level::Warning, message)
            .within(artifact.source, span, format!("{version} is declared here"))
            .at(statement.span, format!("{stated} is stated here"))
            .help("state the version that is run: defaults and limits are those of its line")
            .resting_on([broker.version_fact]);
        finding.about = artifact.name.clone().unwrap_or_default();
        Some(finding)
    });
    other.collect()
}

/// An item that is another option than the one that carries the flow.
pub(super) fn other_option(
    case: &Case<'_>,
    option: OptionId,
    declared: OptionId,
    (artifact, item): (&Artifact, &Item),
    written: Option<Written<'_>>,
) -> Finding {
    let knowledge = case.knowledge;
    let name = |option| knowledge.option(option).map_or("", |option| knowledge.text(option.name));
    let named = matches!(
        case.advice.profile.decision.as_ref().map(|decision| &decision.chosen),
        Some(Chosen::Broker { option: Some(_), .. })
    );
    let cannot = case.assessment().vetoes(declared).iter().any(|veto| case.is_stated(declared, *veto));
    let level = match (cannot, named) {
        (true, _) => Level::Error,
        (false, true) => Level::Warning,
        (false, false) => Level::Note,
    };
    let verb = if named { "decided" } else { "advised" };
    let cannot = if cannot { ", and stated facts rule the former out" } else { "" };
    let kind = item.kind.called();
    let message = format!("{kind} `{}` is a {}, and a {} is {verb}{cannot}", item.name, name(declared), name(option));
    let (source, span) = match written {
        Some(written) => (written.artifact.source, written.entry.value_span),
        None => (artifact.source, item.span),
    };
    let mut finding = Finding::new("other-option-declared", level, message)
        .within(source, span, if written.is_some() { "" } else { "its type is the default" })
        .at(decided_at(case).filter(|_| named), format!("a {} is decided here", name(option)))
        .help(format!("declare a {}, or record what is declared under `decision`", name(option)));
    finding.about.clone_from(&item.name);
    finding
}

/// No item that may be the flow's is the option that carries it: the findings on each, said once by the gravest.
pub(super) fn no_option(case: &Case<'_>, option: OptionId, found: Vec<Finding>) -> Option<Finding> {
    let count = found.len();
    let gravest = found.into_iter().rev().max_by_key(|finding| finding.level)?;
    if count == 1 {
        return Some(gravest);
    }
    let name = case.knowledge.option(option).map_or("", |option| case.knowledge.text(option.name));
    let message = format!("none of the {count} items that may be the flow's is a {name}: {}", gravest.message);
    Some(Finding { message, about: String::new(), ..gravest })
}

fn decided_at(case: &Case<'_>) -> Option<Span> {
    let decision = case.advice.profile.decision.as_ref()?;
    decision.option_span.or(decision.span)
}

/// Where a file says what it is: its version, else the first thing that it declares.
fn head(artifact: &Artifact) -> Span {
    let version = artifact.version.map(|(_, span)| span);
    version.or_else(|| artifact.items.first().map(|item| item.span)).unwrap_or_default()
}
