//! How scenarios came out: for people, each expectation that was not met with its line and caret; for programs, all of
//! them (`brokerfit.rules-test/1`).

use crate::render::packs;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::scenario::{Outcome, Part};
use crate::source::{LineIndex, Source};

/// What is rendered.
#[derive(Debug)]
pub struct Scenarios<'r> {
    /// Against which rules.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// The texts that were read.
    pub sources: &'r [Source],
    /// How each scenario came out, in the order of the sources.
    pub outcomes: &'r [Outcome<'r>],
    /// How much of the rules they cover, where that was asked.
    pub coverage: Option<&'r [Part]>,
}

/// For people.
pub fn human(report: &Scenarios<'_>, width: usize, colour: bool) -> String {
    let mut unmet = Vec::new();
    for outcome in report.outcomes {
        for complaint in &outcome.complaints {
            let message = format!("{}: {}", outcome.profile.name, complaint.message);
            let mut diagnostic = Diagnostic::error("unexpected", message);
            if let Some(source) = outcome.profile.source {
                diagnostic = diagnostic.at(source, complaint.span, format!("expected `{}`", complaint.expected));
            }
            unmet.push(diagnostic);
        }
    }
    let mut text = diagnostics::listing(&unmet, report.sources, width, colour);
    for part in report.coverage.into_iter().flatten() {
        for missing in &part.missing {
            let _ = writeln!(text, "nothing is expected of: {missing} ({})", part.what);
        }
    }
    for part in report.coverage.into_iter().flatten() {
        let _ = writeln!(text, "{} of {} {}", part.covered(), part.all, part.what);
    }
    let otherwise = report.outcomes.iter().filter(|outcome| !outcome.complaints.is_empty()).count();
    let expected: usize = report.outcomes.iter().map(|outcome| outcome.expected).sum();
    let result = if otherwise == 0 { "all as expected".to_owned() } else { format!("{otherwise} came out otherwise") };
    let _ = writeln!(text, "{} scenarios, {expected} expectations: {result}", report.outcomes.len());
    text
}

/// For programs.
///
/// # Errors
/// When a value cannot be written, which no scenario should cause.
pub fn json(report: &Scenarios<'_>) -> serde_json::Result<String> {
    let scenarios: Vec<Value> = report.outcomes.iter().map(|outcome| scenario(report, outcome)).collect();
    let otherwise = report.outcomes.iter().filter(|outcome| !outcome.complaints.is_empty()).count();
    let mut document = json!({
        "schema": "brokerfit.rules-test/1",
        "knowledge": packs::document(report.knowledge),
        "summary": { "scenarios": report.outcomes.len(), "unexpected": otherwise },
        "scenarios": scenarios,
    });
    if let (Some(parts), Some(document)) = (report.coverage, document.as_object_mut()) {
        let part = |part: &Part| json!({ "of": part.what, "all": part.all, "covered": part.covered(), "missing": part.missing });
        document.insert("coverage".to_owned(), parts.iter().map(part).collect());
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn scenario(report: &Scenarios<'_>, outcome: &Outcome<'_>) -> Value {
    let source = outcome.profile.source.and_then(|source| report.sources.get(source));
    let index = source.map(|source| LineIndex::new(&source.text));
    let unmet: Vec<Value> = outcome
        .complaints
        .iter()
        .map(|complaint| {
            let place = index.as_ref().map(|index| index.position(complaint.span.start));
            json!({
                "expected": complaint.expected,
                "message": complaint.message,
                "line": place.as_ref().map(|place| place.line),
                "column": place.as_ref().map(|place| place.column),
            })
        })
        .collect();
    json!({
        "name": outcome.profile.name,
        "file": source.map(|source| source.name.as_str()),
        "line": index.as_ref().map(|index| index.position(outcome.profile.span.start).line),
        "expectations": outcome.expected,
        "unexpected": unmet,
    })
}
