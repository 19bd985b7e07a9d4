//! One axis: a fact and the values at which the profile is judged, from the lowest, with what the profile says of it.

use crate::expr::FactId;
use crate::facts::Origin;
use crate::profile::Stated;
use crate::quantity::Kind;

/// How the steps of an axis follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// By equal factors.
    Logarithmic,
    /// By equal differences.
    Linear,
    /// One after the other.
    Listed,
}

impl Scale {
    /// The amount at a part of the way from one end to the other.
    pub(super) fn at(self, low: f64, high: f64, part: f64) -> f64 {
        match self {
            Self::Logarithmic => low * (high / low).powf(part),
            Self::Linear | Self::Listed => low + (high - low) * part,
        }
    }

    /// Which part of the way from one end to the other an amount is.
    pub fn part(self, low: f64, high: f64, amount: f64) -> f64 {
        match self {
            Self::Logarithmic => (amount / low).ln() / (high / low).ln(),
            Self::Linear | Self::Listed => (amount - low) / (high - low),
        }
    }
}

/// One value of an axis.
#[derive(Debug, Clone)]
pub struct Step {
    /// As the profile would state it.
    pub stated: Stated,
    /// In base units, as `--set` takes it.
    pub exact: String,
    /// As people write it.
    pub shown: String,
    /// An amount that has its place on a scale; none for words, also for those that stand for amounts.
    pub amount: Option<f64>,
}

/// Where the profile itself stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// On this step.
    On(usize),
    /// Between this step and the next.
    Between(usize),
    /// Below the first step.
    Below,
    /// Above the last step.
    Above,
    /// Nothing gives it a value, or none that has a place here.
    Nowhere,
}

/// What the profile says of an axis's fact.
#[derive(Debug, Clone)]
pub struct Own {
    /// Its value as people write it.
    pub shown: String,
    /// The one value that counts, where a range is stated.
    pub one: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it stands.
    pub stand: Stand,
}

impl Own {
    /// The step that is nearest to it, of two the lower one.
    pub fn nearest(&self) -> Option<usize> {
        match self.stand {
            Stand::On(step) | Stand::Between(step) => Some(step),
            Stand::Below | Stand::Above | Stand::Nowhere => None,
        }
    }
}

/// A fact and its values.
#[derive(Debug, Clone)]
pub struct Axis {
    /// The fact.
    pub fact: FactId,
    /// How amounts are written; none for words, truth values and versions.
    pub kind: Option<Kind>,
    /// How steps follow each other.
    pub scale: Scale,
    /// The values, at least one.
    pub steps: Vec<Step>,
    /// What the profile says.
    pub own: Own,
}
