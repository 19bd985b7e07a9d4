//! Takes the knowledge base, a flow's profile and facts, an option and the names that things have on the broker; gives
//! the alerts that this workload calls for, with thresholds from its own numbers. Writes no file and reaches nothing
//! outside; what a rule file looks like is the business of who writes one.

mod amounts;
mod names;
pub mod prometheus;
mod work;

pub use amounts::{duration, plain};
pub use names::{Name, Names};

use crate::facts::Facts;
use crate::knowledge::{KnowledgeBase, OptionId, Severity};
use crate::profile::Profile;

/// What a workload calls for.
#[derive(Debug, Clone, PartialEq)]
pub struct Alerts {
    /// What is computed once for several alerts; only what some alert reads.
    pub recordings: Vec<Recording>,
    /// The alerts, in the order of the rules.
    pub alerts: Vec<Alert>,
}

/// A series that is computed once for several alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Its name.
    pub record: String,
    /// What it is.
    pub expr: String,
    /// Why it is computed apart.
    pub about: String,
}

/// An alert for one flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Its stable id: the situation.
    pub id: String,
    /// Its name where it is sent.
    pub name: String,
    /// What exposes its metrics.
    pub exporter: String,
    /// Where they must be scraped.
    pub endpoints: Vec<String>,
    /// The expression, with every name and number in it.
    pub expr: String,
    /// From which amount on, in base units.
    pub threshold: f64,
    /// The same as people write it.
    pub shown: String,
    /// How it came about.
    pub formula: String,
    /// The facts that led to it, guesses marked: `consumers.processing_time 50ms (assumed)`.
    pub facts: Vec<String>,
    /// How far the expression looks back, in seconds.
    pub window: f64,
    /// How long it must hold before it is sent, in seconds.
    pub lasting: f64,
    /// How soon somebody must look.
    pub severity: Severity,
    /// What is so, in a line; with what the alerting system fills in.
    pub summary: String,
    /// What it means for this workload.
    pub description: String,
    /// What to look at first.
    pub runbook: String,
    /// On what the threshold rests.
    pub why: String,
    /// On whose word.
    pub sources: Vec<String>,
    /// Series that make it fire.
    pub fires: Vec<Series>,
    /// Series that are just short of it.
    pub quiet: Vec<Series>,
}

/// A series for a test of rules: its first value, and what is added with each minute.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name and labels.
    pub selector: String,
    /// The first value.
    pub start: f64,
    /// What each minute adds.
    pub step: f64,
}

/// The alerts for one flow with an option, in the version that its facts name. Of several with one id and one severity
/// the first that holds speaks; one whose threshold rests on what is unknown is left out.
pub fn alerts(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    option: OptionId,
    names: &Names,
) -> Alerts {
    work::alerts(knowledge, profile, facts, option, names)
}
