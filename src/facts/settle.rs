//! What one fact is where nothing is written of it: what is inferred from what is given, a formula, what the pattern
//! suggests, what is usual. One place for facts at their middle, for facts that move within ranges, and for draws.

use super::Way;
use super::view::{View, unknown};
use crate::expr::{ExprId, FactId, ListValue, Tri, Value};
use crate::knowledge::{Broker, Fact, FactKind, Given, Inference, Inferred, KnowledgeBase, Version};
use crate::quantity::{Interval, Kind};

/// What is known while one fact is settled; its inputs are settled already.
#[derive(Clone, Copy)]
pub(super) struct Settling<'s, 'k> {
    pub(super) knowledge: &'s KnowledgeBase<'k>,
    /// What is given: stated, or taken as stated.
    pub(super) given: &'s [Value],
    /// What everything is so far.
    pub(super) central: &'s [Value],
    /// The pattern that sets assumptions.
    pub(super) pattern: Option<u8>,
    /// The provider is stated.
    pub(super) provider_stated: bool,
    /// Facts that move within ranges; none of them, where the list is empty.
    pub(super) moves: &'s [bool],
    /// Those of them that are given: inferences look at nothing else.
    pub(super) gives: &'s [bool],
}

impl Settling<'_, '_> {
    /// Whether a fact moves within a range.
    pub(super) fn is_moving(&self, id: FactId) -> bool {
        self.moves.get(usize::from(id.0)).copied().unwrap_or(false)
    }

    /// Whether a given fact moves within a range.
    fn is_given_moving(&self, id: FactId) -> bool {
        self.gives.get(usize::from(id.0)).copied().unwrap_or(false)
    }

    /// Whether an expression reads a given fact that moves.
    fn reads_moving(&self, expression: ExprId) -> bool {
        !self.gives.is_empty() && self.knowledge.program.any_read(expression, &|fact| self.is_given_moving(fact))
    }

    /// The value, and its way.
    pub(super) fn central(&self, id: FactId, fact: &Fact) -> (Value, Way) {
        let counts = fact.kind.quantity() == Some(Kind::Count);
        let (inferred, open) = self.inferred(fact);
        let (value, way) = match inferred {
            Some((place, value)) => (if counts { rounded(value) } else { value }, Way::Inferred(place)),
            None => self.otherwise(id, fact, counts),
        };
        (open.map_or(value, |open| open.hull(value)), way)
    }

    /// Where nothing is inferred.
    fn otherwise(&self, id: FactId, fact: &Fact, counts: bool) -> (Value, Way) {
        if let Some(formula) = fact.formula {
            let view = View::of(self.knowledge, self.central);
            let value = match fact.kind {
                FactKind::Number(_) | FactKind::Flow { .. } => {
                    Value::Number(self.knowledge.program.amount_at(formula, &view))
                }
                _ => self.knowledge.program.eval(formula, &view),
            };
            return (if counts { rounded(value) } else { value }, Way::Formula);
        }
        let suggested = self.pattern.and_then(|pattern| {
            fact.by_pattern.iter().find(|(word, _)| *word == pattern).map(|(word, value)| (*word, *value))
        });
        if let Some((word, value)) = suggested {
            return (self.capped(fact, value.central(counts)), Way::Pattern(word));
        }
        if let Some(value) = fact.central {
            return (self.capped(fact, value.central(counts)), Way::Usual);
        }
        if id == self.knowledge.roles.allowed {
            let all = (1_u64 << self.knowledge.brokers.len()) - 1;
            let size = u32::try_from(self.knowledge.brokers.len()).unwrap_or(u32::MAX);
            return (Value::List(ListValue { has: all, size, known: true }), Way::Usual);
        }
        match fact.broker.and_then(|broker| self.knowledge.brokers.get(usize::from(broker))) {
            Some(broker) if fact.kind == FactKind::Version => {
                let offered = self.newest_there(broker);
                let newest = offered.or_else(|| broker.versions.last().copied()).map_or(0.0, Version::as_number);
                let way = if offered.is_some() { Way::NewestThere } else { Way::Newest };
                (Value::Version(Interval::point(newest)), way)
            }
            _ => (unknown(fact.kind), Way::Nothing),
        }
    }

    /// An assumption, held below what the rest of the profile makes plausible.
    pub(super) fn capped(&self, fact: &Fact, value: Value) -> Value {
        let (Some(roof), Value::Number(assumed)) = (fact.assumed_at_most, value) else { return value };
        let roof = self.knowledge.program.amount_at(roof, &View::of(self.knowledge, self.central));
        if !self.moves.is_empty() && !roof.is_point() {
            // A roof of nothing, or without an end, is none: whatever is assumed may then stand as well.
            let under = assumed.min(Interval { lo: roof.lo.max(0.0), ..roof });
            return Value::Number(if roof.lo > 0.0 && roof.hi.is_finite() { under } else { under.hull(assumed) });
        }
        let roof = roof.middle();
        if roof > 0.0 && roof.is_finite() { Value::Number(assumed.through(|end| end.min(roof))) } else { value }
    }

    /// The newest line that the stated provider offers, where it is behind.
    fn newest_there(&self, broker: &Broker) -> Option<Version> {
        let role = usize::from(self.knowledge.roles.provider.0);
        let Some(Value::Words(provider)) = self.central.get(role).copied() else { return None };
        let offered = broker.newest_at.iter().find(|(word, _)| self.provider_stated && provider == 1 << word);
        offered.map(|(_, line)| *line)
    }

    /// What stated facts say of one that is not stated: its bounds, at most.
    pub(super) fn bounded(&self, fact: &Fact) -> Value {
        let Value::Number(mut range) = unknown(fact.kind) else { return unknown(fact.kind) };
        let view = View::of(self.knowledge, self.given);
        if let Some(floor) = fact.at_least {
            range.lo = range.lo.max(self.knowledge.program.number(floor, &view).lo);
        }
        if let Some(roof) = fact.at_most {
            range.hi = range.hi.min(self.knowledge.program.number(roof, &view).hi);
        }
        Value::Number(range)
    }

    /// The first inference that holds on what is given; and what earlier ones, that hold for some of the moving facts'
    /// values only, may give instead.
    pub(super) fn inferred(&self, fact: &Fact) -> (Option<(u8, Value)>, Option<Value>) {
        let mut perhaps: Option<Value> = None;
        for (place, inference) in (0_u8..).zip(&fact.infer) {
            let (holds, value) = self.tried(fact, inference);
            match (holds, value) {
                (Tri::True, Some(value)) => return (Some((place, value)), perhaps),
                (Tri::Unknown, Some(value)) => perhaps = Some(perhaps.map_or(value, |before| before.hull(value))),
                _ => {}
            }
        }
        (None, perhaps)
    }

    /// Whether an inference holds, and its value; unknown only where that depends on what moves.
    fn tried(&self, fact: &Fact, inference: &Inference) -> (Tri, Option<Value>) {
        let program = &self.knowledge.program;
        let view = View::of(self.knowledge, self.given);
        let holds = match inference.when {
            None => Tri::True,
            Some(when) if self.reads_moving(when) => {
                let truths = program.truths(when, &view, &|fact| self.is_given_moving(fact));
                match (truths.always(), truths.never()) {
                    (true, _) => Tri::True,
                    (_, true) => Tri::False,
                    _ => Tri::Unknown,
                }
            }
            // What nobody gives holds on nothing that is given.
            Some(when) => Tri::from(program.holds(when, &view) == Tri::True),
        };
        if holds == Tri::False {
            return (Tri::False, None);
        }
        let counts = fact.kind.quantity() == Some(Kind::Count);
        let value = match inference.value {
            Inferred::Given(given) => Some(given.central(counts)),
            Inferred::Formula(formula) => {
                let lacks = |id: FactId| {
                    let value = self.given.get(usize::from(id.0)).copied().unwrap_or(Value::UNKNOWN);
                    !value.is_known() && !self.is_given_moving(id)
                };
                (!program.any_read(formula, &lacks)).then(|| program.eval(formula, &view))
            }
        };
        (holds, value)
    }
}

/// What not being mentioned means for a wish.
const NOT_WANTED: Given = Given::Bool { may_be_false: true, may_be_true: false };

/// Whether a fact is not wanted where nobody mentions it.
pub(super) fn is_wish(fact: &Fact) -> bool {
    fact.range == Some(NOT_WANTED) && fact.central == Some(NOT_WANTED)
}

/// A count is whole: rounded, half up.
pub(super) fn rounded(value: Value) -> Value {
    match value {
        Value::Number(count) => Value::Number(count.through(|end| (end + 0.5).floor())),
        other => other,
    }
}
