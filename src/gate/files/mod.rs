//! Real broker files before the gate: by themselves (`validity`), and against one flow's workload: which of what they
//! declare is the flow's, what value holds for it, and whether the workload can live with that. Takes finished advice and
//! artifacts, gives findings that point into the files.

mod entry;
mod held;
mod limits;
mod line;
mod mismatch;
mod siblings;
mod told;
mod validity;

pub use validity::validity;

use super::case::Case;
use super::finding::Finding;
use crate::advice::{Advice, advised, decided};
use crate::artifact::{Artifact, Shape};
use crate::expr::{Env, Own, Value};
use crate::facts::View;
use crate::knowledge::{Broker, KnowledgeBase, OptionId, Version};
use crate::pattern::Pattern;
use crate::profile::Chosen;
use crate::review::Review;

/// Holds the files of a flow against its workload: with the option that is decided, else with the one that is advised.
/// `only` names the items that are the flow's, with `*` and `?`; where it is empty, names tell.
pub fn judge_files(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    artifacts: &[&Artifact],
    only: &[Pattern],
) -> Vec<Finding> {
    let case = Case::new(knowledge, advice);
    let options = options(advice);
    let mut found = mismatch::other_broker(&case, &options, artifacts);
    let mut judged = Vec::new();
    for option in options {
        let broker = knowledge.broker_of(option);
        // Of a pair the first carries the flow; the other is never a mismatch.
        if !judged.contains(&broker) {
            judged.push(broker);
            for (version, group) in by_line(&case, option, artifacts) {
                let more = findings(&case, option, version, &group, only);
                let new: Vec<Finding> = more.into_iter().filter(|finding| !found.contains(finding)).collect();
                found.extend(new);
            }
        }
    }
    found
}

/// Says what the files of a flow say of each item of its review.
pub fn prove(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    review: &mut Review,
    artifacts: &[&Artifact],
    only: &[Pattern],
) {
    if !artifacts.is_empty() {
        held::prove(&Case::new(knowledge, advice), review, artifacts, only);
    }
}

/// The options that carry the flow.
pub(super) fn options(advice: &Advice<'_>) -> Vec<OptionId> {
    match advice.profile.decision.as_ref().map(|decision| &decision.chosen) {
        Some(Chosen::None | Chosen::Other(_)) => Vec::new(),
        Some(Chosen::Broker { .. } | Chosen::Both) => decided(advice.profile, &advice.judgement),
        None => advised(&advice.judgement),
    }
}

/// Lines of one broker in the files of one flow that are judged one by one.
const LINES: usize = 8;

/// The files of a flow by the line of the option's broker that they run, where they name several; what names none is
/// everybody's. What definitions name is the node that exported them: that counts only where nothing else names one.
fn by_line<'g>(case: &Case<'_>, option: OptionId, artifacts: &[&'g Artifact]) -> Vec<(Version, Vec<&'g Artifact>)> {
    let broker = case.knowledge.broker_of(option);
    let own = |artifact: &&&Artifact| case.knowledge.find_broker(artifact.broker) == Some(broker);
    let named = |artifact: &Artifact| {
        let meant = version_meant(case.knowledge, case.advice, artifact);
        (!meant.is_taken && artifact.shape != Shape::Definitions).then_some(meant.version)
    };
    let mut lines: Vec<Version> = Vec::new();
    for version in artifacts.iter().filter(own).filter_map(|artifact| named(artifact)) {
        if lines.len() < LINES && lines.iter().all(|line| line.line() != version.line()) {
            lines.push(version);
        }
    }
    if let [_, _, ..] = lines[..] {
        let runs = |line: Version| {
            let is_of = move |artifact: &&Artifact| named(artifact).is_none_or(|it| it.line() == line.line());
            artifacts.iter().copied().filter(is_of).collect()
        };
        return lines.into_iter().map(|line| (line, runs(line))).collect();
    }
    let version = lines.pop().unwrap_or_else(|| version(case, option, artifacts));
    vec![(version, artifacts.to_vec())]
}

/// The version of an option's broker by which its files are judged, where no file names what it runs.
fn version(case: &Case<'_>, option: OptionId, artifacts: &[&Artifact]) -> Version {
    let broker = case.knowledge.broker_of(option);
    let own = artifacts.iter().find(|artifact| case.knowledge.find_broker(artifact.broker) == Some(broker));
    match (own, case.knowledge.broker(broker)) {
        (Some(artifact), _) => version_meant(case.knowledge, case.advice, artifact).version,
        (None, Some(broker)) => of_facts(case.knowledge, case.advice, broker),
        (None, None) => Version::from_number(0.0),
    }
}

/// What the files of one option's broker say against the workload.
fn findings(
    case: &Case<'_>,
    option: OptionId,
    version: Version,
    artifacts: &[&Artifact],
    only: &[Pattern],
) -> Vec<Finding> {
    let mut found = mismatch::other_version(case, option, artifacts);
    found.extend(limits::findings(case, option, version, artifacts, only));
    found
}

/// The version of a broker by which one of its files is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    /// What is stated, else what the file itself names, else what is taken.
    pub version: Version,
    /// Whether it is only taken.
    pub is_taken: bool,
}

/// The version of a broker by which one of its files is judged.
pub fn version_meant(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, artifact: &Artifact) -> Meant {
    let broker = knowledge.find_broker(artifact.broker).and_then(|id| knowledge.broker(id));
    let stated = broker.is_some_and(|broker| advice.profile.statement(broker.version_fact).is_some());
    match (artifact.version, broker) {
        (Some((version, _)), _) if !stated => Meant { version, is_taken: false },
        (_, Some(broker)) => Meant { version: of_facts(knowledge, advice, broker), is_taken: !stated },
        (_, None) => Meant { version: Version::from_number(0.0), is_taken: true },
    }
}

/// The version that the facts give.
fn of_facts(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, broker: &Broker) -> Version {
    match View::central(knowledge, &advice.facts).seen_by(broker).own(Own::Version) {
        Value::Version(version) => Version::from_number(version.lo),
        _ => Version::from_number(0.0),
    }
}
