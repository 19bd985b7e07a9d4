//! The gate: what a team chose, held against what is advised. Takes finished advice, gives findings with a level each;
//! reads no file, formats nothing, and does not know about exit codes.
//!
//! Every row of the table "how `check` judges" is one function here, and every row that holds is a finding.

mod advised;
mod assumed;
mod baseline;
mod case;
mod files;
mod finding;
mod fingerprint;
mod identity;
mod ids;
mod levels;
mod paths;
mod profile;
mod required;
mod ruled_out;
mod settled;
mod situation;
mod waivers;

pub use baseline::Baseline;
pub use files::{Meant, judge_files, prove, validity, version_meant};
pub use finding::{Finding, Place, Standing};
pub use fingerprint::{Subject, fingerprints};
pub use identity::{Identity, Owner};
pub use ids::situation;
pub use paths::{Paths, Shown};
pub use settled::Demanded;
pub use situation::{SITUATIONS, Several, Situation};
pub use waivers::{Use, may_be_waived, review, waive};

use crate::advice::Advice;
use crate::artifact::Artifact;
use crate::configuration::{Configuration, FailOn, LevelFor};
use crate::engine::Verdict;
use crate::knowledge::{KnowledgeBase, Level};
use crate::pattern::Pattern;
use crate::profile::Profile;
use case::Case;

/// One flow after the gate.
#[derive(Debug)]
pub struct Checked<'p> {
    /// What was stated.
    pub profile: &'p Profile,
    /// What is advised.
    pub verdict: Verdict,
    /// Everything that was found, the gravest first.
    pub findings: Vec<Finding>,
    /// From which level on a finding fails the run.
    pub fail_on: FailOn,
}

impl Checked<'_> {
    /// The gravest level found that counts; none where all is fine.
    pub fn worst(&self) -> Option<Level> {
        worst(&self.findings)
    }

    /// Whether it fails the run.
    pub fn refuses(&self) -> bool {
        self.worst().is_some_and(|level| self.fail_on.refuses(level))
    }
}

/// A file that belongs to no single flow, after the gate: a broker file, or the configuration.
#[derive(Debug)]
pub struct Inspected {
    /// Which of the run's sources it is.
    pub source: usize,
    /// What it is, in a word or two: `definitions.json`, `configuration`.
    pub kind: &'static str,
    /// Everything that was found, the gravest first.
    pub findings: Vec<Finding>,
    /// From which level on a finding fails the run.
    pub fail_on: FailOn,
}

impl Inspected {
    /// The gravest level found that counts; none where all is fine.
    pub fn worst(&self) -> Option<Level> {
        worst(&self.findings)
    }

    /// Whether it fails the run.
    pub fn refuses(&self) -> bool {
        self.worst().is_some_and(|level| self.fail_on.refuses(level))
    }
}

fn worst(findings: &[Finding]) -> Option<Level> {
    findings.iter().filter(|finding| finding.counts()).map(|finding| finding.level).max()
}

/// Holds one flow's decision against its advice, by what a configuration asks for.
///
/// `artifacts` are the broker files of the flow, and `only` the items in them that are its own, where the profile says so;
/// `demanded` is what its review must have settled, if anything.
pub fn check<'p>(
    knowledge: &KnowledgeBase<'_>,
    advice: Advice<'p>,
    configuration: &Configuration,
    artifacts: &[&Artifact],
    only: &[Pattern],
    demanded: Option<&Demanded<'_>>,
) -> Checked<'p> {
    let mut findings = judge(knowledge, &advice);
    findings.extend(judge_files(knowledge, &advice, artifacts, only));
    if let Some(demanded) = demanded {
        findings.extend(settled::unsettled(&Case::new(knowledge, &advice), demanded, artifacts, only));
    }
    findings.extend(required::missing(&Case::new(knowledge, &advice), &configuration.require));
    settle(&mut findings, &configuration.levels);
    let fail_on = configuration.fail_on.unwrap_or_default();
    Checked { profile: advice.profile, verdict: advice.judgement.verdict, findings, fail_on }
}

/// Gives findings the levels that a configuration names, and the gravest come first.
pub fn settle(findings: &mut Vec<Finding>, levels: &[LevelFor]) {
    levels::apply(findings, levels);
    gravest_first(findings);
}

/// The gravest first; those of one level stay in their order.
fn gravest_first(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
}

/// Every row of the table that holds, the gravest first.
pub fn judge(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Vec<Finding> {
    let case = Case::new(knowledge, advice);
    let mut findings = Vec::new();
    match &advice.profile.decision {
        None => findings.push(advised::undecided(&case)),
        Some(decision) => {
            findings.extend(ruled_out::findings(&case, decision));
            let departs = advised::finding(&case, decision);
            if departs.is_none() && findings.is_empty() {
                findings.extend(required::decided_by_assumption(&case));
            }
            findings.extend(assumed::findings(&case, decision, departs.is_some()));
            findings.extend(departs.map(|finding| assumed::by_knowledge(&case, decision, finding)));
            findings.extend(profile::too_thin(&case, decision));
        }
    }
    findings.extend(profile::conflicts(&case));
    gravest_first(&mut findings);
    findings
}
