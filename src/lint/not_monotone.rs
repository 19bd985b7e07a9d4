//! Answers that get better as a fact gets harder. Where conditions compare facts with written-out values, every cell is
//! looked at, so the finding is exact; elsewhere profiles are drawn. What another need of the same dimension takes up again,
//! as a need for less gives way to one for more, is none.

use std::collections::BTreeMap;

use super::possible::{Freely, Possibilities};
use super::{Found, Lint, Question};
use crate::expr::{Env, ExprId, FactId, Own, Possible, Read, Tri, Value};
use crate::knowledge::{
    Answer, Citing, Dimension, Fit, FitRule, Harder, KnowledgeBase, Level, Need, OptionId, Reply, Spot, Subject,
    Version, within,
};
use crate::quantity::Interval;
use crate::random::SplitMix64;

pub(super) const LINT: Lint = Lint {
    id: "not-monotone",
    level: Level::Warning,
    about: "As a fact gets harder, in the direction that the vocabulary declares, no option answers better: who asks for more \
            must not be told that it is easier.",
    look,
};

/// Combinations beyond these are drawn instead of looked at one by one.
const COMBINATIONS: usize = 1024;
/// Where drawing begins.
const SEED: u64 = 0x6861_7264;

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut found = Vec::new();
    for ((option, details), answers) in knowledge.option_ids().zip(&knowledge.answers) {
        let newest = knowledge.broker(details.broker).and_then(|broker| broker.versions.iter().max());
        let Some(line) = newest.copied() else { continue };
        // A house may draw its lines as it likes.
        let needs = knowledge.needs.iter().zip(answers).enumerate().filter(|(_, (need, _))| !need.house);
        for (place, (need, answer)) in needs {
            let asked = Asked { knowledge, need, place, option, answer, line };
            found.extend(asked.look());
        }
    }
    found
}

/// One option's answer to one need in one line.
struct Asked<'a, 'k> {
    knowledge: &'a KnowledgeBase<'k>,
    need: &'a Need,
    place: usize,
    option: OptionId,
    answer: &'a Answer,
    line: Version,
}

impl Asked<'_, '_> {
    fn look(&self) -> Option<Found> {
        let knowledge = self.knowledge;
        let mut conditions = vec![self.need.when];
        conditions.extend(self.spoken().filter_map(|(when, _)| when));
        conditions.extend(self.need.amount.map(|(amount, _)| amount));
        let edges = || self.spoken().flat_map(|(_, reply)| edges(reply));
        conditions.extend(edges());
        let possible = Possibilities::of(knowledge, knowledge.broker_of(self.option), Some(self.line), Some(self.line));
        let cells = knowledge.program.cells(&conditions, &Freely(&possible))?;
        let amount = self.need.amount.and_then(|(amount, _)| knowledge.program.as_fact(amount));
        let written = |edge: &ExprId| knowledge.program.is_written_out(*edge);
        let exact = conditions.iter().all(|it| knowledge.program.compares_only(*it) || written(it))
            && self.need.amount.is_none_or(|_| amount.is_some());
        let cuts: Vec<f64> =
            edges().filter(written).map(|it| knowledge.program.number(it, &Nothing).middle()).collect();
        let axes: Vec<(Read, Vec<Value>)> = cells
            .into_iter()
            .map(|(read, cells)| {
                let cuts = if Some(read) == amount.map(Read::Fact) { &cuts[..] } else { &[] };
                let whole = matches!(possible.freely(read), Possible::Amount { whole: true, .. });
                let known = cells.iter().filter(|cell| cell.known).flat_map(|cell| points(cell.value, cuts, whole));
                (read, known.collect())
            })
            .collect();
        let total = axes.iter().map(|(_, values)| values.len()).try_fold(1_usize, usize::checked_mul);
        let all = total.filter(|total| *total <= COMBINATIONS);
        let exact = exact && all.is_some();
        let mut random = SplitMix64::new(SEED);
        for place in 0..all.unwrap_or(COMBINATIONS) {
            let mut chosen: Vec<usize> = Vec::new();
            let mut rest = place;
            for (_, values) in &axes {
                let count = values.len().max(1);
                chosen.push(if all.is_some() { rest % count } else { random.below(count) });
                rest /= count;
            }
            if let Some(fact) = self.eases(&axes, &chosen) {
                return Some(self.told(fact, exact));
            }
        }
        None
    }

    /// The fact whose next harder value makes this easier.
    fn eases(&self, axes: &[(Read, Vec<Value>)], chosen: &[usize]) -> Option<FactId> {
        let here = self.loss(&At::new(axes, chosen));
        axes.iter().enumerate().find_map(|(axis, (read, values))| {
            let Read::Fact(fact) = read else { return None };
            let place = *chosen.get(axis)?;
            let harder = match self.knowledge.fact(*fact)?.harder {
                Harder::Up => (place + 1 < values.len()).then_some(place + 1),
                Harder::Down => place.checked_sub(1),
                Harder::None => None,
            }?;
            let mut there = chosen.to_vec();
            *there.get_mut(axis)? = harder;
            let eases = self.loss(&At::new(axes, &there)) < here && !self.is_taken_up(*fact);
            eases.then_some(*fact)
        })
    }

    /// Whether another need of the dimension reads the fact.
    fn is_taken_up(&self, fact: FactId) -> bool {
        let reads = |need: &Need| {
            let mut read = need.facts.clone();
            need.amount.into_iter().for_each(|(amount, _)| self.knowledge.program.reads(amount, &mut read));
            read.contains(&fact)
        };
        let dimension: Dimension = self.need.dimension;
        let others = self.knowledge.needs.iter().enumerate().filter(|(place, _)| *place != self.place);
        others.into_iter().any(|(_, other)| other.dimension == dimension && reads(other))
    }

    fn told(&self, fact: FactId, exact: bool) -> Found {
        let knowledge = self.knowledge;
        let name = knowledge.fact_name(fact);
        let who = format!("{} {}", knowledge.option_name(self.option), knowledge.text(self.need.id));
        let message = format!("{who} gets better as `{name}` gets harder");
        let part = Citing::Answer { option: self.option, need: self.place, variant: None };
        let found = Found::new(who, message)
            .help("correct the conditions, or the direction in which the vocabulary says that the fact gets harder")
            .at(part)
            .at(Spot::from(Subject::Need(self.place)).field("when"))
            .at(Spot::from(Subject::Fact(fact)).field("harder"));
        if exact { found } else { found.by_samples() }
    }

    /// What may be said in the line: variants with their conditions, then the base.
    fn spoken(&self) -> impl Iterator<Item = (Option<ExprId>, &Reply)> {
        let current = self.answer.variants.iter().filter(|it| within(self.line.as_number(), it.since, it.until));
        let variants = current.map(|variant| (variant.when, &variant.reply));
        variants.chain(self.answer.base.iter().map(|base| (None, base)))
    }

    /// How bad it is: nothing where there is no need, else by the fit.
    fn loss(&self, at: &At<'_>) -> u8 {
        let program = &self.knowledge.program;
        if program.holds(self.need.when, at) != Tri::True {
            return 0;
        }
        let amount = self.need.amount.map(|(amount, _)| program.number(amount, at).middle());
        let current = self.answer.variants.iter().filter(|it| within(self.line.as_number(), it.since, it.until));
        let holds = |when: Option<ExprId>| when.is_none_or(|when| program.holds(when, at) == Tri::True);
        let speaking = current.filter(|variant| holds(variant.when)).map(|variant| &variant.reply);
        let worst = speaking.filter_map(|reply| self.fit(reply, amount, at)).min();
        let base = || self.answer.base.as_ref().and_then(|base| self.fit(base, amount, at));
        worst.or_else(base).map_or(0, |fit| Fit::Native.steps().abs_diff(fit.steps()))
    }

    fn fit(&self, reply: &Reply, amount: Option<f64>, at: &At<'_>) -> Option<Fit> {
        let program = &self.knowledge.program;
        match &reply.fit {
            FitRule::Fixed(fit) => Some(*fit),
            FitRule::Words { .. } | FitRule::Unknown { .. } => None,
            FitRule::Bands { descending, bands } => {
                let amount = amount?;
                let edge = |low: ExprId, high: Option<ExprId>| {
                    let low = program.number(low, at).middle();
                    high.map_or(low, |high| Interval { lo: low, hi: program.number(high, at).middle() }.middle())
                };
                let within =
                    |(low, high)| if *descending { amount >= edge(low, high) } else { amount <= edge(low, high) };
                bands.iter().find(|band| band.edge.is_none_or(within)).map(|band| band.fit)
            }
        }
    }
}

fn edges(reply: &Reply) -> impl Iterator<Item = ExprId> {
    let bands = match &reply.fit {
        FitRule::Bands { bands, .. } => &bands[..],
        _ => &[],
    };
    bands.iter().filter_map(|band| band.edge).flat_map(|(low, high)| std::iter::once(low).chain(high))
}

/// Values that stand for all of a cell, on both sides of each cut in it.
fn points(value: Value, cuts: &[f64], whole: bool) -> Vec<Value> {
    let Value::Number(range) = value else {
        return vec![match value {
            Value::Version(range) => Value::Version(Interval::point(range.lo)),
            other => other,
        }];
    };
    let mut amounts = vec![range.lo.max(1e-6), range.hi.min(1e12)];
    let step = |cut: f64| if whole { cut.floor() + 1.0 } else { cut.next_up() };
    amounts.extend(cuts.iter().flat_map(|cut| [*cut, step(*cut)]));
    amounts.retain(|amount| (range.lo..=range.hi).contains(amount) && (!whole || amount.fract().abs() < 1e-12));
    if amounts.is_empty() {
        amounts.push(range.lo);
    }
    amounts.sort_by(f64::total_cmp);
    amounts.dedup();
    amounts.into_iter().map(|amount| Value::Number(Interval::point(amount))).collect()
}

/// One value of each thing that is read.
struct At<'v>(BTreeMap<Read, &'v Value>);

impl<'v> At<'v> {
    fn new(axes: &'v [(Read, Vec<Value>)], chosen: &[usize]) -> Self {
        Self(axes.iter().zip(chosen).filter_map(|((read, values), place)| Some((*read, values.get(*place)?))).collect())
    }
}

impl Env for At<'_> {
    fn fact(&self, id: FactId) -> Value {
        self.0.get(&Read::Fact(id)).map_or(Value::UNKNOWN, |value| **value)
    }

    fn own(&self, own: Own) -> Value {
        self.0.get(&Read::Own(own)).map_or(Value::UNKNOWN, |value| **value)
    }
}

/// What is written out reads nothing.
struct Nothing;

impl Env for Nothing {
    fn fact(&self, _: FactId) -> Value {
        Value::UNKNOWN
    }

    fn own(&self, _: Own) -> Value {
        Value::UNKNOWN
    }
}
