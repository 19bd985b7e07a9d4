//! Worlds in which everything that is not known exactly has one value: stated ranges, what nobody knows, and what nobody
//! mentioned, each drawn once; all else follows as it does for the score. Or worlds in which one fact is stated otherwise
//! and nothing else is open. Takes a profile and its facts, gives the values in any one world, or all that they may be at
//! once. Judges nothing.

mod plan;

use super::odds::{Between, Odds, Pick};
use super::settle::{Settling, is_wish, rounded};
use super::view::View;
use crate::expr::{ExprId, FactId, Tri, Value};
use crate::knowledge::{Inferred, KnowledgeBase};
use crate::quantity::{Interval, Kind};
use crate::random::SplitMix64;

/// The worlds that a profile leaves open.
#[derive(Debug)]
pub struct Worlds<'w, 'k> {
    knowledge: &'w KnowledgeBase<'k>,
    start: World,
    steps: Vec<Step>,
    /// Facts that may differ from world to world.
    varies: Vec<bool>,
    /// Those of them that count as stated.
    gives: Vec<bool>,
    provider_stated: bool,
    /// Assumptions stand at their middle.
    middles: bool,
}

/// Every fact's value in one world, or all that it may be.
#[derive(Debug, Clone)]
pub struct World {
    given: Vec<Value>,
    values: Vec<Value>,
    /// The pattern that sets assumptions, or all that may, as bits; the last one stands for none.
    patterns: u64,
}

/// No pattern at all.
const NO_PATTERN: u64 = 1 << 63;

fn pattern_bit(pattern: Option<u8>) -> u64 {
    pattern.map_or(NO_PATTERN, |pattern| 1 << pattern.min(62))
}

impl World {
    /// Whether the same assumptions hold in every world that this stands for.
    pub fn has_one_pattern(&self) -> bool {
        self.patterns.is_power_of_two()
    }

    /// The one pattern of a world; of several, none.
    fn pattern(&self) -> Option<u8> {
        let one = self.has_one_pattern() && self.patterns != NO_PATTERN;
        u8::try_from(self.patterns.trailing_zeros()).ok().filter(|_| one)
    }

    /// The values, as expressions see them.
    pub fn view<'v>(&'v self, knowledge: &KnowledgeBase<'_>) -> View<'v> {
        View::of(knowledge, &self.values)
    }

    fn put(&mut self, id: FactId, value: Value) {
        if let Some(place) = self.values.get_mut(usize::from(id.0)) {
            *place = value;
        }
    }

    /// What is taken as stated.
    fn give(&mut self, id: FactId, value: Value) {
        if let Some(place) = self.given.get_mut(usize::from(id.0)) {
            *place = value;
        }
        self.put(id, value);
    }

    fn value(&self, id: FactId) -> Value {
        self.values.get(usize::from(id.0)).copied().unwrap_or(Value::UNKNOWN)
    }
}

/// One thing that differs from world to world, in the order in which facts follow from one another.
#[derive(Debug)]
enum Step {
    /// A stated range, or what nobody knows: taken as stated.
    Given(Drawn),
    /// The one fact that is stated otherwise.
    Moved(FactId),
    /// The pattern that the rest suggests.
    Pattern(FactId),
    /// What nobody states: inferred, computed or assumed.
    Settle(Assumed),
    /// A flow stated in bytes, as messages.
    Messages { flow: FactId, bytes: FactId, size: FactId },
}

#[derive(Debug)]
struct Drawn {
    fact: FactId,
    odds: Odds,
    stream: SplitMix64,
    bounds: Bounds,
}

#[derive(Debug)]
struct Assumed {
    fact: FactId,
    /// What it may be where nothing is inferred: by pattern.
    odds: Vec<(Option<u8>, Odds)>,
    stream: SplitMix64,
    bounds: Bounds,
}

/// Never below, never above; as far as it is known at that point.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    floor: Option<ExprId>,
    roof: Option<ExprId>,
    /// Read from what is given only: the other side is settled later.
    given_only: bool,
}

impl Bounds {
    fn reads(self, knowledge: &KnowledgeBase<'_>) -> Vec<FactId> {
        let mut reads = Vec::new();
        self.floor.into_iter().chain(self.roof).for_each(|bound| knowledge.program.reads(bound, &mut reads));
        reads
    }
}

impl<'k> Worlds<'_, 'k> {
    /// The fact that moves, if it is one alone.
    pub fn moved(&self) -> Option<FactId> {
        match self.steps.first() {
            Some(Step::Moved(fact)) => Some(*fact),
            _ => None,
        }
    }

    /// What stated facts alone say in the world at hand, over what they say elsewhere; and which facts follow from the
    /// moved one without being known.
    pub fn state_alone(&self, world: &World, stated: &mut [Value]) {
        for step in &self.steps {
            let (id, value) = match step {
                Step::Moved(id) => (*id, world.value(*id)),
                Step::Settle(assumed) => (assumed.fact, self.stated_alone(assumed.fact, world, stated)),
                Step::Messages { flow, .. } => (*flow, world.value(*flow)),
                Step::Given(_) | Step::Pattern(_) => continue,
            };
            if let Some(place) = stated.get_mut(usize::from(id.0)) {
                *place = value;
            }
        }
    }

    /// What follows from stated facts alone: what a formula gives, else bounds at most.
    fn stated_alone(&self, id: FactId, world: &World, stated: &[Value]) -> Value {
        let Some(fact) = self.knowledge.fact(id) else { return Value::UNKNOWN };
        match fact.formula.filter(|_| self.is_computed(id)) {
            Some(formula) => self.knowledge.program.eval(formula, &View::of(self.knowledge, stated)),
            // A wish that the pattern alone may bring is not wanted on stated facts, or open; what holds of either holds here.
            None if is_wish(fact) => Value::Bool(Tri::False),
            None => self.settling(Pick::All, world).bounded(fact),
        }
    }

    /// Whether what stated facts alone say of a fact that nobody states moves with the moved one.
    pub fn is_bounded(&self, id: FactId) -> bool {
        let bounds = self.knowledge.fact(id).map(|fact| fact.at_least.into_iter().chain(fact.at_most));
        bounds.into_iter().flatten().any(|bound| self.knowledge.program.any_read(bound, &|read| self.varies(read)))
    }

    /// Whether a fact that is not given is computed from others, and nothing else.
    pub fn is_computed(&self, id: FactId) -> bool {
        self.knowledge.fact(id).is_some_and(|fact| fact.formula.is_some() && fact.infer.is_empty())
    }

    /// Whether there is only one.
    pub fn is_one(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether a fact may differ from world to world.
    pub fn varies(&self, id: FactId) -> bool {
        self.varies.get(usize::from(id.0)).copied().unwrap_or(false)
    }

    /// A world to be filled.
    pub fn blank(&self) -> World {
        self.start.clone()
    }

    /// Fills a world: the one at a place, or all that values may be in any.
    pub fn fill(&self, pick: Pick, world: &mut World) {
        self.run(pick, Value::UNKNOWN, world);
    }

    /// Fills the world in which the moved fact has a value, or all in which it has any of them.
    pub fn state(&self, value: Value, world: &mut World) {
        self.run(if value.is_known() { Pick::At(0) } else { Pick::All }, value, world);
    }

    fn run(&self, pick: Pick, moved: Value, world: &mut World) {
        for step in &self.steps {
            match step {
                Step::Moved(fact) => world.give(*fact, moved),
                Step::Given(drawn) => {
                    let value = drawn.odds.pick(pick, drawn.stream);
                    let value = self.bounded(drawn.bounds, value, pick, world);
                    world.give(drawn.fact, value);
                }
                Step::Pattern(role) => self.infer_pattern(*role, pick, world),
                Step::Settle(assumed) => {
                    let value = self.assumed(assumed, pick, world);
                    world.put(assumed.fact, value);
                }
                Step::Messages { flow, bytes, size } => {
                    if let (Value::Number(bytes), Value::Number(size)) = (world.value(*bytes), world.value(*size)) {
                        world.give(*flow, Value::Number(bytes.over(size)));
                    }
                }
            }
        }
    }

    /// Draws only what some facts follow from, and what they follow from in turn.
    pub fn keep(&mut self, wanted: &mut [bool]) {
        let knowledge = self.knowledge;
        let is_wanted = |wanted: &[bool], id: FactId| wanted.get(usize::from(id.0)).copied().unwrap_or(false);
        let mut kept = Vec::new();
        for step in std::mem::take(&mut self.steps).into_iter().rev() {
            let (own, mut reads) = match &step {
                Step::Given(drawn) => (drawn.fact, drawn.bounds.reads(knowledge)),
                Step::Moved(fact) => (*fact, Vec::new()),
                Step::Pattern(role) => (*role, self.may_read(*role)),
                Step::Settle(assumed) => {
                    let mut reads = self.may_read(assumed.fact);
                    reads.extend(assumed.bounds.reads(knowledge));
                    if assumed.odds.len() > 1 {
                        reads.push(knowledge.roles.pattern);
                    }
                    (assumed.fact, reads)
                }
                Step::Messages { flow, bytes, size } => (*flow, vec![*bytes, *size]),
            };
            if !is_wanted(wanted, own) {
                continue;
            }
            for read in reads.drain(..) {
                if let Some(place) = wanted.get_mut(usize::from(read.0)) {
                    *place = true;
                }
            }
            kept.push(step);
        }
        kept.reverse();
        self.steps = kept;
    }

    /// What a fact that is not given may follow from.
    fn may_read(&self, id: FactId) -> Vec<FactId> {
        let mut reads = Vec::new();
        let Some(fact) = self.knowledge.fact(id) else { return reads };
        let formulas = fact.formula.into_iter().chain(fact.assumed_at_most);
        let inferred = fact.infer.iter().flat_map(|case| {
            let formula = match case.value {
                Inferred::Formula(formula) => Some(formula),
                Inferred::Given(_) => None,
            };
            let ends = case.range.into_iter().flat_map(|(low, high)| [low, high]);
            case.when.into_iter().chain(formula).chain(ends)
        });
        for expression in formulas.chain(inferred) {
            self.knowledge.program.reads(expression, &mut reads);
        }
        reads
    }

    /// All that values may be in any world.
    pub fn hull(&self) -> World {
        let mut world = self.blank();
        self.fill(Pick::All, &mut world);
        world
    }

    fn settling<'s>(&'s self, pick: Pick, world: &'s World) -> Settling<'s, 'k> {
        Settling {
            knowledge: self.knowledge,
            given: &world.given,
            central: &world.values,
            pattern: world.pattern(),
            provider_stated: self.provider_stated,
            moves: if pick == Pick::All { &self.varies } else { &[] },
            gives: if pick == Pick::All { &self.gives } else { &[] },
        }
    }

    fn infer_pattern(&self, role: FactId, pick: Pick, world: &mut World) {
        let Some(fact) = self.knowledge.fact(role) else { return };
        let (inferred, perhaps) = self.settling(pick, world).inferred(fact);
        let bits = |value: Option<Value>| match value {
            Some(Value::List(list)) if list.known => list.has & list.has.wrapping_neg(),
            // Several of them: which, is not asked.
            Some(_) => !NO_PATTERN,
            None => 0,
        };
        let own = inferred.map(|(_, value)| value);
        world.patterns = bits(perhaps) | own.map_or(NO_PATTERN, |own| bits(Some(own)));
        world.put(role, own.filter(|_| perhaps.is_none()).unwrap_or_else(|| super::unknown(fact.kind)));
    }

    fn assumed(&self, assumed: &Assumed, pick: Pick, world: &World) -> Value {
        let Some(fact) = self.knowledge.fact(assumed.fact) else { return Value::UNKNOWN };
        let counts = fact.kind.quantity() == Some(Kind::Count);
        let settling = self.settling(pick, world);
        if self.middles {
            return settling.central(assumed.fact, fact).0;
        }
        let (inferred, perhaps) = settling.inferred(fact);
        let value = match inferred {
            Some((place, value)) => {
                let case = fact.infer.get(usize::from(place));
                let spread = case
                    .and_then(|case| case.range)
                    .and_then(|ends| self.between(ends, assumed.stream, pick, counts, world));
                let value = match pick {
                    Pick::All => spread.map_or(value, |spread| spread.hull(value)),
                    Pick::At(_) => spread.unwrap_or(value),
                };
                if counts { rounded(value) } else { value }
            }
            None if fact.formula.is_some() => settling.central(assumed.fact, fact).0,
            None => {
                let Some(drawn) = drawn(assumed, pick, world.patterns) else {
                    return settling.central(assumed.fact, fact).0;
                };
                settling.capped(fact, self.bounded(assumed.bounds, drawn, pick, world))
            }
        };
        perhaps.map_or(value, |perhaps| perhaps.hull(value))
    }

    /// An amount between two formulas.
    fn between(
        &self,
        (low, high): (ExprId, ExprId),
        stream: SplitMix64,
        pick: Pick,
        counts: bool,
        world: &World,
    ) -> Option<Value> {
        let view = View::of(self.knowledge, &world.given);
        let low = self.knowledge.program.number(low, &view);
        let high = self.knowledge.program.number(high, &view);
        let all = Interval { lo: low.lo, hi: high.hi };
        match pick {
            Pick::All => Some(Value::Number(low.hull(high))),
            Pick::At(_) if !all.lo.is_finite() || !all.hi.is_finite() || all.lo > all.hi => None,
            Pick::At(place) => Some(Value::Number(Interval::point(Between::new(all, counts).at(stream.at(place))))),
        }
    }

    /// A drawn amount within what the rest allows, as far as that is known.
    fn bounded(&self, bounds: Bounds, value: Value, pick: Pick, world: &World) -> Value {
        let Value::Number(mut amount) = value else { return value };
        let values = if bounds.given_only { &world.given } else { &world.values };
        let view = View::of(self.knowledge, values);
        let settling = self.settling(pick, world);
        let lacks = |id: FactId| {
            let value = values.get(usize::from(id.0)).copied().unwrap_or(Value::UNKNOWN);
            !value.is_known() && !settling.is_moving(id)
        };
        let known = |bound: Option<ExprId>| {
            let bound = bound.filter(|bound| !self.knowledge.program.any_read(*bound, &lacks))?;
            Some(self.knowledge.program.number(bound, &view))
        };
        if let Some(floor) = known(bounds.floor) {
            amount = amount.max(floor);
        }
        if let Some(roof) = known(bounds.roof) {
            amount = amount.min(roof);
        }
        Value::Number(amount)
    }
}

/// What is drawn where nothing is inferred; with several patterns, all that any of them may give.
fn drawn(assumed: &Assumed, pick: Pick, patterns: u64) -> Option<Value> {
    let listed = assumed.odds.iter().filter(|(pattern, _)| patterns & pattern_bit(*pattern) != 0);
    let named = assumed.odds.iter().fold(0, |all, (pattern, _)| all | pattern_bit(*pattern)) & !NO_PATTERN;
    // A pattern of which this fact knows nothing is as none.
    let usual = assumed.odds.last().filter(|_| patterns & !named != 0);
    let picked = listed.chain(usual).map(|(_, odds)| odds.pick(pick, assumed.stream));
    picked.reduce(Value::hull)
}
