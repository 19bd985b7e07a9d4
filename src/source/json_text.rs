//! Strings and numbers of JSON: escapes, surrogate pairs, and what is not a number.

use std::borrow::Cow;

use super::json::{Read, Reader};
use super::problem::excerpt;
use super::{Problem, Span};

/// Reads a string at its opening quote; borrowed unless it has escapes.
pub(super) fn string<'a>(reader: &mut Reader<'a, '_>) -> Read<Cow<'a, str>> {
    let opening = reader.at;
    let start = opening + 1;
    let mut owned: Option<String> = None;
    let mut run = start;
    loop {
        let rest = reader.text.as_bytes().get(run..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r' | b'\t'));
        let Some(stop) = length.map(|length| run + length) else {
            return Err(never_closed(opening));
        };
        let part = reader.text.get(run..stop).unwrap_or_default();
        match reader.text.as_bytes().get(stop) {
            Some(b'"') => {
                reader.at = stop + 1;
                return Ok(match owned {
                    None => Cow::Borrowed(part),
                    Some(mut text) => {
                        text.push_str(part);
                        Cow::Owned(text)
                    }
                });
            }
            Some(b'\\') => {
                let text = owned.get_or_insert_default();
                text.push_str(part);
                let (character, length) = escape(reader.text, stop)?;
                text.push(character);
                run = stop + length;
            }
            Some(b'\t') => {
                let place = Span::new(stop, stop + 1);
                return Err(Problem::new("syntax", place, "a tab inside a string").help("write it as `\\t`"));
            }
            _ => return Err(never_closed(opening)),
        }
    }
}

fn never_closed(opening: usize) -> Problem {
    Problem::new("syntax", Span::new(opening, opening + 1), "this quote is not closed on its line")
}

/// The character of the escape at a backslash, and how many bytes it takes.
fn escape(text: &str, at: usize) -> Read<(char, usize)> {
    let simple = |character| Ok((character, 2));
    match text.as_bytes().get(at + 1) {
        Some(b'"') => simple('"'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => unicode(text, at),
        _ => {
            let next = Span::character(text, at + 1);
            let place = Span::new(at, next.end as usize);
            Err(Problem::new("syntax", place, "JSON has no such escape").help("write `\\\\` for a backslash"))
        }
    }
}

fn unicode(text: &str, at: usize) -> Read<(char, usize)> {
    let wrong = |length: usize, message: &str| {
        let end = (at + length).min(text.len());
        let end = super::position::floor(text, end);
        Err(Problem::new("syntax", Span::new(at, end), message))
    };
    let Some(high) = hex(text, at) else {
        return wrong(2, "expected four hexadecimal digits after `\\u`");
    };
    if let Some(character) = char::from_u32(high) {
        return Ok((character, 6));
    }
    let low = hex(text, at + 6).filter(|low| (0xdc00..0xe000).contains(low));
    let (0xd800..0xdc00, Some(low)) = (high, low) else {
        return wrong(6, "half of a surrogate pair");
    };
    let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    char::from_u32(code).map_or_else(|| wrong(12, "not a character"), |it| Ok((it, 12)))
}

/// The number of `\uXXXX` at an offset.
fn hex(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

/// `-`, an integer without leading zero, a fraction, an exponent.
pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = word.split_once(['e', 'E']).map_or((word, None), |(mantissa, it)| (mantissa, Some(it)));
    let (integer, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(integer, it)| (integer, Some(it)));
    let exponent = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    digits(integer)
        && (integer == "0" || !integer.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

pub(super) fn not_a_value(word: &str, span: Span) -> Problem {
    let lower = word.to_ascii_lowercase();
    let digits = word.trim_start_matches(['+', '-']);
    if matches!(lower.as_str(), "true" | "false" | "null") {
        let message = format!("`{word}` is not a JSON value");
        return Problem::new("syntax", span, message).help(format!("write `{lower}`"));
    }
    let message = format!("`{}` is not a JSON value", excerpt(word));
    let problem = Problem::new("syntax", span, message);
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|it| it.is_ascii_digit()) {
        problem.help("numbers have no leading zeros")
    } else if word.starts_with('+') {
        problem.help("numbers have no leading `+`")
    } else {
        problem.help(format!("put text in double quotes: `\"{}\"`", excerpt(word)))
    }
}
