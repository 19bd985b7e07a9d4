//! Where verdicts change, drawn: in characters, as a picture, and as JSON. One format a file or folder; `phrases` holds
//! the words that they share, `ticks` the marks of an axis.

mod drawing;
mod human;
mod json;
mod labels;
mod palette;
mod phrases;
mod svg;
mod symbols;
mod ticks;

pub use drawing::room;
pub use human::human;
pub use json::json;
pub use svg::svg;

use crate::knowledge::KnowledgeBase;
use crate::mapping::Grid;
use crate::profile::Profile;
use crate::source::{LineIndex, Source};

/// What is rendered.
#[derive(Debug, Clone, Copy)]
pub struct MapReport<'r> {
    /// What everything rests on.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// The texts that were read.
    pub sources: &'r [Source],
    /// The profile that was judged, as it is.
    pub profile: &'r Profile,
    /// What came out.
    pub grid: &'r Grid,
    /// On how many draws shares rest.
    pub samples: usize,
}

impl MapReport<'_> {
    /// Where the flow stands: the name of its source and its line.
    fn place(&self) -> Option<(&str, usize)> {
        let source = self.sources.get(self.profile.source?)?;
        Some((source.name.as_str(), LineIndex::new(&source.text).position(self.profile.span.start).line))
    }
}
