//! For people: each cause with its evidence, how to make sure, what to do, and what not.

use super::{DiagnosisReport, phrases};
use crate::diagnosis::Cause;
use crate::knowledge::{Pitfall, Text};
use crate::render::human::Layout;
use crate::render::packs;
use crate::render::paragraph::{wrap, wrap_hanging};

/// So many wrong claims are told of one cause.
const CLAIMS: usize = 2;

/// The whole page.
pub fn page(report: &DiagnosisReport<'_>, layout: Layout) -> String {
    let (shown, left) = report.shown();
    let mut lines = Vec::new();
    if shown.is_empty() {
        lines.extend(wrap("", &phrases::nothing(report), layout.width));
        lines.push(String::new());
    }
    for (place, (cause, pitfall)) in shown.iter().enumerate() {
        lines.extend(self::cause(report, place + 1, cause, pitfall, layout));
        lines.push(String::new());
    }
    if let Some(text) = phrases::left(left) {
        lines.extend(wrap("", &text, layout.width));
        lines.push(String::new());
    }
    if let Some(text) = phrases::strange(report) {
        lines.extend(wrap("", &text, layout.width));
        for line in &report.diagnosis.strange {
            let place = format!("  {}:{}  ", report.input(line.input), line.number);
            lines.extend(wrap_hanging(&place, 6, &line.text, layout.width));
        }
        lines.push(String::new());
    }
    let knowledge = report.knowledge;
    let rest = format!(
        "Knowledge {}. `brokerfit explain ID` says everything of a cause, a claim or a source.",
        packs::phrase(knowledge)
    );
    lines.extend(wrap("", &rest, layout.width).iter().map(|line| layout.style().faint(line)));
    lines.push(String::new());
    lines.join("\n")
}

fn cause(report: &DiagnosisReport<'_>, number: usize, cause: &Cause, pitfall: &Pitfall, layout: Layout) -> Vec<String> {
    let style = layout.style();
    let text = |text: Text| report.knowledge.text(text);
    let head = wrap_hanging(&format!("{number}. "), 3, text(pitfall.title), layout.width);
    let mut lines: Vec<String> = head.iter().map(|line| style.strong(line)).collect();
    let whose = format!("{}; {}", phrases::whose(report, pitfall), phrases::because(cause));
    lines.extend(wrap("   ", &whose, layout.width).iter().map(|line| style.faint(line)));
    for (_, line) in &cause.shown {
        let place = format!("   > {}:{}  ", report.input(line.input), line.number);
        lines.extend(wrap_hanging(&place, 5, &line.text, layout.width));
    }
    for told in cause.signs.iter().flat_map(phrases::seen) {
        lines.extend(wrap_hanging("   > ", 5, &told, layout.width));
    }
    if let Some(root) = phrases::follows(report, cause) {
        lines.extend(wrap("   ", &root, layout.width));
    }
    let mut part = |head: &str, text: &str| {
        lines.extend(wrap_hanging(&format!("   {head}: "), 5, text, layout.width));
    };
    part("why", text(pitfall.cause));
    lines.push("   make sure:".to_owned());
    for step in report.steps(pitfall) {
        // A command stays on one line, to be copied.
        lines.push(format!("     $ {}", phrases::command(cause, text(step.run))));
        lines.extend(wrap("       ", text(step.shows), layout.width));
    }
    let mut part = |head: &str, text: &str| {
        lines.extend(wrap_hanging(&format!("   {head}: "), 5, text, layout.width));
    };
    part("now", text(pitfall.fix));
    part("from now on", text(pitfall.prevent));
    let wrong = phrases::wrong(report, pitfall);
    let (first, more) = wrong.split_at(wrong.len().min(if layout.verbose { wrong.len() } else { CLAIMS }));
    for claim in first {
        part("often said, and wrong here", claim);
    }
    if !more.is_empty() {
        let id = text(pitfall.id);
        part("more that is wrong here", &format!("{} claims, which `brokerfit explain {id}` lists", more.len()));
    }
    if let Some(misfit) = &cause.misfit {
        part("the choice itself", &phrases::misfit(report, misfit));
    }
    let sources = report.knowledge.source_names(&pitfall.sources).join(", ");
    lines.extend(wrap("   ", &format!("[{sources}]"), layout.width).iter().map(|line| style.faint(line)));
    lines
}
