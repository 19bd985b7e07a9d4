//! Whether the verdict speaks for a move: what it says of each side, and which of the two it
//! advises.

use crate::advice::{Advice, advised};
use crate::engine::Judgement;
use crate::knowledge::{BrokerId, OptionId};

/// What a verdict says of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Another broker is advised, or none.
    Elsewhere,
    /// Another option of its broker is advised.
    SameBroker,
    /// It is advised, alone or as a part.
    Advised,
}

impl Rank {
    pub(super) fn of(judgement: &Judgement, advice: &Advice<'_>, broker: BrokerId, option: OptionId) -> Self {
        if advised(judgement).contains(&option) {
            Self::Advised
        } else if advice.advises(broker) {
            Self::SameBroker
        } else {
            Self::Elsewhere
        }
    }
}

/// Whether the verdict speaks for a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It leads to what is advised.
    With,
    /// It leaves what is advised.
    Against,
    /// Both sides are advised, or neither is: another option of an advised broker may be worse than what is left.
    Even,
}

impl Course {
    pub(super) fn of(before: Rank, after: Rank) -> Self {
        match (before == Rank::Advised, after == Rank::Advised) {
            (false, true) => Self::With,
            (true, false) => Self::Against,
            _ => Self::Even,
        }
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::With => "with",
            Self::Against => "against",
            Self::Even => "even",
        }
    }
}
