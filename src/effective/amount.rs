//! Reads the value of a key as an amount in base units, in the notations that broker files use. What it cannot read is no
//! amount: whether a value is right by itself is not asked here.

use crate::knowledge::{CatalogueKey, KeyUnit};
use crate::quantity::{Kind, parse};

/// The amount of a value; endless, where the value says that there is no limit.
pub fn amount(key: &CatalogueKey, text: &str) -> Option<f64> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("infinity") {
        return Some(f64::INFINITY);
    }
    if key.unit == KeyUnit::Age {
        return age(text);
    }
    let (per_unit, kind) = key.unit.measure();
    let Some(number) = plain(text) else { return with_unit(text, kind) };
    // Below nothing, or at the end of what the key can hold, is no limit at all.
    let endless = number < 0.0 || key.max.is_some_and(|max| number >= max && max >= LARGEST);
    Some(if endless { f64::INFINITY } else { number * per_unit })
}

/// The largest amount that somebody may mean: 64 bits hold more.
const LARGEST: f64 = 9e18;

/// A bare number: an exponent, a sign of infinity or an empty text is none.
fn plain(text: &str) -> Option<f64> {
    let digits = |byte: u8| byte.is_ascii_digit() || byte == b'.' || byte == b'-';
    if !text.bytes().all(digits) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// `1GB`, `512MiB`, `30s`. A single letter, which one program takes for 1000 and another for 1024, is not read.
fn with_unit(text: &str, kind: Kind) -> Option<f64> {
    const BINARY: [(&str, &str); 8] = [
        ("kB", "KB"),
        ("kb", "KB"),
        ("mb", "MB"),
        ("gb", "GB"),
        ("Ki", "KiB"),
        ("Mi", "MiB"),
        ("Gi", "GiB"),
        ("kiB", "KiB"),
    ];
    if !matches!(kind, Kind::Bytes | Kind::Duration) || text.contains("..") {
        return None;
    }
    let split = text.find(|letter: char| letter.is_alphabetic())?;
    let (number, unit) = (text.get(..split)?.trim(), text.get(split..)?);
    let unit = BINARY.iter().find(|(written, _)| *written == unit).map_or(unit, |(_, unit)| unit);
    let (amount, _) = parse(&format!("{number} {unit}"), &[kind]).or_else(|_| parse(text, &[kind])).ok()?;
    amount.is_point().then_some(amount.lo)
}

/// `7D`: a whole number and one letter.
fn age(text: &str) -> Option<f64> {
    let split = text.len().checked_sub(1)?;
    let (number, letter) = (text.get(..split)?, text.get(split..)?);
    let seconds = match letter {
        "Y" => 31_536_000.0,
        "M" => 2_592_000.0,
        "D" => 86_400.0,
        "h" => 3600.0,
        "m" => 60.0,
        "s" => 1.0,
        _ => return None,
    };
    let whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<f64>().ok().filter(|_| whole).map(|number| number * seconds)
}
