//! What lints found: for people, by lint; for programs, everything
//! (`brokerfit.rules-lint/1`).

use crate::render::packs;
use serde_json::{Value, json};

use super::super::paragraph::wrap_hanging;
use crate::knowledge::{KnowledgeBase, Level};
use crate::lint::{Finding, LINTS};

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

/// For people: each lint that found something, with what it found; of notes only how many, unless they are asked for.
pub fn human(findings: &[Finding], notes: Notes, width: usize) -> String {
    let mut lines = Vec::new();
    for lint in LINTS {
        let of_lint: Vec<&Finding> = findings.iter().filter(|finding| finding.lint.id == lint.id).collect();
        if of_lint.is_empty() {
            continue;
        }
        let head = format!("{}[{}]: ", lint.level.word(), lint.id);
        lines.extend(wrap_hanging(&head, 2, &format!("{}: {}", of_lint.len(), lint.about), width));
        if lint.level > Level::Note || notes == Notes::InFull || notes == Notes::Of(lint.id) {
            lines.extend(of_lint.iter().flat_map(|finding| self::finding(finding, width)));
            let mut remedies: Vec<&str> = of_lint.iter().filter_map(|finding| finding.help.as_deref()).collect();
            remedies.dedup();
            lines.extend(remedies.iter().flat_map(|help| wrap_hanging("  help: ", 8, help, width)));
        }
        lines.push(String::new());
    }
    lines.push(summary(findings, notes));
    lines.join("\n") + "\n"
}

fn finding(finding: &Finding, width: usize) -> Vec<String> {
    let mut lines = wrap_hanging("  - ", 4, &finding.message, width);
    if !finding.concerns.is_empty() {
        lines.extend(wrap_hanging("    on it rest: ", 6, &finding.concerns.join(", "), width));
    }
    lines
}

fn summary(findings: &[Finding], notes: Notes) -> String {
    let count = |level: Level, noun: &str| {
        let count = findings.iter().filter(|finding| finding.lint.level == level).count();
        let ending = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {noun}{ending}"))
    };
    let parts = [count(Level::Error, "error"), count(Level::Warning, "warning"), count(Level::Note, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let counts = if parts.is_empty() { "clean".to_owned() } else { parts.join(", ") };
    let any = findings.iter().any(|finding| finding.lint.level == Level::Note);
    let hint = if any && notes != Notes::InFull { "; `--notes` lists the notes" } else { "" };
    format!("{} lints: {counts}{hint}", LINTS.len())
}

/// For programs.
///
/// # Errors
/// When a value cannot be written, which no finding should cause.
pub fn json(knowledge: &KnowledgeBase<'_>, findings: &[Finding]) -> serde_json::Result<String> {
    let count = |level: Level| findings.iter().filter(|finding| finding.lint.level == level).count();
    let all: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "lint": finding.lint.id,
                "level": finding.lint.level.word(),
                "subject": finding.subject,
                "message": finding.message,
                "help": finding.help,
                "concerns": finding.concerns,
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
