//! From what was found of each cause to an order: what is named before what fits, roots before their consequences, and
//! what says more before what says less.

use std::cmp::Reverse;

use super::log::Lines;
use super::signs::Shown;
use crate::knowledge::{KnowledgeBase, Strength};

/// Why a cause is likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// The words sound like its symptom.
    Sounds,
    /// What was read fits it, and others.
    Fits,
    /// What was read names it.
    Named,
}

impl Likelihood {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sounds => "sounds-like",
            Self::Fits => "fits",
            Self::Named => "named",
        }
    }
}

/// Everything that was found of one cause.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) lines: Lines,
    pub(super) signs: Vec<Shown>,
    /// How well the words fit, where words were given.
    pub(super) words: Option<f64>,
}

impl Found {
    pub(super) fn likelihood(&self) -> Likelihood {
        let sign = |strength| self.signs.iter().any(|sign| sign.strength == strength);
        if self.lines.names > 0 || sign(Strength::Names) {
            Likelihood::Named
        } else if self.lines.fits > 0 || sign(Strength::Fits) {
            Likelihood::Fits
        } else {
            Likelihood::Sounds
        }
    }
}

/// The causes, the most likely first: places among all pitfalls.
pub(super) fn ranked(knowledge: &KnowledgeBase<'_>, found: &[(usize, Found)]) -> Vec<usize> {
    let mut order: Vec<&(usize, Found)> = found.iter().collect();
    order.sort_by(|(left, one), (right, other)| {
        let words = |found: &Found| found.words.unwrap_or(0.0);
        let key = |place: usize, found: &Found| {
            let likelihood = found.likelihood();
            // Of lines that only fit, the order of the rules says which cause is the more frequent.
            let says = if likelihood == Likelihood::Named { found.lines.length } else { 0 };
            // A line that names a cause says more than a state that shows it.
            let lines = (Reverse(found.lines.names > 0), Reverse(found.lines.patterns.len()), Reverse(says));
            (Reverse(likelihood), lines, Reverse(found.signs.len()), place)
        };
        let (one_key, other_key) = (key(*left, one), key(*right, other));
        one_key.0.cmp(&other_key.0).then(words(other).total_cmp(&words(one))).then(one_key.cmp(&other_key))
    });
    let order: Vec<(usize, Likelihood)> =
        order.into_iter().map(|(place, found)| (*place, found.likelihood())).collect();
    roots_first(knowledge, &order)
}

/// Puts each cause behind those of which it is a consequence, where these are at least as likely.
fn roots_first(knowledge: &KnowledgeBase<'_>, order: &[(usize, Likelihood)]) -> Vec<usize> {
    let mut placed: Vec<usize> = Vec::with_capacity(order.len());
    for (place, likelihood) in order {
        lift(knowledge, *place, *likelihood, order, &mut placed, 0);
    }
    placed
}

/// Chains of consequences are not longer.
const DEEPEST: usize = 8;

fn lift(
    knowledge: &KnowledgeBase<'_>,
    place: usize,
    likelihood: Likelihood,
    order: &[(usize, Likelihood)],
    placed: &mut Vec<usize>,
    depth: usize,
) {
    if placed.contains(&place) || depth > DEEPEST {
        return;
    }
    for root in knowledge.pitfalls.get(place).into_iter().flat_map(|it| &it.follows) {
        let root = usize::from(*root);
        let known = order.iter().find(|(other, known)| *other == root && *known >= likelihood);
        if let Some((root, known)) = known {
            lift(knowledge, *root, *known, order, placed, depth + 1);
        }
    }
    if !placed.contains(&place) {
        placed.push(place);
    }
}
