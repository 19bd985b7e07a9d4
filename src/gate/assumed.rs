//! What a decision assumes against what is now stated, and whether the knowledge changed since. Takes the facts of an
//! advice; the verdict is judged elsewhere.

use std::fmt::Write as _;

use super::case::Case;
use super::finding::Finding;
use crate::advice::{lies_within, measured, values};
use crate::facts::{Origin, detail};
use crate::knowledge::Level;
use crate::profile::{Assumption, Decision, Stated};

/// Every assumption that no longer holds.
pub(super) fn findings(case: &Case<'_>, decision: &Decision, departs: bool) -> Vec<Finding> {
    let recorded = decision.assumes_in;
    decision.assumes.iter().filter(|it| is_broken(case, it)).map(|it| broken(case, it, recorded, departs)).collect()
}

fn is_broken(case: &Case<'_>, assumption: &Assumption) -> bool {
    lies_within(case.knowledge, case.advice, assumption) == Some(false)
}

/// One that no longer holds: an error where the profile says so, a warning where that is only what is taken.
/// `recorded` is the source in which the assumption stands, where that is not the profile's.
fn broken(case: &Case<'_>, assumption: &Assumption, recorded: Option<usize>, departs: bool) -> Finding {
    let knowledge = case.knowledge;
    let name = knowledge.fact_name(assumption.fact);
    let assumed = values(knowledge, assumption).in_words();
    let fact = measured(knowledge, assumption);
    let now = detail(knowledge, case.advice.profile, &case.advice.facts, fact).shown;
    let statement = case.advice.profile.statement(assumption.fact);
    let statement = statement.filter(|statement| statement.value != Stated::Unknown);
    let head = format!("decided for `{name}` {assumed}");
    let (level, message) = if statement.is_some() {
        (Level::Error, format!("{head}; the profile now says {now}"))
    } else {
        let origin = case.advice.facts.origin(fact);
        let taken = if origin == Origin::Unknown { "says that nobody knows it" } else { "does not state it" };
        (Level::Warning, format!("{head}; the profile {taken}, and {now} is taken"))
    };
    let finding = Finding::new("assumption-broken", level, message)
        .on(name)
        .at(statement.and_then(|statement| statement.span), "stated here")
        .resting_on([assumption.fact]);
    let finding = match (recorded, assumption.span) {
        (Some(source), Some(span)) => finding.within(source, span, "assumed here"),
        (_, span) => finding.at(span.or(Some(case.advice.profile.span)), "assumed here"),
    };
    let finding = match statement {
        Some(_) => finding,
        None => finding.help(format!("state `{name}`")),
    };
    finding.help(if departs {
        "decide anew: `brokerfit advise` with `--format adr` writes the record of what is advised now"
    } else {
        "what was decided is still advised: record the values within which that holds, as `brokerfit advise` with \
         `--format adr` writes them"
    })
}

/// Where the decision departs from the advice, with another knowledge base, and everything that it assumes still holds:
/// it was the knowledge that changed.
pub(super) fn by_knowledge(case: &Case<'_>, decision: &Decision, mut finding: Finding) -> Finding {
    let now = case.knowledge.text(case.knowledge.version);
    let before = decision.knowledge.as_deref().filter(|before| *before != now);
    let holds = |it: &Assumption| lies_within(case.knowledge, case.advice, it) == Some(true);
    if let Some(before) = before
        && !decision.assumes.is_empty()
        && decision.assumes.iter().all(holds)
    {
        let _ = write!(
            finding.message,
            "; everything that was assumed still holds, but the knowledge changed (decided with {before}, now {now})"
        );
        finding =
            finding.help("read in the changelog what changed in the knowledge, then decide anew, or keep the decision");
    }
    finding
}
