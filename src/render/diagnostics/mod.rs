//! Diagnostics as people read them: the line, a caret, what to do, and a summary at the end.
//! Hands the renderer only the lines that are shown, so a long text costs no more than a short one.

mod excerpt;
mod summary;

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{LineIndex, Source};
use excerpt::Excerpt;

/// More than these are counted, not shown.
const SHOWN: usize = 100;

/// Everything there is to say about `sources`, in the order given, ending with a summary line.
/// Nothing if there is nothing to say.
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], width: usize, colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let shown = diagnostics.get(..SHOWN).unwrap_or(diagnostics);
    let mut out = listing(shown, sources, width, colour);
    out.push_str(&summary::line(diagnostics, sources, SHOWN));
    out.push('\n');
    out
}

/// Each diagnostic with its lines, followed by an empty line; no summary.
pub fn listing(diagnostics: &[Diagnostic], sources: &[Source], width: usize, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut indexes = BTreeMap::new();
    let mut out = String::new();
    for diagnostic in diagnostics {
        for label in &diagnostic.labels {
            if let Some(source) = sources.get(label.source) {
                indexes.entry(label.source).or_insert_with(|| LineIndex::new(&source.text));
            }
        }
        out.push_str(&renderer.render(&[group(diagnostic, sources, &indexes)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source], indexes: &BTreeMap<usize, LineIndex<'a>>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&diagnostic.message).id(&*diagnostic.code);
    let mut group = Group::with_title(title);
    for excerpt in excerpt::excerpts(diagnostic, sources, indexes) {
        group = group.elements(elements(excerpt));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(normalize_untrusted_str(note)));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    group
}

/// An excerpt cut from a long line does not know its column any more, so its place is given apart.
fn elements(excerpt: Excerpt<'_>) -> Vec<Element<'_>> {
    let name = normalize_untrusted_str(excerpt.name);
    let annotations = excerpt.labels.into_iter().map(|(label, range)| annotate(label, range));
    let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).annotations(annotations);
    match excerpt.cut_column {
        None => vec![snippet.path(name).into()],
        Some(column) => {
            let origin = Origin::path(name).line(excerpt.line).char_column(column);
            vec![origin.into(), snippet.into()]
        }
    }
}

fn annotate(label: &Label, range: Range<usize>) -> Annotation<'_> {
    let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(range);
    if label.text.is_empty() { annotation } else { annotation.label(normalize_untrusted_str(&label.text)) }
}

#[cfg(test)]
mod tests;
