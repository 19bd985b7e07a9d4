//! Whether an option is in a version, and how grown up it is there.

use crate::knowledge::{Available, Fit, Version};

/// How an option can be had in a version, least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Availability {
    /// It does not exist there.
    Absent,
    /// It is there for trying out: an advice rules it out, and it is shown like a preview.
    EarlyAccess,
    /// It is a preview, and nothing it does counts as better than workable.
    Preview,
    /// For production.
    Production,
}

impl Availability {
    /// How an option can be had in a version.
    pub fn of(available: &Available, version: Version) -> Self {
        let from = |line: Option<Version>| line.is_some_and(|line| version.as_number() >= line.as_number());
        if available.since.is_none() || from(available.since) {
            Self::Production
        } else if from(available.preview) {
            Self::Preview
        } else if from(available.early_access) {
            Self::EarlyAccess
        } else {
            Self::Absent
        }
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::EarlyAccess => "early-access",
            Self::Preview => "preview",
            Self::Production => "production",
        }
    }

    /// The word in a sentence.
    pub fn spoken(self) -> &'static str {
        match self {
            Self::EarlyAccess => "early access",
            other => other.word(),
        }
    }

    /// The best fit that counts.
    pub fn most(self) -> Fit {
        if self == Self::Production { Fit::Native } else { Fit::Workable }
    }
}
