//! How far a fact may move before something turns: the values around its own for which a condition on the outcome holds,
//! as far as they were tried. Takes a trial and a fact, gives values as a decision assumes them.

use super::changes::{FAR, STEPS};
use super::ladder::ladder;
use super::trial::{Outcome, Trial, Tried, amount};
use crate::engine::Assessment;
use crate::expr::{FactId, Tri, Value};
use crate::knowledge::{Fact, FactKind, Given, Version};
use crate::profile::{Stated, Within};
use crate::quantity::Interval;

/// What must stay as it is.
#[derive(Debug, Clone, Copy)]
pub enum Stays<'n> {
    /// The broker that is recommended, or how many are.
    Broker(Outcome),
    /// That, and these needs, by their places among the needs of the knowledge base.
    Needs(Outcome, &'n [usize]),
}

impl Stays<'_> {
    fn holds(self, outcome: Outcome, assessment: &Assessment) -> bool {
        let (Self::Broker(now) | Self::Needs(now, _)) = self;
        let same = (outcome.kind, outcome.broker()) == (now.kind, now.broker());
        let created = |need: &usize| assessment.needs.iter().any(|created| created.need == *need);
        same && match self {
            Self::Broker(_) => true,
            Self::Needs(_, needs) => needs.iter().all(created),
        }
    }
}

/// The values of a fact for which something stays as it is; none where no value that was tried turns it.
pub fn holding(trial: &Trial<'_, '_>, id: FactId, stays: Stays<'_>) -> Option<Within> {
    let fact = trial.knowledge.fact(id)?;
    let tried = trial.of(id);
    if tried.is_idle() {
        return None;
    }
    Holding { trial, tried, stays, id, fact }.within()
}

struct Holding<'s, 't, 'k> {
    trial: &'s Trial<'t, 'k>,
    tried: Tried<'s, 't, 'k>,
    stays: Stays<'s>,
    id: FactId,
    fact: &'s Fact,
}

impl Holding<'_, '_, '_> {
    fn within(&mut self) -> Option<Within> {
        match (self.fact.kind, self.trial.facts.central(self.id)) {
            (FactKind::Bool, Value::Bool(own @ (Tri::False | Tri::True))) => {
                let other = own == Tri::False;
                let turned = !self.stays(&given(Given::Bool { may_be_false: !other, may_be_true: other }));
                turned.then_some(Within::Truth(!other))
            }
            (FactKind::Word(domain), Value::Words(own)) if own.is_power_of_two() => {
                let count = self.trial.knowledge.domain(domain).map_or(0, |domain| domain.words.len());
                let all = (0..count.min(63)).map(|word| 1_u64 << word);
                let kept = all.clone().filter(|word| *word == own || self.stays(&given(Given::Words(*word))));
                let kept = kept.fold(0, |kept, word| kept | word);
                (kept != all.fold(0, |all, word| all | word)).then(|| Within::OneOf(kept, Vec::new()))
            }
            // One word more or less may turn it: the list stays as it is.
            (FactKind::Words(_) | FactKind::Names(_), Value::List(own)) if own.known => {
                Some(Within::Exactly(own.has, self.trial.kept_names(self.id)))
            }
            (FactKind::Version, Value::Version(own)) => self.versions(own.lo),
            (FactKind::Number(_) | FactKind::Flow { .. }, Value::Number(_)) => self.amounts(),
            _ => None,
        }
    }

    fn stays(&mut self, stated: &Stated) -> bool {
        let (outcome, assessment) = self.tried.judged(stated);
        self.stays.holds(outcome, &assessment)
    }

    /// From the oldest line to the newest for which it stays; an end at which it never turns is open.
    fn versions(&mut self, own: f64) -> Option<Within> {
        let broker = self.fact.broker.and_then(|broker| self.trial.knowledge.brokers.get(usize::from(broker)))?;
        let older: Vec<Version> = broker.versions.iter().rev().filter(|line| line.as_number() < own).copied().collect();
        let newer: Vec<Version> = broker.versions.iter().filter(|line| line.as_number() > own).copied().collect();
        let line = broker.versions.iter().copied().find(|line| line.as_number().total_cmp(&own).is_eq())?;
        let (since, until) = (self.last_line(line, &older), self.last_line(line, &newer));
        (since.is_some() || until.is_some()).then_some(Within::Versions(since, until))
    }

    /// The last line before it turns, going away from the one that is meant.
    fn last_line(&mut self, own: Version, lines: &[Version]) -> Option<Version> {
        let mut last = own;
        for line in lines {
            if !self.stays(&Stated::Version(*line)) {
                return Some(last);
            }
            last = *line;
        }
        None
    }

    /// From the least amount to the greatest for which it stays, as far as was tried; from nothing, where nothing below
    /// turns it.
    fn amounts(&mut self) -> Option<Within> {
        let (own, kind) = self.trial.own_amount(self.id)?;
        let (less, more) = self.to_try(own)?;
        let (least, turned_below) = self.last_amount(own, &less);
        let least = if turned_below { least } else { 0.0 };
        let (greatest, turned_above) = self.last_amount(own, &more);
        (turned_below || turned_above).then_some(Within::Amounts(Interval { lo: least, hi: greatest }, kind))
    }

    /// The amounts below and above, each nearest first. Unlike what is likely, they are not kept within what the other
    /// facts allow: those may move as well.
    fn to_try(&self, own: f64) -> Option<(Vec<f64>, Vec<f64>)> {
        let (_, kind) = self.trial.own_amount(self.id)?;
        let mut bounds = Interval { lo: own / FAR, hi: if own.is_finite() { own * FAR } else { 0.0 } };
        for given in [self.fact.range, self.fact.plausible].into_iter().flatten() {
            if let Given::Number(range) = given {
                let hi = if range.hi.is_finite() { range.hi } else { range.lo };
                bounds = bounds.hull(Interval { lo: range.lo, hi });
            }
        }
        if bounds.lo <= 0.0 {
            bounds.lo = own / FAR;
        }
        let mut all = ladder(kind, own, bounds);
        all.extend(self.trial.amount_words(self.id).filter(|word| word.total_cmp(&own).is_ne()));
        if !self.fact.positive && own > 0.0 {
            all.push(0.0);
        }
        all.sort_by(f64::total_cmp);
        all.dedup();
        let (less, more) = all.split_at(all.partition_point(|amount| *amount < own));
        Some((less.iter().rev().copied().collect(), more.to_vec()))
    }

    /// The last amount before it turns, and whether it turns. A range in which everything is answered alike is one step.
    fn last_amount(&mut self, own: f64, amounts: &[f64]) -> (f64, bool) {
        let kind = self.trial.own_amount(self.id).map(|(_, kind)| kind);
        let mut held = own;
        let mut open: Vec<(usize, usize)> = amounts.len().checked_sub(1).map(|last| (0, last)).into_iter().collect();
        let mut left = STEPS;
        while let Some((from, to)) = open.pop() {
            left -= 1;
            let (Some(first), Some(end), true) = (amounts.get(from), amounts.get(to), left > 0) else { break };
            let range = Interval { lo: first.min(*end), hi: first.max(*end) };
            if from == to || self.tried.is_definite(range) {
                if !self.stays(&amount(*first, kind)) {
                    return (held, true);
                }
                held = *end;
            } else {
                let middle = from.midpoint(to);
                open.push((middle + 1, to));
                open.push((from, middle));
            }
        }
        (held, false)
    }
}

fn given(value: Given) -> Stated {
    Stated::Value { value, kind: None, words: Vec::new() }
}
