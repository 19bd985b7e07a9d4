//! Stated, assumed and derived: every fact of the vocabulary gets a value for the score, the value that rests on
//! what is stated alone, and its origin. Takes a profile, judges nothing.

mod derive;
mod detail;
mod odds;
mod open;
mod settle;
mod view;
mod worlds;

pub use derive::{Without, derive, derive_whole};
pub use detail::{Shown, detail, shown, stated_value};
pub use odds::{Pick, between};
pub use open::{Opening, opening};
pub use view::{View, unknown};
pub use worlds::{World, Worlds};

use crate::expr::{FactId, Value};
use crate::knowledge::{Given, KnowledgeBase};

/// Where a fact's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The profile says it.
    Stated,
    /// It follows from others.
    Derived,
    /// Nobody mentioned it.
    Assumed,
    /// Nobody knows it.
    Unknown,
}

impl Origin {
    /// The word in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Derived => "derived",
            Self::Assumed => "assumed",
            Self::Unknown => "unknown",
        }
    }
}

/// By what way a fact got its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is written in the profile.
    Written,
    /// A formula over other facts gave it.
    Formula,
    /// An inference from what is stated gave it (its place among the fact's inferences).
    Inferred(u8),
    /// The pattern suggests it (the pattern's word).
    Pattern(u8),
    /// It is usual.
    Usual,
    /// The newest version known.
    Newest,
    /// The newest version that the stated provider offers.
    NewestThere,
    /// Nothing gave it a value.
    Nothing,
}

/// Every fact's value, by its place in the vocabulary.
#[derive(Debug, Clone)]
pub struct Facts {
    /// For the score.
    pub central: Vec<Value>,
    /// Resting on stated facts alone; open where it rests on anything else.
    pub stated: Vec<Value>,
    /// What is given: stated, with flows in messages; open where nothing is.
    pub given: Vec<Value>,
    /// Where each comes from.
    pub origin: Vec<Origin>,
    /// By what way.
    pub way: Vec<Way>,
    /// What was written, where it is a range or a list of names.
    pub written: Vec<(FactId, Given)>,
    /// The pattern that sets assumptions.
    pub pattern: Option<u8>,
}

impl Facts {
    /// The value for the score.
    pub fn central(&self, id: FactId) -> Value {
        self.central.get(usize::from(id.0)).copied().unwrap_or(Value::UNKNOWN)
    }

    /// The amount at which a fact stands for the score, in base units: seconds, bytes, messages or bytes a second. None for
    /// what is no amount, or is not known.
    pub fn amount(&self, id: FactId) -> Option<f64> {
        match self.central(id) {
            Value::Number(amount) if amount.is_point() => Some(amount.lo),
            _ => None,
        }
    }

    /// Where a fact comes from.
    pub fn origin(&self, id: FactId) -> Origin {
        self.origin.get(usize::from(id.0)).copied().unwrap_or(Origin::Unknown)
    }

    /// Whether a fact is a guess: neither stated, nor derived, nor a wish that nobody mentioned.
    pub fn is_guess(&self, id: FactId) -> bool {
        let stated = self.stated.get(usize::from(id.0)).copied();
        matches!(self.origin(id), Origin::Assumed | Origin::Unknown) && stated != Some(self.central(id))
    }

    /// The facts on which some facts rest in the end, through every formula, each once.
    pub fn inputs(&self, knowledge: &KnowledgeBase<'_>, mut open: Vec<FactId>) -> Vec<FactId> {
        open.reverse();
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        while let Some(id) = open.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let formula = knowledge.fact(id).and_then(|fact| fact.formula);
            match formula.filter(|_| self.way(id) == Way::Formula) {
                Some(formula) => knowledge.program.reads(formula, &mut open),
                None => found.push(id),
            }
        }
        found
    }

    /// By what way a fact got its value.
    pub fn way(&self, id: FactId) -> Way {
        self.way.get(usize::from(id.0)).copied().unwrap_or(Way::Nothing)
    }
}
