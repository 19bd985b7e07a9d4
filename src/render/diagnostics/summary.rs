//! The last line: how many of what in which source.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, grouped};

/// Sources named one by one; the others are summed up.
const NAMED: usize = 3;

pub(super) fn line(diagnostics: &[Diagnostic], sources: &[Source], shown: usize) -> String {
    let mut out = String::new();
    if let Some(more) = diagnostics.len().checked_sub(shown).filter(|more| *more > 0) {
        // NOTE: writing to a string can not fail.
        let _ = write!(out, "… and {} more\n\n", grouped(more));
    }
    let worst = diagnostics.iter().map(|it| it.severity).max().unwrap_or(Severity::Note);
    out.push_str(word(worst));
    out.push_str(": ");
    let kinds = [Severity::Error, Severity::Warning, Severity::Note];
    let parts = kinds.into_iter().filter_map(|severity| part(severity, diagnostics, sources));
    out.push_str(&parts.collect::<Vec<_>>().join("; "));
    out
}

/// `3 errors in a.yaml, 1 in b.yaml, 2 in c.yaml, 12 in 5 other files`.
fn part(severity: Severity, diagnostics: &[Diagnostic], sources: &[Source]) -> Option<String> {
    let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|it| it.severity == severity) {
        *counts.entry(diagnostic.primary().map(|label| label.source)).or_default() += 1;
    }
    let nowhere = counts.remove(&None).unwrap_or_default();
    let mut pieces = Vec::new();
    if nowhere > 0 {
        pieces.push((nowhere, String::new()));
    }
    for (source, count) in counts.iter().take(NAMED) {
        let name = source.and_then(|at| sources.get(at)).map_or("", |it| it.name.as_str());
        pieces.push((*count, format!(" in {}", annotate_snippets::normalize_untrusted_str(name))));
    }
    let (files, rest) = counts.values().skip(NAMED).fold((0, 0), |(files, sum), count| (files + 1, sum + count));
    if files > 0 {
        let plural = if files == 1 { "" } else { "s" };
        pieces.push((rest, format!(" in {} other file{plural}", grouped(files))));
    }
    let words = pieces.iter().enumerate().map(|(at, (count, place))| {
        let noun = if at > 0 { "" } else { word(severity) };
        let plural = if *count == 1 || at > 0 { "" } else { "s" };
        let space = if at > 0 { "" } else { " " };
        format!("{}{space}{noun}{plural}{place}", grouped(*count))
    });
    let text = words.collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
