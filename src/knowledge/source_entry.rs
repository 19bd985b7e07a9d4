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

/// The affiliation of what this project measured itself.
pub const OWN: &str = "brokerfit";

/// Under what circumstances a figure was taken: without them, nobody can say whether it holds elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// How large the messages were.
    pub message: Option<Text>,
    /// How many copies were kept.
    pub replication: Option<Text>,
    /// On which machines.
    pub hardware: Option<Text>,
    /// When: a year, a month or a day.
    pub measured_on: Option<Text>,
    /// What else decides the figure.
    pub note: Option<Text>,
}

impl Conditions {
    /// What is stated, in the order in which it is shown, each with the key of the rules.
    pub fn stated(&self) -> impl Iterator<Item = (&'static str, Text)> {
        [
            ("message", self.message),
            ("replication", self.replication),
            ("hardware", self.hardware),
            ("measured_on", self.measured_on),
            ("note", self.note),
        ]
        .into_iter()
        .filter_map(|(key, text)| Some((key, text?)))
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
    /// Under what circumstances its figures were taken, where they are known.
    pub conditions: Option<Conditions>,
}
