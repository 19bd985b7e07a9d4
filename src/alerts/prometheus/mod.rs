//! Takes the alerts of a flow; gives Prometheus's rule file, and a file of tests for it, as texts. Quotes every scalar
//! that came from outside, and says in comments what led to each threshold.

mod rules;
mod tests;
mod yaml;

use super::Alerts;
use crate::knowledge::Severity;

pub use rules::rules;
pub use tests::tests;

/// What the files say of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The flow, as in the profile.
    pub flow: String,
    /// The broker's id, as a label.
    pub broker: String,
    /// The option's name for people, with the broker's.
    pub option: String,
    /// The broker's line.
    pub version: String,
    /// Which knowledge the thresholds follow from.
    pub knowledge: String,
    /// How the rule file is called, from the test's point of view.
    pub rules_file: String,
}

/// The group of what is computed for several alerts.
const RECORDED: &str = "recorded";

impl Head {
    /// What a group of rules is called.
    fn group(&self, name: &str) -> String {
        format!("{} {}: {name}", self.broker, self.flow)
    }

    /// The groups of a file, in its order.
    fn groups(&self, alerts: &Alerts) -> Vec<String> {
        let recorded = (!alerts.recordings.is_empty()).then(|| self.group(RECORDED));
        let has = |severity: &Severity| alerts.alerts.iter().any(|alert| alert.severity == *severity);
        let graded = Severity::ALL.into_iter().rev().filter(has).map(|severity| self.group(severity.word()));
        recorded.into_iter().chain(graded).collect()
    }
}
