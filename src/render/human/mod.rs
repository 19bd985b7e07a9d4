//! For people: what decides first, in at most 24 lines; then the table, the reasons need by need, the settings, how
//! what is advised grows and what it costs, and what is not considered. Readable at 80 columns, without colour, and in a pipe.

mod firm;
mod headline;
pub(super) mod practices;
mod reasons;
mod settings;
pub(super) mod style;

use super::Report;
use super::matrix;
use super::paragraph::wrap;
use crate::advice::{Advice, arguments};
use crate::render::packs;
use style::Style;

/// How a text for people is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Columns.
    pub width: usize,
    /// Whether to use colour.
    pub colour: bool,
    /// Everything, or what decides.
    pub verbose: bool,
}

impl Layout {
    pub(super) fn style(self) -> Style {
        Style { colour: self.colour }
    }
}

/// One flow; all but the first begin with a rule.
pub fn flow(report: &Report<'_>, advice: &Advice<'_>, layout: Layout, first: bool) -> String {
    let text = one(report, advice, layout);
    if first { text } else { format!("\n{}\n\n{text}", "═".repeat(layout.width.min(80))) }
}

fn one(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> String {
    let argument = arguments(report.knowledge, advice);
    let mut lines = headline::lines(report, advice, &argument, layout);
    lines.push(String::new());
    lines.push(layout.style().strong("Worst answer in each dimension"));
    lines.push(matrix::table(report, advice, layout.width));
    lines.extend(firm::lines(report, advice, &argument, layout));
    lines.extend(reasons::lines(report, advice, &argument, layout));
    lines.extend(settings::lines(report, advice, layout));
    lines.push(String::new());
    lines.join("\n")
}

/// What stands after the flows: what is not considered, and on what everything rests.
pub fn end(report: &Report<'_>, layout: Layout) -> String {
    let knowledge = report.knowledge;
    let mut lines = vec![String::new(), layout.style().strong("Not considered here")];
    for text in &knowledge.not_considered {
        lines.extend(wrap("  - ", knowledge.text(*text), layout.width));
    }
    for broker in knowledge.brokers.iter().filter(|_| layout.verbose) {
        for text in &broker.not_considered {
            let text = format!("{}: {}", knowledge.text(broker.name), knowledge.text(*text));
            lines.extend(wrap("  - ", &text, layout.width));
        }
    }
    let rest = format!(
        "Knowledge {}; {}. `--verbose` shows every answer, fact and formula; docs/how-it-decides.md says how they are \
         weighed.",
        packs::phrase(knowledge),
        super::sentences::basis(report.depth, report.samples),
    );
    lines.extend(wrap("", &rest, layout.width).into_iter().map(|line| layout.style().faint(&line)));
    lines.push(String::new());
    lines.join("\n")
}
