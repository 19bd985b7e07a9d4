//! Several flows together: what a second broker costs to run, and on what flows must agree before they can share one.

use serde::{Deserialize, Serialize};

use super::capability::SourceId;
use super::text::Text;
use crate::expr::{ExprId, FactId};

/// How a cost compares with what a second broker usually takes, least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CostSize {
    /// It is paid already.
    Paid,
    /// Less than usual.
    Smaller,
    /// As usual.
    Usual,
    /// More than usual.
    Larger,
}

impl CostSize {
    /// All of them, least to most.
    pub const ALL: [Self; 4] = [Self::Paid, Self::Smaller, Self::Usual, Self::Larger];

    /// The word in rules and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Smaller => "smaller",
            Self::Usual => "usual",
            Self::Larger => "larger",
        }
    }
}

/// Something that a second broker costs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cost {
    /// Its stable id.
    pub id: Text,
    /// What is paid for.
    pub title: Text,
    /// Why it costs, where no case holds.
    pub how: Text,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// Where it costs more, less, or nothing any more; the first that holds speaks.
    pub cases: Vec<CostCase>,
}

/// Where a cost is another than usual.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CostCase {
    /// Where it holds, on stated facts, seen by the second broker.
    pub when: ExprId,
    /// How it compares.
    pub size: CostSize,
    /// Why.
    pub how: Text,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// Who shares what a fact says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedBy {
    /// The flows on one broker.
    Broker,
    /// All flows, whatever is run.
    All,
}

impl SharedBy {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Broker, Self::All];

    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::All => "all",
        }
    }
}

/// Facts on which flows must agree that share what they say.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Agreement {
    /// The facts, each on its own.
    pub facts: Vec<FactId>,
    /// Who shares what they say.
    pub shared_by: SharedBy,
    /// Why they must.
    pub because: Text,
}
