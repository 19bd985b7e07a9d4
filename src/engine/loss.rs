//! From fits to losses: a group loses what its worst need loses, a dimension mostly what its worst group loses, and an
//! option the weighted sum over all ten dimensions.

use super::assess::{Assessment, Created, Rated};
use crate::knowledge::{Dimension, Fit, KnowledgeBase, OptionId, Text};

/// How much of a dimension's loss is its worst group's.
const WORST: f64 = 0.7;
/// The grid on which losses are compared.
const DIGITS: f64 = 1e12;
/// How much is what all groups lose together.
const TOGETHER: f64 = 0.3;

/// One reading of the scale: what each fit loses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// What *good* loses.
    pub good: f64,
    /// What *workable* loses.
    pub workable: f64,
    /// What *poor* loses.
    pub poor: f64,
}

/// The central reading.
pub const CENTRAL: Reading = Reading { good: 0.25, workable: 0.5, poor: 0.75 };

/// How many groups of one dimension have which fit as their worst: all that a dimension's loss depends on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tally {
    good: u16,
    workable: u16,
    poor: u16,
    ruled_out: u16,
}

impl Tally {
    fn add(&mut self, fit: Fit) {
        match fit {
            Fit::Native => {}
            Fit::Good => self.good += 1,
            Fit::Workable => self.workable += 1,
            Fit::Poor => self.poor += 1,
            Fit::RuledOut => self.ruled_out += 1,
        }
    }

    /// Whether nothing is lost under any reading.
    pub fn is_lossless(self) -> bool {
        self == Self::default()
    }

    /// Whether it loses no more than another under every reading: no more groups are as bad as any fit, or worse.
    pub fn no_worse_than(self, other: Self) -> bool {
        let bad = |tally: Self| {
            let ruled_out = tally.ruled_out;
            let poor = ruled_out + tally.poor;
            let workable = poor + tally.workable;
            [ruled_out, poor, workable, workable + tally.good]
        };
        bad(self).iter().zip(bad(other)).all(|(own, other)| *own <= other)
    }

    /// The dimension's loss under a reading: `0.7·max + 0.3·(1 − Π(1 − lossᵢ))`.
    pub fn loss(self, reading: Reading) -> f64 {
        if self.ruled_out > 0 {
            return WORST + TOGETHER;
        }
        let worst = if self.poor > 0 {
            reading.poor
        } else if self.workable > 0 {
            reading.workable
        } else if self.good > 0 {
            reading.good
        } else {
            0.0
        };
        let kept = power(1.0 - reading.good, self.good)
            * power(1.0 - reading.workable, self.workable)
            * power(1.0 - reading.poor, self.poor);
        WORST * worst + TOGETHER * (1.0 - kept)
    }
}

/// A small whole power by multiplication: the same bits on every machine.
fn power(base: f64, exponent: u16) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// What an option loses, by dimension, before any reading of the scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scorecard(pub [Tally; Dimension::COUNT]);

impl Scorecard {
    /// Counts an option's ratings.
    pub fn of(knowledge: &KnowledgeBase<'_>, needs: &[Created], fits: impl Iterator<Item = Fit>) -> Self {
        let mut groups: Vec<(Dimension, Text, Fit)> = Vec::with_capacity(needs.len());
        for (created, fit) in needs.iter().zip(fits) {
            let Some(need) = knowledge.needs.get(created.need) else { continue };
            match groups.iter_mut().find(|(dimension, root, _)| *dimension == need.dimension && *root == need.root) {
                Some((_, _, worst)) => *worst = fit.min(*worst),
                None => groups.push((need.dimension, need.root, fit)),
            }
        }
        let mut card = Self::default();
        for (dimension, _, fit) in groups {
            if let Some(tally) = card.0.get_mut(dimension.index()) {
                tally.add(fit);
            }
        }
        card
    }

    /// Counts one option's ratings in an assessment.
    pub fn of_option(knowledge: &KnowledgeBase<'_>, assessment: &Assessment, option: OptionId) -> Self {
        let fits = assessment.ratings(option).iter().map(|rated: &Rated| rated.fit);
        Self::of(knowledge, &assessment.needs, fits)
    }

    /// Lets a dimension that loses nothing lose what one group with this fit loses.
    pub fn at_most(&mut self, dimension: Dimension, fit: Fit) {
        if let Some(tally) = self.0.get_mut(dimension.index()).filter(|tally| tally.is_lossless()) {
            tally.add(fit);
        }
    }

    /// Whether it loses no more than another in every dimension, under every reading.
    pub fn no_worse_than(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own.no_worse_than(*other))
    }

    /// The weighted loss at drawn weights and a drawn reading.
    pub(super) fn under(&self, weights: &[f64; Dimension::COUNT], reading: Reading) -> f64 {
        let lossy = self.0.iter().zip(weights).filter(|(tally, _)| !tally.is_lossless());
        lossy.map(|(tally, weight)| weight * tally.loss(reading)).sum()
    }

    /// One dimension's loss under a reading.
    pub fn loss(&self, dimension: Dimension, reading: Reading) -> f64 {
        self.0.get(dimension.index()).map_or(0.0, |tally| tally.loss(reading))
    }

    /// The weighted loss over all dimensions, to twelve digits: the same losses in other dimensions are a tie, whatever
    /// the order in which they were added.
    pub fn total(&self, weights: &[f64; Dimension::COUNT], reading: Reading) -> f64 {
        let sum: f64 = self.0.iter().zip(weights).map(|(tally, weight)| weight * tally.loss(reading)).sum();
        exact(sum)
    }
}

/// A loss, or a difference of losses, to twelve digits.
pub(super) fn exact(loss: f64) -> f64 {
    (loss * DIGITS).round() / DIGITS
}

/// The score of a loss: 100 is lossless.
pub fn score(loss: f64) -> f64 {
    100.0 * (1.0 - loss)
}
