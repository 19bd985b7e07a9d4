//! What is wrong with an expression, and where in its text.

use std::ops::Range;

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExprError {
    /// What is wrong.
    pub message: String,
    /// Where in the text.
    pub at: Range<usize>,
    /// The remedy.
    pub help: Option<String>,
}

impl ExprError {
    /// An error at a place.
    pub(super) fn new(at: &Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), at: at.clone(), help: None }
    }

    /// The same with a remedy.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}
