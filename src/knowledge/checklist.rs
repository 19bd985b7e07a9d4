//! The checklist: what a design review asks of a workload on an option, why, and how to verify it.

use serde::{Deserialize, Serialize};

use super::broker::{OptionId, Version};
use super::capability::SourceId;
use super::setting::Scope;
use super::text::{Template, Text};
use crate::expr::ExprId;

/// What an item is about, in the order of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Who may do what, and who may listen.
    Security,
    /// What a node may take.
    Limits,
    /// How it is told that it works.
    Health,
    /// That messages arrive.
    Delivery,
    /// What becomes of those that cannot be handled.
    FailedMessages,
    /// How long they stay.
    Retention,
    /// That it holds the load, and next year's.
    Capacity,
    /// What is broken on purpose.
    Drills,
    /// How it comes to the next version.
    Upgrades,
    /// What can be brought back.
    Backup,
    /// What is watched.
    Observability,
    /// What to do at night.
    Runbook,
    /// Whose data it is.
    DataProtection,
}

impl Area {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::Security,
        Self::Limits,
        Self::Health,
        Self::Delivery,
        Self::FailedMessages,
        Self::Retention,
        Self::Capacity,
        Self::Drills,
        Self::Upgrades,
        Self::Backup,
        Self::Observability,
        Self::Runbook,
        Self::DataProtection,
    ];

    /// The word in rules and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Limits => "limits",
            Self::Health => "health",
            Self::Delivery => "delivery",
            Self::FailedMessages => "failed-messages",
            Self::Retention => "retention",
            Self::Capacity => "capacity",
            Self::Drills => "drills",
            Self::Upgrades => "upgrades",
            Self::Backup => "backup",
            Self::Observability => "observability",
            Self::Runbook => "runbook",
            Self::DataProtection => "data-protection",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Limits => "Limits and resources",
            Self::Health => "Health checks",
            Self::Delivery => "Delivery",
            Self::FailedMessages => "Failed messages",
            Self::Retention => "Retention",
            Self::Capacity => "Capacity",
            Self::Drills => "Failure drills",
            Self::Upgrades => "Upgrades",
            Self::Backup => "Backup",
            Self::Observability => "Observability",
            Self::Runbook => "Runbook",
            Self::DataProtection => "Data protection",
        }
    }
}

/// What is at stake where an item is left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// It is untidy.
    Low,
    /// An incident gets worse, or lasts longer.
    Medium,
    /// Data is lost or exposed, or everything stops.
    High,
}

impl Risk {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// The word in rules and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// What is at stake.
    pub fn means(self) -> &'static str {
        match self {
            Self::High => "data is lost or exposed, or everything stops",
            Self::Medium => "an incident gets worse, or lasts longer",
            Self::Low => "it is untidy",
        }
    }
}

/// One item, with one option.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChecklistItem {
    /// Its stable id: the situation; with several options of one broker it is the same.
    pub id: Text,
    /// What it is about.
    pub area: Area,
    /// What is at stake.
    pub risk: Risk,
    /// With which option.
    pub option: OptionId,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// For which workloads; for all, where there is none.
    pub when: Option<ExprId>,
    /// Why it does not apply to the others.
    pub otherwise: Option<Template>,
    /// What must be so, as an imperative.
    pub title: Template,
    /// Why it applies here.
    pub why: Template,
    /// How to verify it.
    pub verify: Vec<Verify>,
    /// What broker files must say, for it to be verified by them: all of it.
    pub holds: Vec<Held>,
    /// Settings, needs, practices, alerts and pitfalls that say more.
    pub see: Vec<Text>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// How an item is verified.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Verify {
    /// The command, or what to do.
    pub run: Template,
    /// What must come of it.
    pub expect: Template,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
}

/// What a broker file must say.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Held {
    /// The key, as it is written in files.
    pub key: Text,
    /// Of what it is a key.
    pub scope: Scope,
    /// What must hold of its value.
    pub asked: Asked,
}

/// What must hold of a value in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Asked {
    /// It is one of these words.
    OneOf(Vec<Text>),
    /// It is none of these words; what is not set is none of them.
    NoneOf(Vec<Text>),
    /// It is at least an amount, in the key's own unit.
    AtLeast(ExprId),
    /// It is at most an amount, in the key's own unit.
    AtMost(ExprId),
    /// It is set.
    Set,
    /// It is not set.
    Unset,
}
