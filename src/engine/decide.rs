//! From an assessment to a verdict, in the order in which `docs/how-it-decides.md` defines it.

use super::assess::{Assessment, Veto};
use super::draws::Sampler;
use super::loss::{CENTRAL, Scorecard, exact, score};
use super::outcome::{CLEAR_LEAD, CLEAR_SHARE, Holdback, Judgement, Kind, Leader, Part, Standing, Verdict};
use super::reliance;
use super::rival::{Candidate, best, candidates, doubted};
use super::split::{relax, split};
use crate::expr::Tri;
use crate::facts::{Facts, View};
use crate::knowledge::{BrokerId, Dimension, Effect, Fit, KnowledgeBase, OptionId, ScopeRule};
use crate::profile::Priorities;

/// The least weight by which a lead is divided.
const LEAST_TOUCHED: f64 = 0.5;
/// In how many dimensions stated facts must create a need.
const STATED_DIMENSIONS: usize = 3;

/// Decides. `error_conflict` says whether facts of the profile contradict each other beyond repair.
pub fn decide(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    assessment: Assessment,
    priorities: &Priorities,
    error_conflict: bool,
    sampler: &mut Sampler,
) -> Judgement {
    let weights = sampler.weights(priorities).central;
    let cards: Vec<Scorecard> =
        knowledge.option_ids().map(|(id, _)| Scorecard::of_option(knowledge, &assessment, id)).collect();
    let rivals = candidates(knowledge, &assessment, &weights);
    let tallied = Tallied::draw(&rivals, priorities, sampler);
    let deciding = Deciding { knowledge, facts, assessment: &assessment, weights, rivals: &rivals, error_conflict };
    let verdict = deciding.verdict(&tallied);
    let standings = deciding.standings(&cards, &tallied);
    let scores = knowledge
        .option_ids()
        .zip(&cards)
        .map(|((id, _), card)| assessment.survives(id).then(|| score(card.total(&weights, CENTRAL))))
        .collect();
    let neither = if rivals.is_empty() { 1.0 } else { 0.0 };
    Judgement { verdict, assessment, cards, scores, standings, neither, weights, robustness: None }
}

/// What is called for at the score, without how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called {
    /// How many brokers.
    pub kind: Kind,
    /// The best that survives.
    pub leader: Option<Leader>,
}

/// How many brokers are called for, and who leads. `facts` decide whether a scope rule speaks; those at some places are
/// known to be silent.
pub fn lead(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    silent: &[usize],
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
) -> Called {
    let rivals = candidates(knowledge, assessment, weights);
    let leader = best(rivals.iter()).map(|leader| leader.who);
    let kind = match leader {
        None if split(knowledge, assessment).is_empty() => Kind::Neither,
        None => Kind::Both,
        Some(_) => called_by_scope(knowledge, facts, silent, assessment).map_or(Kind::One, |(kind, ..)| kind),
    };
    Called { kind, leader }
}

/// The fraction of draws that each broker wins at quick depth, and in which nothing survives.
pub fn shares(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    priorities: &Priorities,
    sampler: &mut Sampler,
) -> (Vec<f64>, f64) {
    let weights = sampler.weights(priorities).central;
    let rivals = candidates(knowledge, assessment, &weights);
    let tallied = Tallied::draw(&rivals, priorities, sampler);
    let neither = if rivals.is_empty() { 1.0 } else { 0.0 };
    (tallied.shares(knowledge, &rivals), neither)
}

/// What a scope rule on stated facts calls for, the parts of it, and the rule.
fn called_by_scope(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    silent: &[usize],
    assessment: &Assessment,
) -> Option<(Kind, Vec<Part>, usize)> {
    let stated = View::stated(knowledge, facts);
    let speaks = |effect: Effect| {
        let holds = |rule: &ScopeRule| knowledge.program.holds(rule.when, &stated) == Tri::True;
        let rules = knowledge.scope.iter().enumerate().filter(|(place, _)| !silent.contains(place));
        let mut speaking = rules.filter(|(_, rule)| rule.effect == effect && holds(rule)).map(|(place, _)| place);
        speaking.next()
    };
    if let Some(rule) = speaks(Effect::Both) {
        let split = split(knowledge, assessment);
        if !split.is_empty() {
            return Some((Kind::Both, split, rule));
        }
    }
    speaks(Effect::Neither).map(|rule| (Kind::Neither, Vec::new(), rule))
}

/// What every candidate loses in every draw.
struct Tallied(Vec<Vec<f64>>);

impl Tallied {
    /// Draws only where two brokers compete: elsewhere every draw says the same.
    fn draw(rivals: &[Candidate], priorities: &Priorities, sampler: &mut Sampler) -> Self {
        let first = rivals.first().map(|candidate| candidate.who.broker);
        if rivals.iter().all(|candidate| Some(candidate.who.broker) == first) {
            return Self(Vec::new());
        }
        let cards: Vec<Scorecard> = rivals.iter().map(|candidate| candidate.card).collect();
        Self(sampler.draw(priorities, &cards).losses)
    }

    /// The fraction of draws in which each broker's best is the best of all; ties are split.
    fn shares(&self, knowledge: &KnowledgeBase<'_>, rivals: &[Candidate]) -> Vec<f64> {
        let brokers: Vec<BrokerId> = knowledge.broker_ids().map(|(id, _)| id).collect();
        if self.0.is_empty() {
            let only = rivals.first().map(|candidate| candidate.who.broker);
            return brokers.iter().map(|broker| if Some(*broker) == only { 1.0 } else { 0.0 }).collect();
        }
        let of = |place: usize, broker: BrokerId| rivals.get(place).is_some_and(|rival| rival.who.broker == broker);
        let least: Vec<Vec<f64>> = brokers.iter().map(|broker| self.least(|place| of(place, *broker))).collect();
        split_draws(&least)
    }

    /// The least loss in every draw among some candidates.
    fn least(&self, among: impl Fn(usize) -> bool) -> Vec<f64> {
        let mut chosen = self.0.iter().enumerate().filter(|(place, _)| among(*place)).map(|(_, losses)| losses);
        let Some(mut least) = chosen.next().cloned() else { return Vec::new() };
        for losses in chosen {
            for (least, loss) in least.iter_mut().zip(losses) {
                *least = least.min(*loss);
            }
        }
        least
    }
}

/// The fraction of draws in which the first loses less; ties count half.
#[expect(clippy::cast_precision_loss, reason = "a count of draws is far below 2⁵³")]
fn fraction(first: &[f64], second: &[f64]) -> f64 {
    let halves: u32 = first
        .iter()
        .zip(second)
        .map(|(first, second)| match first.total_cmp(second) {
            std::cmp::Ordering::Less => 2,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 0,
        })
        .sum();
    f64::from(halves) / (2.0 * first.len().max(1) as f64)
}

struct Deciding<'d, 'k> {
    knowledge: &'d KnowledgeBase<'k>,
    facts: &'d Facts,
    assessment: &'d Assessment,
    weights: [f64; Dimension::COUNT],
    rivals: &'d [Candidate],
    error_conflict: bool,
}

impl Deciding<'_, '_> {
    fn verdict(&self, tallied: &Tallied) -> Verdict {
        let one = || best(self.rivals.iter()).map(|winner| self.one(winner, tallied));
        self.called_for().or_else(one).unwrap_or_else(|| plain(Kind::Neither, None))
    }

    /// The verdict where not just one is called for.
    fn called_for(&self) -> Option<Verdict> {
        let leader = best(self.rivals.iter()).map(|winner| winner.who);
        if leader.is_none() {
            let split = split(self.knowledge, self.assessment);
            if split.is_empty() {
                let relax = relax(self.knowledge, self.assessment);
                return Some(Verdict { relax, ..plain(Kind::Neither, None) });
            }
            return Some(Verdict { split, ..plain(Kind::Both, None) });
        }
        let (kind, split, rule) = called_by_scope(self.knowledge, self.facts, &[], self.assessment)?;
        Some(Verdict { split, scope: Some(rule), ..plain(kind, leader) })
    }

    /// One is recommended: how firmly?
    fn one(&self, winner: &Candidate, tallied: &Tallied) -> Verdict {
        let broker = winner.who.broker;
        let rival = best(self.rivals.iter().filter(|candidate| candidate.who.broker != broker));
        let share = self.share(winner, tallied);
        let lead = rival.map(|rival| exact((rival.loss - winner.loss) / self.touched()));
        let tied = rival.is_some_and(|rival| rival.loss.total_cmp(&winner.loss).is_eq());
        let vetoes = reliance::assumed_vetoes(
            self.knowledge,
            self.facts,
            self.assessment,
            winner,
            rival.is_some(),
            &self.weights,
            CLEAR_LEAD * self.touched(),
        );
        let held_back = self.held_back(winner, share, lead, tied, !vetoes.is_empty());
        let mut depends_on = vetoes;
        if held_back.contains(&Holdback::AssumedNeeds) {
            depends_on.extend(reliance::assumed_needs(self.knowledge, self.facts, self.assessment, winner.who.option));
            depends_on.sort_unstable();
            depends_on.dedup();
        }
        let verdict = Verdict {
            share: Some(share),
            lead,
            adequacy: Some(winner.adequacy),
            depends_on,
            tied,
            held_back,
            ..plain(Kind::One, Some(winner.who))
        };
        Verdict { strength: Some(verdict.firmness()), ..verdict }
    }

    fn held_back(
        &self,
        winner: &Candidate,
        share: f64,
        lead: Option<f64>,
        tied: bool,
        assumed_veto: bool,
    ) -> Vec<Holdback> {
        let broker = winner.who.broker;
        let leads = reliance::leads_on_stated_facts(self.knowledge, self.assessment, &self.weights, broker)
            || winner.who.beside.is_some();
        let thin = self.stated_dimensions() < STATED_DIMENSIONS
            && !reliance::rivals_out_by_stated_facts(self.knowledge, self.assessment, broker);
        [
            (tied, Holdback::Tie),
            (share < CLEAR_SHARE, Holdback::Share),
            (lead.is_some_and(|lead| lead < CLEAR_LEAD), Holdback::Lead),
            (self.rival_serves(broker), Holdback::RivalServes),
            (self.rests_on_doubt(winner) || self.is_partly_unknown(winner), Holdback::Evidence),
            (winner.adequacy <= Fit::Poor, Holdback::PoorMust),
            (self.error_conflict, Holdback::Conflict),
            (assumed_veto, Holdback::AssumedVeto),
            (!leads && !tied, Holdback::AssumedNeeds),
            (thin, Holdback::Thin),
            (winner.who.beside.is_some(), Holdback::Pair),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, what)| what)
        .collect()
    }

    /// Whether an option of another broker answers every need well: then either will do, however steady the lead.
    fn rival_serves(&self, broker: BrokerId) -> bool {
        self.rivals.iter().any(|rival| rival.who.broker != broker && rival.worst >= Fit::Good)
    }

    /// Whether answers of low confidence decide: a rival would lead where the winner's are a step worse and its own not
    /// poor.
    fn rests_on_doubt(&self, winner: &Candidate) -> bool {
        let read = |candidate: &Candidate, otherwise: fn(Fit) -> Fit| {
            doubted(self.knowledge, self.assessment, &self.weights, candidate, otherwise)
        };
        let own = read(winner, Fit::one_worse);
        let mut rivals = self.rivals.iter().filter(|rival| rival.who.broker != winner.who.broker);
        rivals.any(|rival| read(rival, Fit::not_poor) < own)
    }

    /// Whether nobody has said how the winner answers something that is asked.
    fn is_partly_unknown(&self, winner: &Candidate) -> bool {
        let open = |option: OptionId| self.assessment.needs.iter().any(|it| self.knowledge.is_open(option, it.need));
        open(winner.who.option) && winner.who.beside.is_none_or(open)
    }

    fn share(&self, winner: &Candidate, tallied: &Tallied) -> f64 {
        if tallied.0.is_empty() {
            return 1.0;
        }
        let own = self.rivals.iter().position(|candidate| candidate.who == winner.who);
        let winner_losses = tallied.least(|place| Some(place) == own);
        let others = tallied
            .least(|place| self.rivals.get(place).is_some_and(|candidate| candidate.who.broker != winner.who.broker));
        fraction(&winner_losses, &others)
    }

    /// The central weight of the dimensions that hold a need, at least half.
    fn touched(&self) -> f64 {
        let mut touched = [false; Dimension::COUNT];
        for dimension in self.dimensions(|_| true) {
            if let Some(place) = touched.get_mut(dimension.index()) {
                *place = true;
            }
        }
        let weight: f64 =
            touched.iter().zip(self.weights).filter(|(touched, _)| **touched).map(|(_, weight)| weight).sum();
        weight.max(LEAST_TOUCHED)
    }

    /// In how many dimensions stated facts create a need.
    fn stated_dimensions(&self) -> usize {
        stated_dimensions(self.knowledge, self.assessment)
    }

    fn dimensions(&self, which: impl Fn(&super::assess::Created) -> bool) -> Vec<Dimension> {
        dimensions(self.knowledge, self.assessment, which)
    }

    /// How every broker stands.
    fn standings(&self, cards: &[Scorecard], tallied: &Tallied) -> Vec<Standing> {
        let shares = tallied.shares(self.knowledge, self.rivals);
        self.knowledge
            .broker_ids()
            .zip(shares)
            .filter_map(|((broker, details), share)| {
                let top = best(self.rivals.iter().filter(|candidate| candidate.who.broker == broker));
                if let Some(top) = top {
                    return Some(Standing {
                        broker,
                        option: top.who.option,
                        beside: top.who.beside,
                        ruled_out: false,
                        score: Some(score(top.loss)),
                        share,
                    });
                }
                let considered = details.options.iter().filter(|option| !self.assessment.left_out.contains(option));
                // A broker that the call sets aside still gets its settings.
                let least_bad = self
                    .least_bad(considered.copied(), cards)
                    .or_else(|| self.least_bad(details.options.iter().copied(), cards))?;
                Some(Standing { broker, option: least_bad, beside: None, ruled_out: true, score: None, share })
            })
            .collect()
    }

    /// Of options that are all out: what cannot be had at all last, then fewest vetoes, then least loss.
    fn least_bad(&self, options: impl Iterator<Item = OptionId>, cards: &[Scorecard]) -> Option<OptionId> {
        let loss =
            |option: OptionId| cards.get(usize::from(option.0)).map_or(1.0, |card| card.total(&self.weights, CENTRAL));
        let rank = |option: OptionId| {
            let vetoes = self.assessment.vetoes(option);
            let missing = vetoes.iter().any(|veto| matches!(veto, Veto::Version { .. } | Veto::Provider));
            (missing, vetoes.len())
        };
        options.min_by(|left, right| {
            rank(*left).cmp(&rank(*right)).then(loss(*left).total_cmp(&loss(*right))).then(left.cmp(right))
        })
    }
}

/// For each row, the fraction of draws in which it is least; rows tied for least share the draw.
#[expect(clippy::cast_precision_loss, reason = "a count of draws is far below 2⁵³")]
fn split_draws(rows: &[Vec<f64>]) -> Vec<f64> {
    let draws = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut shares = vec![0.0; rows.len()];
    for draw in 0..draws {
        let values: Vec<Option<f64>> = rows.iter().map(|row| row.get(draw).copied()).collect();
        let Some(least) = values.iter().flatten().copied().min_by(f64::total_cmp) else { continue };
        let tied = |value: &Option<f64>| value.is_some_and(|value| value.total_cmp(&least).is_eq());
        let count = values.iter().filter(|value| tied(value)).count();
        for (share, _) in shares.iter_mut().zip(&values).filter(|(_, value)| tied(value)) {
            *share += 1.0 / (count as f64 * draws as f64);
        }
    }
    shares
}

/// In how many dimensions stated facts create a need.
pub fn stated_dimensions(knowledge: &KnowledgeBase<'_>, assessment: &Assessment) -> usize {
    dimensions(knowledge, assessment, |created| !created.by_assumption).len()
}

/// The dimensions that hold some of the created needs.
fn dimensions(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    which: impl Fn(&super::assess::Created) -> bool,
) -> Vec<Dimension> {
    let mut found: Vec<Dimension> = assessment
        .needs
        .iter()
        .filter(|created| which(created))
        .filter_map(|created| knowledge.needs.get(created.need))
        .map(|need| need.dimension)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn plain(kind: Kind, leader: Option<Leader>) -> Verdict {
    Verdict {
        kind,
        leader,
        strength: None,
        share: None,
        lead: None,
        adequacy: None,
        depends_on: Vec::new(),
        tied: false,
        relax: Vec::new(),
        split: Vec::new(),
        scope: None,
        held_back: Vec::new(),
    }
}
