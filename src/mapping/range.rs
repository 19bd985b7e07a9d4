//! The range of amounts over which a fact runs where nobody says: what the vocabulary holds for possible, widened round
//! the profile's own amount, so that what lies beyond the usual is seen, too.

use super::round::outward;
use crate::knowledge::{Fact, Given};
use crate::quantity::{Interval, Kind};

/// How far beyond the profile's own amount a range reaches, by factor.
const AROUND: f64 = 100.0;
/// How much of the largest amount the smallest is at the most.
const DEPTH: f64 = 1000.0;
/// A count that stays below this is small: its range is spread by a small factor.
const SMALL: f64 = 20.0;
/// How far beyond the vocabulary small counts and factors reach.
const SMALL_WIDER: f64 = 4.0;
/// The least that the range of a small count ends with.
const SMALL_LEAST: f64 = 10.0;

/// The usual range; begins at zero where zero can be meant, and ends at infinity where forever can.
pub(super) fn usual(
    fact: &Fact,
    kind: Kind,
    own: Option<f64>,
    (floor, roof): (Option<f64>, Option<f64>),
    forever: bool,
) -> Interval {
    if kind == Kind::Percentage {
        return Interval { lo: if fact.positive { 0.01 } else { 0.0 }, hi: 1.0 };
    }
    let own = own.filter(|own| *own > 0.0 && own.is_finite());
    let (least, most) = known(fact, kind, own);
    let small = matches!(kind, Kind::Count | Kind::Factor) && most <= SMALL;
    let (low, high) = if small {
        (least.min(1.0), (most * SMALL_WIDER).max(own.unwrap_or(0.0) * SMALL_WIDER).max(SMALL_LEAST))
    } else {
        let low = least.min(most / DEPTH).min(own.map_or(least, |own| own / AROUND));
        let high = most.max(own.map_or(most * 10.0, |own| own * AROUND));
        outward(low, high, kind)
    };
    let whole = |amount: f64| if kind == Kind::Count { amount.round().max(1.0) } else { amount };
    let (low, high) = (whole(low), whole(high));
    let low = floor.filter(|floor| *floor < high).map_or(low, |floor| low.max(floor));
    let high = roof.filter(|roof| *roof > low).map_or(high, |roof| high.min(roof));
    Interval { lo: if fact.positive { low } else { 0.0 }, hi: if forever { f64::INFINITY } else { high } }
}

/// The least and the greatest amount that the vocabulary or the profile names.
fn known(fact: &Fact, kind: Kind, own: Option<f64>) -> (f64, f64) {
    let suggested = fact.by_pattern.iter().map(|(_, given)| *given);
    let given = [fact.range, fact.plausible, fact.central].into_iter().flatten().chain(suggested);
    let ends = given.filter_map(|given| match given {
        Given::Number(range) => Some([range.lo, range.hi]),
        _ => None,
    });
    let amounts = ends.flatten().chain(own).filter(|amount| *amount > 0.0 && amount.is_finite());
    let hull = amounts.map(Interval::point).reduce(Interval::hull);
    hull.map_or_else(|| unheard_of(kind), |hull| (hull.lo, hull.hi))
}

/// Where neither says anything.
fn unheard_of(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Factor | Kind::Percentage => (1.0, 10.0),
        Kind::Duration => (0.001, 3600.0),
        Kind::Bytes => (100.0, 1e6),
        Kind::Count | Kind::Rate => (1.0, 1e5),
        Kind::ByteRate => (1e3, 1e9),
    }
}

/// The least amount above zero of a range that begins at zero.
pub(super) fn least_above_zero(fact: &Fact, kind: Kind, own: Option<f64>, high: f64) -> f64 {
    if kind == Kind::Count {
        return 1.0;
    }
    let own = own.filter(|own| *own > 0.0 && *own < high);
    let (least, most) = known(fact, kind, own);
    let (low, _) = outward(least.min(most.min(high) / DEPTH).min(own.map_or(least, |own| own / AROUND)), high, kind);
    low
}

/// The greatest finite amount of a range that ends at infinity.
pub(super) fn greatest_finite(fact: &Fact, kind: Kind, own: Option<f64>, low: f64) -> f64 {
    usual(fact, kind, own, (None, None), false).hi.max(low * DEPTH)
}
