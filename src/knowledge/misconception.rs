//! What is said of brokers and is not so, or no longer: the claim, how it is worded elsewhere, and what is true.

use serde::{Deserialize, Serialize};

use super::broker::{BrokerId, Version};
use super::capability::SourceId;
use super::text::Text;

/// What is wrong with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimVerdict {
    /// It never was so.
    Wrong,
    /// It was so in earlier versions.
    Stale,
    /// It holds for a part, or leaves out what decides.
    HalfTrue,
    /// Nobody published what it rests on.
    Unsourced,
}

impl ClaimVerdict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Wrong, Self::Stale, Self::HalfTrue, Self::Unsourced];

    /// The word in rules, in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Stale => "stale",
            Self::HalfTrue => "half-true",
            Self::Unsourced => "unsourced",
        }
    }
}

/// A claim that is repeated and does not hold.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Misconception {
    /// Its stable id, which names the situation.
    pub id: Text,
    /// The claim, as it is usually made.
    pub claim: Text,
    /// Other wordings by which it is found.
    pub wordings: Vec<Text>,
    /// What is wrong with it.
    pub verdict: ClaimVerdict,
    /// Of which brokers it speaks.
    pub about: Vec<BrokerId>,
    /// Up to and with which line of a broker it was true; may lie below the oldest known line.
    pub until: Vec<(BrokerId, Version)>,
    /// What is so.
    pub truth: Text,
    /// What else explains it: ids of needs, conflicts, scope rules, keys, facts, options, other misconceptions.
    pub see: Vec<Text>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}
