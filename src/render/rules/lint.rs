//! What lints found: for people, by lint; for programs, everything
//! (`brokerfit.rules-lint/1`).

use crate::render::packs;
use serde_json::{Value, json};

use super::super::diagnostics::listing;
use super::super::paragraph::wrap_hanging;
use crate::diagnostic::{Diagnostic, Label};
use crate::knowledge::{KnowledgeBase, Level};
use crate::lint::{Finding, LINTS};
use crate::source::Source;

/// What lints found, and the texts in which it stands.
#[derive(Debug)]
pub struct Lints<'l> {
    /// The findings.
    pub findings: &'l [Finding],
    /// The same with their places, as far as they are known.
    pub diagnostics: &'l [Diagnostic],
    /// The texts of the rules.
    pub sources: &'l [Source],
}

impl Lints<'_> {
    /// Each finding with what is told of it.
    fn each(&self) -> impl Iterator<Item = (&Finding, &Diagnostic)> {
        self.findings.iter().zip(self.diagnostics)
    }

    /// `needs/retention.toml:12:8`.
    fn place(&self, label: &Label) -> Option<String> {
        let source = self.sources.get(label.source)?;
        let position = source.position(label.span.start);
        Some(format!("{}:{}:{}", source.name, position.line, position.column))
    }
}

/// Which notes are listed in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notes {
    /// None: how many there are is said.
    Counted,
    /// Those of one lint.
    Of(&'static str),
    /// All.
    InFull,
}

/// For people: what is grave with its lines, as a compiler would show it; of notes only how many, unless they are asked for.
pub fn human(lints: &Lints<'_>, notes: Notes, width: usize, colour: bool) -> String {
    let mut text = String::new();
    for lint in LINTS {
        let of_lint: Vec<_> = lints.each().filter(|(finding, _)| finding.lint.id == lint.id).collect();
        let (grave, light): (Vec<_>, Vec<_>) = of_lint.into_iter().partition(|(it, _)| it.level() > Level::Note);
        let told: Vec<Diagnostic> = grave.iter().map(|(_, diagnostic)| (*diagnostic).clone()).collect();
        text.push_str(&listing(&told, lints.sources, width, colour));
        if light.is_empty() {
            continue;
        }
        let head = format!("note[{}]: ", lint.id);
        let mut told_lines = wrap_hanging(&head, 2, &format!("{}: {}", light.len(), lint.about), width);
        if notes == Notes::InFull || notes == Notes::Of(lint.id) {
            told_lines.extend(light.iter().flat_map(|(finding, diagnostic)| note(lints, finding, diagnostic, width)));
            let mut remedies: Vec<&str> = light.iter().filter_map(|(finding, _)| finding.help.as_deref()).collect();
            remedies.dedup();
            told_lines.extend(remedies.iter().flat_map(|help| wrap_hanging("  help: ", 8, help, width)));
        }
        text.push_str(&told_lines.join("\n"));
        text.push_str("\n\n");
    }
    text + &summary(lints.findings, notes) + "\n"
}

/// A note in a line, with its place.
fn note(lints: &Lints<'_>, finding: &Finding, diagnostic: &Diagnostic, width: usize) -> Vec<String> {
    let place = diagnostic.primary().and_then(|label| lints.place(label));
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    let mut told = wrap_hanging("  - ", 4, &format!("{}{place}", finding.message), width);
    if !finding.concerns.is_empty() {
        told.extend(wrap_hanging("    on it rest: ", 6, &finding.concerns.join(", "), width));
    }
    told
}

fn summary(findings: &[Finding], notes: Notes) -> String {
    let count = |level: Level, noun: &str| {
        let count = findings.iter().filter(|finding| finding.level() == level).count();
        let ending = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {noun}{ending}"))
    };
    let parts = [count(Level::Error, "error"), count(Level::Warning, "warning"), count(Level::Note, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let counts = if parts.is_empty() { "clean".to_owned() } else { parts.join(", ") };
    let any = findings.iter().any(|finding| finding.level() == Level::Note);
    let hint = if any && notes != Notes::InFull { "; `--notes` lists the notes" } else { "" };
    format!("{} lints: {counts}{hint}", LINTS.len())
}

/// For programs.
///
/// # Errors
/// When a value cannot be written, which no finding should cause.
pub fn json(knowledge: &KnowledgeBase<'_>, lints: &Lints<'_>) -> serde_json::Result<String> {
    let count = |level: Level| lints.findings.iter().filter(|finding| finding.level() == level).count();
    let place = |label: &Label| {
        let source = lints.sources.get(label.source)?;
        let (start, end) = (source.position(label.span.start), source.position(label.span.end));
        Some(json!({
            "file": source.name,
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
        }))
    };
    let all: Vec<Value> = lints
        .each()
        .map(|(finding, diagnostic)| {
            let also = diagnostic.labels.iter().filter(|label| !label.primary);
            json!({
                "lint": finding.lint.id,
                "level": finding.level().word(),
                "subject": finding.subject,
                "message": finding.message,
                "help": finding.help,
                "concerns": finding.concerns,
                "reason": finding.lint.about,
                "by_samples": finding.by_samples,
                "place": diagnostic.primary().and_then(place),
                "also": also.filter_map(place).collect::<Vec<Value>>(),
            })
        })
        .collect();
    let document = json!({
        "schema": "brokerfit.rules-lint/1",
        "knowledge": packs::document(knowledge),
        "summary": { "errors": count(Level::Error), "warnings": count(Level::Warning), "notes": count(Level::Note) },
        "findings": all,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
