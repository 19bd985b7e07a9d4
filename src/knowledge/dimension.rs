//! The ten dimensions, in the order in which they are always shown.

use serde::{Deserialize, Serialize};

/// One of the ten sides from which a workload is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// What stays, for how long, who may read it again; backlog.
    Retention,
    /// Which messages keep their order.
    Ordering,
    /// How soon a handler starts.
    Latency,
    /// Messages and bytes a second; message size.
    Throughput,
    /// What may be lost or doubled.
    Delivery,
    /// Who reads, how many at once, for how long.
    Consumption,
    /// How a message finds its readers.
    Routing,
    /// What is asked of a single message.
    Handling,
    /// Languages, protocols, other systems.
    Integration,
    /// What it takes to run.
    Operations,
}

impl Dimension {
    /// All ten, in order.
    pub const ALL: [Self; 10] = [
        Self::Retention,
        Self::Ordering,
        Self::Latency,
        Self::Throughput,
        Self::Delivery,
        Self::Consumption,
        Self::Routing,
        Self::Handling,
        Self::Integration,
        Self::Operations,
    ];

    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Its id, the same everywhere.
    pub fn id(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Ordering => "ordering",
            Self::Latency => "latency",
            Self::Throughput => "throughput",
            Self::Delivery => "delivery",
            Self::Consumption => "consumption",
            Self::Routing => "routing",
            Self::Handling => "handling",
            Self::Integration => "integration",
            Self::Operations => "operations",
        }
    }

    /// The dimension of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.id() == id)
    }

    /// Its place among the ten.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// How much a dimension counts, least to most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Not at all; vetoes stay.
    Ignore,
    /// Less than others.
    Low,
    /// As others.
    #[default]
    Normal,
    /// More than others.
    High,
}

impl Priority {
    /// All of them, least to most.
    pub const ALL: [Self; 4] = [Self::Ignore, Self::Low, Self::Normal, Self::High];

    /// The word in profiles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }

    /// The priority of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.word() == word)
    }
}
