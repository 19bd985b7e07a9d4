//! Full depth: the shares over ten thousand draws of weights, readings of the scale, facts and edges; and which weights
//! each broker takes to win. Takes a judgement at quick depth, gives what the draws say of it.
//!
//! Where one option is never better than another in any dimension, nothing is drawn; where a plain difference of two
//! options decides and no priority is set, the share of weights is computed exactly for each drawn reading.

use super::assess::Assessment;
use super::draws::{Sampler, Weights};
use super::halfspace::negative_share;
use super::loss::{Reading, Scorecard};
use super::outcome::{Judgement, Kind, Leader};
use super::rival::{Candidate, candidates, pair};
use super::variation::cases;
use crate::facts::{Facts, Worlds};
use crate::knowledge::{BrokerId, Dimension, KnowledgeBase, Priority};
use crate::profile::{Priorities, Profile};

/// What the draws say.
#[derive(Debug, Clone)]
pub struct Robustness {
    /// The fraction of draws in which the recommended option beats every option of other brokers; none where not one is
    /// recommended.
    pub share: Option<f64>,
    /// For each broker, the fraction of draws in which its best is the best of all; ties are split.
    pub shares: Vec<f64>,
    /// The fraction of draws in which nothing survives.
    pub neither: f64,
    /// For each broker, the weights under which it wins; none where it never does.
    pub centres: Vec<Option<Centre>>,
}

/// The weights under which a broker wins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Centre {
    /// Their mean (the central weight vector of SMAA).
    pub weights: [f64; Dimension::COUNT],
    /// For each dimension, in what fraction of its wins that dimension weighs most of all.
    pub heaviest: [f64; Dimension::COUNT],
    /// In how many draws it wins.
    pub wins: u32,
}

/// Draws everything that is open.
pub fn robustness(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    judgement: &Judgement,
    sampler: &mut Sampler,
) -> Robustness {
    let sampler = sampler.deep();
    let worlds = Worlds::of(knowledge, profile, facts);
    let winner = judgement.verdict.leader.filter(|_| judgement.verdict.kind == Kind::One);
    let sorted = cases(knowledge, facts, worlds, &judgement.assessment, profile, winner, sampler.count());
    let fields: Vec<Field> = sorted
        .assessments
        .iter()
        .map(|assessment| Field::of(knowledge, assessment, &judgement.weights, winner))
        .collect();
    let flat = is_flat(&profile.priorities);
    let (weights, readings) = sampler.full(&profile.priorities);
    let mut tally = Tally::new(knowledge.brokers.len());
    for (place, (case, reading)) in sorted.of_draw.iter().zip(readings).enumerate() {
        if let Some(field) = fields.get(usize::try_from(*case).unwrap_or(usize::MAX)) {
            tally.count(field, weights, place, *reading, flat);
        }
    }
    tally.shares(winner.is_some())
}

/// Whether all dimensions that count at all count alike.
fn is_flat(priorities: &Priorities) -> bool {
    let mut classes = priorities.0.iter().filter(|priority| **priority != Priority::Ignore);
    let first = classes.next();
    first.is_some() && classes.all(|other| Some(other) == first)
}

/// Who competes in one case: the winner apart, and of each broker what nothing of it dominates.
struct Field {
    winner: Option<Candidate>,
    /// Whether the case knows only one that may win for the winner's broker and one for all others.
    duel: Option<Duel>,
    rivals: Vec<Candidate>,
}

/// Two that compete, the winner and one of another broker.
struct Duel {
    rival: Scorecard,
    broker: BrokerId,
    /// The winner loses no more in any dimension, whatever the reading.
    dominates: bool,
    same: bool,
}

impl Field {
    fn of(
        knowledge: &KnowledgeBase<'_>,
        assessment: &Assessment,
        weights: &[f64; Dimension::COUNT],
        winner: Option<Leader>,
    ) -> Self {
        let mut rivals = candidates(knowledge, assessment, weights);
        let own = winner.and_then(|who| {
            let standing = rivals.iter().find(|candidate| candidate.who == who).cloned();
            standing.or_else(|| pair(knowledge, assessment, weights, who))
        });
        let all = rivals.clone();
        let mut place = 0;
        rivals.retain(|candidate| {
            let dominated = all.iter().enumerate().any(|(other, by)| {
                by.who.broker == candidate.who.broker
                    && other != place
                    && by.card.no_worse_than(&candidate.card)
                    && (other < place || !candidate.card.no_worse_than(&by.card))
            });
            place += 1;
            !dominated
        });
        let duel = own.as_ref().and_then(|own| duel(own, &rivals, weights));
        Self { winner: own, duel, rivals }
    }
}

/// Whether only the winner may win for its broker, and only one for all others.
fn duel(own: &Candidate, rivals: &[Candidate], weights: &[f64; Dimension::COUNT]) -> Option<Duel> {
    let (of_own, others): (Vec<_>, Vec<_>) =
        rivals.iter().partition(|candidate| candidate.who.broker == own.who.broker);
    let same_card = |candidate: &&Candidate| candidate.card == own.card;
    match (&of_own[..], &others[..]) {
        ([only], [rival]) if same_card(only) => {
            let counts = |place: usize| weights.get(place).is_some_and(|weight| *weight > 0.0);
            let same = (0..Dimension::COUNT)
                .filter(|place| counts(*place))
                .all(|place| own.card.0.get(place) == rival.card.0.get(place));
            let dominates = own.card.no_worse_than(&rival.card);
            Some(Duel { rival: rival.card, broker: rival.who.broker, dominates, same })
        }
        _ => None,
    }
}

/// What was counted so far.
struct Tally {
    won: f64,
    shares: Vec<f64>,
    neither: f64,
    draws: f64,
    sums: Vec<[f64; Dimension::COUNT]>,
    heaviest: Vec<[u32; Dimension::COUNT]>,
    wins: Vec<u32>,
}

impl Tally {
    fn new(brokers: usize) -> Self {
        Self {
            won: 0.0,
            shares: vec![0.0; brokers],
            neither: 0.0,
            draws: 0.0,
            sums: vec![[0.0; Dimension::COUNT]; brokers],
            heaviest: vec![[0; Dimension::COUNT]; brokers],
            wins: vec![0; brokers],
        }
    }

    /// Counts one draw.
    fn count(&mut self, field: &Field, weights: &Weights, place: usize, reading: Reading, flat: bool) {
        self.draws += 1.0;
        let row = weights.row(place);
        match (&field.winner, &field.duel) {
            (Some(own), Some(duel)) if duel.dominates => {
                let share = if duel.same { 0.5 } else { 1.0 };
                self.exact(own, duel, share);
                if !duel.same {
                    self.note(own.who.broker, &row);
                }
            }
            (Some(own), Some(duel)) if flat => {
                let (share, drawn) = exact_share(own, duel, &row, reading);
                self.exact(own, duel, share);
                self.note(if drawn { own.who.broker } else { duel.broker }, &row);
            }
            _ => self.drawn(field, &row, reading),
        }
    }

    fn exact(&mut self, own: &Candidate, duel: &Duel, share: f64) {
        self.won += share;
        self.add(own.who.broker, share);
        self.add(duel.broker, 1.0 - share);
    }

    fn add(&mut self, broker: BrokerId, share: f64) {
        if let Some(place) = self.shares.get_mut(usize::from(broker.0)) {
            *place += share;
        }
    }

    /// Compares all that compete, at drawn weights.
    fn drawn(&mut self, field: &Field, row: &[f64; Dimension::COUNT], reading: Reading) {
        let mut least: Vec<(BrokerId, f64)> = Vec::with_capacity(self.shares.len());
        for candidate in &field.rivals {
            let loss = candidate.card.under(row, reading);
            match least.iter_mut().find(|(broker, _)| *broker == candidate.who.broker) {
                Some((_, known)) => *known = known.min(loss),
                None => least.push((candidate.who.broker, loss)),
            }
        }
        let Some(best) = least.iter().map(|(_, loss)| *loss).min_by(f64::total_cmp) else {
            self.neither += 1.0;
            return;
        };
        let tied: Vec<BrokerId> =
            least.iter().filter(|(_, loss)| loss.total_cmp(&best).is_eq()).map(|(broker, _)| *broker).collect();
        let part = 1.0 / f64::from(u32::try_from(tied.len()).unwrap_or(1).max(1));
        for broker in &tied {
            self.add(*broker, part);
        }
        if let [only] = tied[..] {
            self.note(only, row);
        }
        if let Some(own) = &field.winner {
            let loss = own.card.under(row, reading);
            let others = least.iter().filter(|(broker, _)| *broker != own.who.broker).map(|(_, loss)| *loss);
            self.won += match others.min_by(f64::total_cmp).map(|other| loss.total_cmp(&other)) {
                None | Some(std::cmp::Ordering::Less) => 1.0,
                Some(std::cmp::Ordering::Equal) => 0.5,
                Some(std::cmp::Ordering::Greater) => 0.0,
            };
        }
    }

    /// Notes the weights under which a broker wins.
    fn note(&mut self, broker: BrokerId, row: &[f64; Dimension::COUNT]) {
        let place = usize::from(broker.0);
        let (Some(sums), Some(heaviest), Some(wins)) =
            (self.sums.get_mut(place), self.heaviest.get_mut(place), self.wins.get_mut(place))
        else {
            return;
        };
        *wins += 1;
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += weight;
        }
        let most =
            (0..).zip(row).max_by(|left, right| left.1.total_cmp(right.1)).map_or(0, |(place, _): (usize, _)| place);
        if let Some(count) = heaviest.get_mut(most) {
            *count += 1;
        }
    }

    fn shares(self, one: bool) -> Robustness {
        let draws = self.draws.max(1.0);
        let centre = |((sums, heaviest), wins): ((&[f64; Dimension::COUNT], &[u32; Dimension::COUNT]), &u32)| {
            (*wins > 0).then(|| Centre {
                weights: sums.map(|sum| sum / f64::from(*wins)),
                heaviest: heaviest.map(|count| f64::from(count) / f64::from(*wins)),
                wins: *wins,
            })
        };
        Robustness {
            share: one.then_some(self.won / draws),
            shares: self.shares.iter().map(|share| share / draws).collect(),
            neither: self.neither / draws,
            centres: self.sums.iter().zip(&self.heaviest).zip(&self.wins).map(centre).collect(),
        }
    }
}

/// The exact share of weights under which the winner loses less at one reading; and whether it does at the drawn ones.
fn exact_share(own: &Candidate, duel: &Duel, row: &[f64; Dimension::COUNT], reading: Reading) -> (f64, bool) {
    let mut differences = [0.0; Dimension::COUNT];
    let mut count = 0;
    let mut drawn = 0.0;
    for ((own, rival), weight) in own.card.0.iter().zip(&duel.rival.0).zip(row) {
        if *weight > 0.0 {
            let difference = if own == rival { 0.0 } else { own.loss(reading) - rival.loss(reading) };
            drawn += difference * weight;
            if let Some(slot) = differences.get_mut(count) {
                *slot = difference;
            }
            count += 1;
        }
    }
    (negative_share(differences.get(..count).unwrap_or_default()), drawn < 0.0)
}
