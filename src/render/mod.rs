//! One file per output format. Each takes the advice for one flow after the other and gives text, so that ten thousand
//! flows are never held as text at once; decides nothing and prints nothing.

pub mod adr;
pub mod baseline;
pub mod compare;
pub mod diagnosis;
pub mod diagnostics;
pub mod diff;
pub mod explain;
pub mod export;
mod firm;
mod flows;
pub mod gate;
pub mod human;
pub mod init;
pub mod interview;
pub mod json;
#[cfg(feature = "cli")]
pub mod man;
pub mod map;
pub mod markdown;
mod matrix;
pub mod packs;
mod paragraph;
pub mod portfolio;
pub mod profile;
pub mod review;
pub mod rules;
mod sentences;
pub mod starter;
pub mod tuning;

use crate::advice::{Advice, Depth};
use crate::knowledge::KnowledgeBase;
use crate::source::{LineIndex, Source, Span};

/// What every format needs beside the advice itself.
#[derive(Debug)]
pub struct Report<'r> {
    /// What everything rests on.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// The texts that were read.
    pub sources: &'r [Source],
    /// Where their lines begin.
    lines: Vec<LineIndex<'r>>,
    /// On how many draws shares rest.
    pub samples: usize,
    /// How deep was looked.
    pub depth: Depth,
    /// Whether to say that open questions can be asked one by one.
    pub asks: bool,
}

impl<'r> Report<'r> {
    /// A report; finds the lines of its sources once, for ten thousand flows may stand in one.
    pub fn new(knowledge: &'r KnowledgeBase<'r>, sources: &'r [Source], samples: usize) -> Self {
        let lines = sources.iter().map(|source| LineIndex::new(&source.text)).collect();
        Self { knowledge, sources, lines, samples, depth: Depth::Quick, asks: false }
    }

    /// The same on flows that were looked at deeply.
    #[must_use]
    pub fn at(self, depth: Depth, samples: usize) -> Self {
        Self { samples, depth, ..self }
    }

    /// The same on a flow whose open questions can be asked one by one.
    #[must_use]
    pub fn asking(self, asks: bool) -> Self {
        Self { asks, ..self }
    }

    /// Where a flow stands: the name of its source and its line.
    pub fn place(&self, advice: &Advice<'_>) -> Option<(&str, usize)> {
        let source = self.sources.get(advice.profile.source?)?;
        Some((source.name.as_str(), self.line(advice, advice.profile.span)?))
    }

    /// The line of a place in a flow's source.
    pub fn line(&self, advice: &Advice<'_>, span: Span) -> Option<usize> {
        Some(self.lines.get(advice.profile.source?)?.position(span.start).line)
    }
}
