//! The amounts that are tried: those that people write, to the precision with which a fact is written. Takes a kind of
//! amount and bounds, gives them in order, lowest first.

use crate::quantity::{Interval, Kind};

/// The fewest significant digits that are tried, and the most.
const DIGITS: (u32, u32) = (2, 3);
/// Where minutes, hours and days begin, and how many of each are written before the next unit.
const CLOCK: [(f64, u32); 3] = [(60.0, 59), (3600.0, 23), (86_400.0, 364)];
/// The powers of 1024.
const BINARY: [f64; 5] = [1.0, 1024.0, 1_048_576.0, 1_073_741_824.0, 1_099_511_627_776.0];

/// Every amount of a kind within bounds that would be written with the precision of an amount; the amount itself is not
/// among them.
pub(super) fn ladder(kind: Kind, own: f64, bounds: Interval) -> Vec<f64> {
    let mut all = match kind {
        Kind::Duration => durations(bounds),
        Kind::Bytes if is_binary(own) => [binary(bounds), decimals(bounds, DIGITS.0)].concat(),
        Kind::Percentage => decimals(Interval { hi: bounds.hi.min(1.0), ..bounds }, digits(own * 100.0)),
        Kind::Count => decimals(bounds, digits(own)).into_iter().filter(|count| count.fract() == 0.0).collect(),
        Kind::Factor | Kind::Rate | Kind::ByteRate | Kind::Bytes => decimals(bounds, digits(own)),
    };
    if bounds.lo <= 0.0 {
        all.push(0.0);
    }
    // From nothing every amount is as far, so the first that people write is the nearest.
    let least = match kind {
        Kind::Duration if own == 0.0 => 1.0,
        Kind::Duration => 1e-6,
        _ => 0.0,
    };
    all.retain(|amount| *amount == 0.0 || *amount >= least);
    all.retain(|amount| bounds.lo <= *amount && *amount <= bounds.hi && amount.total_cmp(&own).is_ne());
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// Whether an amount of bytes is written in powers of 1024.
fn is_binary(bytes: f64) -> bool {
    bytes >= 1024.0 && bytes % 1024.0 == 0.0
}

/// How many significant digits an amount is written with, within what is tried.
fn digits(amount: f64) -> u32 {
    let mut scaled = amount.abs();
    while scaled >= 10.0 && scaled % 10.0 == 0.0 {
        scaled /= 10.0;
    }
    let written = format!("{scaled}").bytes().filter(u8::is_ascii_digit).count();
    u32::try_from(written).unwrap_or(DIGITS.1).clamp(DIGITS.0, DIGITS.1)
}

/// All amounts with so many significant digits.
fn decimals(bounds: Interval, digits: u32) -> Vec<f64> {
    let (first, last) = (10_u32.pow(digits - 1), 10_u32.pow(digits) - 1);
    let mut all = Vec::new();
    for exponent in -18_i32..=18 {
        // A quotient of whole numbers is the very number that is read where it is written.
        let power = 10_f64.powi(exponent.abs());
        let scale = |mantissa: u32| {
            if exponent < 0 { f64::from(mantissa) / power } else { f64::from(mantissa) * power }
        };
        if scale(last) < bounds.lo || scale(first) > bounds.hi {
            continue;
        }
        all.extend((first..=last).map(scale).filter(|amount| *amount >= bounds.lo && *amount <= bounds.hi));
    }
    all
}

/// Below a minute as decimals, then whole minutes, hours and days.
fn durations(bounds: Interval) -> Vec<f64> {
    let mut all = decimals(Interval { hi: bounds.hi.min(59.0), ..bounds }, DIGITS.0);
    for (unit, count) in CLOCK {
        all.extend((1..=count).map(|whole| f64::from(whole) * unit));
    }
    let days = Interval { lo: (bounds.lo / 86_400.0).max(365.0), hi: bounds.hi / 86_400.0 };
    all.extend(decimals(days, DIGITS.0).into_iter().map(|days| days * 86_400.0));
    all
}

/// Whole numbers of KiB, MiB, GiB and TiB with two significant digits, and bytes below.
fn binary(bounds: Interval) -> Vec<f64> {
    let counts = decimals(Interval { lo: 1.0, hi: 1023.0 }, DIGITS.0);
    let whole = counts.into_iter().filter(|count| count.fract() == 0.0);
    whole
        .flat_map(|count| BINARY.iter().map(move |unit| count * unit))
        .filter(|amount| *amount >= bounds.lo && *amount <= bounds.hi)
        .collect()
}
