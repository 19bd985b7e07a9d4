//! What the gate says of the profile itself: contradictions in it, and too little in it to judge by.

use super::case::Case;
use super::finding::Finding;
use crate::advice::decided;
use crate::engine::{Veto, stated_dimensions};
use crate::knowledge::{Level, OptionId};
use crate::profile::Decision;

/// Below so many dimensions with a need from stated facts, a profile says almost nothing.
const ENOUGH: usize = 3;

/// Contradictions, each at its own level: those that hold whatever is used, and those with what is decided.
pub(super) fn conflicts(case: &Case<'_>) -> Vec<Finding> {
    let decided = decided(case.advice.profile, &case.advice.judgement);
    let concerns = |option: Option<OptionId>| option.is_none_or(|option| decided.contains(&option));
    let found = case.advice.conflicts.iter().filter(|conflict| concerns(conflict.option)).map(|conflict| {
        let with = conflict.option.map_or_else(String::new, |option| format!("with {}: ", case.option(option)));
        let mut finding = Finding::new("conflict", conflict.level, format!("{with}{}", conflict.because));
        finding.which = Some(conflict.id.clone());
        let stated = case.inputs(conflict.facts.clone());
        for fact in &stated {
            finding = finding.at(case.stated_at(*fact), "");
        }
        let at = finding.span().is_none().then_some(case.advice.profile.span);
        finding.at(at, "").help(&conflict.remedy).resting_on(conflict.facts.iter().copied())
    });
    found.collect()
}

/// A decision stands there, and almost nothing is stated by which it could be judged.
pub(super) fn too_thin(case: &Case<'_>, decision: &Decision) -> Option<Finding> {
    let dimensions = stated_dimensions(case.knowledge, case.assessment());
    if dimensions >= ENOUGH || has_stated_veto(case) {
        return None;
    }
    let count = match dimensions {
        0 => "no dimension".to_owned(),
        1 => "one dimension".to_owned(),
        more => format!("{more} dimensions"),
    };
    let message = format!(
        "too little is stated to judge the decision: stated facts create needs in {count}, and a gate asks for {ENOUGH}"
    );
    let finding = Finding::new("too-thin", Level::Warning, message)
        .at(decision.span.or(Some(case.advice.profile.span)), "decided here")
        .help("state more of the workload; `brokerfit advise` with this profile shows what it assumes");
    Some(finding)
}

/// Stated facts rule something out: an option by what it cannot do, or all of a broker by whatever means.
fn has_stated_veto(case: &Case<'_>) -> bool {
    let stated = |option, veto: &Veto| case.is_stated(option, *veto);
    let by_need = case.assessment().options(case.knowledge).any(|option| {
        let mut vetoes = case.assessment().vetoes(option).iter();
        vetoes.any(|veto| matches!(veto, Veto::Need(_)) && stated(option, veto))
    });
    // NOTE: that one option is missing from the version that is run says nothing of the workload.
    by_need
        || case.knowledge.brokers.iter().any(|broker| {
            let out = |option| case.assessment().vetoes(option).iter().any(|veto| stated(option, veto));
            broker.options.iter().all(|option| out(*option))
        })
}
