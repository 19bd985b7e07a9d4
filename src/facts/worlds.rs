//! Worlds in which everything that is not known exactly has one value: stated ranges, what nobody knows, and what nobody
//! mentioned, each drawn once; all else follows as it does for the score. Or worlds in which one fact is stated otherwise
//! and nothing else is open. Takes a profile and its facts, gives the values in any one world, or all that they may be at
//! once. Judges nothing.

use super::odds::{Between, Odds, Pick};
use super::settle::{Settling, rounded};
use super::view::View;
use super::{Facts, Origin, Way};
use crate::expr::{ExprId, FactId, Value};
use crate::knowledge::{Fact, FactKind, Given, Inferred, KnowledgeBase};
use crate::profile::{Profile, Stated, Statement};
use crate::quantity::{Interval, Kind};
use crate::random::SplitMix64;

/// What every fact's stream begins with.
const SEED: u64 = 0x776F_726C_6473;

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

impl<'w, 'k> Worlds<'w, 'k> {
    /// The worlds that a profile leaves open.
    pub fn of(knowledge: &'w KnowledgeBase<'k>, profile: &Profile, facts: &Facts) -> Self {
        let mut worlds = Self::start(knowledge, facts, false);
        worlds.given(profile);
        worlds.follow(profile, facts);
        worlds
    }

    /// The worlds in which one fact is stated otherwise. A flow that is stated in bytes moves in bytes.
    pub fn moving(knowledge: &'w KnowledgeBase<'k>, profile: &Profile, facts: &Facts, moved: FactId) -> Self {
        let mut worlds = Self::start(knowledge, facts, true);
        let in_bytes =
            |statement: &Statement| matches!(statement.value, Stated::Value { kind: Some(Kind::ByteRate), .. });
        if let Some(fact) = knowledge.fact(moved) {
            let id = match fact.kind {
                FactKind::Flow { bytes, .. } if profile.statement(moved).is_some_and(in_bytes) => bytes,
                _ => moved,
            };
            worlds.give(id);
            worlds.enlist(moved, fact);
            worlds.steps.push(Step::Moved(id));
        }
        worlds.follow(profile, facts);
        worlds
    }

    fn start(knowledge: &'w KnowledgeBase<'k>, facts: &Facts, middles: bool) -> Self {
        let start =
            World { given: facts.given.clone(), values: facts.central.clone(), patterns: pattern_bit(facts.pattern) };
        let varies = vec![false; knowledge.facts.len()];
        let gives = varies.clone();
        let provider_stated = facts.origin(knowledge.roles.provider) == Origin::Stated;
        Self { knowledge, start, steps: Vec::new(), varies, gives, provider_stated, middles }
    }

    /// What follows from what is open, and what else is.
    fn follow(&mut self, profile: &Profile, facts: &Facts) {
        self.pattern(facts);
        self.flows(profile, facts);
        for id in &self.knowledge.order {
            self.settle(*id, facts);
        }
    }

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
            None => self.settling(Pick::All, world).bounded(fact),
        }
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

    fn vary(&mut self, id: FactId) {
        if let Some(place) = self.varies.get_mut(usize::from(id.0)) {
            *place = true;
        }
    }

    /// Notes a fact that varies and counts as stated.
    fn give(&mut self, id: FactId) {
        self.vary(id);
        if let Some(place) = self.gives.get_mut(usize::from(id.0)) {
            *place = true;
        }
    }

    fn stream(&self, id: FactId) -> SplitMix64 {
        SplitMix64::named(SEED, self.knowledge.fact_name(id))
    }

    /// Stated ranges, and what nobody knows.
    fn given(&mut self, profile: &Profile) {
        for statement in &profile.statements {
            let Some(fact) = self.knowledge.fact(statement.fact) else { continue };
            let Some((id, odds)) = self.open(statement, fact).filter(|(_, odds)| !odds.is_point()) else { continue };
            self.give(id);
            self.enlist(statement.fact, fact);
            let bounds = Bounds { floor: fact.at_least, roof: fact.at_most, given_only: true };
            let stated = matches!(statement.value, Stated::Value { .. });
            let bounds = if stated { Bounds::default() } else { bounds };
            self.steps.push(Step::Given(Drawn { fact: id, odds, stream: self.stream(statement.fact), bounds }));
        }
    }

    /// What a statement leaves open, and of which fact: a flow in bytes is drawn in bytes.
    fn open(&self, statement: &Statement, fact: &Fact) -> Option<(FactId, Odds)> {
        let counts = fact.kind.quantity() == Some(Kind::Count);
        match (&statement.value, fact.kind) {
            (Stated::Value { value, kind: Some(Kind::ByteRate), .. }, FactKind::Flow { bytes, .. }) => {
                Some((bytes, Odds::of(*value, false)))
            }
            (Stated::Value { value, .. }, _) => Some((statement.fact, Odds::of(*value, counts))),
            (Stated::Unknown, FactKind::Version) => {
                let broker = self.knowledge.brokers.get(usize::from(fact.broker?))?;
                Some((statement.fact, Odds::Lines(broker.versions.clone())))
            }
            (Stated::Unknown, _) => Some((statement.fact, Odds::of(fact.plausible?, counts))),
            (Stated::Version(_), _) => None,
        }
    }

    /// A team's skill that may be anything is still something that is said of it.
    fn enlist(&mut self, id: FactId, fact: &Fact) {
        let family = self.knowledge.roles.team;
        if let (Some(broker), FactKind::Word(_), Value::List(mut team)) =
            (fact.broker, fact.kind, self.start.value(family))
            && self.knowledge.brokers.iter().any(|known| known.team_fact == id)
            && team.has & (1 << broker) == 0
        {
            team.has |= 1 << broker;
            team.size += 1;
            self.start.give(family, Value::List(team));
            self.give(family);
        }
    }

    fn pattern(&mut self, facts: &Facts) {
        let role = self.knowledge.roles.pattern;
        let Some(fact) = self.knowledge.fact(role) else { return };
        let stated = facts.origin(role) == Origin::Stated;
        if !stated && fact.infer.iter().filter_map(|case| case.when).any(|when| self.reads_varying(when)) {
            self.vary(role);
            self.steps.push(Step::Pattern(role));
        }
    }

    fn flows(&mut self, profile: &Profile, facts: &Facts) {
        for statement in &profile.statements {
            let kind = self.knowledge.fact(statement.fact).map(|fact| fact.kind);
            let Some(FactKind::Flow { bytes, per }) = kind else { continue };
            if !matches!(statement.value, Stated::Value { kind: Some(Kind::ByteRate), .. }) {
                continue;
            }
            self.settle(per, facts);
            if self.varies(bytes) || self.varies(per) {
                self.give(statement.fact);
                self.steps.push(Step::Messages { flow: statement.fact, bytes, size: per });
            }
        }
    }

    fn reads_varying(&self, expression: ExprId) -> bool {
        self.knowledge.program.any_read(expression, &|fact| self.varies(fact))
    }

    /// Whether an expression reads a fact that varies and counts as stated.
    fn reads_given(&self, expression: ExprId) -> bool {
        let given = |id: FactId| self.gives.get(usize::from(id.0)).copied().unwrap_or(false);
        self.knowledge.program.any_read(expression, &given)
    }

    /// Notes how a fact that is not given may differ from world to world.
    fn settle(&mut self, id: FactId, facts: &Facts) {
        let Some(fact) = self.knowledge.fact(id) else { return };
        let taken = self.varies(id) || facts.way(id) == Way::Written || id == self.knowledge.roles.pattern;
        if taken {
            return;
        }
        let odds = self.odds(fact);
        if self.may_differ(fact, &odds) {
            self.vary(id);
            let later = |bound: ExprId| self.knowledge.program.any_read(bound, &|read| self.is_later(read, id));
            let given_only = fact.at_least.into_iter().chain(fact.at_most).any(later);
            let bounds = Bounds { floor: fact.at_least, roof: fact.at_most, given_only };
            self.steps.push(Step::Settle(Assumed { fact: id, odds, stream: self.stream(id), bounds }));
        }
    }

    fn is_later(&self, read: FactId, than: FactId) -> bool {
        let place = |id: FactId| self.knowledge.order.iter().position(|known| *known == id);
        place(read) > place(than)
    }

    /// Whether anything of a fact is drawn, or follows from what is.
    fn may_differ(&self, fact: &Fact, odds: &[(Option<u8>, Odds)]) -> bool {
        let assumed = (!self.middles && odds.iter().any(|(_, odds)| !odds.is_point())) || odds.len() > 1;
        let inferred = fact.infer.iter().any(|case| {
            let formula = match case.value {
                Inferred::Formula(formula) => Some(formula),
                Inferred::Given(_) => None,
            };
            (case.range.is_some() && !self.middles)
                || case.when.into_iter().chain(formula).any(|read| self.reads_given(read))
        });
        let capped = fact.assumed_at_most.is_some_and(|roof| self.reads_varying(roof));
        match fact.formula {
            Some(formula) => inferred || self.reads_varying(formula),
            None => inferred || assumed || capped,
        }
    }

    /// What a fact may be where nothing is inferred: with the pattern that holds, or with each that may.
    fn odds(&self, fact: &Fact) -> Vec<(Option<u8>, Odds)> {
        let Some(usual) = fact.central else { return Vec::new() };
        let all = fact.by_pattern.iter().map(|(word, _)| Some(*word)).chain([None]);
        let patterns: Vec<Option<u8>> =
            if self.varies(self.knowledge.roles.pattern) { all.collect() } else { vec![self.start.pattern()] };
        patterns.into_iter().map(|pattern| (pattern, not_mentioned(fact, usual, pattern))).collect()
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

/// What not being mentioned may mean. Where the pattern suggests another amount than the usual one, the usual range moves
/// with it, by the same factor; where it suggests another word, that is as likely as what is usual.
fn not_mentioned(fact: &Fact, usual: Given, pattern: Option<u8>) -> Odds {
    let counts = fact.kind.quantity() == Some(Kind::Count);
    let range = fact.range.unwrap_or(usual);
    let suggested = fact.by_pattern.iter().find(|(word, _)| Some(*word) == pattern).map(|(_, value)| *value);
    match (suggested, usual, range) {
        (None, ..) => Odds::of(range, counts),
        (Some(Given::Number(amount)), Given::Number(usual), Given::Number(range))
            if scales(amount) && scales(usual) =>
        {
            let factor = Interval::point(amount.middle() / usual.middle());
            Odds::of(Given::Number(range.times(factor)), counts)
        }
        (Some(value), ..) => Odds::Half(value.central(counts), Box::new(Odds::of(range, counts))),
    }
}

fn scales(amount: Interval) -> bool {
    amount.middle() > 0.0 && amount.middle().is_finite()
}
