//! Shows the line of a text as it should read. Takes a text, a place in it and what should stand there; gives a
//! line only where it is short, and never reads more of the text than a short line has.

use crate::source::{Format, Span};

/// Longer lines are not shown again.
const LONGEST: usize = 72;

/// The line around `span` with `replacement` in its place, without indentation, end comma and comment.
pub(super) fn fixed_line(text: &str, span: Span, replacement: &str) -> Option<String> {
    let range = span.range();
    if text.get(range.clone())?.contains('\n') {
        return None;
    }
    let before = line_end(text.get(..range.start)?)?;
    let after = line_start(text.get(range.end..)?)?;
    let after = after.find(" #").map_or(after, |comment| after.get(..comment).unwrap_or_default());
    let line = format!("{before}{replacement}{after}");
    let line = line.trim().trim_end_matches(',').trim_start_matches("- ");
    (!line.is_empty() && line.chars().count() <= LONGEST).then(|| line.to_owned())
}

/// A value as the format writes it: between the quotes that stand there, or those that the format needs.
pub(super) fn literal(text: &str, format: Format, span: Span, value: &str) -> String {
    let plain = value == "true" || value == "false" || value.bytes().all(|byte| byte.is_ascii_digit());
    match span.text(text).chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{value}{quote}"),
        _ if format != Format::Yaml && !plain => format!("\"{value}\""),
        _ => value.to_owned(),
    }
}

/// What stands before on the same line; nothing where that is too long.
fn line_end(before: &str) -> Option<&str> {
    let from = boundary(before, before.len().saturating_sub(4 * LONGEST));
    let near = before.get(from..)?;
    match near.rfind('\n') {
        Some(newline) => near.get(newline + 1..),
        None => (from == 0).then_some(near),
    }
}

/// What stands after on the same line; nothing where that is too long.
fn line_start(after: &str) -> Option<&str> {
    let to = boundary(after, 4 * LONGEST);
    let near = after.get(..to)?;
    match near.find(['\n', '\r']) {
        Some(newline) => near.get(..newline),
        None => (to == after.len()).then_some(near),
    }
}

/// The nearest character boundary at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(text: &str, wrong: &str, right: &str) -> Option<String> {
        let start = text.find(wrong).unwrap();
        fixed_line(text, Span::new(start, start + wrong.len()), right)
    }

    #[test]
    fn only_the_line_is_shown() {
        let text = "a: 1\n  peak: 2000,  # busy\nb: 2\n";
        assert_eq!(fix(text, "2000", "2k/s").as_deref(), Some("peak: 2k/s"));
    }

    #[test]
    fn a_long_line_is_not_shown() {
        let text = format!("{}x: 1{}", "ä".repeat(5_000), "ä".repeat(5_000));
        assert_eq!(fix(&text, "x: 1", "x: 2"), None);
    }

    #[test]
    fn a_value_over_several_lines_is_not_shown() {
        assert_eq!(fix("a: >\n  b\n  c\n", "b\n  c", "d"), None);
    }

    #[test]
    fn quotes_stay_or_are_added_where_the_format_needs_them() {
        let quoted = "\"1000\"";
        let all = Span::new(0, quoted.len());
        assert_eq!(literal(quoted, Format::Json, all, "1k/s"), "\"1k/s\"");
        assert_eq!(literal("1000", Format::Toml, Span::new(0, 4), "1k/s"), "\"1k/s\"");
        assert_eq!(literal("1000", Format::Yaml, Span::new(0, 4), "1k/s"), "1k/s");
        assert_eq!(literal("2.5", Format::Json, Span::new(0, 3), "3"), "3");
    }
}
