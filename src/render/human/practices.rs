//! How an option grows, and what its cost follows from: what comes first in full, the rest by name.

use super::super::paragraph::{wrap, wrap_hanging};
use super::Layout;
use crate::advice::Practised;
use crate::knowledge::PracticeKind;

/// Lines within which practices are told in full, unless everything is wanted; the first always is.
const MOST: usize = 6;

pub(in crate::render) fn lines(practices: &[Practised], layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    for kind in PracticeKind::ALL {
        let of_kind: Vec<&Practised> = practices.iter().filter(|practice| practice.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        lines.push(format!("  {}", layout.style().strong(title(kind))));
        lines.extend(section(&of_kind, layout));
    }
    lines
}

/// What the practices of a kind are together.
pub(in crate::render) fn title(kind: PracticeKind) -> &'static str {
    match kind {
        PracticeKind::Scaling => "As it grows",
        PracticeKind::Cost => "What drives the cost",
    }
}

fn section(practices: &[&Practised], layout: Layout) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut named = Vec::new();
    for practice in practices {
        let told = one(practice, layout);
        // What comes later is never told before what comes first.
        let fits = layout.verbose || lines.is_empty() || (named.is_empty() && lines.len() + told.len() <= MOST);
        if fits {
            lines.extend(told);
        } else {
            named.push(practice.title.as_str());
        }
    }
    if !named.is_empty() {
        lines.extend(wrap_hanging("    then: ", 6, &named.join("; "), layout.width));
    }
    lines
}

fn one(practice: &Practised, layout: Layout) -> Vec<String> {
    let sources = format!("[{}]", practice.sources.join(", "));
    let told = if layout.verbose { format!("{} {sources}", practice.how) } else { practice.how.clone() };
    let mut lines = wrap_hanging("    ", 6, &format!("{}: {told}", practice.title), layout.width);
    if let Some(risk) = practice.risk.as_ref().filter(|_| layout.verbose) {
        lines.extend(wrap("      mind: ", risk, layout.width));
    }
    lines
}
