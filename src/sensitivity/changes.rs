//! What would change it: for each fact, the nearest value in either direction that turns the broker, and the nearest that
//! turns the option. A range in which everything is answered alike is passed at one step; elsewhere every value is tried,
//! nearest first, so a flip that is named is the first one there is.

use std::cmp::Ordering;

use super::ladder::ladder;
use super::trial::{Outcome, Trial, Tried, amount};
use crate::expr::{FactId, ListValue, Value};
use crate::facts::{Origin, View};
use crate::knowledge::{Fact, FactKind, Given, Version};
use crate::profile::Stated;
use crate::quantity::{Interval, Kind};

/// How far from its value a fact is moved, as a factor.
pub(super) const FAR: f64 = 1000.0;
/// For how many years growth is looked ahead.
const YEARS: i32 = 2;
/// How far another word is, as if it were a factor; and a list with one word more or less, of which there are many.
const WORD: f64 = 2.0;
/// How far it is from nothing at all, or to it.
const NONE: f64 = 3.0;
const LIST: f64 = 4.0;
/// How many steps are spent on one direction of one fact.
pub(super) const STEPS: usize = 4000;

/// Towards which values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Less, or earlier in the list of words.
    Down,
    /// More, or later in the list of words.
    Up,
    /// Another, without order.
    Other,
}

/// How likely it is that a fact comes to have a value, most to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// By growth within two years.
    Growth,
    /// Within what is stated as a range, or what not being mentioned may mean.
    Open,
    /// Within what may be where nobody knows.
    Plausible,
    /// Beyond that.
    Remote,
}

impl Likelihood {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Open => "open",
            Self::Plausible => "plausible",
            Self::Remote => "remote",
        }
    }
}

impl Turns {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::Option => "option",
        }
    }
}

/// What a change turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turns {
    /// The broker that is recommended, or how many are.
    Broker,
    /// The option of the same broker.
    Option,
}

/// A value that would change the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The fact.
    pub fact: FactId,
    /// What it would have to be.
    pub to: Stated,
    /// Towards which values that is.
    pub direction: Direction,
    /// What it turns.
    pub turns: Turns,
    /// What would then be recommended.
    pub outcome: Outcome,
    /// How likely that is.
    pub likelihood: Likelihood,
    /// How far it is: the ratio of the two amounts, at least one; a fixed one for what has no ratio.
    pub distance: f64,
}

/// Every nearest change, the most plausible first.
pub fn changes(trial: &Trial<'_, '_>, now: Outcome) -> Vec<Change> {
    let mut found = Vec::new();
    for (id, fact) in trial.knowledge.fact_ids().filter(|(_, fact)| fact.question.is_some()) {
        let tried = trial.of(id);
        if !tried.is_idle() {
            Seeker { trial, tried, now, id, fact, found: &mut found }.seek();
        }
    }
    found.sort_by(|left, right| {
        (left.likelihood, left.turns)
            .cmp(&(right.likelihood, right.turns))
            .then(left.distance.partial_cmp(&right.distance).unwrap_or(Ordering::Equal))
    });
    found
}

/// Looks at one fact.
struct Seeker<'s, 't, 'k> {
    trial: &'s Trial<'t, 'k>,
    tried: Tried<'s, 't, 'k>,
    now: Outcome,
    id: FactId,
    fact: &'s Fact,
    found: &'s mut Vec<Change>,
}

impl Seeker<'_, '_, '_> {
    fn seek(&mut self) {
        match (self.fact.kind, self.trial.facts.central(self.id)) {
            // What may not be used is no change of the workload.
            _ if self.id == self.trial.knowledge.roles.allowed => {}
            (FactKind::Bool, value) => self.others(truths(value)),
            (FactKind::Word(domain), Value::Words(own)) => {
                let count = self.trial.knowledge.domain(domain).map_or(0, |domain| domain.words.len());
                let words = (0..count.min(63)).map(|word| 1_u64 << word).filter(|word| own != *word);
                self.others(words.map(Given::Words).collect());
            }
            (FactKind::Words(domain) | FactKind::Names(domain), Value::List(own)) => {
                let count = self.trial.knowledge.domain(domain).map_or(0, |domain| domain.words.len());
                self.others((0..count.min(63)).filter_map(|word| toggled(own, word)).collect());
            }
            (FactKind::Version, Value::Version(own)) => self.lines(own.lo),
            (FactKind::Number(_) | FactKind::Flow { .. }, Value::Number(_)) => self.amounts(),
            _ => {}
        }
    }

    /// Values without a distance: each is tried.
    fn others(&mut self, values: Vec<Given>) {
        for value in values {
            let to = Stated::Value { value, kind: None, words: self.trial.kept_names(self.id) };
            let distance = if self.fact.kind.is_list() { LIST } else { WORD };
            self.note(to, Direction::Other, self.likelihood_of(value), distance);
        }
    }

    /// Other lines of a broker.
    fn lines(&mut self, own: f64) {
        let broker = self.fact.broker.and_then(|broker| self.trial.knowledge.brokers.get(usize::from(broker)));
        let Some(broker) = broker else { return };
        let older = broker.versions.iter().rev().filter(|line| line.as_number() < own);
        let newer = broker.versions.iter().filter(|line| line.as_number() > own);
        let older: Vec<Version> = older.copied().collect();
        for (lines, direction) in [(older, Direction::Down), (newer.copied().collect(), Direction::Up)] {
            let mut seen = Seen::default();
            for line in lines {
                let to = Stated::Version(line);
                let outcome = self.tried.outcome(&to);
                self.keep(&mut seen, outcome, to, direction, Likelihood::Plausible, WORD);
            }
        }
    }

    /// Amounts, in both directions.
    fn amounts(&mut self) {
        let Some((own, kind)) = self.trial.own_amount(self.id) else { return };
        let bounds = self.bounds(own);
        let mut all = ladder(kind, own, bounds);
        all.extend(self.trial.amount_words(self.id).filter(|word| word.total_cmp(&own).is_ne()));
        all.sort_by(f64::total_cmp);
        all.dedup();
        let below = all.partition_point(|amount| *amount < own);
        let (less, more) = all.split_at(below);
        let mut less = less.to_vec();
        less.reverse();
        self.direction(&less, own, kind, Direction::Down);
        self.direction(more, own, kind, Direction::Up);
    }

    /// From where to where a fact is moved: far from its value, over all that it may be, and within what the rest allows.
    fn bounds(&self, own: f64) -> Interval {
        let mut all = Interval { lo: own / FAR, hi: if own.is_finite() { own * FAR } else { 0.0 } };
        for given in [self.fact.range, self.fact.plausible].into_iter().flatten() {
            if let Given::Number(range) = given {
                let hi = if range.hi.is_finite() { range.hi } else { range.lo };
                all = all.hull(Interval { lo: range.lo, hi });
            }
        }
        let view = View::of(self.trial.knowledge, &self.trial.facts.given);
        let known = |bound: Option<crate::expr::ExprId>| {
            bound.map(|bound| self.trial.knowledge.program.number(bound, &view)).filter(|bound| bound.is_point())
        };
        let floor = known(self.fact.at_least).map_or(0.0, |floor| floor.lo);
        let roof = known(self.fact.at_most).map_or(f64::INFINITY, |roof| roof.hi);
        let least = if self.fact.positive { f64::MIN_POSITIVE } else { 0.0 };
        Interval { lo: all.lo.max(floor).max(least), hi: all.hi.min(roof) }
    }

    /// The nearest changes among amounts that are sorted by their distance.
    fn direction(&mut self, amounts: &[f64], own: f64, kind: Kind, direction: Direction) {
        let Some(last) = amounts.len().checked_sub(1) else { return };
        let mut seen = Seen::default();
        let mut open = vec![(0, last)];
        let mut left = STEPS;
        while let Some((from, to)) = open.pop() {
            if seen.all() || left == 0 {
                return;
            }
            left -= 1;
            let (Some(first), Some(end)) = (amounts.get(from), amounts.get(to)) else { continue };
            let range = Interval { lo: first.min(*end), hi: first.max(*end) };
            if from == to || self.tried.is_definite(range) {
                let value = amount(*first, Some(kind));
                let outcome = self.tried.outcome(&value);
                let distance = if own > 0.0 && *first > 0.0 { (own / first).max(first / own) } else { NONE };
                self.keep(&mut seen, outcome, value, direction, self.likelihood(*first, own, kind), distance);
            } else {
                let middle = from.midpoint(to);
                open.push((middle + 1, to));
                open.push((from, middle));
            }
        }
    }

    /// Keeps a change where it is the first of its kind in its direction.
    fn keep(
        &mut self,
        seen: &mut Seen,
        outcome: Outcome,
        to: Stated,
        direction: Direction,
        likelihood: Likelihood,
        distance: f64,
    ) {
        let Some(turns) = self.turns(outcome) else { return };
        if seen.is_new(turns) {
            self.found.push(Change { fact: self.id, to, direction, turns, outcome, likelihood, distance });
        }
    }

    fn note(&mut self, to: Stated, direction: Direction, likelihood: Likelihood, distance: f64) {
        let outcome = self.tried.outcome(&to);
        if let Some(turns) = self.turns(outcome) {
            self.found.push(Change { fact: self.id, to, direction, turns, outcome, likelihood, distance });
        }
    }

    fn turns(&self, outcome: Outcome) -> Option<Turns> {
        let same_broker = (outcome.kind, outcome.broker()) == (self.now.kind, self.now.broker());
        let turns = if same_broker { Turns::Option } else { Turns::Broker };
        (outcome != self.now).then_some(turns)
    }

    fn likelihood(&self, to: f64, own: f64, kind: Kind) -> Likelihood {
        let within = |given: Option<Given>| match given {
            // What is written in bytes is not held against ranges of messages.
            Some(Given::Number(range)) => kind != Kind::ByteRate && range.lo <= to && to <= range.hi,
            _ => false,
        };
        let written = self.trial.facts.written.iter().find(|(id, _)| *id == self.id).map(|(_, given)| *given);
        let missing = self.trial.profile.statement(self.id).is_none();
        if to > own && to <= own * self.growth() {
            Likelihood::Growth
        } else if within(written) || (missing && within(self.fact.range)) {
            Likelihood::Open
        } else if within(self.fact.plausible) {
            Likelihood::Plausible
        } else {
            Likelihood::Remote
        }
    }

    /// By what factor a fact may grow within two years; none where it does not grow by itself.
    fn growth(&self) -> f64 {
        let Some(by) = self.fact.grows_by else { return 1.0 };
        let usual = match self.trial.knowledge.fact(by).and_then(|fact| fact.range) {
            Some(Given::Number(range)) if self.trial.facts.origin(by) != Origin::Stated => range.hi,
            _ => 1.0,
        };
        match self.trial.facts.central(by) {
            Value::Number(factor) if factor.lo.is_finite() => factor.lo.max(usual).max(1.0).powi(YEARS),
            _ => 1.0,
        }
    }

    fn likelihood_of(&self, value: Given) -> Likelihood {
        let within = |given: Option<Given>| match (given, value) {
            (Some(Given::Words(may)), Given::Words(is)) => is & !may == 0,
            (Some(Given::Bool { may_be_false, may_be_true }), Given::Bool { may_be_true: is, .. }) => {
                if is {
                    may_be_true
                } else {
                    may_be_false
                }
            }
            _ => false,
        };
        if self.trial.profile.statement(self.id).is_none() && within(self.fact.range) {
            Likelihood::Open
        } else if within(self.fact.plausible) || self.fact.plausible.is_none() {
            Likelihood::Plausible
        } else {
            Likelihood::Remote
        }
    }
}

/// What was found in one direction.
#[derive(Default)]
struct Seen {
    broker: bool,
    option: bool,
}

impl Seen {
    fn all(&self) -> bool {
        self.broker && self.option
    }

    /// Notes a change; a turn of the broker beyond one of the option is still the first of its kind.
    fn is_new(&mut self, turns: Turns) -> bool {
        let place = match turns {
            Turns::Broker => &mut self.broker,
            Turns::Option => &mut self.option,
        };
        !std::mem::replace(place, true)
    }
}

/// The truth values that a fact does not have.
fn truths(own: Value) -> Vec<Given> {
    [false, true]
        .into_iter()
        .filter(|truth| own != Value::Bool((*truth).into()))
        .map(|truth| Given::Bool { may_be_false: !truth, may_be_true: truth })
        .collect()
}

/// A list with one word more, or one less.
fn toggled(own: ListValue, word: usize) -> Option<Given> {
    let bit = 1_u64 << word;
    let (has, size) = if own.has & bit == 0 { (own.has | bit, own.size + 1) } else { (own.has & !bit, own.size - 1) };
    own.known.then_some(Given::List { has, size, first: None })
}
