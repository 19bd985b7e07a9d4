//! A range of bytes in one text: what every node, problem and finding carries.
//! Lines and columns are computed from it only when something is shown.

use std::ops::Range;

use super::position::floor;

/// A byte range on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Offsets beyond `u32` are cut; texts that large are refused before they are read.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The character at an offset, or the empty span at the end of the text.
    pub fn character(text: &str, offset: usize) -> Self {
        let start = floor(text, offset);
        let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Self::new(start, start + width)
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of this one to the end of the other.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.start) }
    }

    pub fn text(self, whole: &str) -> &str {
        whole.get(self.range()).unwrap_or_default()
    }
}
