//! Values as sets of what may be: a truth value, a range of amounts, the words that are possible.

use serde::{Deserialize, Serialize};

use crate::quantity::{Interval, Unit};

/// A fact's place in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactId(pub u16);

/// A domain of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DomainId(pub u16);

/// An expression's place in its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExprId(pub u32);

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// A condition.
    Bool,
    /// An amount of a unit.
    Number(Unit),
    /// One word of a domain.
    Word(DomainId),
    /// Several words of a domain.
    List(DomainId),
    /// A version.
    Version,
}

/// True, false, or it depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tri {
    /// It does not hold.
    False,
    /// It holds.
    True,
    /// It may or may not.
    Unknown,
}

impl From<bool> for Tri {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl Tri {
    /// Kleene's conjunction.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Kleene's disjunction.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// Kleene's negation.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// The value of a list fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListValue {
    /// Known words that are in it, as bits.
    pub has: u64,
    /// How many words are in it, known or not.
    pub size: u32,
    /// Whether anything is known of it.
    pub known: bool,
}

/// What an expression may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A condition.
    Bool(Tri),
    /// An amount in base units.
    Number(Interval),
    /// Words that it may be, as bits.
    Words(u64),
    /// A list.
    List(ListValue),
    /// A version as one number.
    Version(Interval),
}

impl Value {
    /// A value of which not even the type is known.
    pub const UNKNOWN: Self = Self::Bool(Tri::Unknown);

    /// Whether exactly one value is possible.
    pub fn is_known(self) -> bool {
        match self {
            Self::Bool(tri) => tri != Tri::Unknown,
            Self::Number(range) | Self::Version(range) => range.is_point(),
            // No word at all is a name that nobody lists.
            Self::Words(words) => words.count_ones() <= 1,
            Self::List(list) => list.known,
        }
    }

    /// The smallest value that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        match (self, other) {
            (Self::Bool(left), Self::Bool(right)) => Self::Bool(if left == right { left } else { Tri::Unknown }),
            (Self::Number(left), Self::Number(right)) => Self::Number(left.hull(right)),
            (Self::Version(left), Self::Version(right)) => Self::Version(left.hull(right)),
            (Self::Words(left), Self::Words(right)) => Self::Words(left | right),
            (Self::List(left), Self::List(right)) if left == right => self,
            (Self::List(_), Self::List(_)) => Self::List(ListValue { has: 0, size: 0, known: false }),
            _ => Self::UNKNOWN,
        }
    }
}

/// What is the answering broker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Own {
    /// The version that is run.
    Version,
    /// How well the team knows it.
    Team,
    /// Whether it is operated already.
    Running,
}

/// Where an expression finds its facts.
pub trait Env {
    /// A fact's value.
    fn fact(&self, id: FactId) -> Value;
    /// What is the answering broker's own.
    fn own(&self, own: Own) -> Value;
}
