//! Gives every fact its value: what is stated first, then what is inferred from it, then formulas, then what the
//! pattern suggests, then what is usual.

use super::settle::{Settling, is_wish};
use super::view::{View, unknown};
use super::{Facts, Origin, Way};
use crate::expr::{FactId, ListValue, Value};
use crate::knowledge::{Fact, FactKind, Given, KnowledgeBase};
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
        given: open,
        origin: vec![Origin::Assumed; count],
        way: vec![Way::Nothing; count],
        written: Vec::new(),
        pattern: None,
    };
    let mut deriving = Deriving { knowledge, bytes: Vec::new(), facts, whole };
    deriving.take(profile, without);
    deriving.pattern();
    deriving.flows();
    for id in &knowledge.order {
        deriving.settle(*id);
    }
    deriving.facts
}

struct Deriving<'k, 'a> {
    knowledge: &'k KnowledgeBase<'a>,
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

    fn settling(&self) -> Settling<'_, '_> {
        let provider = self.facts.origin(self.knowledge.roles.provider) == Origin::Stated;
        Settling {
            knowledge: self.knowledge,
            given: &self.facts.given,
            central: &self.facts.central,
            pattern: self.facts.pattern,
            provider_stated: provider,
            moves: &[],
            gives: &[],
        }
    }

    fn state(&mut self, id: FactId, value: Value) {
        Self::put(&mut self.facts.given, id, value);
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
        if let (Some((place, Value::List(list))), _) = self.settling().inferred(fact) {
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
        let (value, way) = self.settling().central(id, fact);
        Self::put(&mut self.facts.central, id, value);
        let (stated, origin) = match way {
            Way::Formula if !asked => {
                let formula = fact
                    .formula
                    .map(|formula| self.knowledge.program.eval(formula, &View::stated(self.knowledge, &self.facts)));
                (formula.unwrap_or_else(|| unknown(fact.kind)), Origin::Derived)
            }
            // A wish that is not mentioned is not wanted: that is no guess.
            Way::Usual if !asked && is_wish(fact) => (value, Origin::Assumed),
            _ => (self.settling().bounded(fact), Origin::Assumed),
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
            Self::put(&mut self.facts.given, id, messages);
        }
        if let Some(messages) = self.facts.stated.get(size).copied().and_then(divided) {
            Self::put(&mut self.facts.stated, id, messages);
        }
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
