//! What the gate says of what is not stated: facts that must be, and those on whose assumed values the verdict rests.

use super::case::Case;
use super::finding::Finding;
use crate::expr::FactId;
use crate::facts::Origin;
use crate::knowledge::Level;

/// Facts that must be stated, and are not.
pub(super) fn missing(case: &Case<'_>, require: &[FactId]) -> Vec<Finding> {
    let open = require.iter().copied().filter(|fact| case.is_open(*fact));
    let found = open.map(|fact| {
        let name = case.knowledge.fact_name(fact);
        let unknown = case.advice.facts.origin(fact) == Origin::Unknown;
        let why = if unknown { "the profile says that nobody knows it" } else { "the profile does not state it" };
        let question = case.knowledge.fact(fact).and_then(|fact| fact.question);
        let help = match question.map(|question| case.knowledge.text(question)) {
            Some(question) => format!("state `{name}`: {question}"),
            None => format!("state `{name}`"),
        };
        Finding::new("required-missing", Level::Error, format!("`{name}` is required, and {why}"))
            .on(name)
            .at(case.stated_at(fact).or(Some(case.advice.profile.span)), if unknown { "unknown" } else { "this flow" })
            .resting_on([fact])
            .help(help)
    });
    found.collect()
}

/// The decision is what is advised, and only because something is assumed.
pub(super) fn decided_by_assumption(case: &Case<'_>) -> Option<Finding> {
    let facts = &case.verdict().depends_on;
    let advised = case.verdict().leader.map(|leader| case.leader(leader))?;
    if facts.is_empty() {
        return None;
    }
    let message = format!("that {advised} is advised rests on what is not stated: {}", case.facts(facts));
    let names: Vec<String> = facts.iter().map(|fact| format!("`{}`", case.knowledge.fact_name(*fact))).collect();
    let decision = case.advice.profile.decision.as_ref().and_then(|decision| decision.span);
    Some(
        Finding::new("assumption-decides", Level::Warning, message)
            .at(decision.or(Some(case.advice.profile.span)), "decided here")
            .resting_on(facts.iter().copied())
            .help(format!("state {}", super::case::listed(&names))),
    )
}
