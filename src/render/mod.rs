//! One file per output format, all over one [`Report`]. Takes finished advice and gives text; decides nothing and
//! prints nothing.

pub mod diagnostics;
pub mod human;
pub mod json;
pub mod markdown;
mod matrix;
mod paragraph;
mod sentences;
pub mod starter;

use crate::advice::Advice;
use crate::knowledge::KnowledgeBase;
use crate::source::Source;

/// What is rendered: the advice for every flow of a run.
#[derive(Debug)]
pub struct Report<'r> {
    /// What everything rests on.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// The texts that were read.
    pub sources: &'r [Source],
    /// One advice a flow.
    pub flows: &'r [Advice<'r>],
    /// On how many draws shares rest.
    pub samples: usize,
}

impl Report<'_> {
    /// Where a flow stands: the name of its source and its line.
    pub fn place(&self, advice: &Advice<'_>) -> Option<(&str, usize)> {
        let source = self.sources.get(advice.profile.source?)?;
        Some((source.name.as_str(), source.position(advice.profile.span.start).line))
    }
}
