//! What may come of needs and answers while some facts move within ranges: which needs may exist, and which fits each
//! option may get. Never leaves out what could be; may keep what could not.

use super::answer::{Plan, Speaker};
use crate::expr::{ExprId, FactId, Truths};
use crate::facts::View;
use crate::knowledge::{Answer, Band, Broker, BrokerOption, Fit, FitRule, KnowledgeBase, Reply, Variant};
use crate::quantity::Interval;

/// Fits that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fits(u8);

impl Fits {
    const NONE: Self = Self(0);
    const ALL: Self = Self(0b1_1111);

    fn only(fit: Fit) -> Self {
        Self(1 << fit.steps())
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The one fit that is possible, if there is just one.
    pub(super) fn single(self) -> Option<Fit> {
        let mut each = self.each();
        let first = each.next()?;
        each.next().is_none().then_some(first)
    }

    fn each(self) -> impl Iterator<Item = Fit> {
        Fit::ALL.into_iter().filter(move |fit| self.0 & (1 << fit.steps()) != 0)
    }

    /// Every worse one of two.
    fn worse(self, other: Self) -> Self {
        let pairs = self.each().flat_map(|left| other.each().map(move |right| left.min(right)));
        pairs.fold(Self::NONE, |all, fit| all.or(Self::only(fit)))
    }

    /// The worst that is possible.
    pub(super) fn worst(self) -> Fit {
        self.each().min().unwrap_or(Fit::RuledOut)
    }

    /// The best that is possible.
    pub(super) fn best(self) -> Fit {
        self.each().max().unwrap_or(Fit::Native)
    }

    /// Only the worst that is possible.
    pub(super) fn at_worst(self) -> Self {
        Self::only(self.worst())
    }

    /// None better than workable.
    pub(super) fn capped(self) -> Self {
        self.worse(Self::only(Fit::Workable))
    }
}

/// A need that may exist, and the fits that each option may get.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    /// Its place among the needs of the knowledge base.
    pub(super) need: usize,
    /// Whether it exists.
    pub(super) truths: Truths,
    /// For each option.
    pub(super) fits: Vec<Fits>,
}

/// What moves.
pub(super) struct Scene<'s, 'k> {
    pub(super) knowledge: &'s KnowledgeBase<'k>,
    /// Values that hold all that they may be.
    pub(super) view: View<'s>,
    /// Whether a fact moves.
    pub(super) moves: &'s dyn Fn(FactId) -> bool,
    /// Whether edges that are ranges move as well.
    pub(super) edges_move: bool,
    /// The provider is stated.
    pub(super) provider_stated: bool,
}

impl Scene<'_, '_> {
    /// Whether it may change that an option can be had; a provider counts only where it is stated.
    pub(super) fn availability_moves(&self, broker: &Broker, option: &BrokerOption) -> bool {
        let roles = self.knowledge.roles;
        let offered = self.provider_stated && option.available.providers.is_some();
        let by_provider = [roles.provider, roles.hosting].into_iter().filter(|_| offered);
        [broker.version_fact, roles.allowed].into_iter().chain(by_provider).any(|fact| (self.moves)(fact))
    }

    /// Every need that may exist.
    pub(super) fn needs(&self) -> Vec<Reached> {
        (0..self.knowledge.needs.len()).filter_map(|place| self.need(place)).collect()
    }

    /// One need, where it may exist.
    pub(super) fn need(&self, place: usize) -> Option<Reached> {
        let need = self.knowledge.needs.get(place)?;
        let truths = self.knowledge.program.truths(need.when, &self.view, self.moves);
        if truths.never() {
            return None;
        }
        let amount = need.amount.map(|(amount, _)| self.amount(amount, &self.view));
        Some(Reached { need: place, truths, fits: self.fits(place, amount) })
    }

    fn fits(&self, need: usize, amount: Option<Interval>) -> Vec<Fits> {
        let options = self.knowledge.option_ids();
        options
            .map(|(id, option)| {
                let Some(broker) = self.knowledge.broker(option.broker) else { return Fits::ALL };
                if self.availability_moves(broker, option) {
                    return Fits::ALL;
                }
                let speaker = Speaker::new(self.knowledge, self.view, broker, super::answer::Edges::Middle);
                let answer = self.knowledge.answer(id, need);
                answer.map_or(Fits::ALL, |answer| self.spoken(&speaker, answer, amount, need))
            })
            .collect()
    }

    /// The worst of the variants that may hold together, else the base.
    fn spoken(&self, speaker: &Speaker<'_, '_>, answer: &Answer, amount: Option<Interval>, need: usize) -> Fits {
        // What the variants so far may give, and whether perhaps none of them speaks.
        let (mut found, mut silent) = (Fits::NONE, true);
        for variant in &answer.variants {
            let truths = self.variant(speaker, variant);
            if truths.is_some_and(Truths::never) {
                continue;
            }
            let own = self.reply(speaker, &variant.reply, amount, need);
            let spoken = found.worse(own).or(if silent { own } else { Fits::NONE });
            if truths.is_none_or(Truths::always) {
                (found, silent) = (spoken, false);
            } else {
                found = found.or(spoken);
            }
        }
        if silent {
            let base =
                answer.base.as_ref().map_or(Fits::only(Fit::Poor), |base| self.reply(speaker, base, amount, need));
            found = found.or(base);
        }
        found
    }

    /// What may be said of a need by one option, where what can be had does not move.
    pub(super) fn plan<'p>(&self, speaker: &Speaker<'_, '_>, answer: &'p Answer) -> Plan<'p> {
        let mut plan = Plan { variants: Vec::new(), base: answer.base.as_ref() };
        for variant in &answer.variants {
            match self.variant(speaker, variant) {
                Some(truths) if truths.never() => {}
                Some(truths) if !truths.always() => plan.variants.push((variant.when, &variant.reply)),
                _ => {
                    plan.variants.push((None, &variant.reply));
                    plan.base = None;
                }
            }
        }
        plan
    }

    /// Whether a variant speaks; no condition where it always does in the version that is run.
    fn variant(&self, speaker: &Speaker<'_, '_>, variant: &Variant) -> Option<Truths> {
        if !speaker.is_current(variant) {
            return Some(Truths::NEVER);
        }
        let when = variant.when?;
        let own = self.knowledge.program.reads_own(when);
        let truths = self.knowledge.program.truths(when, &speaker.view, self.moves);
        // What is the broker's own may move with the facts behind it.
        let moving = own && truths.may_be_open && self.own_moves();
        Some(if moving { Truths::ANY } else { truths })
    }

    fn own_moves(&self) -> bool {
        let roles = self.knowledge.roles;
        let brokers = self.knowledge.brokers.iter().flat_map(|broker| [broker.team_fact, broker.version_fact]);
        brokers.chain([roles.running]).any(|fact| (self.moves)(fact))
    }

    fn reply(&self, speaker: &Speaker<'_, '_>, reply: &Reply, amount: Option<Interval>, need: usize) -> Fits {
        match &reply.fit {
            FitRule::Fixed(fit) => Fits::only(*fit),
            FitRule::Words { words, other } => match speaker.over(need) {
                Some(over) if (self.moves)(over) => words
                    .iter()
                    .fold(Fits::only(*other), |all, (_, fit)| all.or(Fits::only(*fit)))
                    .or(Fits::only(Fit::Native)),
                _ => Fits::only(speaker.worst_word(words, *other, need)),
            },
            FitRule::Unknown { .. } if self.edges_move => {
                reply.fit.fits().into_iter().fold(Fits::NONE, |all, fit| all.or(Fits::only(fit)))
            }
            FitRule::Unknown { .. } => Fits::only(FitRule::unanswered()),
            FitRule::Bands { descending, bands } => {
                let amount = amount.unwrap_or(Interval::EVERYTHING);
                self.bands(&speaker.view, *descending, bands, amount)
            }
        }
    }

    /// Every band into which an amount may fall.
    fn bands(&self, view: &View<'_>, descending: bool, bands: &[Band], amount: Interval) -> Fits {
        let mut found = Fits::NONE;
        if amount.lo.is_nan() || amount.hi.is_nan() {
            // Of what is no amount nothing is asked: the last band speaks, as for the score.
            return bands.last().map_or(Fits::only(Fit::Poor), |band| Fits::only(band.fit));
        }
        for band in bands {
            let Some((low, high)) = band.edge else { return found.or(Fits::only(band.fit)) };
            let edge = self.edge(view, low, high);
            // It may stop here; and it may pass on.
            let (stops, passes) = if descending {
                (amount.hi >= edge.lo, amount.lo < edge.hi)
            } else {
                (amount.lo <= edge.hi, amount.hi > edge.lo)
            };
            if stops {
                found = found.or(Fits::only(band.fit));
            }
            if !passes {
                return found;
            }
        }
        found
    }

    fn edge(&self, view: &View<'_>, low: ExprId, high: Option<ExprId>) -> Interval {
        let low = self.amount(low, view);
        let Some(high) = high.map(|high| self.amount(high, view)) else { return low };
        let still = low.is_point() && high.is_point() && !self.edges_move;
        let all = Interval { lo: low.lo, hi: high.hi };
        if still { Interval::point(all.middle()) } else { all }
    }

    /// An amount: where nothing in it moves, its middle, as for the score.
    fn amount(&self, amount: ExprId, view: &View<'_>) -> Interval {
        let program = &self.knowledge.program;
        let range = program.number(amount, view);
        let moves = !range.is_point()
            && (program.any_read(amount, self.moves) || program.reads_own(amount) && self.own_moves());
        if moves { range } else { Interval::point(range.middle()) }
    }
}
