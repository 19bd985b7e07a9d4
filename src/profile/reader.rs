//! What reading carries along: the knowledge, the keys, the text that is read, and what is wrong so far. What is
//! wrong is bounded, so that a broken input of any size costs no more than its reading.

use super::field::Fields;
use super::place::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge::KnowledgeBase;
use crate::source::{Node, Scalar, Span};
use crate::suggestion::nearest;

/// After so many errors reading stops, and so many notes are kept.
pub(super) const MOST: usize = 10_000;

/// What reading carries along.
#[derive(Debug)]
pub(super) struct Reader<'r, 'a> {
    /// What is known.
    pub(super) knowledge: &'r KnowledgeBase<'a>,
    /// Which keys stand where.
    pub(super) fields: &'r Fields<'r>,
    /// The text that is read.
    pub(super) place: Place<'r>,
    found: Vec<Diagnostic>,
    errors: usize,
}

impl<'r, 'a> Reader<'r, 'a> {
    /// A reader of one text.
    pub(super) fn new(knowledge: &'r KnowledgeBase<'a>, fields: &'r Fields<'r>, place: Place<'r>) -> Self {
        Self { knowledge, fields, place, found: Vec::new(), errors: 0 }
    }

    /// Notes what is wrong.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
            if self.errors <= MOST {
                self.found.push(diagnostic);
            }
        } else if self.found.len() < self.errors + MOST {
            self.found.push(diagnostic);
        }
    }

    /// Nothing more is read.
    pub(super) fn is_full(&self) -> bool {
        self.errors >= MOST
    }

    /// Everything that is wrong.
    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// An error at a place of the text.
    pub(super) fn error(&self, code: &'static str, span: Span, message: &str, label: &str) -> Diagnostic {
        self.place.say(Severity::Error, code, span, message, label)
    }

    /// Notes that a value has the wrong shape.
    pub(super) fn wrong_shape(&mut self, what: &str, node: &Node<'_>, expected: &str) {
        self.wrong_shape_but(what, node, expected, None);
    }

    /// Notes that a value has the wrong shape, and how it is written.
    pub(super) fn wrong_shape_but(&mut self, what: &str, node: &Node<'_>, expected: &str, help: Option<String>) {
        let message = format!("`{what}` must be {expected}, not {}", node.describe());
        let mut error = self.error("wrong-shape", node.span, &message, &format!("expected {expected}"));
        error.help.extend(help);
        self.push(error);
    }

    /// A text; another shape is noted.
    pub(super) fn scalar<'n>(&mut self, what: &str, node: &'n Node<'_>, expected: &str) -> Option<&'n Scalar<'n>> {
        let scalar = node.as_scalar();
        if scalar.is_none() {
            self.wrong_shape(what, node, expected);
        }
        scalar
    }

    /// Adds the nearest right word, if one is near.
    pub(super) fn did_you_mean<'w>(
        &self,
        error: Diagnostic,
        span: Span,
        word: &str,
        among: impl Iterator<Item = &'w str>,
    ) -> Diagnostic {
        match nearest(word, among) {
            Some(near) => self.suggest(error, span, near),
            None => error,
        }
    }

    /// Adds the word that seems to be meant, and the line as it then reads.
    pub(super) fn suggest(&self, error: Diagnostic, span: Span, near: &str) -> Diagnostic {
        let error = error.help(format!("did you mean `{near}`?"));
        let fixed = self.place.fixed(span, near);
        if fixed == format!("write `{near}`") { error } else { error.help(fixed) }
    }
}
