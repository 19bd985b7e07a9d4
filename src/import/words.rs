//! Names, amounts and lists as comments and profiles write them: short, on one line, and such that they read back.

use crate::quantity::{Interval, Kind, exact, number, parse, show};

/// The longest name of a flow, and the longest part of a foreign text in a comment.
const LONGEST: usize = 60;

/// A foreign text in quotes: on one line, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", short(text, LONGEST))
}

/// The beginning of a text without anything that would end a line or move a cursor.
pub(super) fn short(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for (count, sign) in text.chars().enumerate() {
        if count == longest {
            out.push('…');
            break;
        }
        out.push(if is_plain(sign) { sign } else { ' ' });
    }
    out
}

/// Whether a character is only itself: no control, no break of a line, nothing that turns the direction of writing.
fn is_plain(sign: char) -> bool {
    !sign.is_control()
        && !matches!(sign, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Some names of many: `"a", "b" and 7 more`.
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 5;
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| quoted(name)).collect();
    match (names.len().saturating_sub(SHOWN), &shown[..]) {
        (0, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (0, _) => shown.concat(),
        (more, _) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A count with what is counted: `1 topic`, `3 topics`.
pub(super) fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// An amount as people write it wherever that is this very amount, else exactly.
pub(super) fn amount(amount: f64, kind: Kind) -> String {
    let shown = show(amount, kind);
    if amount.is_infinite() {
        return shown;
    }
    let point = Interval::point(amount);
    let reads_back = |text: &str| parse(text, &[kind]).is_ok_and(|(read, _)| read == point);
    if reads_back(&shown) {
        return shown;
    }
    // A thousand minutes are no round number of hours.
    let whole = if kind == Kind::Duration { &WHOLE[..] } else { &[] };
    let in_units = whole.iter().map(|(unit, name)| format!("{}{name}", number(amount / unit)));
    in_units
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .find(|text| reads_back(text))
        .unwrap_or_else(|| exact(point, kind))
}

/// Units of time, from the largest, in seconds.
const WHOLE: [(f64, &str); 5] = [(86_400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (0.001, "ms")];

/// A name as flows have one: lower case letters, digits and hyphens. `None` where nothing of it is left.
pub(super) fn slug(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut before = ' ';
    for sign in name.chars() {
        // `lightingMeasured` is two words.
        let begins_word = sign.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit());
        if (!sign.is_ascii_alphanumeric() || begins_word) && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if sign.is_ascii_alphanumeric() {
            out.push(sign.to_ascii_lowercase());
        }
        before = sign;
        if out.len() >= LONGEST {
            break;
        }
    }
    let out = out.trim_matches('-');
    (!out.is_empty()).then(|| out.to_owned())
}

/// A name with `#` in the place of each number, by which names of one making are known: `user.17`, `job-5f3c9a…`.
pub(super) fn pattern(name: &str) -> String {
    let mut out = String::new();
    for (place, part) in name.split(['.', '-', '_', '/', ':']).enumerate() {
        if place > 0 {
            out.push('.');
        }
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_id = part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit());
        if is_number || is_id {
            out.push('#');
        } else {
            out.push_str(part.trim_end_matches(|sign: char| sign.is_ascii_digit()));
            if part.ends_with(|sign: char| sign.is_ascii_digit()) {
                out.push('#');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_names_of_flows() {
        for (name, expected) in [
            ("orders", Some("orders")),
            ("Orders.Created_v2", Some("orders-created-v2")),
            ("lightingMeasured", Some("lighting-measured")),
            ("smartylighting/{streetlightId}/event", Some("smartylighting-streetlight-id-event")),
            ("--- …", None),
            ("Größe", Some("gr-e")),
        ] {
            assert_eq!(slug(name).as_deref(), expected, "{name}");
        }
        assert!(slug(&"x".repeat(1000)).is_some_and(|slug| slug.len() <= LONGEST));
    }

    #[test]
    fn numbered_names_are_of_one_making() {
        assert_eq!(pattern("user.1"), pattern("user.27"));
        assert_eq!(pattern("user1.inbox"), pattern("user22.inbox"));
        assert_eq!(pattern("job-5f3c9a01-x"), pattern("job-00aa11bb-x"));
        assert_ne!(pattern("orders.created"), pattern("orders.paid"));
        assert_ne!(pattern("user.1"), pattern("user.a"));
    }

    #[test]
    fn amounts_read_well_and_read_back() {
        assert_eq!(amount(604_800.0, Kind::Duration), "7d");
        assert_eq!(amount(60_000.0, Kind::Duration), "1000min");
        assert_eq!(amount(90_061.0, Kind::Duration), "90061s");
        assert_eq!(amount(1_048_576.0, Kind::Bytes), "1 MiB");
        assert_eq!(amount(f64::INFINITY, Kind::Duration), "forever");
    }

    #[test]
    fn foreign_texts_stay_on_their_line() {
        assert_eq!(quoted("a\nb\u{202e}c"), "\"a b c\"");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), LONGEST + 3);
        assert_eq!(list(["a"]), "\"a\"");
        assert_eq!(list(["a", "b"]), "\"a\" and \"b\"");
        assert_eq!(list(["1", "2", "3", "4", "5", "6"]), "\"1\", \"2\", \"3\", \"4\", \"5\" and 1 more");
        assert_eq!(list([]), "");
    }
}
