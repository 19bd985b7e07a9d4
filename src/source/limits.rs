//! What one text may cost, so that no input, however hostile, costs more time or memory than its
//! size accounts for.

/// Limits of one text; the defaults are far above what any profile needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Lists and maps inside one another.
    pub depth: usize,
    /// Values of one document, however large the text is.
    pub nodes: usize,
    /// Documents of one text.
    pub documents: usize,
    /// Problems after which reading stops.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 64, nodes: 1_000_000, documents: 1_000_000, problems: 10_000 }
    }
}

impl Limits {
    /// Values of one document of a text: a byte each at least, with room for small texts.
    pub(super) fn nodes_of(&self, text: &str) -> usize {
        text.len().max(10_000).min(self.nodes)
    }

    /// Values that anchors and aliases may repeat in a whole text.
    pub(super) fn repeated_nodes_of(text: &str) -> usize {
        (text.len() / 4).max(10_000)
    }

    /// Bytes that anchors and aliases may copy in a whole text. Scalars borrowed from the text
    /// cost none; those with escapes or folded lines are copied.
    pub(super) fn repeated_bytes_of(text: &str) -> usize {
        text.len().max(64 * 1024)
    }
}
