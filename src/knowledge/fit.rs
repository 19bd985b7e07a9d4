//! The ordinal scale on which an option answers a need. No numbers here: the engine reads the scale.

use serde::{Deserialize, Serialize};

/// How well an option answers a need, worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// This option cannot, whatever is built around it.
    RuledOut,
    /// Works, and will hurt.
    Poor,
    /// Works with known compensating work in the application or topology.
    Workable,
    /// Done well by configuration alone.
    Good,
    /// What the option is made for.
    Native,
}

impl Fit {
    /// All fits, worst to best.
    pub const ALL: [Self; 5] = [Self::RuledOut, Self::Poor, Self::Workable, Self::Good, Self::Native];

    /// The word in rules, in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::RuledOut => "ruled-out",
            Self::Poor => "poor",
            Self::Workable => "workable",
            Self::Good => "good",
            Self::Native => "native",
        }
    }

    /// The word in a sentence.
    pub fn spoken(self) -> &'static str {
        match self {
            Self::RuledOut => "ruled out",
            other => other.word(),
        }
    }

    /// The fit of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fit| fit.word() == word)
    }

    /// One step worse, and never ruled out by it.
    #[must_use]
    pub fn one_worse(self) -> Self {
        match self {
            Self::Native => Self::Good,
            Self::Good => Self::Workable,
            Self::Workable | Self::Poor => Self::Poor,
            Self::RuledOut => Self::RuledOut,
        }
    }

    /// The same, and workable instead of poor.
    #[must_use]
    pub fn not_poor(self) -> Self {
        if self == Self::Poor { Self::Workable } else { self }
    }

    /// Steps above `ruled-out`.
    pub fn steps(self) -> u8 {
        self as u8
    }
}
