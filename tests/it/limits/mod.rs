//! Broker files against the workload: what holds for an item, which items are a flow's, and what a workload cannot live
//! with. Laws first; cases for every limit stand in `cases.txt`.

mod cases;
mod effective;
mod files;
mod laws;
mod remedies;

use brokerfit::artifact::Artifact;
use brokerfit::gate::{Finding, judge_files};
use brokerfit::knowledge::OptionId;
use brokerfit::profile::{Chosen, Decision, Profile};

use crate::support::{KNOWLEDGE, roughly};

/// The same profile with a decision for an option.
fn decided(profile: &Profile, option: OptionId) -> Profile {
    let chosen = Chosen::Broker { broker: KNOWLEDGE.broker_of(option), option: Some(option) };
    let decision = Decision::of(chosen);
    Profile { decision: Some(decision), ..profile.clone() }
}

/// What files say against a profile with a decision.
fn found(profile: &Profile, artifacts: &[Artifact]) -> Vec<Finding> {
    let advice = roughly(profile);
    judge_files(&KNOWLEDGE, &advice, &artifacts.iter().collect::<Vec<_>>(), &[])
}

fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|it| format!("{} {} ({}): {}", it.level.word(), it.full_id(), it.about, it.message)).collect()
}
