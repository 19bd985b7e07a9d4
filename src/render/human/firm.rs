//! How firm it is: under whose weights another broker wins, what would change the verdict, what to ask next, and what
//! one accepts by choosing the winner.

use super::super::Report;
use super::super::firm::{self, Listed};
use super::super::paragraph::{wrap, wrap_hanging};
use super::Layout;
use crate::advice::{Advice, Argument};

/// How many changes, questions and weak answers are shown, unless everything is.
const SHOWN: usize = 6;

pub(super) fn lines(report: &Report<'_>, advice: &Advice<'_>, argument: &Argument, layout: Layout) -> Vec<String> {
    if advice.judgement.robustness.is_none() {
        return Vec::new();
    }
    let knowledge = report.knowledge;
    let mut lines = vec![String::new(), layout.style().strong("How firm it is")];
    for text in firm::others(knowledge, advice, report.samples) {
        lines.extend(wrap("  ", &text, layout.width));
    }
    for list in firm::lists(knowledge, advice, argument.winner, layout.verbose) {
        lines.extend(listed(&list, layout));
        if let Some(hint) = list.hint.filter(|_| report.asks && !list.items.is_empty()) {
            lines.extend(wrap("    ", hint, layout.width));
        }
    }
    lines
}

/// A list under a heading: the first of it, and how many more there are.
fn listed(list: &Listed, layout: Layout) -> Vec<String> {
    let Listed { title, items, nothing, .. } = list;
    let mut lines = vec![format!("  {}", layout.style().strong(title))];
    if items.is_empty() {
        lines.extend(wrap("    ", nothing, layout.width));
    }
    let shown = if layout.verbose { items.len() } else { SHOWN };
    for item in items.iter().take(shown) {
        lines.extend(wrap_hanging("    - ", 6, item, layout.width));
    }
    if items.len() > shown {
        lines.push(format!("    and {} more: `--verbose` shows them", items.len() - shown));
    }
    lines
}
