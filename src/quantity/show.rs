//! Writes amounts: for people, in the unit that reads best; and exactly, in base units, to be read back.

use super::interval::Interval;
use super::kind::Kind;

/// Units from the largest to the smallest: how many base units, and the name.
const DURATIONS: [(f64, &str); 8] = [
    (31_536_000.0, "y"),
    (604_800.0, "w"),
    (86_400.0, "d"),
    (3600.0, "h"),
    (60.0, "min"),
    (1.0, "s"),
    (1e-3, "ms"),
    (1e-6, "us"),
];
const DECIMAL_BYTES: [(f64, &str); 5] = [(1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " KB"), (1.0, " B")];
const BINARY_BYTES: [(f64, &str); 4] =
    [(1_099_511_627_776.0, " TiB"), (1_073_741_824.0, " GiB"), (1_048_576.0, " MiB"), (1024.0, " KiB")];
const COUNTS: [(f64, &str); 4] = [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, "")];

/// An amount as people write it: `2k/s`, `50ms`, `2 KiB`, `7d`, `80%`, with three significant digits.
pub fn show(amount: f64, kind: Kind) -> String {
    if amount.is_nan() {
        return "unknown".to_owned();
    }
    if amount.is_infinite() {
        return if amount > 0.0 { "forever".to_owned() } else { "unknown".to_owned() };
    }
    if amount < 0.0 {
        return format!("-{}", show(-amount, kind));
    }
    match kind {
        Kind::Count => scaled(amount, &COUNTS),
        Kind::Factor => number(significant(amount)),
        Kind::Percentage => format!("{}%", number(significant(amount * 100.0))),
        Kind::Duration => duration(amount),
        Kind::Bytes => bytes(amount),
        Kind::Rate => rate(amount),
        Kind::ByteRate => format!("{}/s", bytes(amount)),
    }
}

/// A share as whole hundredths; certainty is only claimed where no draw disagrees.
pub fn show_share(share: f64) -> String {
    let hundredths = share * 100.0;
    if share < 1.0 && hundredths > 99.5 {
        "more than 99%".to_owned()
    } else if share > 0.0 && hundredths < 0.5 {
        "less than 1%".to_owned()
    } else {
        format!("{hundredths:.0}%")
    }
}

/// A range as people write it; one amount, where both ends read alike.
pub fn show_range(range: Interval, kind: Kind) -> String {
    let low = show(range.lo, kind);
    let high = show(range.hi, kind);
    if low == high { low } else { format!("{low}..{high}") }
}

/// A range in base units, without loss: `2000/s`, `0.05s`, `2048B`, `80%`, `500/s..2000/s`.
pub fn exact(range: Interval, kind: Kind) -> String {
    if range.is_point() {
        exact_amount(range.lo, kind)
    } else {
        format!("{}..{}", exact_amount(range.lo, kind), exact_amount(range.hi, kind))
    }
}

fn exact_amount(amount: f64, kind: Kind) -> String {
    match kind {
        Kind::Count | Kind::Factor => number(amount),
        Kind::Percentage => format!("{}%", hundredths(amount)),
        Kind::Duration => format!("{}s", number(amount)),
        Kind::Bytes => format!("{}B", number(amount)),
        Kind::Rate => format!("{}/s", number(amount)),
        Kind::ByteRate => format!("{}B/s", number(amount)),
    }
}

/// A share as a number of hundredths, by moving the decimal point: it reads back as this very share.
fn hundredths(amount: f64) -> String {
    let text = number(amount);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (near, rest) = fraction.split_at(fraction.len().min(2));
    let whole = format!("{whole}{near:0<2}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
}

/// The shortest decimal that reads back as this very number, without an exponent.
pub fn number(amount: f64) -> String {
    if amount.fract() == 0.0 && amount.abs() < WHOLE {
        return format!("{}", whole(amount));
    }
    format!("{amount}")
}

/// Below this every whole number is exact.
const WHOLE: f64 = 9_007_199_254_740_992.0;

#[expect(clippy::cast_possible_truncation, reason = "a whole number below 2⁵³")]
fn whole(amount: f64) -> i64 {
    amount as i64
}

/// Three significant digits; whole numbers below ten thousand stay whole.
fn significant(amount: f64) -> f64 {
    if amount == 0.0 || (amount.fract() == 0.0 && amount < 10_000.0) {
        return amount;
    }
    // The power of ten that leaves three digits before the point, by steps that are exact.
    let (mut up, mut down) = (1.0, 1.0);
    while amount * up < 100.0 && up < 1e15 {
        up *= 10.0;
    }
    while amount / down >= 1000.0 && down < 1e15 {
        down *= 10.0;
    }
    (amount * up / down).round() * down / up
}

fn scaled(amount: f64, units: &[(f64, &str)]) -> String {
    let rounded = significant(amount);
    let fitting = units.iter().find(|(size, _)| rounded >= *size).or(units.last());
    fitting.map_or_else(|| number(rounded), |(size, name)| format!("{}{name}", number(significant(rounded / size))))
}

/// Whole in the largest unit that leaves it whole and below a thousand, else the largest unit not above it.
fn duration(amount: f64) -> String {
    if amount == 0.0 {
        return "0s".to_owned();
    }
    let whole = |size: f64| {
        let count = amount / size;
        let halves = count * 2.0;
        count >= 1.0 && (halves - halves.round()).abs() < 1e-9 * halves.max(1.0)
    };
    let readable = DURATIONS.iter().filter(|(_, name)| *name != "w" && *name != "y");
    let exact =
        DURATIONS.iter().filter(|(_, name)| *name != "w").find(|(size, _)| whole(*size) && amount / size < 1000.0);
    if let Some((size, name)) = exact {
        return format!("{}{name}", number((amount / size * 2.0).round() / 2.0));
    }
    let fitting = readable.clone().find(|(size, _)| amount >= *size).or_else(|| readable.clone().next_back());
    fitting.map_or_else(|| number(amount), |(size, name)| format!("{}{name}", number(significant(amount / size))))
}

/// In powers of 1024 where that is whole and powers of ten are not; else in powers of ten.
fn bytes(amount: f64) -> String {
    let short = |size: f64| {
        let count = amount / size;
        count >= 1.0 && (count * 10.0).fract() == 0.0 && count < 1024.0
    };
    let decimal = DECIMAL_BYTES.iter().find(|(size, _)| amount >= *size).is_some_and(|(size, _)| short(*size));
    if let (false, Some((size, name))) = (decimal, BINARY_BYTES.iter().find(|(size, _)| short(*size))) {
        return format!("{}{name}", number(amount / size));
    }
    scaled(amount, &DECIMAL_BYTES)
}

/// Below one a minute reads better by the hour, below one a second by the minute.
fn rate(amount: f64) -> String {
    for (seconds, name) in [(1.0, "s"), (60.0, "min"), (3600.0, "h"), (86_400.0, "day")] {
        let count = amount * seconds;
        if amount == 0.0 || count >= 0.1 {
            return format!("{}/{name}", scaled(count, &COUNTS));
        }
    }
    format!("{}/day", number(significant(amount * 86_400.0)))
}
