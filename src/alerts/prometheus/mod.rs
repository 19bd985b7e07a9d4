//! Takes the alerts of a flow; gives Prometheus's rule file, and a file of tests for it, as texts. Quotes every scalar
//! that came from outside, and says in comments what led to each threshold.

mod rules;
mod tests;
mod yaml;

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
