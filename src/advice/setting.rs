//! One advised setting, and how amounts become a broker's own literals.

use crate::expr::FactId;
use crate::knowledge::{CatalogueKey, KeyType, KeyUnit, Measure, Scope};
use crate::quantity::{Kind, number, show};

/// One setting with everything that is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The broker's own spelling.
    pub key: String,
    /// Who applies it.
    pub scope: Scope,
    /// The advised value, as the broker reads it.
    pub value: String,
    /// The same for people.
    pub shown: String,
    /// The default of the version that is run, as the broker reads it; empty for none.
    pub default: String,
    /// How the value came about, with the profile's numbers.
    pub formula: String,
    /// The facts that its condition and its formula read; none where formulas are left out.
    pub facts: Vec<FactId>,
    /// Why.
    pub why: String,
    /// What happens otherwise.
    pub risk: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
    /// The same for every profile.
    pub constant: bool,
}

/// Writes an amount in base units as the broker reads it, within the key's limits, and for people.
pub fn literal(key: &CatalogueKey, amount: f64) -> (String, String) {
    written_as(key.measure(), amount)
}

/// Writes an amount in base units as whatever has such values reads it, within its limits, and for people.
pub fn written_as(key: Measure, amount: f64) -> (String, String) {
    if key.unit == KeyUnit::Age {
        let age = age(amount);
        return (age, show(amount, Kind::Duration));
    }
    let (per_unit, kind) = key.unit.measure();
    // Twelve digits are kept before rounding up, so that 0.3 s is 300 ms and not 301.
    let raw = amount / per_unit;
    let rounded = if key.kind == KeyType::Integer { (raw - raw.abs() * 1e-12).ceil() } else { raw };
    let held = rounded.max(key.min.unwrap_or(f64::NEG_INFINITY)).min(key.max.unwrap_or(f64::INFINITY));
    let held = if held.abs() < 1e-12 { 0.0 } else { held };
    let shown = match key.unit {
        _ if held < 0.0 => "no limit".to_owned(),
        KeyUnit::Count | KeyUnit::Age => number(held),
        _ => show(held * per_unit, kind),
    };
    (format!("{held}"), shown)
}

/// `7D`: the largest unit in which an age is a whole number.
fn age(seconds: f64) -> String {
    const UNITS: [(f64, char); 6] =
        [(31_536_000.0, 'Y'), (2_592_000.0, 'M'), (86_400.0, 'D'), (3600.0, 'h'), (60.0, 'm'), (1.0, 's')];
    let whole = seconds.ceil().max(1.0);
    let fits = |unit: f64| (whole / unit).fract().abs() < 1e-9 && unit < 2_592_000.0;
    UNITS
        .iter()
        .find(|(unit, _)| fits(*unit))
        .map_or_else(|| format!("{whole}s"), |(unit, letter)| format!("{}{letter}", whole / unit))
}
