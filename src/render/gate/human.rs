//! `--format human`: each finding with its line and caret, what was waived, and a summary.

use super::counts::Counts;
use super::located::{Columns, Found, Located};
use super::{GateReport, phrases};
use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge::Level;
use crate::render::diagnostics;
use crate::source::grouped;

/// More findings than these are counted, the least grave first; and so are waived ones.
const SHOWN: usize = 100;

/// For people.
pub(super) fn render(report: &GateReport<'_>, width: usize, colour: bool) -> String {
    let located = Located::new(report, Columns::Characters);
    let mut counting: Vec<Found<'_>> = located.found().filter(|found| found.finding.counts()).collect();
    let more = counting.len().saturating_sub(SHOWN);
    counting.sort_by_key(|found| std::cmp::Reverse(found.finding.level));
    counting.truncate(SHOWN);
    let mut shown: Vec<Diagnostic> = counting.into_iter().map(|found| diagnostic(&located, found)).collect();
    crate::diagnostic::sort(&mut shown);
    let mut text = diagnostics::listing(&shown, report.sources, width, colour);
    if more > 0 {
        text.push_str("… and ");
        text.push_str(&grouped(more));
        text.push_str(" more; `--format json` lists all of them\n\n");
    }
    let counts = Counts::of(report);
    text.push_str(&waived(&located, &counts));
    text.push_str(&phrases::summary(report, &counts));
    text.push('\n');
    text
}

/// Who took which finding upon themselves, and why.
fn waived(located: &Located<'_>, counts: &Counts) -> String {
    if counts.waived == 0 {
        return String::new();
    }
    let mut text = format!("{} waived:\n", grouped(counts.waived));
    let lines = located.found().filter_map(|found| phrases::waiver(found, &file(located, found)));
    for line in lines.take(SHOWN) {
        text.push_str("  ");
        text.push_str(&line);
        text.push('\n');
    }
    if counts.waived > SHOWN {
        text.push_str("  … and ");
        text.push_str(&grouped(counts.waived - SHOWN));
        text.push_str(" more\n");
    }
    text.push('\n');
    text
}

/// The file of a finding as the call named it.
fn file(located: &Located<'_>, found: Found<'_>) -> String {
    let source = found.of.source().and_then(|source| located.source(source));
    source.map_or_else(String::new, |source| source.name.clone())
}

/// A finding as a diagnostic, which knows how to show places.
fn diagnostic(located: &Located<'_>, found: Found<'_>) -> Diagnostic {
    let finding = found.finding;
    let severity = match finding.level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    // Where a place is shown, it says which file is meant.
    let message = phrases::one_line(&finding.message);
    let message = match (found.of.flow(), finding.places.is_empty()) {
        (None, true) => format!("{}: {message}", file(located, found)),
        _ => phrases::behind(found, message),
    };
    let mut diagnostic = Diagnostic::new(severity, phrases::one_line(&finding.full_id()), message);
    for (place, label) in finding.places.iter().enumerate() {
        let Some(source) = label.source.or_else(|| found.of.source()) else { continue };
        diagnostic = match place {
            0 => diagnostic.at(source, label.span, &label.text),
            _ => diagnostic.also(source, label.span, &label.text),
        };
    }
    diagnostic.help.extend(finding.help.iter().cloned());
    diagnostic
}
