//! Joins needs and options: which needs exist, how each option answers each of them, and what is ruled out.

use crate::expr::{Program, Tri};
use crate::facts::{Facts, View};
use crate::knowledge::{Answer, Broker, Fit, FitRule, KnowledgeBase, Need, OptionId, Reply, Variant};
use crate::profile::Want;
use crate::quantity::Interval;

/// A need that exists for this workload.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Created {
    /// Its place among the needs of the knowledge base.
    pub need: usize,
    /// Ruled out on it means out.
    pub must: bool,
    /// It would not exist on stated facts alone.
    pub by_assumption: bool,
    /// How much is needed.
    pub amount: Option<Interval>,
}

/// How one option answers one created need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rated {
    /// How well, after versions and the preview cap.
    pub fit: Fit,
    /// Which variant of the answer speaks; the base, where there is none.
    pub variant: Option<u8>,
    /// Which band of it.
    pub band: Option<u8>,
    /// Ruled out by an assumed or unknown fact: on stated facts alone this need rules nothing out.
    pub ruled_out_by_assumption: bool,
}

/// Why an option is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Veto {
    /// It is not in the version that is run.
    Version {
        /// The version is assumed.
        by_assumption: bool,
    },
    /// The provider does not offer it.
    Provider,
    /// Its broker may not be used.
    Allowed,
    /// It cannot meet this created need.
    Need(usize),
}

/// Every created need × every option.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The needs that exist.
    pub needs: Vec<Created>,
    /// For each option, one rating for each created need.
    pub ratings: Vec<Vec<Rated>>,
    /// For each option, why it is out; empty where it survives.
    pub vetoes: Vec<Vec<Veto>>,
    /// Options that are set aside by the call; they are neither shown nor counted.
    pub left_out: Vec<OptionId>,
}

impl Assessment {
    /// One option's ratings.
    pub fn ratings(&self, option: OptionId) -> &[Rated] {
        self.ratings.get(usize::from(option.0)).map_or(&[], Vec::as_slice)
    }

    /// Why an option is out.
    pub fn vetoes(&self, option: OptionId) -> &[Veto] {
        self.vetoes.get(usize::from(option.0)).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing rules an option out.
    pub fn survives(&self, option: OptionId) -> bool {
        self.vetoes(option).is_empty()
    }

    /// The same as if one created need did not exist: what rests on that need alone.
    #[must_use]
    pub fn without(&self, place: usize) -> Self {
        let mut rest = self.clone();
        if place >= rest.needs.len() {
            return rest;
        }
        rest.needs.remove(place);
        for rated in rest.ratings.iter_mut().filter(|rated| place < rated.len()) {
            rated.remove(place);
        }
        for vetoes in &mut rest.vetoes {
            vetoes.retain(|veto| *veto != Veto::Need(place));
            for veto in vetoes {
                if let Veto::Need(later) = veto
                    && *later > place
                {
                    *later -= 1;
                }
            }
        }
        rest
    }

    /// The options that are looked at.
    pub fn options<'k>(&'k self, knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = OptionId> + 'k {
        knowledge.option_ids().map(|(id, _)| id).filter(|id| !self.left_out.contains(id))
    }
}

/// Joins needs and options. Microseconds; no I/O.
pub fn assess(knowledge: &KnowledgeBase<'_>, facts: &Facts, wants: &[Want]) -> Assessment {
    let needs: Vec<Created> =
        (0..).zip(&knowledge.needs).filter_map(|(place, need)| created(knowledge, facts, wants, place, need)).collect();
    let mut ratings = Vec::with_capacity(knowledge.options.len());
    let mut vetoes = Vec::with_capacity(knowledge.options.len());
    for (id, option) in knowledge.option_ids() {
        let Some(broker) = knowledge.broker(option.broker) else { continue };
        let judge = Judge {
            knowledge,
            central: View::central(knowledge, facts).seen_by(broker),
            stated: View::stated(knowledge, facts).seen_by(broker),
            broker,
        };
        let (mut out, preview) = judge.availability(option, facts);
        let rated: Vec<Rated> = needs.iter().map(|need| judge.rate(id, need, preview)).collect();
        out.extend(
            (0..)
                .zip(needs.iter().zip(&rated))
                .filter(|(_, (need, rated))| need.must && rated.fit == Fit::RuledOut)
                .map(|(place, _)| Veto::Need(place)),
        );
        ratings.push(rated);
        vetoes.push(out);
    }
    Assessment { needs, ratings, vetoes, left_out: Vec::new() }
}

fn created(knowledge: &KnowledgeBase<'_>, facts: &Facts, wants: &[Want], place: usize, need: &Need) -> Option<Created> {
    let central = View::central(knowledge, facts);
    if knowledge.program.holds(need.when, &central) != Tri::True {
        return None;
    }
    let wished = wants.iter().any(|want| match want {
        Want::Fact(fact) => need.rests_on.contains(fact) || need.facts.contains(fact),
        Want::Need(wanted) => *wanted == place,
    });
    let by_assumption = knowledge.program.holds(need.when, &View::stated(knowledge, facts)) != Tri::True;
    let amount = need.amount.map(|(amount, _)| knowledge.program.number(amount, &central));
    Some(Created { need: place, must: !(need.want || wished), by_assumption, amount })
}

/// One option, while it is judged.
struct Judge<'j, 'k> {
    knowledge: &'j KnowledgeBase<'k>,
    central: View<'j>,
    stated: View<'j>,
    broker: &'j Broker,
}

impl Judge<'_, '_> {
    /// The reserved vetoes, and whether the option is only a preview in the version that is run.
    fn availability(&self, option: &crate::knowledge::BrokerOption, facts: &Facts) -> (Vec<Veto>, bool) {
        let mut out = Vec::new();
        let mut preview = false;
        let version = self.version();
        let available = &option.available;
        if let Some(since) = available.since
            && version < since.as_number()
        {
            preview = available.preview.is_some_and(|line| version >= line.as_number());
            if !preview {
                out.push(Veto::Version {
                    by_assumption: facts.origin(self.broker.version_fact) != crate::facts::Origin::Stated,
                });
            }
        }
        let roles = self.knowledge.roles;
        if let Some((_, offered)) = available.providers
            && let crate::expr::Value::Words(provider) = facts.central(roles.provider)
            && facts.origin(roles.provider) == crate::facts::Origin::Stated
            && facts.central(roles.hosting) == crate::expr::Value::Words(1 << roles.managed)
            && provider & offered == 0
        {
            out.push(Veto::Provider);
        }
        if let crate::expr::Value::List(allowed) = facts.central(roles.allowed)
            && allowed.known
            && allowed.has & (1 << self.broker.word) == 0
        {
            out.push(Veto::Allowed);
        }
        (out, preview)
    }

    fn version(&self) -> f64 {
        use crate::expr::{Env, Own, Value};
        match self.central.own(Own::Version) {
            Value::Version(version) => version.lo,
            _ => 0.0,
        }
    }

    fn rate(&self, option: OptionId, created: &Created, preview: bool) -> Rated {
        let answer = self.knowledge.answer(option, created.need);
        let Some((fit, variant, band)) = answer.and_then(|answer| self.speak(answer, created)) else {
            // A knowledge base with an unanswered need does not load; a judge must still not invent an answer.
            return Rated { fit: Fit::Poor, variant: None, band: None, ruled_out_by_assumption: false };
        };
        let fit = if preview { fit.min(Fit::Workable) } else { fit };
        let by_assumption = fit == Fit::RuledOut
            && (created.by_assumption || !answer.is_some_and(|answer| self.surely_out(answer, created)));
        Rated { fit, variant, band, ruled_out_by_assumption: by_assumption }
    }

    /// The worst of the variants that hold, else the base.
    fn speak(&self, answer: &Answer, created: &Created) -> Option<(Fit, Option<u8>, Option<u8>)> {
        let mut worst: Option<(Fit, Option<u8>, Option<u8>)> = None;
        for (place, variant) in (0_u8..).zip(&answer.variants) {
            if self.applies(variant, &self.central) != Tri::True {
                continue;
            }
            let (fit, band) = self.fit(&variant.reply, created.amount, created.need, &self.central);
            if worst.is_none_or(|(known, _, _)| fit < known) {
                worst = Some((fit, Some(place), band));
            }
        }
        worst.or_else(|| {
            let base = answer.base.as_ref()?;
            let (fit, band) = self.fit(base, created.amount, created.need, &self.central);
            Some((fit, None, band))
        })
    }

    /// Whether a variant speaks, seen with one set of values.
    fn applies(&self, variant: &Variant, view: &View<'_>) -> Tri {
        let version = self.version();
        let line = (version / 1e3).floor() * 1e3;
        let early = variant.since.is_some_and(|since| version < since.as_number());
        let late = variant.until.is_some_and(|until| line > until.as_number());
        if early || late {
            return Tri::False;
        }
        variant.when.map_or(Tri::True, |when| self.program().holds(when, view))
    }

    fn fit(&self, reply: &Reply, amount: Option<Interval>, need: usize, view: &View<'_>) -> (Fit, Option<u8>) {
        match &reply.fit {
            FitRule::Fixed(fit) => (*fit, None),
            FitRule::Bands { descending, bands } => {
                let amount = amount.map_or(f64::NAN, Interval::middle);
                let mut last = (Fit::Poor, None);
                for (place, band) in (0_u8..).zip(bands) {
                    last = (band.fit, Some(place));
                    let Some((low, high)) = band.edge else { break };
                    let edge = self.edge(low, high, view);
                    let within = if *descending { amount >= edge } else { amount <= edge };
                    if within {
                        break;
                    }
                }
                last
            }
            FitRule::Words { words, other } => (self.worst_word(words, *other, need, view), None),
        }
    }

    /// An edge for the score: the middle of what sources say.
    fn edge(&self, low: crate::expr::ExprId, high: Option<crate::expr::ExprId>, view: &View<'_>) -> f64 {
        let low = self.program().number(low, view).middle();
        match high {
            None => low,
            Some(high) => Interval { lo: low, hi: self.program().number(high, view).middle() }.middle(),
        }
    }

    fn worst_word(&self, words: &[(u8, Fit)], other: Fit, need: usize, view: &View<'_>) -> Fit {
        use crate::expr::{Env, Value};
        let over = self.knowledge.needs.get(need).and_then(|need| need.over);
        let Some(Value::List(list)) = over.map(|over| view.fact(over)) else { return other };
        let mut worst = Fit::Native;
        let mut named = 0;
        for (word, fit) in words.iter().filter(|(word, _)| list.has & (1 << word) != 0) {
            worst = worst.min(*fit);
            named |= 1_u64 << word;
        }
        if list.has & !named != 0 || list.size > list.has.count_ones() { worst.min(other) } else { worst }
    }

    /// Whether the option is out on stated facts alone, whatever the rest may be.
    fn surely_out(&self, answer: &Answer, created: &Created) -> bool {
        let amount = self.knowledge.needs.get(created.need).and_then(|need| need.amount);
        let amount = amount.map(|(amount, _)| self.program().number(amount, &self.stated));
        let out = |reply: &Reply| self.surely_ruled_out(reply, amount, created.need);
        let holding: Vec<(Tri, &Reply)> =
            answer.variants.iter().map(|variant| (self.applies(variant, &self.stated), &variant.reply)).collect();
        if holding.iter().any(|(tri, reply)| *tri == Tri::True && out(reply)) {
            return true;
        }
        let base_out = answer.base.as_ref().is_some_and(out);
        let certain = holding.iter().any(|(tri, _)| *tri == Tri::True);
        let possible: Vec<&Reply> =
            holding.iter().filter(|(tri, _)| *tri == Tri::Unknown).map(|(_, reply)| *reply).collect();
        !certain && base_out && possible.iter().all(|reply| out(reply))
    }

    fn surely_ruled_out(&self, reply: &Reply, amount: Option<Interval>, need: usize) -> bool {
        match &reply.fit {
            FitRule::Fixed(fit) => *fit == Fit::RuledOut,
            FitRule::Words { words, other } => self.worst_word(words, *other, need, &self.stated) == Fit::RuledOut,
            FitRule::Bands { descending, .. } => amount.is_some_and(|amount| {
                // Fits worsen along the bands, so the easiest amount decides.
                let easiest = Interval::point(if *descending { amount.hi } else { amount.lo });
                self.fit(reply, Some(easiest), need, &self.stated).0 == Fit::RuledOut
            }),
        }
    }

    fn program(&self) -> &Program {
        &self.knowledge.program
    }
}
