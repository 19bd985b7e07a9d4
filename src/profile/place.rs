//! The text in which a value stands: a source of the run, or a setting of the command line. Gives diagnostics their
//! place and their fixed line; decides nothing.

use std::ops::Range;

use super::fixed_line::{fixed_line, literal};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Format, Span};

/// The text in which a value stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'s> {
    /// The text; of a setting, what follows its flag.
    pub(super) text: &'s str,
    /// How it is written.
    pub(super) format: Format,
    /// Its place among the sources; none for a setting.
    pub(super) source: Option<usize>,
    /// The flag that gives a setting.
    pub(super) flag: &'static str,
}

/// States a fact on the command line.
pub(super) const SET: &str = "--set";

impl Place<'_> {
    /// A diagnostic at a place of the text. A setting has no line to point at, so the message quotes it.
    pub(super) fn say(
        &self,
        severity: Severity,
        code: &'static str,
        span: Span,
        message: &str,
        label: &str,
    ) -> Diagnostic {
        if let Some(source) = self.source {
            return Diagnostic::new(severity, code, message).at(source, span, label);
        }
        let setting = excerpt(self.text);
        let said = Diagnostic::new(severity, code, format!("{message} in `{} {setting}`", self.flag));
        if label.is_empty() { said } else { said.help(label) }
    }

    /// How a fact is named on the command line.
    pub(super) fn example(&self) -> String {
        format!(
            "facts are written in full, as in `{} latency.p99{}`",
            self.flag,
            if self.flag == SET { "=50ms" } else { "" }
        )
    }

    /// A span of the text as a fact's or a choice's place; none for a setting.
    pub(super) fn span(&self, span: Span) -> Option<Span> {
        self.source.map(|_| span)
    }

    /// How the line should read, with `value` as the format writes it.
    pub(super) fn fixed(&self, span: Span, value: &str) -> String {
        self.fixed_raw(span, &literal(self.text, self.format, span, value))
    }

    /// How the line should read, with `replacement` exactly so.
    pub(super) fn fixed_raw(&self, span: Span, replacement: &str) -> String {
        let line = fixed_line(self.text, span, replacement);
        match (line, self.source) {
            (Some(line), Some(_)) => format!("write `{line}`"),
            (Some(line), None) => format!("write `{} {line}`", self.flag),
            (None, _) => format!("write `{}`", excerpt(replacement)),
        }
    }

    /// The part `at` of a scalar's text as a place, where the text stands there unescaped; else the whole scalar.
    pub(super) fn inside(&self, span: Span, text: &str, at: &Range<usize>) -> Span {
        let written = span.text(self.text);
        let quote = match written.len().checked_sub(text.len()) {
            Some(0) if written == text => 0,
            Some(2) if written.get(1..=text.len()) == Some(text) => 1,
            _ => return span,
        };
        let first = span.start as usize + quote;
        let (start, end) = (at.start.min(text.len()), at.end.min(text.len()));
        if start < end { Span::new(first + start, first + end) } else { span }
    }
}

/// What a person wrote, for a message: one line of at most forty characters.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let shown = |character: char| if character.is_control() { ' ' } else { character };
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(LONGEST).map(shown).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// Words between backticks, as in "`a`, `b` or `c`".
pub(super) fn alternatives<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_one_short_line() {
        assert_eq!(excerpt("a\nb"), "a b");
        assert_eq!(excerpt(&"ä".repeat(41)).chars().count(), 41);
    }

    #[test]
    fn alternatives_read_as_a_sentence() {
        assert_eq!(alternatives(["a"]), "`a`");
        assert_eq!(alternatives(["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn a_part_of_a_scalar_has_its_own_place() {
        let text = "peak: \"2 kps\"";
        let place = Place { text, format: Format::Yaml, source: Some(0), flag: SET };
        let whole = Span::new(6, 13);
        assert_eq!(place.inside(whole, "2 kps", &(2..5)), Span::new(9, 12));
        assert_eq!(place.inside(whole, "other", &(2..5)), whole);
        assert_eq!(place.inside(Span::new(7, 12), "2 kps", &(0..1)), Span::new(7, 8));
    }
}
