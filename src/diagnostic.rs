//! What a person is told: how bad it is, where, why, and how to repair it.
//! Gives values to sort and to count; printing them is for `render`.

use std::borrow::Cow;

use crate::source::{Problem, Span};

/// How bad it is, from least to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Probably a mistake.
    Warning,
    /// Nothing is answered until it is repaired.
    Error,
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kebab-case name of the situation, such as `unknown-fact`; of a finding its whole id.
    pub code: Cow<'static, str>,
    pub severity: Severity,
    pub message: String,
    /// The places; the primary one says where it is, the others why.
    pub labels: Vec<Label>,
    /// Why it should be otherwise.
    pub notes: Vec<String>,
    pub help: Vec<String>,
}

/// A place, and what is to be seen there (may be empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Index of the source in the run.
    pub source: usize,
    pub span: Span,
    pub text: String,
    pub primary: bool,
}

impl Diagnostic {
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    pub fn new(severity: Severity, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A problem of one of the sources of the run.
    pub fn from_problem(source: usize, problem: Problem) -> Self {
        let mut diagnostic = Self::error(problem.code, problem.message).at(source, problem.span, "");
        if let Some((span, text)) = problem.related {
            diagnostic = diagnostic.also(source, span, text);
        }
        diagnostic.help.extend(problem.help);
        diagnostic
    }

    /// Where it is.
    #[must_use]
    pub fn at(self, source: usize, span: Span, text: impl Into<String>) -> Self {
        self.label(source, span, text, true)
    }

    /// Another place that explains it.
    #[must_use]
    pub fn also(self, source: usize, span: Span, text: impl Into<String>) -> Self {
        self.label(source, span, text, false)
    }

    fn label(mut self, source: usize, span: Span, text: impl Into<String>, primary: bool) -> Self {
        self.labels.push(Label { source, span, text: text.into(), primary });
        self
    }

    /// Why it should be otherwise.
    #[must_use]
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// How to repair it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The label that says where it is.
    pub fn primary(&self) -> Option<&Label> {
        self.labels.iter().find(|label| label.primary).or_else(|| self.labels.first())
    }
}

/// By source, then by place; what has no place comes first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let place = |it: &Diagnostic| it.primary().map(|label| (label.source, label.span));
        (place(a), &a.code, &a.message).cmp(&(place(b), &b.code, &b.message))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_source_and_place() {
        let at = |source, start| Diagnostic::error("x", "m").at(source, Span::new(start, start), "");
        let mut all = vec![at(1, 0), at(0, 9), Diagnostic::note("y", "no place"), at(0, 2)];
        sort(&mut all);
        let places: Vec<_> = all.iter().map(|it| it.primary().map(|it| (it.source, it.span.start))).collect();
        assert_eq!(places, [None, Some((0, 2)), Some((0, 9)), Some((1, 0))]);
    }

    #[test]
    fn severities_are_ordered() {
        assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
    }
}
