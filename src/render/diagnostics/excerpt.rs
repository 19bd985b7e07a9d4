//! The lines of a source that a diagnostic needs, and its labels as ranges in them.
//! A label is shown on its first line only; lines far apart make excerpts of their own, and a line
//! too long for any terminal is cut around the label.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{LineIndex, Position, Source, Span, floor};

/// Lines between two labels that are still shown together.
const TOGETHER: usize = 20;

/// Longer lines (in bytes) are cut; the renderer fits shorter ones to the terminal itself.
const LONG_LINE: usize = 2_000;

/// What is kept of a long line on either side of a label.
const AROUND: usize = 200;

/// Some lines of one source.
pub(super) struct Excerpt<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    /// Number of the first line.
    pub(super) line: usize,
    /// Column of the label, if the line was cut.
    pub(super) cut_column: Option<usize>,
    pub(super) labels: Vec<(&'a Label, Range<usize>)>,
}

/// A label on its line.
struct Placed<'a> {
    label: &'a Label,
    position: Position,
    line_span: Span,
}

/// The primary label's excerpt comes first.
pub(super) fn excerpts<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a [Source],
    indexes: &BTreeMap<usize, LineIndex<'a>>,
) -> Vec<Excerpt<'a>> {
    let mut placed: Vec<_> = diagnostic.labels.iter().filter_map(|label| place(label, indexes)).collect();
    placed.sort_by_key(|it| (it.label.source, it.position.line, it.label.span));
    let together = |a: &Placed<'_>, b: &Placed<'_>| {
        let is_long = |it: &Placed<'_>| it.line_span.range().len() > LONG_LINE;
        let is_near = a.label.source == b.label.source && b.position.line - a.position.line <= TOGETHER;
        is_near && !is_long(a) && !is_long(b)
    };
    let mut excerpts: Vec<_> = placed
        .chunk_by(together)
        .filter_map(|group| {
            let source = sources.get(group.first()?.label.source)?;
            excerpt(group, source)
        })
        .collect();
    excerpts.sort_by_key(|excerpt| !excerpt.labels.iter().any(|(label, _)| label.primary));
    excerpts
}

fn place<'a>(label: &'a Label, indexes: &BTreeMap<usize, LineIndex<'a>>) -> Option<Placed<'a>> {
    let index = indexes.get(&label.source)?;
    let position = index.position(label.span.start);
    Some(Placed { label, position, line_span: index.line_span(position.line) })
}

fn excerpt<'a>(group: &[Placed<'a>], source: &'a Source) -> Option<Excerpt<'a>> {
    let (first, last) = (group.first()?, group.last()?);
    let whole = first.line_span.to(last.line_span).range();
    // INVARIANT: a long line is a group of its own, so it is cut around one label.
    let range = if whole.len() > LONG_LINE && group.len() == 1 {
        let at = first.label.span.range();
        let from = at.start.saturating_sub(AROUND).max(whole.start);
        let to = at.end.min(at.start + AROUND).saturating_add(AROUND).min(whole.end);
        floor(&source.text, from)..floor(&source.text, to)
    } else {
        whole.clone()
    };
    let text = source.text.get(range.clone())?;
    let labels = group.iter().map(|it| (it.label, within(&source.text, it, &range))).collect();
    let cut_column = (range != whole).then_some(first.position.column);
    Some(Excerpt { name: &source.name, text, line: first.position.line, cut_column, labels })
}

/// The label's range on its first line, relative to the excerpt; at least where a caret can stand.
fn within(text: &str, placed: &Placed<'_>, excerpt: &Range<usize>) -> Range<usize> {
    let end = (placed.line_span.end as usize).min(excerpt.end);
    let span = placed.label.span;
    let start = floor(text, span.start as usize).clamp(excerpt.start, end.max(excerpt.start));
    let end = floor(text, span.end as usize).clamp(start, end.max(start));
    start - excerpt.start..end - excerpt.start
}
