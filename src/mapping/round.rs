//! Round amounts: at which people put marks, and between which ranges end. Takes amounts in base units.

use crate::quantity::{Kind, parse, show};

/// Times at which people put marks, in seconds.
const TIMES: [f64; 20] = [
    1e-6,
    1e-5,
    1e-4,
    1e-3,
    1e-2,
    0.1,
    1.0,
    10.0,
    60.0,
    600.0,
    3600.0,
    21_600.0,
    86_400.0,
    604_800.0,
    2_592_000.0,
    7_776_000.0,
    31_536_000.0,
    157_680_000.0,
    1_576_800_000.0,
    15_768_000_000.0,
];
/// The exponents of ten within which amounts lie.
const EXPONENTS: std::ops::RangeInclusive<i32> = -9..=18;

/// Round amounts of a kind, ascending: those of a scale that grows by factors.
fn scale(kind: Kind) -> Vec<f64> {
    match kind {
        Kind::Duration => TIMES.to_vec(),
        Kind::Bytes | Kind::ByteRate => [1.0, 1e3, 1e6, 1e9, 1e12, 1e15]
            .into_iter()
            .flat_map(|size| [1.0, 10.0, 100.0].map(|count| count * size))
            .collect(),
        Kind::Count | Kind::Factor | Kind::Percentage | Kind::Rate => {
            EXPONENTS.map(|exponent| 10_f64.powi(exponent)).collect()
        }
    }
}

/// Round amounts from one to another, ascending, for a scale that grows by factors; so many at the most.
pub fn by_factors(low: f64, high: f64, kind: Kind, most: usize) -> Vec<f64> {
    let within = |amounts: Vec<f64>| -> Vec<f64> {
        amounts.into_iter().filter(|amount| (low..=high).contains(amount)).collect()
    };
    let mut all = within(scale(kind));
    if all.len() < 3 {
        all = within(finer(kind));
    }
    let every = all.len().div_ceil(most.max(1)).max(1);
    all.into_iter().step_by(every).collect()
}

/// Round amounts from one to another, ascending, at equal distances; so many at the most.
pub fn by_differences(low: f64, high: f64, kind: Kind, most: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few marks")]
    let least = (high - low) / most.max(1) as f64;
    let least = if kind == Kind::Count { least.max(1.0) } else { least };
    let apart = EXPONENTS.flat_map(|exponent| [1.0, 2.0, 5.0].map(|times| times * 10_f64.powi(exponent)));
    let Some(apart) = apart.into_iter().find(|apart| *apart >= least) else { return Vec::new() };
    let first = (low / apart).ceil();
    let marks = (0_u8..=u8::MAX).map(|place| (first + f64::from(place)) * apart);
    marks.take_while(|amount| *amount <= high * (1.0 + 1e-9)).map(clean).collect()
}

/// Without the last digits of a product.
fn clean(amount: f64) -> f64 {
    format!("{amount:.12e}").parse().unwrap_or(amount)
}

/// The same with amounts in between.
fn finer(kind: Kind) -> Vec<f64> {
    let scale = scale(kind);
    match kind {
        Kind::Duration => scale,
        _ => scale.iter().flat_map(|amount| [1.0, 2.0, 5.0].map(|times| clean(times * amount))).collect(),
    }
}

/// The range with ends that are round, and not narrower.
pub(super) fn outward(low: f64, high: f64, kind: Kind) -> (f64, f64) {
    let fine = finer(kind);
    let below = fine.iter().rev().find(|amount| **amount <= low * (1.0 + 1e-9));
    let above = fine.iter().find(|amount| **amount >= high * (1.0 - 1e-9));
    (below.copied().unwrap_or(low), above.copied().unwrap_or(high))
}

/// An amount near another one that is written with so many digits in the unit in which people read it.
pub(super) fn legible(amount: f64, kind: Kind, digits: usize) -> f64 {
    let text = show(amount, kind);
    let end = text.find(|character: char| !(character.is_ascii_digit() || character == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let read = |value: f64| {
        let short = format!("{:.*e}", digits.saturating_sub(1), value).parse::<f64>().ok()?;
        let text = format!("{}{unit}", crate::quantity::number(short));
        parse(&text, &[kind]).ok().map(|(range, _)| range.lo)
    };
    number.parse().ok().and_then(read).unwrap_or(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_in_the_unit_in_which_they_are_read() {
        let shown = |amount, kind| show(legible(amount, kind, 2), kind);
        assert_eq!(shown(1583.3, Kind::Rate), "1.6k/s");
        assert_eq!(shown(0.0473, Kind::Rate), "2.8/min");
        assert_eq!(shown(104_000.0, Kind::Duration), "1.2d");
        assert_eq!(shown(0.333, Kind::Percentage), "33%");
    }

    #[test]
    fn ranges_end_at_round_amounts() {
        assert_eq!(outward(3.0, 180_000.0, Kind::Rate), (2.0, 200_000.0));
        assert_eq!(outward(0.0025, 60.0, Kind::Duration), (0.001, 60.0));
    }

    #[test]
    fn marks_stand_at_round_amounts() {
        assert_eq!(by_factors(10.0, 1e4, Kind::Rate, 9), [10.0, 100.0, 1e3, 1e4]);
        assert_eq!(by_factors(10.0, 1e4, Kind::Rate, 2), [10.0, 1e3]);
        assert_eq!(by_factors(15.0, 90.0, Kind::Rate, 9), [20.0, 50.0]);
        assert_eq!(by_differences(0.0, 1.0, Kind::Percentage, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(by_differences(1.0, 12.0, Kind::Count, 12), (1..=12).map(f64::from).collect::<Vec<_>>());
    }
}
