//! Alert rules as data: what an exporter shows, from which threshold on somebody must look, and at what first.

use serde::{Deserialize, Serialize};

use super::broker::{BrokerId, OptionId, Version};
use super::capability::SourceId;
use super::text::{Template, Text};
use crate::expr::ExprId;

/// How soon somebody must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It will become one that must be acted on, or costs more than it should: in working hours.
    Warning,
    /// Somebody must act now.
    Critical,
}

impl Severity {
    /// All of them, the gravest last.
    pub const ALL: [Self; 2] = [Self::Warning, Self::Critical];

    /// The word in rules and in labels.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// An alert: the situation, the expression that finds it, and from which threshold on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AlertRule {
    /// Its stable id: the situation; with several options and lines of one broker it is the same.
    pub id: Text,
    /// The alert's name where it is sent.
    pub name: Text,
    /// With which option.
    pub option: OptionId,
    /// From this line of the option's broker on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// Where it is raised at all; everywhere, where there is none.
    pub when: Option<ExprId>,
    /// What exposes its metrics.
    pub exporter: Text,
    /// Where they must be scraped.
    pub endpoints: Vec<Text>,
    /// The expression, with `$threshold`, `$window`, names and numbers in it.
    pub expr: Text,
    /// From which amount on.
    pub threshold: ExprId,
    /// The threshold is a share, and shown in hundredths.
    pub share: bool,
    /// How far the expression looks back.
    pub window: Option<ExprId>,
    /// Further amounts in the expression, by name.
    pub numbers: Vec<(Text, ExprId)>,
    /// How long it must hold before it is sent.
    pub lasting: ExprId,
    /// How soon somebody must look.
    pub severity: Severity,
    /// What is so, in a line.
    pub summary: Template,
    /// What it means for this workload, in its own numbers.
    pub description: Template,
    /// What to look at first.
    pub runbook: Template,
    /// On what the threshold rests.
    pub why: Template,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// Series that make it fire, as a test of rules takes them.
    pub fires: Vec<Text>,
    /// Series that are just short of it.
    pub quiet: Vec<Text>,
}

/// A series that is computed once for several alerts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecordingRule {
    /// Whose metrics it is made of.
    pub broker: BrokerId,
    /// Its name.
    pub record: Text,
    /// The options that it serves; all of the broker, where empty.
    pub options: Vec<OptionId>,
    /// What it is.
    pub expr: Text,
    /// Why it is computed apart.
    pub about: Text,
}
