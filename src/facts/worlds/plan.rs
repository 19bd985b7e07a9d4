//! Which facts differ from world to world, and how: found once for a profile, in the order in which facts follow from one
//! another.

use super::{Assumed, Bounds, Drawn, Step, World, Worlds, pattern_bit};
use crate::expr::{ExprId, FactId, Value};
use crate::facts::odds::Odds;
use crate::facts::{Facts, Origin, Way};
use crate::knowledge::{Fact, FactKind, Given, Inferred, KnowledgeBase};
use crate::profile::{Profile, Stated, Statement};
use crate::quantity::{Interval, Kind};
use crate::random::SplitMix64;

/// What every fact's stream begins with.
const SEED: u64 = 0x776F_726C_6473;

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
            (Stated::Unknown, _) => Some((statement.fact, self.nobody_knows(fact, fact.plausible?, counts))),
            (Stated::Version(_), _) => None,
        }
    }

    /// What nobody knowing may mean. Where the least amount is a word (it may go at once, it may not be wanted at all), that
    /// is another answer than any amount, and as likely as all of them.
    fn nobody_knows(&self, fact: &Fact, plausible: Given, counts: bool) -> Odds {
        let odds = Odds::of(plausible, counts);
        let words = fact.words.and_then(|words| self.knowledge.domain(words));
        let is_word = |amount: f64| {
            words.is_some_and(|domain| domain.amounts.iter().any(|(_, known)| known.total_cmp(&amount).is_eq()))
        };
        match plausible {
            Given::Number(range) if !odds.is_point() && is_word(range.lo) => {
                Odds::Half(Value::Number(Interval::point(range.lo)), Box::new(odds))
            }
            _ => odds,
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
