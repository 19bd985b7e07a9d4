//! How grave findings are for a team: from which level on they fail a run, and levels of its own for single findings.

use crate::knowledge::Level;
use crate::source::Span;

/// From which level on a finding fails the run, the strictest last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailOn {
    /// Nothing: findings are told only.
    Never,
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
}

impl FailOn {
    /// All of them, the strictest last.
    pub const ALL: [Self; 3] = [Self::Never, Self::Error, Self::Warning];

    /// The word on the command line, in the configuration and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Never => "never",
        }
    }

    /// What fails a run then, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Never => "Nothing: findings are told only",
            Self::Error => "Errors",
            Self::Warning => "Errors and warnings",
        }
    }

    /// By its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|candidate| candidate.word() == word)
    }

    /// Whether a finding of this level that counts fails the run.
    pub fn refuses(self, level: Level) -> bool {
        match self {
            Self::Error => level >= Level::Error,
            Self::Warning => level >= Level::Warning,
            Self::Never => false,
        }
    }
}

/// The level of one finding, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelFor {
    /// The finding's id, with or without what it is about: `conflict` means all of them.
    pub finding: String,
    /// How grave it is; none where it is not to be told at all.
    pub level: Option<Level>,
    /// Where its id is written.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stricter_gate_refuses_all_that_a_milder_one_does() {
        for level in Level::ALL {
            for milder in FailOn::ALL {
                let stricter = FailOn::ALL.into_iter().filter(|it| *it > milder);
                assert!(stricter.into_iter().all(|it| it.refuses(level) || !milder.refuses(level)));
            }
        }
        assert!(FailOn::ALL.iter().all(|it| !it.refuses(Level::Note)));
    }
}
