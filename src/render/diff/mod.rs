//! What a move changes, one format a file; `phrases` holds the words that the formats share.

pub mod human;
pub mod json;
pub mod markdown;
mod phrases;
mod settings;

use super::Report;
use crate::advice::Advice;
use crate::knowledge::KnowledgeBase;
use crate::transition::Transition;

/// One flow, as it is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'r> {
    /// What every format needs.
    pub report: &'r Report<'r>,
    /// The advice for what is left.
    pub before: &'r Advice<'r>,
    /// The advice for what is moved to.
    pub after: &'r Advice<'r>,
    /// What changes.
    pub transition: &'r Transition,
}

impl<'r> Flow<'r> {
    fn knowledge(&self) -> &'r KnowledgeBase<'r> {
        self.report.knowledge
    }
}
