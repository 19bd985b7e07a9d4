//! The bibliography: who says what, where, and when that was read.

use serde::{Deserialize, Serialize};

use super::text::Text;

/// How much a source's word weighs, least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Repeated without a source.
    Unsourced,
    /// What an expert holds.
    Opinion,
    /// Measured by somebody without a stake.
    Independent,
    /// The maker about its own product.
    Documented,
    /// Measured by this project.
    Measured,
}

impl Grade {
    /// All of them, least to most.
    pub const ALL: [Self; 5] = [Self::Unsourced, Self::Opinion, Self::Independent, Self::Documented, Self::Measured];

    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsourced => "unsourced",
            Self::Opinion => "opinion",
            Self::Independent => "independent",
            Self::Documented => "documented",
            Self::Measured => "measured",
        }
    }
}

/// An entry of the bibliography.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Its stable id.
    pub id: Text,
    /// Where it can be read; empty for what this project measured.
    pub url: Text,
    /// The section or key.
    pub place: Text,
    /// The day on which it was read.
    pub checked_on: Text,
    /// The version of which it speaks.
    pub version: Text,
    /// Whose word it is.
    pub affiliation: Text,
    /// How much it weighs.
    pub grade: Grade,
    /// What it says, in our words.
    pub says: Text,
}
