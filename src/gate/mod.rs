//! The gate: what a team chose, held against what is advised. Takes finished advice, gives findings with a level each;
//! reads no file, formats nothing, and does not know about exit codes.
//!
//! Every row of the table "how `check` judges" is one function here, and every row that holds is a finding.

mod advised;
mod assumed;
mod case;
mod finding;
mod profile;
mod ruled_out;
mod situation;

pub use finding::{Finding, Place};
pub use situation::{SITUATIONS, Situation};

use crate::advice::Advice;
use crate::engine::Verdict;
use crate::knowledge::{KnowledgeBase, Level};
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
}

impl Checked<'_> {
    /// The gravest level found; none where all is fine.
    pub fn worst(&self) -> Option<Level> {
        self.findings.iter().map(|finding| finding.level).max()
    }
}

/// Holds one flow's decision against its advice.
pub fn check<'p>(knowledge: &KnowledgeBase<'_>, advice: Advice<'p>) -> Checked<'p> {
    let findings = judge(knowledge, &advice);
    Checked { profile: advice.profile, verdict: advice.judgement.verdict, findings }
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
            findings.extend(assumed::findings(&case, decision, departs.is_some()));
            findings.extend(departs.map(|finding| assumed::by_knowledge(&case, decision, finding)));
            findings.extend(profile::too_thin(&case, decision));
        }
    }
    findings.extend(profile::conflicts(&case));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    findings
}
