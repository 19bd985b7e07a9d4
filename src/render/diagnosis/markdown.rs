//! For documents, and for the ticket of an incident.

use super::{DiagnosisReport, phrases};
use crate::diagnosis::Cause;
use crate::knowledge::{Pitfall, Text};
use crate::render::markdown::escaped;
use crate::render::packs;

/// The whole page.
pub fn page(report: &DiagnosisReport<'_>) -> String {
    let (shown, left) = report.shown();
    let mut parts = vec!["# Likely causes".to_owned()];
    if shown.is_empty() {
        parts.push(escaped(&phrases::nothing(report)));
    }
    for (place, (cause, pitfall)) in shown.iter().enumerate() {
        parts.push(self::cause(report, place + 1, cause, pitfall));
    }
    parts.extend(phrases::left(left));
    if let Some(text) = phrases::strange(report) {
        parts.push(text);
        let lines = report
            .diagnosis
            .strange
            .iter()
            .map(|line| format!("{}:{}: {}", report.input(line.input), line.number, line.text));
        parts.push(fenced(&lines.collect::<Vec<_>>().join("\n")));
    }
    let knowledge = report.knowledge;
    parts.push(format!("Knowledge {}.", packs::phrase(knowledge)));
    parts.join("\n\n") + "\n"
}

fn cause(report: &DiagnosisReport<'_>, number: usize, cause: &Cause, pitfall: &Pitfall) -> String {
    let text = |text: Text| report.knowledge.text(text);
    let told = |text: Text| escaped(report.knowledge.text(text));
    let mut parts = vec![
        format!("## {number}. {}", told(pitfall.title)),
        format!("*{}; {}.*", phrases::whose(report, pitfall), phrases::because(cause)),
    ];
    if !cause.shown.is_empty() {
        let lines =
            cause.shown.iter().map(|(_, line)| format!("{}:{}: {}", report.input(line.input), line.number, line.text));
        parts.push(fenced(&lines.collect::<Vec<_>>().join("\n")));
    }
    let seen: Vec<String> =
        cause.signs.iter().flat_map(phrases::seen).map(|line| format!("- {}", escaped(&line))).collect();
    if !seen.is_empty() {
        parts.push(seen.join("\n"));
    }
    parts.extend(phrases::follows(report, cause));
    parts.push(told(pitfall.cause));
    let steps = report
        .steps(pitfall)
        .map(|step| format!("{}\n\n{}", fenced(&phrases::command(cause, text(step.run))), told(step.shows)));
    parts.push(format!("**Make sure**\n\n{}", steps.collect::<Vec<_>>().join("\n\n")));
    parts.push(format!("**Now:** {}", told(pitfall.fix)));
    parts.push(format!("**From now on:** {}", told(pitfall.prevent)));
    let wrong: Vec<String> =
        phrases::wrong(report, pitfall).iter().map(|claim| format!("- {}", escaped(claim))).collect();
    if !wrong.is_empty() {
        parts.push(format!("**Often said, and wrong here**\n\n{}", wrong.join("\n")));
    }
    if let Some(misfit) = &cause.misfit {
        parts.push(format!("**The choice itself:** {}", escaped(&phrases::misfit(report, misfit))));
    }
    let ids = report.knowledge.source_names(&pitfall.sources).join("`, `");
    parts.push(format!("Sources: `{ids}`"));
    parts.join("\n\n")
}

/// A block of text as it is; its fence is longer than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}
