//! Between which amounts a fact may lie that is not stated as one: a stated range, what nobody knowing may mean, what not
//! being mentioned may mean.

use super::{Facts, View, Way};
use crate::expr::FactId;
use crate::knowledge::{Given, KnowledgeBase};
use crate::profile::{Profile, Stated};
use crate::quantity::Interval;

/// Why an amount is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// A range is stated.
    Range,
    /// Nobody knows it.
    Unknown,
    /// Nobody mentions it.
    Assumed,
}

impl Opening {
    /// The word in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::Unknown => "unknown",
            Self::Assumed => "assumed",
        }
    }
}

/// Between which amounts a fact may lie, and why it is open; none where it is one amount, or no amount at all.
pub fn opening(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    id: FactId,
) -> Option<(Interval, Opening)> {
    let found = match profile.statement(id).map(|statement| &statement.value) {
        Some(Stated::Value { value, .. }) => (amounts(*value)?, Opening::Range),
        Some(Stated::Unknown) => (amounts(knowledge.fact(id)?.plausible?)?, Opening::Unknown),
        Some(Stated::Version(_)) => return None,
        None => (not_mentioned(knowledge, facts, id)?, Opening::Assumed),
    };
    let (range, _) = found;
    (range.lo < range.hi && range.hi.is_finite()).then_some(found)
}

fn amounts(given: Given) -> Option<Interval> {
    match given {
        Given::Number(range) => Some(range),
        _ => None,
    }
}

/// What not being mentioned may mean. Where the pattern suggests another amount than the usual one, the usual range moves
/// with it.
fn not_mentioned(knowledge: &KnowledgeBase<'_>, facts: &Facts, id: FactId) -> Option<Interval> {
    let fact = knowledge.fact(id)?;
    match facts.way(id) {
        Way::Usual => amounts(fact.range?),
        Way::Inferred(place) => {
            let (low, high) = fact.infer.get(usize::from(place))?.range?;
            let view = View::central(knowledge, facts);
            let end = |formula| knowledge.program.number(formula, &view);
            Some(Interval { lo: end(low).lo, hi: end(high).hi })
        }
        Way::Pattern(word) => {
            let suggested = fact.by_pattern.iter().find(|(known, _)| *known == word).map(|(_, given)| *given)?;
            let (suggested, usual) = (amounts(suggested)?.middle(), amounts(fact.central?)?.middle());
            let range = amounts(fact.range?)?;
            let scales = suggested > 0.0 && suggested.is_finite() && usual > 0.0 && usual.is_finite();
            scales.then(|| range.times(Interval::point(suggested / usual)))
        }
        _ => None,
    }
}
