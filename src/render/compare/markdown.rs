//! `--format markdown`: the same for documents. `docs/comparison.md` is what this writes of everything, verbose.

use std::fmt::Write as _;

use super::super::markdown::{escaped, table};
use super::{CompareReport, phrases};
use crate::comparison::{Case, Cell, Difference, Row, groups, told};
use crate::knowledge::{Dimension, KnowledgeBase, Need, OptionId, SourceEntry, Template};

/// As Markdown.
pub fn markdown(report: &CompareReport<'_>, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let mut page = String::from("# What each option answers to each need\n\n");
    let _ = writeln!(page, "{}\n", phrases::heading(report).join(" "));
    for option in phrases::options(report) {
        options_line(&mut page, report, option);
    }
    for column in report.comparison.columns.iter().filter(|column| column.chosen) {
        if let Some(caveat) = phrases::caveat(column.availability) {
            let _ = writeln!(page, "- **{}**: {caveat}.", column.name(knowledge));
        }
    }
    page.push('\n');
    let _ = writeln!(page, "{}", legend(report, verbose));
    if let Some(count) = phrases::count(report) {
        let _ = writeln!(page, "\n{count}");
    }
    for dimension in Dimension::ALL {
        let rows: Vec<(&Row<'_>, &Need)> = report
            .comparison
            .rows
            .iter()
            .filter_map(|row| Some((row, knowledge.needs.get(row.need)?)))
            .filter(|(_, need)| need.dimension == dimension)
            .collect();
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(page, "\n## {}\n\n{}", dimension.id(), overview(report, &rows));
        for (row, need) in rows.into_iter().filter(|(row, _)| verbose || !row.is_plain()) {
            one(&mut page, report, row, need, verbose);
        }
    }
    quantities(&mut page, report);
    if verbose {
        let cited = report.comparison.sources.iter().filter_map(|id| report.knowledge.source(*id));
        page.push_str(&sources(report.knowledge, cited));
    }
    page
}

/// What an option is, and from when on it could be had.
fn options_line(page: &mut String, report: &CompareReport<'_>, option: OptionId) {
    let knowledge = report.knowledge;
    let Some(known) = knowledge.option(option) else { return };
    let stages = phrases::stages(report, option).map_or_else(String::new, |stages| format!(" {}.", capital(&stages)));
    let providers = phrases::providers(report, option);
    let providers =
        providers.map_or_else(String::new, |all| format!(" As a managed service only by {}.", all.join(", ")));
    let _ = writeln!(
        page,
        "- **{}**, {}: {}{stages}{providers}",
        knowledge.option_name(option),
        knowledge.text(known.title),
        escaped(knowledge.text(known.about)),
    );
}

fn legend(report: &CompareReport<'_>, verbose: bool) -> String {
    let meanings: Vec<String> =
        phrases::MEANINGS.iter().map(|(fit, meaning)| format!("*{}*: {meaning}", fit.spoken())).collect();
    let mut parts = vec![format!("{}.", meanings.join("; "))];
    parts.push(
        "Where a fit depends on an amount or a condition, the table gives the best and the worst; the list below \
                it says where."
            .to_owned(),
    );
    parts.push(phrases::READING.to_owned());
    let cells = || report.comparison.rows.iter().flat_map(|row| &row.cells);
    if cells().any(Cell::changed) {
        parts.push("A star: another version answers otherwise.".to_owned());
    }
    if verbose {
        parts.push(
            "`{…}` is computed from a profile. Behind each answer stand its sources, with their weight.".to_owned(),
        );
    }
    parts.join(" ")
}

/// The needs of one dimension, down, and the columns, across.
fn overview(report: &CompareReport<'_>, rows: &[(&Row<'_>, &Need)]) -> String {
    let names = report.comparison.columns.iter().map(|column| column.name(report.knowledge));
    let mut all = vec![std::iter::once("need".to_owned()).chain(names).collect::<Vec<String>>()];
    for (row, need) in rows {
        let title = format!("{} (`{}`)", report.knowledge.text(need.title), report.knowledge.text(need.id));
        all.push(std::iter::once(title).chain(row.cells.iter().map(word)).collect());
    }
    table(&all)
}

fn word(cell: &Cell<'_>) -> String {
    format!("{}{}", phrases::reach(cell), if cell.changed() { "*" } else { "" })
}

fn one(page: &mut String, report: &CompareReport<'_>, row: &Row<'_>, need: &Need, verbose: bool) {
    let knowledge = report.knowledge;
    let _ = writeln!(page, "\n### {} (`{}`)\n", knowledge.text(need.title), knowledge.text(need.id));
    let measured = phrases::measured(report, need).map_or_else(String::new, |by| format!("; measured by `{by}`"));
    let wish = if need.want { "; a wish by nature" } else { "" };
    let _ = writeln!(page, "Needed where `{}`{measured}{wish}.\n", phrases::created(report, need));
    let means = verbose || row.difference == Difference::Means;
    for group in groups(row, means) {
        let Some(cell) = group.columns.first().and_then(|place| row.cells.get(*place)) else { continue };
        let names = phrases::names(report, &group.columns);
        if cell.cases.is_empty() {
            let _ = writeln!(page, "- **{names}**: not there");
        }
        cases(page, report, need, &cell.cases, (&format!("- **{names}**: "), "  "), (means, verbose));
        for stretch in &group.stretches {
            let head = format!("  - {}: ", capital(&phrases::versions(report, &group, stretch)));
            cases(page, report, need, &stretch.1.cases, (&head, "    "), (means, verbose));
        }
    }
}

/// The cases of one version: the first beside the head, the others below it.
fn cases(
    page: &mut String,
    report: &CompareReport<'_>,
    need: &Need,
    cases: &[Case<'_>],
    (head, indent): (&str, &str),
    (means, verbose): (bool, bool),
) {
    for (place, case) in told(cases, means).iter().enumerate() {
        let condition = phrases::condition(case, |text| format!("`{text}`"));
        let condition = condition.map_or_else(String::new, |text| format!("{}: ", capital(&text)));
        let rule = phrases::joined(report, need, case, |fit| format!("*{}*", fit.spoken()), |text| format!("`{text}`"));
        let start = if place == 0 { head.to_owned() } else { format!("{indent}- ") };
        let said = if means { said(report, case, verbose) } else { String::new() };
        let _ = writeln!(page, "{start}{condition}{rule}{said}");
    }
}

/// How, and what must be built; verbose: how sure that is, and on whose word.
fn said(report: &CompareReport<'_>, case: &Case<'_>, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let mut text = format!(". {}", template(report, &case.reply.how));
    if let Some(build) = &case.reply.compensate {
        let _ = write!(text, " To make up for it: {}", template(report, build));
    }
    for (fit, how, build) in case.special() {
        let special: Vec<String> = [how, build].into_iter().flatten().map(|text| template(report, text)).collect();
        let _ = write!(text, " Where it is *{}*: {}", fit.spoken(), special.join(" "));
    }
    if !verbose {
        return text;
    }
    let sources = case.reply.sources.iter().filter_map(|id| knowledge.source(*id));
    let sources: Vec<String> =
        sources.map(|source| format!("{} ({})", link(knowledge, source), source.grade.word())).collect();
    let _ = write!(text, " Confidence {}: {}.", case.reply.confidence.word(), sources.join(", "));
    text
}

/// A text of the rules, with what is computed as code.
fn template(report: &CompareReport<'_>, template: &Template) -> String {
    let source = report.knowledge.text(template.source);
    let part = |start: usize, end: usize| source.get(start..end).unwrap_or_default();
    let mut text = String::with_capacity(source.len() + 16);
    let mut next = 0;
    for hole in &template.holes {
        let (start, end) = (usize::from(hole.start), usize::from(hole.end));
        let _ = write!(text, "{}`{}`", escaped(part(next, start)), part(start, end));
        next = end;
    }
    text + &escaped(part(next, source.len()))
}

fn quantities(page: &mut String, report: &CompareReport<'_>) {
    let quantities = &report.comparison.quantities;
    if quantities.is_empty() {
        return;
    }
    let mut rows = vec![["quantity", "options", "stands for"].map(str::to_owned).to_vec()];
    for quantity in quantities {
        let options: Vec<&str> = quantity.options.iter().map(|option| report.knowledge.option_name(*option)).collect();
        rows.push(vec![format!("`{}`", quantity.name), options.join(", "), format!("`{}`", quantity.formula)]);
    }
    let _ = writeln!(page, "\n## Named quantities\n\n{}", table(&rows));
}

/// The sources that are cited, and where the citations lead.
pub(in crate::render) fn sources<'s>(
    knowledge: &KnowledgeBase<'_>,
    cited: impl Iterator<Item = &'s SourceEntry>,
) -> String {
    let mut rows =
        vec![["source", "weight", "whose word", "about", "read", "section or key"].map(str::to_owned).to_vec()];
    let mut links = String::new();
    for source in cited {
        let id = knowledge.text(source.id);
        let url = knowledge.text(source.url);
        rows.push(vec![
            link(knowledge, source),
            source.grade.word().to_owned(),
            knowledge.text(source.affiliation).to_owned(),
            knowledge.text(source.version).to_owned(),
            knowledge.text(source.checked_on).to_owned(),
            knowledge.text(source.place).to_owned(),
        ]);
        if !url.is_empty() {
            let _ = writeln!(links, "[{id}]: {url}");
        }
    }
    format!("\n## Sources\n\n{}\n\n{}\n", table(&rows), links.trim_end())
}

/// A source's id, which is a link where it can be read somewhere.
fn link(knowledge: &KnowledgeBase<'_>, source: &SourceEntry) -> String {
    let id = knowledge.text(source.id);
    if knowledge.text(source.url).is_empty() { id.to_owned() } else { format!("[{id}]") }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
