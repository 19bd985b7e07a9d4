//! Observations: what can be seen of a running broker, under the names that its metrics and its tools give to it.

use serde::{Deserialize, Serialize};

use super::broker::BrokerId;
use super::text::Text;
use crate::expr::FactId;
use crate::quantity::Kind;

/// What observations are of: a queue, a partition, a group, a node.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ObservedItem {
    /// Its stable id.
    pub id: Text,
    /// Whose it is.
    pub broker: BrokerId,
    /// What it is called.
    pub title: Text,
    /// What tells one from another: each part with the labels and columns that carry it.
    pub labels: Vec<(Text, Vec<Text>)>,
}

/// One thing that can be seen of an item.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Observation {
    /// Its name in signs: that of the item, a dot, and its own.
    pub id: Text,
    /// Whose it is.
    pub broker: BrokerId,
    /// Its item's place among all.
    pub item: u16,
    /// What it is called.
    pub title: Text,
    /// What kind of amount it is; none for what is true or false.
    pub kind: Option<Kind>,
    /// Metrics that show it.
    pub metrics: Vec<Text>,
    /// Columns of tools' tables that show it.
    pub columns: Vec<Text>,
    /// Only series with these labels show it.
    pub labels: Vec<(Text, Text)>,
    /// Words in a column that stand for false.
    pub no: Vec<Text>,
    /// What the shown number is multiplied with to be in base units.
    pub factor: f64,
    /// How it follows from another observation, where nothing shows it.
    pub from: Option<(Derivation, u16)>,
    /// Under what id expressions read it: behind all facts.
    pub fact: FactId,
}

/// How an observation follows from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Derivation {
    /// By how much it changed between two samples.
    Change,
    /// The sum over finer items.
    Sum,
    /// The greatest of finer items.
    Max,
    /// Of how many finer items it was seen.
    Count,
}

impl Derivation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Change, Self::Sum, Self::Max, Self::Count];

    /// The field of the rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Sum => "sum",
            Self::Max => "max",
            Self::Count => "count",
        }
    }
}
