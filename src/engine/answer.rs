//! What one answer says at one set of values: the worst of its variants that hold, else its base.

use crate::expr::{Env, ExprId, FactId, Own, Tri, Value};
use crate::facts::View;
use crate::knowledge::{Answer, Broker, BrokerOption, Fit, FitRule, KnowledgeBase, Reply, Variant};
use crate::quantity::Interval;
use crate::random::SplitMix64;

/// Where band edges stand that are ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edges {
    /// At their middle, for the score.
    Middle,
    /// Drawn, in the world at this place.
    Drawn(u64),
}

/// What every edge's stream begins with.
const SEED: u64 = 0x6564_6765;
/// What the stream of every unknown answer begins with.
const UNKNOWN: u64 = 0x756e_6b6e;

/// A fit, the variant that gives it (the base, where there is none), and the band.
pub(super) type Spoken = (Fit, Option<u8>, Option<u8>);

/// What may be said of a need by one option in one version.
#[derive(Debug, Clone)]
pub(super) struct Plan<'p> {
    /// Variants that may speak; without a condition, where they always do.
    pub(super) variants: Vec<(Option<ExprId>, &'p Reply)>,
    /// What is said where none of them speaks; none, where one always does.
    pub(super) base: Option<&'p Reply>,
}

/// One broker's answers at one set of values.
pub(super) struct Speaker<'s, 'k> {
    pub(super) knowledge: &'s KnowledgeBase<'k>,
    pub(super) view: View<'s>,
    /// The version that is run.
    pub(super) version: f64,
    pub(super) edges: Edges,
}

/// Whether an option can be had at all.
#[expect(clippy::struct_excessive_bools, reason = "each is a reason of its own")]
pub(super) struct Availability {
    /// It is not in the version that is run.
    pub(super) version: bool,
    /// The provider does not offer it.
    pub(super) provider: bool,
    /// Its broker may not be used.
    pub(super) allowed: bool,
    /// It is only a preview in the version that is run.
    pub(super) preview: bool,
}

impl<'s, 'k> Speaker<'s, 'k> {
    /// A broker's answers as it sees some values.
    pub(super) fn new(knowledge: &'s KnowledgeBase<'k>, view: View<'s>, broker: &'s Broker, edges: Edges) -> Self {
        let view = view.seen_by(broker);
        let version = match view.own(Own::Version) {
            Value::Version(version) => version.lo,
            _ => 0.0,
        };
        Self { knowledge, view, version, edges }
    }

    /// Whether an option can be had; a provider counts only where it is stated.
    pub(super) fn availability(&self, broker: &Broker, option: &BrokerOption, provider_stated: bool) -> Availability {
        let available = &option.available;
        let early = available.since.is_some_and(|since| self.version < since.as_number());
        let preview = early && available.preview.is_some_and(|line| self.version >= line.as_number());
        let roles = self.knowledge.roles;
        let managed = self.view.fact(roles.hosting) == Value::Words(1 << roles.managed);
        let provider = match (available.providers, self.view.fact(roles.provider)) {
            (Some((_, offered)), Value::Words(provider)) => provider_stated && managed && provider & offered == 0,
            _ => false,
        };
        let allowed = match self.view.fact(roles.allowed) {
            Value::List(allowed) => allowed.known && allowed.has & (1 << broker.word) == 0,
            _ => false,
        };
        Availability { version: early && !preview, provider, allowed, preview }
    }

    /// The worst of the variants that hold, else the base.
    pub(super) fn speak(&self, answer: &Answer, amount: Option<Interval>, need: usize) -> Option<Spoken> {
        let mut worst: Option<Spoken> = None;
        for (place, variant) in (0_u8..).zip(&answer.variants) {
            if self.applies(variant) != Tri::True {
                continue;
            }
            let (fit, band) = self.fit(&variant.reply, amount, need);
            if worst.is_none_or(|(known, _, _)| fit < known) {
                worst = Some((fit, Some(place), band));
            }
        }
        worst.or_else(|| {
            let (fit, band) = self.fit(answer.base.as_ref()?, amount, need);
            Some((fit, None, band))
        })
    }

    /// The fit of a plan: of an answer whose silent variants are left out.
    pub(super) fn follow(&self, plan: &Plan<'_>, amount: Option<Interval>, need: usize) -> Fit {
        let program = &self.knowledge.program;
        let mut worst: Option<Fit> = None;
        for (when, reply) in &plan.variants {
            if when.is_some_and(|when| program.holds_at(when, &self.view) != Tri::True) {
                continue;
            }
            let (fit, _) = self.fit(reply, amount, need);
            worst = Some(worst.map_or(fit, |known| known.min(fit)));
        }
        worst.or_else(|| plan.base.map(|base| self.fit(base, amount, need).0)).unwrap_or(Fit::Poor)
    }

    /// Whether a variant is of the version that is run.
    pub(super) fn is_current(&self, variant: &Variant) -> bool {
        let line = (self.version / 1e3).floor() * 1e3;
        let early = variant.since.is_some_and(|since| self.version < since.as_number());
        let late = variant.until.is_some_and(|until| line > until.as_number());
        !early && !late
    }

    /// Whether a variant speaks.
    pub(super) fn applies(&self, variant: &Variant) -> Tri {
        if !self.is_current(variant) {
            return Tri::False;
        }
        variant.when.map_or(Tri::True, |when| self.knowledge.program.holds_at(when, &self.view))
    }

    /// How well a reply answers, and by which band.
    pub(super) fn fit(&self, reply: &Reply, amount: Option<Interval>, need: usize) -> (Fit, Option<u8>) {
        match &reply.fit {
            FitRule::Fixed(fit) => (*fit, None),
            FitRule::Bands { descending, bands } => {
                let amount = amount.map_or(f64::NAN, Interval::middle);
                let mut last = (Fit::Poor, None);
                for (place, band) in (0_u8..).zip(bands) {
                    last = (band.fit, Some(place));
                    let Some((low, high)) = band.edge else { break };
                    let edge = self.edge(low, high);
                    let within = if *descending { amount >= edge } else { amount <= edge };
                    if within {
                        break;
                    }
                }
                last
            }
            FitRule::Words { words, other } => (self.worst_word(words, *other, need), None),
            FitRule::Unknown { stream } => (self.unknown(&reply.fit, *stream), None),
        }
    }

    /// What an answer counts as that nobody has given.
    fn unknown(&self, rule: &FitRule, stream: u32) -> Fit {
        match self.edges {
            Edges::Middle => FitRule::unanswered(),
            Edges::Drawn(place) => {
                let stream = SplitMix64::new(SplitMix64::new(UNKNOWN ^ u64::from(stream)).next_bits());
                let fits = rule.fits();
                // Each as likely as the others.
                let steps = (1_u32..).zip(&fits).map(|(step, fit)| (f64::from(step), *fit));
                let drawn = stream.at(place) * fits.iter().fold(0.0, |count, _| count + 1.0);
                steps.filter(|(step, _)| drawn < *step).map(|(_, fit)| fit).next().unwrap_or_else(FitRule::unanswered)
            }
        }
    }

    /// Where an edge stands between what sources say.
    fn edge(&self, low: ExprId, high: Option<ExprId>) -> f64 {
        let number = |edge: ExprId| self.knowledge.program.amount_at(edge, &self.view).middle();
        let Some(high) = high else { return number(low) };
        let range = Interval { lo: number(low), hi: number(high) };
        match self.edges {
            Edges::Middle => range.middle(),
            Edges::Drawn(place) => {
                let name = (u64::from(low.0) << 32) | u64::from(high.0);
                let stream = SplitMix64::new(SplitMix64::new(SEED ^ name).next_bits());
                crate::facts::between(range, stream.at(place))
            }
        }
    }

    /// The worst of the words of a list.
    pub(super) fn worst_word(&self, words: &[(u8, Fit)], other: Fit, need: usize) -> Fit {
        let Some(Value::List(list)) = self.over(need).map(|over| self.view.fact(over)) else { return other };
        let mut worst = Fit::Native;
        let mut named = 0;
        for (word, fit) in words.iter().filter(|(word, _)| list.has & (1 << word) != 0) {
            worst = worst.min(*fit);
            named |= 1_u64 << word;
        }
        if list.has & !named != 0 || list.size > list.has.count_ones() { worst.min(other) } else { worst }
    }

    /// The list whose words are answered one by one.
    pub(super) fn over(&self, need: usize) -> Option<FactId> {
        self.knowledge.needs.get(need).and_then(|need| need.over)
    }
}
