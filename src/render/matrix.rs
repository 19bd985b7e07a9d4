//! The table of dimensions × options: the worst answer decides, so it is what a cell shows.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use super::Report;
use super::paragraph::wrap_hanging;
use super::sentences::worst_in;
use crate::advice::Advice;
use crate::knowledge::{Dimension, OptionId};

/// The dimensions that hold a need.
pub(super) fn touched(report: &Report<'_>, advice: &Advice<'_>) -> Vec<Dimension> {
    let holds =
        |dimension: &Dimension| {
            advice.judgement.assessment.needs.iter().any(|created| {
                report.knowledge.needs.get(created.need).is_some_and(|need| need.dimension == *dimension)
            })
        };
    Dimension::ALL.into_iter().filter(holds).collect()
}

/// The rows of the table: a heading, a row a dimension, the scores.
pub(super) fn rows(report: &Report<'_>, advice: &Advice<'_>) -> Vec<Vec<String>> {
    let knowledge = report.knowledge;
    let options: Vec<OptionId> = advice.judgement.assessment.options(knowledge).collect();
    let mut rows = vec![
        std::iter::once(String::new())
            .chain(options.iter().map(|option| knowledge.option_name(*option).to_owned()))
            .collect::<Vec<String>>(),
    ];
    for dimension in touched(report, advice) {
        let cells = options.iter().map(|option| {
            let open = open_in(report, advice, *option, dimension);
            worst_in(knowledge, advice, *option, dimension)
                .map_or_else(String::new, |worst| format!("{}{}", worst.spoken(), if open { UNKNOWN } else { "" }))
        });
        rows.push(std::iter::once(dimension.id().to_owned()).chain(cells).collect());
    }
    let scores = options.iter().map(|option| match advice.judgement.score(*option) {
        Some(score) => format!("{score:.0}"),
        None => "out".to_owned(),
    });
    rows.push(std::iter::once("score".to_owned()).chain(scores).collect());
    rows
}

/// Behind an answer that some other one of its dimension, which nobody has given, may be worse or better than.
const UNKNOWN: &str = " ?";

/// Whether a dimension holds a need of which nobody has said how an option answers it.
fn open_in(report: &Report<'_>, advice: &Advice<'_>, option: OptionId, dimension: Dimension) -> bool {
    let knowledge = report.knowledge;
    let of_dimension = |need: usize| knowledge.needs.get(need).is_some_and(|need| need.dimension == dimension);
    let mut needs = advice.judgement.assessment.needs.iter().map(|created| created.need);
    needs.any(|need| of_dimension(need) && knowledge.is_open(option, need))
}

/// What the first column takes, and each of the others: in less a table would break its words.
const COLUMNS: (usize, usize) = (16, 12);

/// The table in characters; on a narrow screen a line for each option instead.
pub(super) fn table(report: &Report<'_>, advice: &Advice<'_>, width: usize) -> String {
    let options = advice.judgement.assessment.options(report.knowledge).count();
    let narrow = width < COLUMNS.0 + COLUMNS.1 * options;
    let table = if narrow { lines(report, advice, width) } else { wide(report, advice, width) };
    let knowledge = report.knowledge;
    let mut dimensions = touched(report, advice).into_iter();
    let open = |dimension: Dimension| {
        advice.judgement.assessment.options(knowledge).any(|option| open_in(report, advice, option, dimension))
    };
    let note = "  ?: something there is answered by nobody; it counts as workable";
    if dimensions.any(open) { format!("{table}\n{note}") } else { table }
}

/// A line for each option: what each dimension gets.
fn lines(report: &Report<'_>, advice: &Advice<'_>, width: usize) -> String {
    let rows = rows(report, advice);
    let Some((options, dimensions)) = rows.split_first() else { return String::new() };
    let mut all = Vec::new();
    for (column, option) in options.iter().enumerate().skip(1) {
        let cells: Vec<String> =
            dimensions.iter().filter_map(|row| Some(format!("{} {}", row.first()?, row.get(column)?))).collect();
        all.extend(wrap_hanging(&format!("  {option}: "), 4, &cells.join(", "), width));
    }
    all.join("\n")
}

fn wide(report: &Report<'_>, advice: &Advice<'_>, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(80));
    for (place, row) in rows(report, advice).into_iter().enumerate() {
        let cells = row.into_iter().enumerate().map(|(column, text)| {
            let text = if place == 0 { text.replace('/', "/ ") } else { text };
            let alignment = if column == 0 { CellAlignment::Left } else { CellAlignment::Center };
            Cell::new(text).set_alignment(alignment)
        });
        table.add_row(cells);
    }
    let lines: Vec<String> = table.to_string().lines().map(|line| format!(" {}", line.trim_end())).collect();
    lines.join("\n")
}
