//! How firm it is: under whose weights another broker wins, what would change the verdict, what to ask next, and what
//! one accepts by choosing the winner.

use super::super::paragraph::{wrap, wrap_hanging};
use super::super::{Report, firm, sentences};
use super::Layout;
use crate::advice::{Advice, Argument, accepts};
use crate::sensitivity::{Change, Likelihood};

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
    let likely = |change: &&Change| layout.verbose || change.likelihood < Likelihood::Remote;
    let changes: Vec<String> =
        advice.changes.iter().filter(likely).map(|change| firm::change(knowledge, advice, change)).collect();
    let nothing = match advice.changes.len() {
        0 => "no single fact, however far it is moved",
        _ => "no single fact within what is plausible; `--verbose` shows what else would",
    };
    lines.extend(listed("What would change it", &changes, nothing, layout));
    let questions: Vec<String> = advice.questions.iter().map(|asked| firm::question(knowledge, asked)).collect();
    lines.extend(listed("Ask next", &questions, "nothing: no open question moves it", layout));
    if report.asks && !questions.is_empty() {
        lines.extend(wrap("    ", "`--interactive` asks one by one, with the verdict after each answer", layout.width));
    }
    if let Some(winner) = argument.winner {
        let weak: Vec<String> = accepts(&advice.judgement, winner)
            .into_iter()
            .map(|place| sentences::weak(knowledge, advice, place, winner))
            .collect();
        lines.extend(listed("What you accept by choosing it", &weak, "nothing that is asked is done by hand", layout));
    }
    lines
}

/// A list under a heading: the first of it, and how many more there are.
fn listed(title: &str, items: &[String], nothing: &str, layout: Layout) -> Vec<String> {
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
