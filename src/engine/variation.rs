//! Which needs and answers differ from world to world, and the assessment in each. What is the same in every world is
//! judged once, and worlds in which everything is answered alike are counted, not judged again.

use std::collections::BTreeMap;

use super::answer::{Edges, Plan, Speaker};
use super::assess::{Assessment, Created, Rated, Veto, is_must};
use super::outcome::Leader;
use super::reach::{Fits, Reached, Scene};
use super::reads::{answered_by, created_by};
use crate::expr::Tri;
use crate::facts::{Facts, Origin, Pick, World, Worlds};
use crate::knowledge::{BrokerOption, Fit, KnowledgeBase, OptionId};
use crate::profile::{Profile, Want};

/// Worlds sorted by how everything is answered in them.
#[derive(Debug)]
pub(super) struct Cases {
    /// For each draw, which case it is.
    pub(super) of_draw: Vec<u32>,
    /// The assessment in each case.
    pub(super) assessments: Vec<Assessment>,
}

/// What decides a case: fits and vetoes, in a fixed order.
type Signature = Vec<u8>;

/// A need that may not exist.
const ABSENT: u8 = u8::MAX;

struct Varying<'v, 'k> {
    knowledge: &'v KnowledgeBase<'k>,
    needs: Vec<Reached>,
    /// For each need and option, what may be said; none where only one thing can, or where versions differ.
    plans: Vec<Vec<Option<Plan<'v>>>>,
    /// For each option, whether what can be had differs.
    availability: Vec<bool>,
    /// Options that are a preview in every world, as bits.
    previews: u64,
    provider_stated: bool,
    /// The assessment for the score: what does not differ is as it is there.
    base: &'v Assessment,
    wants: &'v [Want],
}

/// Sorts so many worlds into cases.
pub(super) fn cases(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    mut worlds: Worlds<'_, '_>,
    base: &Assessment,
    profile: &Profile,
    winner: Option<Leader>,
    draws: usize,
) -> Cases {
    let varying = Varying::new(knowledge, facts, &worlds, base, &profile.wants, winner);
    if varying.is_nothing() {
        return Cases { of_draw: vec![0; draws], assessments: vec![varying.assessment(&[])] };
    }
    worlds.keep(&mut varying.reads());
    let mut known: BTreeMap<Signature, u32> = BTreeMap::new();
    let mut cases = Cases { of_draw: Vec::with_capacity(draws), assessments: Vec::new() };
    let mut world = worlds.blank();
    let mut signature = Signature::new();
    for place in (0_u64..).take(draws) {
        worlds.fill(Pick::At(place), &mut world);
        varying.sign(&world, place, &mut signature);
        let case = if let Some(case) = known.get(&signature) {
            *case
        } else {
            let case = u32::try_from(cases.assessments.len()).unwrap_or(u32::MAX);
            cases.assessments.push(varying.assessment(&signature));
            known.insert(signature.clone(), case);
            case
        };
        cases.of_draw.push(case);
    }
    cases
}

impl<'v, 'k> Varying<'v, 'k> {
    fn new(
        knowledge: &'v KnowledgeBase<'k>,
        facts: &Facts,
        worlds: &Worlds<'_, '_>,
        base: &'v Assessment,
        wants: &'v [Want],
        winner: Option<Leader>,
    ) -> Self {
        let provider_stated = facts.origin(knowledge.roles.provider) == Origin::Stated;
        let hull = worlds.hull();
        let moves = |fact| worlds.varies(fact);
        let scene = Scene { knowledge, view: hull.view(knowledge), moves: &moves, edges_move: true, provider_stated };
        let differs = |option: &BrokerOption| {
            knowledge.broker(option.broker).is_some_and(|broker| scene.availability_moves(broker, option))
        };
        let availability: Vec<bool> = knowledge.options.iter().map(differs).collect();
        let needs = scene.needs();
        let plans = Vec::new();
        let mut varying = Self { knowledge, needs, plans, availability, previews: 0, provider_stated, base, wants };
        varying.settle_previews(worlds);
        varying.settle_hopeless(winner);
        varying.plans = varying.needs.iter().map(|reached| varying.plan(&scene, reached)).collect();
        varying
    }

    /// What may be said of one need by each option.
    fn plan(&self, scene: &Scene<'_, 'k>, reached: &Reached) -> Vec<Option<Plan<'v>>> {
        let knowledge = self.knowledge;
        let options = knowledge.option_ids().zip(&reached.fits).zip(&self.availability);
        options
            .map(|(((id, option), fits), differs)| {
                let broker = knowledge.broker(option.broker).filter(|_| fits.single().is_none() && !differs)?;
                let speaker = Speaker::new(knowledge, scene.view, broker, Edges::Middle);
                knowledge.answer(id, reached.need).map(|answer| scene.plan(&speaker, answer))
            })
            .collect()
    }

    /// Options that never count, because another of the same broker survives in every world and is better in each, or they
    /// are out in each: how well they answer need not be followed.
    fn settle_hopeless(&mut self, winner: Option<Leader>) {
        let named = |option: OptionId| winner.is_some_and(|who| who.option == option || who.beside == Some(option));
        let hopeless: Vec<usize> = self
            .knowledge
            .option_ids()
            .filter(|(id, _)| !named(*id))
            .filter(|(id, option)| {
                let broker = self.knowledge.broker(option.broker);
                let mut others = broker.into_iter().flat_map(|broker| &broker.options).filter(|other| *other != id);
                others.any(|other| self.surely_survives(*other) && (self.surely_out(*id) || self.beats(*other, *id)))
            })
            .map(|(id, _)| usize::from(id.0))
            .collect();
        for need in &mut self.needs {
            for option in &hopeless {
                if let Some(fits) = need.fits.get_mut(*option) {
                    *fits = fits.at_worst();
                }
            }
        }
    }

    fn can_be_had(&self, option: OptionId) -> bool {
        let differs = self.availability.get(usize::from(option.0)).copied().unwrap_or(true);
        let reserved = self.base.vetoes(option).iter().any(|veto| !matches!(veto, Veto::Need(_)));
        !differs && !reserved && !self.base.left_out.contains(&option)
    }

    /// What an option may get of every need that may exist, and whether the need is a must.
    fn possible(&self, option: OptionId) -> impl Iterator<Item = (&Reached, Fits, bool)> {
        self.needs.iter().filter_map(move |reached| {
            let need = self.knowledge.needs.get(reached.need)?;
            let fits = *reached.fits.get(usize::from(option.0))?;
            Some((reached, fits, is_must(need, reached.need, self.wants)))
        })
    }

    fn surely_survives(&self, option: OptionId) -> bool {
        self.can_be_had(option) && self.possible(option).all(|(_, fits, must)| !must || fits.worst() > Fit::RuledOut)
    }

    fn surely_out(&self, option: OptionId) -> bool {
        let mut all = self.possible(option);
        all.any(|(reached, fits, must)| must && reached.truths.always() && fits.best() == Fit::RuledOut)
    }

    /// Whether one option answers every need at least as well as another, in every world; of two that answer all alike,
    /// the first.
    fn beats(&self, option: OptionId, other: OptionId) -> bool {
        let mut both = self.possible(option).zip(self.possible(other));
        let mut reverse = self.possible(other).zip(self.possible(option));
        both.all(|((_, own, _), (_, others, _))| own.worst() >= others.best())
            && (option < other || !reverse.all(|((_, own, _), (_, others, _))| own.worst() >= others.best()))
    }

    /// Options that are a preview in every world.
    fn settle_previews(&mut self, worlds: &Worlds<'_, '_>) {
        let blank = worlds.blank();
        for ((id, option), differs) in self.knowledge.option_ids().zip(&self.availability) {
            let Some(broker) = self.knowledge.broker(option.broker).filter(|_| !differs) else { continue };
            let speaker = Speaker::new(self.knowledge, blank.view(self.knowledge), broker, Edges::Middle);
            if speaker.availability(broker, option, self.provider_stated).preview {
                self.previews |= 1 << id.0;
                let fits = self.needs.iter_mut().filter_map(|need| need.fits.get_mut(usize::from(id.0)));
                fits.for_each(|fits| *fits = fits.capped());
            }
        }
    }

    /// The facts on which anything depends that differs.
    fn reads(&self) -> Vec<bool> {
        let mut found = Vec::new();
        if self.availability.contains(&true) {
            let roles = self.knowledge.roles;
            found.extend([roles.provider, roles.hosting, roles.allowed]);
            found.extend(self.knowledge.brokers.iter().map(|broker| broker.version_fact));
        }
        for reached in &self.needs {
            let open = self.knowledge.option_ids().zip(&reached.fits).filter(|(_, fits)| fits.single().is_none());
            let mut differs = !reached.truths.always();
            for ((option, _), _) in open {
                differs = true;
                found.extend(answered_by(self.knowledge, option, reached.need));
            }
            if differs {
                found.extend(created_by(self.knowledge, reached.need));
            }
        }
        let mut reads = vec![false; self.knowledge.facts.len()];
        for fact in found {
            if let Some(place) = reads.get_mut(usize::from(fact.0)) {
                *place = true;
            }
        }
        reads
    }

    /// Whether every world is answered alike.
    fn is_nothing(&self) -> bool {
        let settled = |need: &Reached| need.truths.always() && need.fits.iter().all(|fits| fits.single().is_some());
        !self.availability.contains(&true) && self.needs.iter().all(settled)
    }

    /// How everything that differs is answered in one world.
    fn sign(&self, world: &World, place: u64, signature: &mut Signature) {
        signature.clear();
        let view = world.view(self.knowledge);
        let speakers: Vec<Speaker<'_, '_>> = self
            .knowledge
            .brokers
            .iter()
            .map(|broker| Speaker::new(self.knowledge, view, broker, Edges::Drawn(place)))
            .collect();
        let mut previews = self.previews;
        for ((id, option), differs) in self.knowledge.option_ids().zip(&self.availability) {
            let speaker = speakers.get(usize::from(option.broker.0));
            if let (true, Some(speaker), Some(broker)) = (*differs, speaker, self.knowledge.broker(option.broker)) {
                let found = speaker.availability(broker, option, self.provider_stated);
                previews |= u64::from(found.preview) << id.0;
                let bits = [found.version, found.provider, found.allowed];
                signature.push(bits.iter().fold(0, |bits, bit| (bits << 1) | u8::from(*bit)));
            }
        }
        for (reached, plans) in self.needs.iter().zip(&self.plans) {
            self.sign_need(reached, plans, &speakers, previews, signature);
        }
    }

    fn sign_need(
        &self,
        reached: &Reached,
        plans: &[Option<Plan<'_>>],
        speakers: &[Speaker<'_, '_>],
        previews: u64,
        signature: &mut Signature,
    ) {
        let Some(need) = self.knowledge.needs.get(reached.need) else { return };
        let Some(first) = speakers.first() else { return };
        let program = &self.knowledge.program;
        if !reached.truths.always() {
            let exists = program.holds_at(need.when, &first.view) == Tri::True;
            signature.push(if exists { 0 } else { ABSENT });
            if !exists {
                return;
            }
        }
        let mut amount = None;
        for (((id, option), fits), plan) in self.knowledge.option_ids().zip(&reached.fits).zip(plans) {
            if fits.single().is_some() {
                continue;
            }
            let amount = *amount.get_or_insert_with(|| need.amount.map(|(it, _)| program.amount_at(it, &first.view)));
            let Some(speaker) = speakers.get(usize::from(option.broker.0)) else { continue };
            let fit = plan.as_ref().map_or_else(
                || {
                    let answer = self.knowledge.answer(id, reached.need);
                    let spoken = answer.and_then(|answer| speaker.speak(answer, amount, reached.need));
                    spoken.map_or(Fit::Poor, |(fit, _, _)| fit)
                },
                |plan| speaker.follow(plan, amount, reached.need),
            );
            let fit = if previews & (1 << id.0) != 0 { fit.min(Fit::Workable) } else { fit };
            signature.push(fit.steps());
        }
    }

    /// The assessment that a signature stands for.
    fn assessment(&self, signature: &[u8]) -> Assessment {
        let mut rest = signature.iter().copied();
        let bits: Vec<Option<u8>> =
            self.availability.iter().map(|differs| if *differs { rest.next() } else { None }).collect();
        let options = self.knowledge.options.len();
        let mut assessment = Assessment {
            needs: Vec::new(),
            ratings: vec![Vec::new(); options],
            vetoes: self.knowledge.option_ids().zip(&bits).map(|((id, _), bits)| self.reserved(id, *bits)).collect(),
            left_out: self.base.left_out.clone(),
        };
        for reached in &self.needs {
            let absent = !reached.truths.always() && rest.next() == Some(ABSENT);
            let Some(need) = self.knowledge.needs.get(reached.need).filter(|_| !absent) else { continue };
            let place = assessment.needs.len();
            let must = is_must(need, reached.need, self.wants);
            assessment.needs.push(Created { need: reached.need, must, by_assumption: false, amount: None });
            let fits = reached.fits.iter().map(|fits| next_fit(*fits, &mut rest));
            let rows = assessment.ratings.iter_mut().zip(&mut assessment.vetoes);
            for (fit, (ratings, vetoes)) in fits.zip(rows) {
                if must && fit == Fit::RuledOut {
                    vetoes.push(Veto::Need(place));
                }
                ratings.push(Rated { fit, variant: None, band: None, ruled_out_by_assumption: false });
            }
        }
        assessment
    }

    /// What cannot be had: as it differs, or as it is for the score.
    fn reserved(&self, option: OptionId, bits: Option<u8>) -> Vec<Veto> {
        let Some(bits) = bits else {
            let all = self.base.vetoes(option).iter().copied();
            return all.filter(|veto| !matches!(veto, Veto::Need(_))).collect();
        };
        let all = [(4, Veto::Version { by_assumption: true }), (2, Veto::Provider), (1, Veto::Allowed)];
        all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, veto)| veto).collect()
    }
}

/// The one fit that is possible, else the next that was signed.
fn next_fit(fits: Fits, rest: &mut impl Iterator<Item = u8>) -> Fit {
    let step = |step: u8| Fit::ALL.into_iter().find(|fit| fit.steps() == step);
    fits.single().or_else(|| rest.next().and_then(step)).unwrap_or(Fit::Poor)
}
