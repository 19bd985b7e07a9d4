//! What is wrong with a text, where, and how to repair it; and the list of them, which is bounded.
//! A problem knows its text only by spans; who shows it knows the source.

use super::{Manner, Span};

/// One thing that a person can repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Kebab-case name of the situation.
    pub code: &'static str,
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
    /// A second place that explains the first.
    pub related: Option<(Span, String)>,
}

impl Problem {
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: None, related: None }
    }

    pub(super) fn empty_file(text: &str, manner: Manner) -> Self {
        let message = if text.trim().is_empty() { "the file is empty" } else { "the file has no document" };
        let problem = Self::new("empty-file", Span::new(0, 0), message);
        match manner {
            Manner::Own => problem.help("write at least `name:` and `workload:`"),
            Manner::Foreign => problem,
        }
    }

    pub(super) fn too_deep(span: Span, limit: usize) -> Self {
        Self::new("too-deep", span, format!("nested deeper than {limit} levels"))
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related = Some((span, text.into()));
        self
    }
}

/// Problems of one text, never more than the limit: a broken file of 64 MB must not fill memory.
#[derive(Debug)]
pub(super) struct Problems {
    list: Vec<Problem>,
    limit: usize,
}

impl Problems {
    pub(super) fn new(limit: usize) -> Self {
        Self { list: Vec::new(), limit }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        if self.list.len() < self.limit {
            self.list.push(problem);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Readers stop here.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= self.limit
    }

    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.list
    }
}

/// At most the first 40 characters of what a person wrote, for use in a message.
pub(super) fn excerpt(text: &str) -> String {
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(40).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// Thousands separated, as messages write counts.
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
