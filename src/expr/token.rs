//! Cuts an expression into tokens; a literal keeps its unit.

use std::ops::Range;

use super::error::ExprError;

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A number with its unit, as written.
    Amount(&'t str),
    /// A name or a word.
    Name(&'t str),
    /// A text between double quotes.
    Quoted(&'t str),
    /// An operator or a bracket.
    Sign(&'static str),
}

const SIGNS: [&str; 16] = ["==", "!=", "<=", ">=", "..", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];
const UNITS: [&str; 18] =
    ["us", "ms", "s", "min", "m", "h", "d", "w", "y", "B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"];
const PER: [&str; 4] = ["s", "min", "h", "day"];

/// Cuts a text into tokens with their places.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, ExprError> {
    let mut all = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let start = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(all) };
        let (token, length) = if first.is_ascii_digit() {
            let length = amount(rest);
            (rest.get(..length).map(Token::Amount), length)
        } else if first.is_alphabetic() || first == '_' {
            let length = name(rest);
            (rest.get(..length).map(Token::Name), length)
        } else if first == '"' {
            match rest.get(1..).and_then(|inner| inner.find('"')) {
                Some(end) => (rest.get(1..=end).map(Token::Quoted), end + 2),
                None => return Err(ExprError::new(&(start..text.len()), "the text is not closed").help("add a `\"`")),
            }
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            (sign.map(Token::Sign), sign.map_or(1, str::len))
        };
        let Some(token) = token else {
            let at = start..start + first.len_utf8();
            return Err(ExprError::new(&at, format!("`{first}` means nothing here")));
        };
        all.push((token, start..start + length));
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The length of the name at the head: dots and hyphens join, where a letter or digit follows.
fn name(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((place, character)) = characters.next() {
        let joins = matches!(character, '-' | '.')
            && characters.peek().is_some_and(|(_, next)| next.is_alphanumeric() || *next == '_');
        if !(character.is_alphanumeric() || character == '_' || joins) {
            break;
        }
        end = place + character.len_utf8();
    }
    end
}

/// The length of the amount at the head: digits, a unit that touches them or follows one space, and `per` what time.
fn amount(text: &str) -> usize {
    let mut end = text.bytes().position(|byte| !(byte.is_ascii_digit() || byte == b'.')).unwrap_or(text.len());
    // A range's dots are not a number's.
    if let Some(dots) = text.get(..end).and_then(|number| number.find("..")) {
        end = dots;
    }
    let after = text.get(end..).unwrap_or_default();
    let touching = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'%').count();
    if touching > 0 {
        end += touching;
    } else if let Some(spaced) = after.strip_prefix(' ') {
        let word = spaced.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if spaced.get(..word).is_some_and(|word| UNITS.contains(&word)) {
            end += 1 + word;
        }
    }
    if let Some(per) = text.get(end..).and_then(|after| after.strip_prefix('/')) {
        let word = name(per);
        // `10/min(…)` divides by the smallest.
        let called = per.get(word..).is_some_and(|after| after.trim_start().starts_with('('));
        if !called && per.get(..word).is_some_and(|word| PER.contains(&word)) {
            end += 1 + word;
        }
    }
    end
}
