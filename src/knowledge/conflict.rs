//! Contradictions inside one profile, whatever is used or with one option, and rules about whether a broker is called
//! for at all.

use serde::{Deserialize, Serialize};

use super::broker::{OptionId, Version};
use super::capability::SourceId;
use super::text::{Template, Text};
use crate::expr::{ExprId, FactId};

/// How grave a finding is, least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Needs a look.
    Warning,
    /// Cannot stay so.
    Error,
}

impl Level {
    /// All of them, least to most.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word in rules, in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Two facts of one profile that cannot both be had, or two numbers that contradict each other; with one option, a fact
/// and a number of that option's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Conflict {
    /// Its stable id; with several options of one broker it is the same.
    pub id: Text,
    /// How grave it is; with one option never an error.
    pub level: Level,
    /// With which option it holds; none where it holds whatever is used.
    pub option: Option<OptionId>,
    /// From this line of the option's broker on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// Where it holds.
    pub when: ExprId,
    /// The facts that contradict each other.
    pub facts: Vec<FactId>,
    /// Facts that must be written in the profile: where they are not, a formula would only guess them.
    pub written: Vec<FactId>,
    /// Why, in the profile's own numbers.
    pub because: Template,
    /// The way out.
    pub remedy: Template,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// What a scope rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// No broker of this kind is called for.
    Neither,
    /// Two brokers are.
    Both,
}

/// When neither broker is called for, or both are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScopeRule {
    /// Its stable id.
    pub id: Text,
    /// What it says.
    pub effect: Effect,
    /// Where it holds, on stated facts.
    pub when: ExprId,
    /// Why.
    pub because: Template,
    /// What to use instead, or how to split.
    pub instead: Text,
    /// On whose word.
    pub sources: Vec<SourceId>,
}
