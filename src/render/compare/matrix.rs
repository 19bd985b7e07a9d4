//! The table of needs × columns for people: a word in each cell, two where the answer depends on something.

use super::super::human::Layout;
use super::super::paragraph::wrap_hanging;
use super::{CompareReport, phrases};
use crate::comparison::{Cell, Column, Row};
use crate::knowledge::{Dimension, Fit};

/// The least room for the names of needs.
const NAMES: usize = 18;
/// Two blanks between columns.
const GAP: usize = 2;

/// A line of a cell, with the fit that colours it.
type Word = (String, Option<Fit>);

/// The whole table; where the columns do not fit beside each other, several tables; on a narrow screen, lines.
pub(super) fn lines(report: &CompareReport<'_>, layout: Layout) -> Vec<String> {
    let columns: Vec<usize> = (0..report.comparison.columns.len()).collect();
    let widths: Vec<usize> = columns.iter().map(|place| width(report, *place)).collect();
    let most = widths.iter().max().copied().unwrap_or(1) + GAP;
    let all: usize = widths.iter().map(|width| width + GAP).sum();
    let room = layout.width.saturating_sub(NAMES);
    let fitting = if all <= room { columns.len() } else { room / most };
    if fitting < columns.len().min(2) {
        return narrow(report, layout);
    }
    // Tables of about the same size read better than a full one and a rest.
    let tables = columns.len().div_ceil(fitting.max(1)).max(1);
    let each = columns.len().div_ceil(tables).max(1);
    let mut lines = Vec::new();
    for (part, places) in columns.chunks(each).enumerate() {
        if part > 0 {
            lines.push(String::new());
        }
        lines.extend(table(report, places, &widths, layout));
    }
    lines
}

fn table(report: &CompareReport<'_>, places: &[usize], widths: &[usize], layout: Layout) -> Vec<String> {
    let of = |place: usize| widths.get(place).copied().unwrap_or_default();
    let taken: usize = places.iter().map(|place| of(*place) + GAP).sum();
    let longest = report.comparison.rows.iter().map(|row| name(report, row).chars().count() + 2).max().unwrap_or(0);
    let room = longest.min(layout.width.saturating_sub(taken)).max(1);
    let line = |first: String, words: Vec<Option<Word>>| {
        let mut text = format!("{first:room$}");
        for (place, word) in places.iter().zip(words) {
            let (word, fit) = word.unwrap_or_default();
            // Colour must not count as width.
            let blanks = " ".repeat(of(*place).saturating_sub(word.chars().count()));
            let shown = fit.map_or_else(|| word.clone(), |fit| layout.style().fit(fit, &word));
            text.push_str(&" ".repeat(GAP));
            text.push_str(&shown);
            text.push_str(&blanks);
        }
        text.trim_end().to_owned()
    };
    let heads: Vec<Vec<String>> =
        places.iter().filter_map(|place| report.comparison.columns.get(*place)).map(|it| head(report, it)).collect();
    let high = heads.iter().map(Vec::len).max().unwrap_or_default();
    let mut lines: Vec<String> = (0..high)
        .map(|step| line(String::new(), heads.iter().map(|head| Some((head.get(step)?.clone(), None))).collect()))
        .collect();
    let mut dimension: Option<Dimension> = None;
    for row in &report.comparison.rows {
        let Some(need) = report.knowledge.needs.get(row.need) else { continue };
        if dimension != Some(need.dimension) {
            dimension = Some(need.dimension);
            lines.push(layout.style().strong(need.dimension.id()));
        }
        let names = broken(name(report, row), room);
        let cells: Vec<Vec<Word>> = places.iter().filter_map(|place| row.cells.get(*place)).map(words).collect();
        let high = cells.iter().map(Vec::len).max().unwrap_or_default().max(names.len());
        for step in 0..high {
            let first = names.get(step).cloned().unwrap_or_default();
            lines.push(line(first, cells.iter().map(|cell| cell.get(step).cloned()).collect()));
        }
    }
    lines
}

/// Every need with its columns in a running text.
fn narrow(report: &CompareReport<'_>, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &report.comparison.rows {
        let groups = row.cells.iter().zip(&report.comparison.columns);
        let cells: Vec<String> = groups
            .map(|(cell, column)| format!("{} {}{}", column.name(report.knowledge), phrases::reach(cell), mark(cell)))
            .collect();
        lines.extend(wrap_hanging(&format!("{}: ", name(report, row)), 2, &cells.join(", "), layout.width));
    }
    lines
}

fn name<'r>(report: &CompareReport<'r>, row: &Row<'_>) -> &'r str {
    report.knowledge.needs.get(row.need).map_or("", |need| report.knowledge.text(need.id))
}

/// The name of a need over several lines, broken after hyphens.
fn broken(name: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::from("  ")];
    for part in name.split_inclusive('-') {
        let full = lines.last().is_some_and(|line| line.trim() != "" && line.len() + part.len() > room);
        if full {
            lines.push(String::from("    "));
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(part);
        }
    }
    lines
}

/// Broker, option, version, and what is not for production, below each other.
fn head(report: &CompareReport<'_>, column: &Column) -> Vec<String> {
    let name = column.name(report.knowledge);
    let (option, version) = name.split_once('@').unwrap_or((&name, ""));
    let (broker, short) = option.split_once('/').unwrap_or((option, ""));
    let mut lines = vec![format!("{broker}/"), short.to_owned()];
    if !version.is_empty() {
        lines.push(format!("@{version}"));
    }
    if phrases::caveat(column.availability).is_some() {
        lines.push(column.availability.spoken().to_owned());
    }
    lines
}

fn words(cell: &Cell<'_>) -> Vec<Word> {
    let mark = mark(cell);
    match cell.reach() {
        None => vec![("-".to_owned(), None)],
        Some(_) if cell.is_open() => vec![(format!("not known{mark}"), None)],
        Some((best, worst)) if best == worst => vec![(format!("{}{mark}", best.spoken()), Some(best))],
        Some((best, worst)) => {
            vec![(format!("{} …", best.spoken()), Some(best)), (format!("{}{mark}", worst.spoken()), Some(worst))]
        }
    }
}

/// Another version answers otherwise.
fn mark(cell: &Cell<'_>) -> &'static str {
    if cell.changed() { "*" } else { "" }
}

fn width(report: &CompareReport<'_>, place: usize) -> usize {
    let heads = report.comparison.columns.get(place).map(|column| head(report, column)).unwrap_or_default();
    let cells = report.comparison.rows.iter().filter_map(|row| row.cells.get(place)).flat_map(words);
    heads.iter().map(|text| text.chars().count()).chain(cells.map(|(text, _)| text.chars().count())).max().unwrap_or(0)
}
