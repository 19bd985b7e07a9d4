//! The vocabulary: every fact that a profile may state or that follows from others, with its type, its question,
//! and what is assumed where nobody says. Holds no values of a profile.

use serde::{Deserialize, Serialize};

use super::text::Text;
use crate::expr::{DomainId, ExprId, FactId, ListValue, Value};
use crate::quantity::{Interval, Kind};

/// One fact of the vocabulary.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the vocabulary's files")]
pub struct Fact {
    /// Its dotted name, as in `throughput.peak`.
    pub name: Text,
    /// What kind of value it takes.
    pub kind: FactKind,
    /// The question that it answers; none for derived facts.
    pub question: Option<Text>,
    /// What it means.
    pub meaning: Text,
    /// In which direction it gets harder.
    pub harder: Harder,
    /// A profile cannot state it.
    pub derived: bool,
    /// Zero makes no sense.
    pub positive: bool,
    /// Its group may be written as this fact alone.
    pub main: bool,
    /// What the organisation already runs, knows or permits.
    pub organisation: bool,
    /// The formula that gives it where it is not stated.
    pub formula: Option<ExprId>,
    /// Tried in turn where it is not stated: a condition and a value over what is stated.
    pub infer: Vec<Inference>,
    /// Assumed by pattern: a word of the pattern and a value.
    pub by_pattern: Vec<(u8, Given)>,
    /// Assumed otherwise; without it the fact stays unknown.
    pub central: Option<Given>,
    /// What not being mentioned may mean.
    pub range: Option<Given>,
    /// What nobody knowing may mean.
    pub plausible: Option<Given>,
    /// Never below this, by what is stated.
    pub at_least: Option<ExprId>,
    /// Never above this, by what is stated.
    pub at_most: Option<ExprId>,
    /// What is assumed is never above this, whatever else is stated or assumed.
    pub assumed_at_most: Option<ExprId>,
    /// The fact by whose factor it grows in a year.
    pub grows_by: Option<FactId>,
    /// Why the assumption is made.
    pub because: Option<Text>,
    /// Other spellings of words, and what they stand for.
    pub aliases: Vec<(Text, Text)>,
    /// The domain whose words stand for amounts of this fact.
    pub words: Option<DomainId>,
    /// The question, meaning and defaults speak of this broker (its place among the brokers).
    pub broker: Option<u8>,
}

/// A value that is tried where a fact is not stated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Inference {
    /// Holds on stated facts alone; always, where there is none.
    pub when: Option<ExprId>,
    /// The value.
    pub value: Inferred,
    /// Between which two formulas over what is stated it may lie; only this value, where there are none.
    pub range: Option<(ExprId, ExprId)>,
}

/// Where an inferred value comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Inferred {
    /// A formula over what is stated.
    Formula(ExprId),
    /// A fixed value.
    Given(Given),
}

/// A value or a range of values written in the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Given {
    /// An amount or a range in base units.
    Number(Interval),
    /// True, false, or either.
    Bool {
        /// It may be false.
        may_be_false: bool,
        /// It may be true.
        may_be_true: bool,
    },
    /// Words that it may be, as bits.
    Words(u64),
    /// Words in a list, as bits, and how many there are.
    List {
        /// The words, as bits.
        has: u64,
        /// How many.
        size: u32,
        /// The one that was written first, where the order is known.
        first: Option<u8>,
    },
}

impl Given {
    /// The value for evaluation: ranges stand at their middle, several words at the first.
    pub fn central(self, counts: bool) -> Value {
        match self {
            Self::Number(range) => {
                let middle = range.middle();
                Value::Number(Interval::point(if counts { (middle + 0.5).floor() } else { middle }))
            }
            Self::Bool { may_be_false, .. } => Value::Bool(crate::expr::Tri::from(!may_be_false)),
            Self::Words(words) => Value::Words(words & words.wrapping_neg()),
            Self::List { has, size, .. } => Value::List(ListValue { has, size, known: true }),
        }
    }
}

/// What kind of value a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum FactKind {
    /// `true` or `false`.
    Bool,
    /// One word of a fixed set.
    Word(DomainId),
    /// Several words of a fixed set.
    Words(DomainId),
    /// One name that need not be known.
    Name(DomainId),
    /// Several names that need not be known.
    Names(DomainId),
    /// An amount.
    Number(Kind),
    /// A rate of messages, or of bytes: then this other fact is stated and the rate follows through a size.
    Flow {
        /// The byte rate.
        bytes: FactId,
        /// Bytes a message.
        per: FactId,
    },
    /// A version of a broker.
    Version,
}

impl FactKind {
    /// The domain of its words.
    pub fn domain(self) -> Option<DomainId> {
        match self {
            Self::Word(domain) | Self::Words(domain) | Self::Name(domain) | Self::Names(domain) => Some(domain),
            Self::Bool | Self::Number(_) | Self::Flow { .. } | Self::Version => None,
        }
    }

    /// How its amounts are written.
    pub fn quantity(self) -> Option<Kind> {
        match self {
            Self::Number(kind) => Some(kind),
            Self::Flow { .. } => Some(Kind::Rate),
            _ => None,
        }
    }

    /// Whether it takes several values.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Words(_) | Self::Names(_))
    }
}

/// In which direction a fact gets harder to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Harder {
    /// More, later in the list of words, or `true`.
    Up,
    /// Less, earlier in the list of words, or `false`.
    Down,
    /// No direction.
    None,
}

/// The words that a fact may take.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Domain {
    /// The words, in order.
    pub words: Vec<Text>,
    /// Other words are allowed.
    pub open: bool,
    /// Words that stand for amounts, with the amount in base units.
    pub amounts: Vec<(Text, f64)>,
}
