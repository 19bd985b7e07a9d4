//! Gives every fact its value: what is stated first, then what is inferred from it, then formulas, then what the
//! pattern suggests, then what is usual.

use super::view::{View, unknown};
use super::{Facts, Origin, Way};
use crate::expr::{FactId, ListValue, Tri, Value};
use crate::knowledge::{Broker, Fact, FactKind, Given, Inferred, KnowledgeBase, Version};
use crate::profile::{Profile, Stated, Statement};
use crate::quantity::{Interval, Kind};

/// What is left out of consideration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// Nothing.
    Nothing,
    /// What the organisation already runs, knows and permits.
    Organisation,
}

/// What stated facts alone say, each over the whole of a stated range: what holds of it holds whatever the value.
pub fn derive_whole(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Facts {
    run(knowledge, profile, Without::Nothing, true)
}

/// Gives every fact its value.
pub fn derive(knowledge: &KnowledgeBase<'_>, profile: &Profile, without: Without) -> Facts {
    run(knowledge, profile, without, false)
}

fn run(knowledge: &KnowledgeBase<'_>, profile: &Profile, without: Without, whole: bool) -> Facts {
    let count = knowledge.facts.len();
    let open: Vec<Value> = knowledge.facts.iter().map(|fact| unknown(fact.kind)).collect();
    let facts = Facts {
        central: open.clone(),
        stated: open.clone(),
        origin: vec![Origin::Assumed; count],
        way: vec![Way::Nothing; count],
        written: Vec::new(),
        pattern: None,
    };
    let mut deriving = Deriving { knowledge, given: open, bytes: Vec::new(), facts, whole };
    deriving.take(profile, without);
    deriving.pattern();
    deriving.flows();
    for id in &knowledge.order {
        deriving.settle(*id);
    }
    deriving.facts
}

/// What not being mentioned means for a wish.
const NOT_WANTED: Given = Given::Bool { may_be_false: true, may_be_true: false };

struct Deriving<'k, 'a> {
    knowledge: &'k KnowledgeBase<'a>,
    /// What is stated, with flows in messages.
    given: Vec<Value>,
    /// Flows that are stated in bytes.
    bytes: Vec<(FactId, Interval)>,
    facts: Facts,
    /// Stated ranges stay ranges.
    whole: bool,
}

impl Deriving<'_, '_> {
    fn put(values: &mut [Value], id: FactId, value: Value) {
        if let Some(place) = values.get_mut(usize::from(id.0)) {
            *place = value;
        }
    }

    fn mark(&mut self, id: FactId, origin: Origin, way: Way) {
        if let Some(place) = self.facts.origin.get_mut(usize::from(id.0)) {
            *place = origin;
        }
        if let Some(place) = self.facts.way.get_mut(usize::from(id.0)) {
            *place = way;
        }
    }

    /// Takes what the profile states.
    fn take(&mut self, profile: &Profile, without: Without) {
        let mut team = ListValue { has: 0, size: 0, known: true };
        for Statement { fact: id, value, .. } in &profile.statements {
            let Some(fact) = self.knowledge.fact(*id) else { continue };
            if without == Without::Organisation && fact.organisation {
                continue;
            }
            match value {
                Stated::Unknown => self.mark(*id, Origin::Unknown, Way::Nothing),
                Stated::Version(version) => {
                    let number = nearest_line(self.knowledge, fact, version.as_number());
                    self.state(*id, Value::Version(Interval::point(number)));
                }
                Stated::Value { value, kind, .. } => {
                    self.facts.written.push((*id, *value));
                    if let (Some(Kind::ByteRate), Given::Number(range), FactKind::Flow { bytes, .. }) =
                        (*kind, *value, fact.kind)
                    {
                        let range = if self.whole { range } else { Interval::point(range.middle()) };
                        self.bytes.push((*id, range));
                        self.state(bytes, Value::Number(range));
                        self.mark(*id, Origin::Derived, Way::Written);
                    } else {
                        let counts = fact.kind.quantity() == Some(Kind::Count);
                        self.state(*id, if self.whole { all_of(*value) } else { value.central(counts) });
                    }
                    if let (Some(broker), FactKind::Word(_)) = (fact.broker, fact.kind) {
                        team.has |= 1 << broker;
                        team.size += 1;
                    }
                }
            }
        }
        let family = self.knowledge.roles.team;
        Self::put(&mut self.facts.central, family, Value::List(team));
        Self::put(&mut self.facts.stated, family, Value::List(team));
        self.mark(family, Origin::Derived, Way::Written);
    }

    fn state(&mut self, id: FactId, value: Value) {
        Self::put(&mut self.given, id, value);
        Self::put(&mut self.facts.central, id, value);
        Self::put(&mut self.facts.stated, id, value);
        self.mark(id, Origin::Stated, Way::Written);
    }

    /// Finds the pattern that sets assumptions: the first that is stated, else what the rest suggests.
    fn pattern(&mut self) {
        let role = self.knowledge.roles.pattern;
        let stated = self.facts.written.iter().find(|(id, _)| *id == role).map(|(_, value)| *value);
        if let Some(Given::List { has, first, .. }) = stated {
            self.facts.pattern = first.or_else(|| u8::try_from(has.trailing_zeros()).ok());
            return;
        }
        let Some(fact) = self.knowledge.fact(role) else { return };
        if let Some((place, Value::List(list))) = self.inferred(fact) {
            self.facts.pattern = u8::try_from(list.has.trailing_zeros()).ok();
            Self::put(&mut self.facts.central, role, Value::List(list));
            if self.facts.origin(role) != Origin::Unknown {
                self.mark(role, Origin::Derived, Way::Inferred(place));
            }
        }
    }

    /// Settles one fact; its inputs are settled already.
    fn settle(&mut self, id: FactId) {
        let Some(fact) = self.knowledge.fact(id) else { return };
        if self.facts.way(id) == Way::Written || id == self.knowledge.roles.pattern {
            return;
        }
        let asked = self.facts.origin(id) == Origin::Unknown;
        let (value, way) = self.central(id, fact);
        Self::put(&mut self.facts.central, id, value);
        let (stated, origin) = match way {
            Way::Formula if !asked => {
                let formula = fact
                    .formula
                    .map(|formula| self.knowledge.program.eval(formula, &View::stated(self.knowledge, &self.facts)));
                (formula.unwrap_or_else(|| unknown(fact.kind)), Origin::Derived)
            }
            // A wish that is not mentioned is not wanted: that is no guess.
            Way::Usual if !asked && fact.range == Some(NOT_WANTED) && fact.central == Some(NOT_WANTED) => {
                (value, Origin::Assumed)
            }
            _ => (self.bounded(fact), Origin::Assumed),
        };
        Self::put(&mut self.facts.stated, id, stated);
        self.mark(id, if asked { Origin::Unknown } else { origin }, way);
    }

    /// Flows that are stated in bytes become messages before anything is inferred from them.
    fn flows(&mut self) {
        for (id, bytes) in std::mem::take(&mut self.bytes) {
            if let Some(FactKind::Flow { per, .. }) = self.knowledge.fact(id).map(|fact| fact.kind) {
                self.settle(per);
                self.flow(id, per, bytes);
            }
        }
    }

    /// A flow that is stated in bytes becomes messages by the message's size.
    fn flow(&mut self, id: FactId, per: FactId, bytes: Interval) {
        let divided = |size: Value| match size {
            Value::Number(size) if size.lo > 0.0 && size.hi.is_finite() => Some(Value::Number(bytes.over(size))),
            _ => None,
        };
        let size = usize::from(per.0);
        if let Some(messages) = self.facts.central.get(size).copied().and_then(divided) {
            Self::put(&mut self.facts.central, id, messages);
            Self::put(&mut self.given, id, messages);
        }
        if let Some(messages) = self.facts.stated.get(size).copied().and_then(divided) {
            Self::put(&mut self.facts.stated, id, messages);
        }
    }

    /// The value for the score, where nothing is written, and its way.
    fn central(&self, id: FactId, fact: &Fact) -> (Value, Way) {
        let counts = fact.kind.quantity() == Some(Kind::Count);
        if let Some((place, value)) = self.inferred(fact) {
            return (if counts { rounded(value) } else { value }, Way::Inferred(place));
        }
        if let Some(formula) = fact.formula {
            let view = View::central(self.knowledge, &self.facts);
            let value = self.knowledge.program.eval(formula, &view);
            return (if counts { rounded(value) } else { value }, Way::Formula);
        }
        let suggested = self.facts.pattern.and_then(|pattern| {
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
    fn capped(&self, fact: &Fact, value: Value) -> Value {
        let (Some(roof), Value::Number(assumed)) = (fact.assumed_at_most, value) else { return value };
        let roof = self.knowledge.program.number(roof, &View::central(self.knowledge, &self.facts)).middle();
        if roof > 0.0 && roof.is_finite() { Value::Number(assumed.through(|end| end.min(roof))) } else { value }
    }

    /// The newest line that the stated provider offers, where it is behind.
    fn newest_there(&self, broker: &Broker) -> Option<Version> {
        let Value::Words(provider) = self.facts.central(self.knowledge.roles.provider) else { return None };
        let known = self.facts.origin(self.knowledge.roles.provider) == Origin::Stated;
        broker.newest_at.iter().find(|(word, _)| known && provider == 1 << word).map(|(_, line)| *line)
    }

    /// The first inference that holds on what is stated.
    fn inferred(&self, fact: &Fact) -> Option<(u8, Value)> {
        let program = &self.knowledge.program;
        let view = View::of(self.knowledge, &self.given);
        for (place, inference) in (0_u8..).zip(&fact.infer) {
            if inference.when.is_some_and(|when| program.holds(when, &view) != Tri::True) {
                continue;
            }
            let counts = fact.kind.quantity() == Some(Kind::Count);
            let value = match inference.value {
                Inferred::Given(given) => given.central(counts),
                Inferred::Formula(formula) => program.eval(formula, &view),
            };
            if !matches!(value, Value::Number(amount) if !amount.is_point()) {
                return Some((place, value));
            }
        }
        None
    }

    /// What stated facts say of one that is not stated: its bounds, at most.
    fn bounded(&self, fact: &Fact) -> Value {
        let Value::Number(mut range) = unknown(fact.kind) else { return unknown(fact.kind) };
        let view = View::of(self.knowledge, &self.given);
        if let Some(floor) = fact.at_least {
            range.lo = range.lo.max(self.knowledge.program.number(floor, &view).lo);
        }
        if let Some(roof) = fact.at_most {
            range.hi = range.hi.min(self.knowledge.program.number(roof, &view).hi);
        }
        Value::Number(range)
    }
}

/// A count is whole: rounded, half up.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(count) => Value::Number(count.through(|end| (end + 0.5).floor())),
        other => other,
    }
}

/// A stated value with all that it may be.
fn all_of(given: Given) -> Value {
    match given {
        Given::Number(range) => Value::Number(range),
        Given::Words(words) => Value::Words(words),
        Given::Bool { .. } | Given::List { .. } => given.central(false),
    }
}

/// A version below the oldest or above the newest known line is answered as the nearest.
fn nearest_line(knowledge: &KnowledgeBase<'_>, fact: &Fact, version: f64) -> f64 {
    let broker = fact.broker.and_then(|broker| knowledge.brokers.get(usize::from(broker)));
    let Some(versions) = broker.map(|broker| &broker.versions) else { return version };
    let oldest = versions.first().map_or(version, |line| line.as_number());
    let newest = versions.last().map_or(version, |line| line.as_number());
    // A patch release of the newest line lies above the line's own number, and is known.
    if version > newest + 999.0 { newest } else { version.max(oldest) }
}
