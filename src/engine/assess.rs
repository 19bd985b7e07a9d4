//! Joins needs and options: which needs exist, how each option answers each of them, and what is ruled out.

use super::answer::{Edges, Speaker};
use crate::expr::{FactId, Tri};
use crate::facts::{Facts, Origin, View};
use crate::knowledge::{Answer, Broker, BrokerOption, Fit, FitRule, KnowledgeBase, Need, OptionId, Reply};
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
        let judge = Judge::new(knowledge, facts, broker);
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

/// Whether one need exists, and how.
pub fn creates(knowledge: &KnowledgeBase<'_>, facts: &Facts, wants: &[Want], place: usize) -> Option<Created> {
    created(knowledge, facts, wants, place, knowledge.needs.get(place)?)
}

/// How one option answers one created need.
pub fn rate(knowledge: &KnowledgeBase<'_>, facts: &Facts, id: OptionId, created: &Created) -> Option<Rated> {
    let option = knowledge.option(id)?;
    let judge = Judge::new(knowledge, facts, knowledge.broker(option.broker)?);
    let (_, preview) = judge.availability(option, facts);
    Some(judge.rate(id, created, preview))
}

fn created(knowledge: &KnowledgeBase<'_>, facts: &Facts, wants: &[Want], place: usize, need: &Need) -> Option<Created> {
    let central = View::central(knowledge, facts);
    if knowledge.program.holds(need.when, &central) != Tri::True {
        return None;
    }
    let by_assumption = knowledge.program.holds(need.when, &View::stated(knowledge, facts)) != Tri::True;
    let amount = need.amount.map(|(amount, _)| knowledge.program.number(amount, &central));
    Some(Created { need: place, must: is_must(need, place, wants), by_assumption, amount })
}

/// Whether a need must be met, where it exists.
pub(super) fn is_must(need: &Need, place: usize, wants: &[Want]) -> bool {
    let wished = wants.iter().any(|want| match want {
        Want::Fact(fact) => need.rests_on.contains(fact) || need.facts.contains(fact),
        Want::Need(wanted) => *wanted == place,
    });
    !(need.want || wished)
}

/// One broker's options, while they are judged.
struct Judge<'j, 'k> {
    central: Speaker<'j, 'k>,
    stated: Speaker<'j, 'k>,
    broker: &'j Broker,
}

impl<'j, 'k> Judge<'j, 'k> {
    fn new(knowledge: &'j KnowledgeBase<'k>, facts: &'j Facts, broker: &'j Broker) -> Self {
        let central = Speaker::new(knowledge, View::central(knowledge, facts), broker, Edges::Middle);
        // The version that is meant answers, stated or not.
        let version = central.version;
        let stated =
            Speaker { version, ..Speaker::new(knowledge, View::stated(knowledge, facts), broker, Edges::Middle) };
        Self { central, stated, broker }
    }

    /// The reserved vetoes, and whether the option is only a preview in the version that is run.
    fn availability(&self, option: &BrokerOption, facts: &Facts) -> (Vec<Veto>, bool) {
        let stated = |id: FactId| facts.origin(id) == Origin::Stated;
        let provider = self.central.knowledge.roles.provider;
        let found = self.central.availability(self.broker, option, stated(provider));
        let version = Veto::Version { by_assumption: !stated(self.broker.version_fact) };
        let vetoes = [(found.version, version), (found.provider, Veto::Provider), (found.allowed, Veto::Allowed)];
        (vetoes.into_iter().filter(|(holds, _)| *holds).map(|(_, veto)| veto).collect(), found.preview)
    }

    fn rate(&self, option: OptionId, created: &Created, preview: bool) -> Rated {
        let answer = self.central.knowledge.answer(option, created.need);
        let spoken = answer.and_then(|answer| self.central.speak(answer, created.amount, created.need));
        let Some((fit, variant, band)) = spoken else {
            // A knowledge base with an unanswered need does not load; a judge must still not invent an answer.
            return Rated { fit: Fit::Poor, variant: None, band: None, ruled_out_by_assumption: false };
        };
        let fit = if preview { fit.min(Fit::Workable) } else { fit };
        let by_assumption = fit == Fit::RuledOut
            && (created.by_assumption || !answer.is_some_and(|answer| self.surely_out(answer, created)));
        Rated { fit, variant, band, ruled_out_by_assumption: by_assumption }
    }

    /// Whether the option is out on stated facts alone, whatever the rest may be.
    fn surely_out(&self, answer: &Answer, created: &Created) -> bool {
        let knowledge = self.stated.knowledge;
        let amount = knowledge.needs.get(created.need).and_then(|need| need.amount);
        let amount = amount.map(|(amount, _)| knowledge.program.number(amount, &self.stated.view));
        let out = |reply: &Reply| self.surely_ruled_out(reply, amount, created.need);
        let holding: Vec<(Tri, &Reply)> =
            answer.variants.iter().map(|variant| (self.stated.applies(variant), &variant.reply)).collect();
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
            FitRule::Unknown { .. } => false,
            FitRule::Words { words, other } => self.stated.worst_word(words, *other, need) == Fit::RuledOut,
            FitRule::Bands { descending, .. } => amount.is_some_and(|amount| {
                // Fits worsen along the bands, so the easiest amount decides.
                let easiest = Interval::point(if *descending { amount.hi } else { amount.lo });
                self.stated.fit(reply, Some(easiest), need).0 == Fit::RuledOut
            }),
        }
    }
}
