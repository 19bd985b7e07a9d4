//! Spreads cells over a range of amounts: evenly, or by equal factors where the range is wide. Takes a range above zero,
//! gives ascending amounts that people can read, the ends among them.

use super::axis::Scale;
use super::round::legible;
use crate::quantity::Kind;

/// Above this factor between its ends a range is spread by factors: a decade.
const DECADE: f64 = 10.0;

/// How a range is spread over so many cells.
pub(super) fn scale(low: f64, high: f64, kind: Kind, cells: usize) -> Scale {
    let all = kind == Kind::Count && high - low < count(cells);
    if low > 0.0 && high / low > DECADE && !all { Scale::Logarithmic } else { Scale::Linear }
}

/// So many ascending amounts at the most.
pub(super) fn amounts(low: f64, high: f64, kind: Kind, cells: usize, own: Option<f64>) -> Vec<f64> {
    let scale = scale(low, high, kind, cells);
    let cells = if kind == Kind::Count { cells.min(whole(high - low) + 1) } else { cells };
    let last = cells.saturating_sub(1);
    let mut all: Vec<f64> = (0..cells)
        .map(|place| {
            if place == 0 {
                return low;
            }
            if place == last {
                return high;
            }
            let part = count(place) / count(last);
            readable(scale.at(low, high, part), kind, digits(scale, low, high, last))
        })
        .collect();
    if kind == Kind::Count {
        for amount in &mut all {
            *amount = amount.round();
        }
    }
    if let Some(own) = own {
        include(&mut all, own, scale);
    }
    all.dedup_by(|later, earlier| *later <= *earlier);
    if let Some(end) = all.last_mut() {
        *end = high;
    }
    all
}

/// With how many digits neighbours stay well apart.
fn digits(scale: Scale, low: f64, high: f64, steps: usize) -> usize {
    let apart = match scale {
        Scale::Logarithmic => (high / low).powf(1.0 / count(steps.max(1))) - 1.0,
        Scale::Linear | Scale::Listed => (high - low) / count(steps.max(1)) / high,
    };
    let mut digits = 2;
    let mut finest = 0.05;
    while finest * 2.0 > apart && digits < 15 {
        finest /= 10.0;
        digits += 1;
    }
    digits
}

/// With few digits in the unit that people read; with many in the base unit.
fn readable(amount: f64, kind: Kind, digits: usize) -> f64 {
    if digits <= 3 {
        return legible(amount, kind, digits);
    }
    format!("{amount:.*e}", digits - 1).parse().unwrap_or(amount)
}

/// Moves the cell that is nearest to the profile's own amount onto it; the ends stay.
fn include(all: &mut [f64], own: f64, scale: Scale) {
    let (Some(low), Some(high)) = (all.first().copied(), all.last().copied()) else { return };
    if own <= low || own >= high || all.contains(&own) {
        return;
    }
    let place = |amount: f64| scale.part(low, high, amount);
    let inner = all.len().saturating_sub(1);
    let nearest = all
        .get_mut(1..inner)
        .into_iter()
        .flatten()
        .min_by(|left, right| (place(**left) - place(own)).abs().total_cmp(&(place(**right) - place(own)).abs()));
    if let Some(nearest) = nearest {
        *nearest = own;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred cells")]
fn count(cells: usize) -> f64 {
    cells as f64
}

/// A whole amount as a number of cells; very many where it is larger than any number of cells.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a range that fits")]
fn whole(amount: f64) -> usize {
    amount.clamp(0.0, 1e6) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_kept_and_amounts_ascend() {
        for (low, high, kind) in [
            (100.0, 1e6, Kind::Rate),
            (1000.0, 1100.0, Kind::Rate),
            (0.001, 60.0, Kind::Duration),
            (1.0, 1e7, Kind::Count),
        ] {
            for cells in [2, 3, 10, 62, 400] {
                let all = amounts(low, high, kind, cells, None);
                assert_eq!((all[0], all[all.len() - 1]), (low, high));
                assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
                assert!(all.len() <= cells && (kind == Kind::Count || all.len() == cells), "{all:?}");
            }
        }
    }

    #[test]
    fn the_own_amount_is_among_them() {
        let all = amounts(100.0, 1e6, Kind::Rate, 30, Some(1234.5));
        assert!(all.contains(&1234.5) && all.len() == 30);
        assert!(!amounts(100.0, 1e6, Kind::Rate, 30, Some(7.0)).contains(&7.0));
    }

    #[test]
    fn few_counts_are_all_there() {
        assert_eq!(amounts(1.0, 12.0, Kind::Count, 60, Some(3.0)), (1..=12).map(f64::from).collect::<Vec<_>>());
    }
}
