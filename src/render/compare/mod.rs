//! Capability models side by side, one format a file; `phrases` holds the words that the formats share.

mod human;
mod json;
mod markdown;
mod matrix;
mod phrases;

pub use human::human;
pub use json::json;
pub use markdown::markdown;

pub(super) use json::source;
pub(super) use markdown::sources;
pub(super) use phrases::caveat;

use crate::comparison::Comparison;
use crate::knowledge::KnowledgeBase;

/// What is rendered.
#[derive(Debug, Clone, Copy)]
pub struct CompareReport<'r> {
    /// What everything rests on.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// What was compared.
    pub comparison: &'r Comparison<'r>,
    /// Only differences were asked for.
    pub differences: bool,
}
