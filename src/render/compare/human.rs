//! For people: a word for every need first, then need by need what a word depends on. Verbose: means, work to be built,
//! sources.

use super::super::human::Layout;
use super::super::paragraph::{wrap, wrap_hanging};
use super::{CompareReport, matrix, phrases};
use crate::comparison::{Case, Cell, Difference, Row, groups, told};
use crate::knowledge::{Dimension, Need};

/// Stands for a blank at which no line is broken.
const GLUE: char = '\u{a0}';

/// For people.
pub fn human(report: &CompareReport<'_>, layout: Layout) -> String {
    let mut lines = Vec::new();
    lines.extend(wrap("", &phrases::heading(report).join(" "), layout.width));
    for option in phrases::options(report) {
        let name = report.knowledge.option_name(option);
        let stages = phrases::stages(report, option).map(|stages| format!("{name}: {stages}."));
        let providers = phrases::providers(report, option).filter(|_| layout.verbose);
        let providers = providers.map(|all| format!("{name}: as a managed service only by {}.", all.join(", ")));
        lines.extend(stages.into_iter().chain(providers).flat_map(|text| wrap_hanging("", 2, &text, layout.width)));
    }
    for column in &report.comparison.columns {
        let caveat = phrases::caveat(column.availability).filter(|_| column.chosen);
        let text = caveat.map(|caveat| format!("{}: {caveat}.", column.name(report.knowledge)));
        lines.extend(text.into_iter().flat_map(|text| wrap_hanging("", 2, &text, layout.width)));
    }
    if let Some(text) = phrases::count(report) {
        lines.extend(wrap("", &text, layout.width).into_iter().map(|line| layout.style().strong(&line)));
    }
    if !report.comparison.rows.is_empty() {
        lines.push(String::new());
        lines.extend(matrix::lines(report, layout));
        lines.extend(needs(report, layout));
        lines.extend(quantities(report, layout));
        if layout.verbose {
            lines.extend(sources(report, layout));
        }
        lines.extend(legend(report, layout));
    }
    lines.push(String::new());
    lines.join("\n").replace(GLUE, " ")
}

fn needs(report: &CompareReport<'_>, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    let mut dimension: Option<Dimension> = None;
    for row in report.comparison.rows.iter().filter(|row| layout.verbose || !row.is_plain()) {
        let Some(need) = report.knowledge.needs.get(row.need) else { continue };
        if lines.is_empty() {
            let title = if layout.verbose { "Need by need" } else { "What an answer depends on, need by need" };
            lines.extend([String::new(), layout.style().strong(title)]);
        }
        if dimension != Some(need.dimension) {
            dimension = Some(need.dimension);
            lines.push(layout.style().strong(need.dimension.id()));
        }
        lines.extend(need_lines(report, row, need, layout));
    }
    lines
}

fn need_lines(report: &CompareReport<'_>, row: &Row<'_>, need: &Need, layout: Layout) -> Vec<String> {
    let knowledge = report.knowledge;
    let measured = phrases::measured(report, need).map_or_else(String::new, |by| format!(", by {by}"));
    let title = format!("{} [{}]{measured}", knowledge.text(need.title), knowledge.text(need.id));
    let mut lines = wrap_hanging("  ", 4, &title, layout.width);
    if layout.verbose {
        lines.extend(wrap_hanging("    needed where ", 6, &phrases::created(report, need), layout.width));
    }
    let means = layout.verbose || row.difference == Difference::Means;
    for group in groups(row, means) {
        let Some(cell) = group.columns.first().and_then(|place| row.cells.get(*place)) else { continue };
        let names = phrases::names(report, &group.columns);
        if cell.cases.is_empty() {
            lines.extend(wrap_hanging("    ", 6, &format!("{names}: not there"), layout.width));
        }
        lines.extend(cases(report, need, &cell.cases, (&names, 4), means, layout));
        for stretch in &group.stretches {
            let head = phrases::versions(report, &group, stretch);
            lines.extend(cases(report, need, &stretch.1.cases, (&head, 6), means, layout));
        }
    }
    lines
}

/// The cases of one version: the first beside the head, the others below it.
fn cases(
    report: &CompareReport<'_>,
    need: &Need,
    cases: &[Case<'_>],
    (head, indent): (&str, usize),
    means: bool,
    layout: Layout,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, case) in told(cases, means).iter().enumerate() {
        let condition = phrases::condition(case, str::to_owned).map_or_else(String::new, |text| format!("{text}: "));
        let rule = phrases::plain(report, need, case).replace(" ≤ ", "\u{a0}≤\u{a0}").replace(" ≥ ", "\u{a0}≥\u{a0}");
        let rule = rule.replace("else ", "else\u{a0}");
        let (text, indent) = if place == 0 {
            (format!("{head}: {condition}{rule}"), indent)
        } else {
            (format!("{condition}{rule}"), indent + 2)
        };
        lines.extend(wrap_hanging(&" ".repeat(indent), indent + 4, &text, layout.width));
        if means {
            lines.extend(said(report, case, indent + 4, layout));
        }
    }
    lines
}

/// How, what must be built, on whose word, and how sure that is.
fn said(report: &CompareReport<'_>, case: &Case<'_>, indent: usize, layout: Layout) -> Vec<String> {
    let knowledge = report.knowledge;
    let head = " ".repeat(indent);
    let paragraph = |text: &str| wrap(&head, text, layout.width);
    let mut lines = paragraph(knowledge.text(case.reply.how.source));
    if let Some(build) = &case.reply.compensate {
        lines.extend(paragraph(&format!("To make up for it: {}", knowledge.text(build.source))));
    }
    for (fit, how, build) in case.special() {
        let texts = [how.map(|how| knowledge.text(how.source)), build.map(|build| knowledge.text(build.source))];
        let text: Vec<&str> = texts.into_iter().flatten().collect();
        lines.extend(paragraph(&format!("Where it is {}: {}", fit.spoken(), text.join(" "))));
    }
    if layout.verbose {
        let sources = case.reply.sources.iter().filter_map(|id| knowledge.source(*id));
        let sources: Vec<String> = sources.map(|source| phrases::weighed(report, source)).collect();
        let confidence = case.reply.confidence.word();
        lines.extend(paragraph(&format!("confidence {confidence} [{}]", sources.join(", "))));
    }
    lines
}

fn quantities(report: &CompareReport<'_>, layout: Layout) -> Vec<String> {
    let quantities = &report.comparison.quantities;
    if quantities.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), layout.style().strong("Named quantities")];
    for quantity in quantities {
        let options: Vec<&str> = quantity.options.iter().map(|option| report.knowledge.option_name(*option)).collect();
        let text = format!("{} = {} ({})", quantity.name, quantity.formula, options.join(", "));
        lines.extend(wrap_hanging("  ", 4, &text, layout.width));
    }
    lines
}

fn sources(report: &CompareReport<'_>, layout: Layout) -> Vec<String> {
    let knowledge = report.knowledge;
    let mut lines = vec![String::new(), layout.style().strong("Sources")];
    for source in report.comparison.sources.iter().filter_map(|id| knowledge.source(*id)) {
        let text = format!(
            "{}: {} by {}, version {}, read {}; {}",
            knowledge.text(source.id),
            source.grade.word(),
            knowledge.text(source.affiliation),
            knowledge.text(source.version),
            knowledge.text(source.checked_on),
            knowledge.text(source.place),
        );
        lines.extend(wrap_hanging("  ", 4, &text, layout.width));
        if !knowledge.text(source.url).is_empty() {
            lines.push(format!("    {}", knowledge.text(source.url)));
        }
    }
    lines
}

fn legend(report: &CompareReport<'_>, layout: Layout) -> Vec<String> {
    let meanings: Vec<String> =
        phrases::MEANINGS.iter().map(|(fit, meaning)| format!("{}: {meaning}", fit.spoken())).collect();
    let cells = || report.comparison.rows.iter().flat_map(|row| &row.cells);
    let mut parts = vec![format!("{}.", meanings.join("; "))];
    if cells().any(|cell| cell.cases.iter().any(|case| case.condition.is_some())) {
        parts.push(phrases::READING.to_owned());
    }
    if cells().any(Cell::changed) {
        parts.push("*: another version answers otherwise.".to_owned());
    }
    if layout.verbose {
        parts.push("{…} is computed from a profile.".to_owned());
    } else {
        parts.push("`--verbose` adds by what means, what must be built, and sources.".to_owned());
    }
    let mut lines = vec![String::new()];
    lines.extend(wrap("", &parts.join(" "), layout.width).into_iter().map(|line| layout.style().faint(&line)));
    lines
}
