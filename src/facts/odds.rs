//! What a fact that is not known exactly may be, and how likely: drawn at one place of a stream, or all of it at once.
//! Amounts are drawn log-uniformly, uniformly where the low end is zero; words and truth values uniformly.

use crate::expr::{Tri, Value};
use crate::knowledge::{Given, Version};
use crate::quantity::Interval;
use crate::random::SplitMix64;

/// One world, or all of them at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The world at this place.
    At(u64),
    /// Every world: values hold all that they may be.
    All,
}

/// What a fact may be.
#[derive(Debug, Clone)]
pub(super) enum Odds {
    /// One value.
    Point(Value),
    /// An amount between two.
    Amount(Between),
    /// Any of some words, each as likely.
    Words(u64),
    /// True or false, each as likely.
    Either,
    /// Any of these lines of a broker, each as likely.
    Lines(Vec<Version>),
    /// As often this value as what else it may be.
    Half(Value, Box<Self>),
}

/// An amount between two, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    range: Interval,
    /// The binary logarithm of the low end and of the ratio of the two; none where the low end is zero.
    logarithm: Option<(f64, f64)>,
    /// Whole numbers only: rounded, half up.
    counts: bool,
}

impl Between {
    /// Between the ends of a range.
    pub(super) fn new(range: Interval, counts: bool) -> Self {
        let logarithm = (range.lo > 0.0 && range.hi.is_finite())
            .then(|| (libm::log2(range.lo), libm::log2(range.hi) - libm::log2(range.lo)));
        Self { range, logarithm, counts }
    }

    /// The amount at a place from 0 to 1.
    pub(super) fn at(self, place: f64) -> f64 {
        let Interval { lo, hi } = self.range;
        let amount = match self.logarithm {
            Some((low, span)) => libm::exp2(low + span * place),
            // Without an end there is no middle: either of the two.
            None if hi.is_infinite() => return if place < 0.5 { lo } else { hi },
            None => lo + (hi - lo) * place,
        };
        self.whole(amount.clamp(lo, hi))
    }

    fn whole(self, amount: f64) -> f64 {
        if self.counts { (amount + 0.5).floor() } else { amount }
    }

    fn pick(self, pick: Pick, stream: SplitMix64) -> Interval {
        match pick {
            Pick::At(place) => Interval::point(self.at(stream.at(place))),
            Pick::All => self.range.through(|end| self.whole(end)),
        }
    }
}

impl Odds {
    /// What a written range of values stands for.
    pub(super) fn of(given: Given, counts: bool) -> Self {
        match given {
            Given::Number(range) if !range.is_point() => Self::Amount(Between::new(range, counts)),
            Given::Words(words) if words.count_ones() > 1 => Self::Words(words),
            Given::Bool { may_be_false: true, may_be_true: true } => Self::Either,
            one => Self::Point(one.central(counts)),
        }
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_point(&self) -> bool {
        matches!(self, Self::Point(_))
    }

    /// The value in one world, or all that it may be.
    pub(super) fn pick(&self, pick: Pick, stream: SplitMix64) -> Value {
        match (self, pick) {
            (Self::Point(value), _) => *value,
            (Self::Amount(between), _) => Value::Number(between.pick(pick, stream)),
            (Self::Words(words), Pick::All) => Value::Words(*words),
            (Self::Words(words), Pick::At(place)) => Value::Words(nth_word(*words, stream.at(place))),
            (Self::Either, Pick::All) => Value::Bool(Tri::Unknown),
            (Self::Either, Pick::At(place)) => Value::Bool(Tri::from(stream.at(place) >= 0.5)),
            (Self::Lines(lines), _) => Value::Version(line(lines, pick, stream)),
            (Self::Half(value, other), Pick::All) => value.hull(other.pick(pick, stream)),
            (Self::Half(value, other), Pick::At(place)) => {
                // Another stream decides which of the two, so that the amount stays uniform.
                let mut coin = stream;
                if SplitMix64::new(coin.next_bits()).at(place) < 0.5 { *value } else { other.pick(pick, stream) }
            }
        }
    }
}

/// The word at a place from 0 to 1 among some words.
fn nth_word(words: u64, place: f64) -> u64 {
    let wanted = below(words.count_ones(), place);
    let rest = (0..wanted).fold(words, |rest, _| rest & (rest - 1));
    rest & rest.wrapping_neg()
}

fn line(lines: &[Version], pick: Pick, stream: SplitMix64) -> Interval {
    let number = |line: Option<&Version>| line.map_or(0.0, |line| line.as_number());
    match pick {
        Pick::All => Interval { lo: number(lines.first()), hi: number(lines.last()) },
        Pick::At(place) => {
            let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            let chosen = usize::try_from(below(count, stream.at(place))).unwrap_or(0);
            Interval::point(number(lines.get(chosen)))
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place below a small count")]
fn below(count: u32, place: f64) -> u32 {
    ((f64::from(count) * place) as u32).min(count.saturating_sub(1))
}

/// The amount at a place from 0 to 1 of a range: log-uniform, uniform where the low end is zero.
pub fn between(range: Interval, place: f64) -> f64 {
    Between::new(range, false).at(place)
}
