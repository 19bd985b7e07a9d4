//! The draws behind every share: weights uniform over the region that the priorities leave open, and three sorted
//! uniforms as the losses of good, workable and poor. Fixed seed; only additions, products and comparisons, so that
//! every machine draws the same.

use std::collections::BTreeMap;

use super::loss::{Reading, Tally};
use crate::knowledge::{Dimension, Priority};
use crate::profile::Priorities;
use crate::random::SplitMix64;

/// How many draws a quick verdict rests on.
pub(super) const QUICK: usize = 1000;

/// How many times as many draws full depth makes.
const DEEPER: usize = 10;

/// How many different priorities and tallies are remembered: a file of ten thousand flows may not fill the memory.
const REMEMBERED: usize = 256;

const SEED: u64 = 0x0062_726F_6B65_7266;

/// Draws weights for any priorities, once for each.
#[derive(Debug)]
pub struct Sampler {
    count: usize,
    readings: Vec<Reading>,
    weights: BTreeMap<Priorities, Weights>,
    losses: BTreeMap<Tally, Vec<f64>>,
    /// For full depth, made when it is asked for.
    deep: Option<Box<Self>>,
}

/// Weights of the ten dimensions: their centre and their draws.
#[derive(Debug, Clone)]
pub struct Weights {
    /// The centroid of the region.
    pub central: [f64; Dimension::COUNT],
    /// For each dimension, its weight in every draw.
    draws: Vec<Vec<f64>>,
}

/// What several candidates lose in every draw.
#[derive(Debug, Clone)]
pub struct Draws {
    /// For each candidate, its loss in every draw.
    pub losses: Vec<Vec<f64>>,
}

/// No weights at all: what stands where none were drawn.
static NOTHING: Weights = Weights { central: [0.0; Dimension::COUNT], draws: Vec::new() };

impl Default for Sampler {
    fn default() -> Self {
        Self::new(QUICK)
    }
}

impl Sampler {
    /// A sampler of so many draws.
    pub fn new(count: usize) -> Self {
        let mut random = SplitMix64::new(SEED);
        let readings = (0..count)
            .map(|_| {
                let mut three = [random.uniform(), random.uniform(), random.uniform()];
                three.sort_by(f64::total_cmp);
                let [good, workable, poor] = three;
                Reading { good, workable, poor }
            })
            .collect();
        Self { count, readings, weights: BTreeMap::new(), losses: BTreeMap::new(), deep: None }
    }

    /// The draws of full depth: ten times as many.
    pub(super) fn deep(&mut self) -> &mut Self {
        let count = self.deep_count();
        self.deep.get_or_insert_with(|| Box::new(Self::new(count)))
    }

    /// How many draws it makes at full depth.
    pub fn deep_count(&self) -> usize {
        self.count * DEEPER
    }

    /// How many draws it makes.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The weights for some priorities.
    pub fn weights(&mut self, priorities: &Priorities) -> &Weights {
        let count = self.count;
        if self.weights.len() > REMEMBERED {
            self.weights.clear();
        }
        self.weights.entry(*priorities).or_insert_with(|| Weights::draw(priorities, count))
    }

    /// The weights for some priorities, and the readings, draw by draw.
    pub(super) fn full(&mut self, priorities: &Priorities) -> (&Weights, &[Reading]) {
        self.weights(priorities);
        (self.weights.get(priorities).unwrap_or(&NOTHING), &self.readings)
    }

    /// What candidates lose in every draw, given what each loses by dimension.
    pub fn draw(&mut self, priorities: &Priorities, candidates: &[super::loss::Scorecard]) -> Draws {
        if self.losses.len() > REMEMBERED {
            self.losses.clear();
        }
        let tallies = candidates.iter().flat_map(|card| card.0).filter(|tally| !tally.is_lossless());
        for tally in tallies {
            let readings = &self.readings;
            self.losses.entry(tally).or_insert_with(|| readings.iter().map(|reading| tally.loss(*reading)).collect());
        }
        self.weights(priorities);
        let Some(weights) = self.weights.get(priorities) else { return Draws { losses: Vec::new() } };
        let losses = candidates
            .iter()
            .map(|card| {
                let mut total = vec![0.0; self.count];
                for (tally, weight) in card.0.iter().zip(&weights.draws).filter(|(tally, _)| !tally.is_lossless()) {
                    let Some(losses) = self.losses.get(tally) else { continue };
                    for ((total, loss), weight) in total.iter_mut().zip(losses).zip(weight) {
                        *total += loss * weight;
                    }
                }
                total
            })
            .collect();
        Draws { losses }
    }
}

impl Weights {
    /// The weights of one draw.
    pub(super) fn row(&self, place: usize) -> [f64; Dimension::COUNT] {
        let mut row = [0.0; Dimension::COUNT];
        for (weight, draws) in row.iter_mut().zip(&self.draws) {
            *weight = draws.get(place).copied().unwrap_or(0.0);
        }
        row
    }

    /// Draws weights uniformly over the simplex in which every high dimension weighs at least as much as every normal
    /// one, and every normal one as every low one; ignored dimensions weigh nothing.
    ///
    /// The region is a union of congruent pieces, one for each order of the dimensions within their classes. So: draw
    /// uniformly from the whole simplex (gaps between sorted uniforms), sort, and hand the largest weights to the high
    /// class in a random order, then the normal, then the low.
    fn draw(priorities: &Priorities, count: usize) -> Self {
        let classes = classes(priorities);
        let size: usize = classes.iter().map(Vec::len).sum();
        let mut random = SplitMix64::new(SEED ^ 0x5EED);
        let mut draws = vec![vec![0.0; count]; Dimension::COUNT];
        // One class alone is the whole simplex, whose gaps are exchangeable: any order of them will do.
        let ranked = classes.iter().filter(|class| !class.is_empty()).count() > 1;
        let mut gaps = Vec::with_capacity(size);
        let ordered = classes.concat();
        let mut members = ordered.clone();
        for place in 0..count {
            draw_gaps(size, &mut random, &mut gaps);
            if ranked {
                exchange_sort(&mut gaps);
                gaps.reverse();
                members.copy_from_slice(&ordered);
                let mut rest = members.as_mut_slice();
                for class in &classes {
                    let (own, after) = rest.split_at_mut(class.len());
                    shuffle(own, &mut random);
                    rest = after;
                }
            }
            for (member, gap) in members.iter().zip(&gaps) {
                if let Some(slot) = draws.get_mut(*member).and_then(|draws| draws.get_mut(place)) {
                    *slot = SplitMix64::from_grid(*gap);
                }
            }
        }
        Self { central: centroid(&classes, size), draws }
    }
}

/// The places of the dimensions by class: high, normal, low.
fn classes(priorities: &Priorities) -> [Vec<usize>; 3] {
    [Priority::High, Priority::Normal, Priority::Low].map(|wanted| {
        Dimension::ALL
            .into_iter()
            .filter(|dimension| priorities.of(*dimension) == wanted)
            .map(Dimension::index)
            .collect()
    })
}

/// A uniform point of the simplex, in steps of the grid: the gaps between sorted uniforms.
fn draw_gaps(size: usize, random: &mut SplitMix64, gaps: &mut Vec<u64>) {
    gaps.clear();
    gaps.extend((1..size).map(|_| random.on_grid()));
    exchange_sort(gaps);
    gaps.push(SplitMix64::GRID);
    let mut before = 0;
    for cut in gaps {
        let gap = *cut - before;
        before = *cut;
        *cut = gap;
    }
}

/// Sorts by exchanges of neighbours: no branch depends on the numbers, which for so few is the fastest.
fn exchange_sort(numbers: &mut [u64]) {
    for round in 0..numbers.len() {
        for pair in numbers.get_mut(round % 2..).unwrap_or_default().chunks_exact_mut(2) {
            if let [first, second] = pair {
                (*first, *second) = ((*first).min(*second), (*first).max(*second));
            }
        }
    }
}

/// Fisher and Yates.
fn shuffle(members: &mut [usize], random: &mut SplitMix64) {
    for last in (1..members.len()).rev() {
        members.swap(last, random.below(last + 1));
    }
}

/// The centroid: the i-th largest of n gaps is on average `(1/n)·Σ 1/j` for j from i to n; a class shares its places.
#[expect(clippy::cast_precision_loss, reason = "at most ten dimensions")]
fn centroid(classes: &[Vec<usize>; 3], size: usize) -> [f64; Dimension::COUNT] {
    let expected: Vec<f64> =
        (1..=size).map(|place| (place..=size).map(|j| 1.0 / j as f64).sum::<f64>() / size as f64).collect();
    let mut central = [0.0; Dimension::COUNT];
    let mut rest = expected.as_slice();
    for class in classes {
        let (own, after) = rest.split_at(class.len().min(rest.len()));
        let mean = own.iter().sum::<f64>() / class.len().max(1) as f64;
        for member in class {
            if let Some(weight) = central.get_mut(*member) {
                *weight = mean;
            }
        }
        rest = after;
    }
    central
}
