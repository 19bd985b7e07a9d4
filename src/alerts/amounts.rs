//! Amounts as an alerting system takes them: bare numbers in base units, durations in its own writing, and texts in
//! which both stand behind a `$`.

use crate::quantity::number;

/// Units of durations, from the largest on.
const UNITS: [(f64, &str); 4] = [(86_400.0, "d"), (3600.0, "h"), (60.0, "m"), (1.0, "s")];

/// A duration: `90s`, `5m`, `12h`, in the largest unit that leaves it whole; below a second in milliseconds.
pub fn duration(seconds: f64) -> String {
    if seconds < 1.0 {
        return format!("{}ms", number((seconds * 1000.0).ceil().max(0.0)));
    }
    let seconds = seconds.ceil();
    let unit = UNITS.iter().find(|(size, _)| seconds % size == 0.0);
    unit.map_or_else(|| format!("{}s", number(seconds)), |(size, name)| format!("{}{name}", number(seconds / size)))
}

/// A number with at most six digits behind the point.
pub fn plain(amount: f64) -> String {
    number((amount * 1e6).round() / 1e6)
}

/// A text in which every `$name` is replaced that `hole` knows; the longest name counts.
pub(super) fn filled(text: &str, hole: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('$') {
        out.push_str(before);
        let end = behind.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_').unwrap_or(behind.len());
        let (name, after) = behind.split_at(end);
        if let Some(value) = hole(name) {
            out.push_str(&value);
        } else {
            out.push('$');
            out.push_str(name);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{duration, filled, plain};

    #[test]
    fn durations_are_whole_in_the_largest_unit() {
        for (seconds, text) in [(0.05, "50ms"), (1.0, "1s"), (90.0, "90s"), (300.0, "5m"), (5400.0, "90m")] {
            assert_eq!(duration(seconds), text);
        }
        assert_eq!(duration(172_800.0), "2d");
        assert_eq!(duration(61.2), "62s");
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(20_000.0), "20000");
    }

    #[test]
    fn known_names_are_filled_and_others_stay() {
        let hole = |name: &str| (name == "queue").then(|| "orders".to_owned());
        assert_eq!(filled("{queue=~\"$queue\"} $value", hole), "{queue=~\"orders\"} $value");
    }
}
