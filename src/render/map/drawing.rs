//! The map in characters: its cells with what stands beside and below them.

use super::MapReport;
use super::labels::labels;
use super::palette::terminal;
use super::symbols::{OWN, Symbols};
use super::ticks::{Tick, ticks};
use crate::mapping::{Axis, Cell, Class, Room, Scale};
use crate::render::human::Layout;

/// Columns before the cells: labels and the axis.
const GUTTER: usize = 17;
/// Rows of a map of two facts.
const ROWS: usize = 20;
/// Rows of the strip of one fact.
const STRIP: usize = 3;
/// The widest column of a word.
const WIDEST: usize = 14;
/// Columns of a word beside amounts, with the blank between.
const WORD: usize = 3;

/// For how many cells a text of this width has room: across and upwards.
pub fn room(width: usize) -> (Room, Room) {
    let across = Room { cells: width.saturating_sub(GUTTER + 2).max(10), word: WORD };
    (across, Room { cells: ROWS, word: 1 })
}

/// A text in the colours of what it shows, or plain.
pub(super) fn painted(text: &str, class: Class, report: &MapReport<'_>, layout: Layout) -> String {
    if !layout.colour {
        return text.to_owned();
    }
    let (front, back) = terminal(report.knowledge, class);
    format!("\u{1b}[38;5;{front};48;5;{back}m{text}\u{1b}[0m")
}

/// The map while it is laid out.
#[derive(Debug)]
pub(super) struct Drawing<'d> {
    report: &'d MapReport<'d>,
    layout: Layout,
    /// For each step across: its first column and how many it has.
    columns: Vec<(usize, usize)>,
    width: usize,
    /// How many rows a step upwards has.
    tall: usize,
    gutter: usize,
}

impl<'d> Drawing<'d> {
    pub(super) fn of(report: &'d MapReport<'d>, layout: Layout) -> Self {
        let grid = report.grid;
        let labels = grid.y.iter().flat_map(|axis| &axis.steps).filter(|step| step.amount.is_none());
        let longest = labels.map(|step| step.shown.chars().count()).max().unwrap_or(6).max(6);
        let gutter = longest.clamp(6, GUTTER.max(layout.width / 4)) + 2;
        let available = layout.width.saturating_sub(gutter + 1);
        let columns = columns(&grid.x, available);
        let width = columns.last().map_or(0, |(first, count)| first + count);
        let listed = grid.y.as_ref().is_some_and(|axis| axis.scale == Scale::Listed);
        let tall = match grid.y {
            None => STRIP,
            Some(_) if listed => (ROWS / grid.rows().max(1)).clamp(1, 4),
            Some(_) => (ROWS / grid.rows().max(1)).clamp(1, 2),
        };
        Self { report, layout, columns, width, tall, gutter }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let grid = self.report.grid;
        let mut lines = Vec::new();
        if let Some(y) = &grid.y {
            lines.push(self.report.knowledge.fact_name(y.fact).to_owned());
        }
        let marks = grid.y.as_ref().map_or_else(Vec::new, |axis| self.marks(axis));
        for row in (0..grid.rows()).rev() {
            for part in (0..self.tall).rev() {
                let middle = part == self.tall / 2;
                let label = marks.get(row).filter(|_| middle).and_then(Option::as_deref);
                let edge = if label.is_some() { '┤' } else { '│' };
                let label = short(label.unwrap_or_default(), self.gutter - 1);
                lines.push(format!("{label:>width$} {edge}{}", self.row(row, part, middle), width = self.gutter - 1));
            }
        }
        lines.extend(self.below());
        lines
    }

    /// The label of each row, where it has one: words always, amounts at round ones, two rows apart.
    fn marks(&self, axis: &Axis) -> Vec<Option<String>> {
        let mut marks: Vec<Option<String>> = vec![None; axis.steps.len()];
        let most = (axis.steps.len() * self.tall / 2).max(2);
        let mut all = ticks(axis, most);
        all.sort_by_key(|tick| !tick.word);
        for tick in all {
            let row = nearest(tick.at);
            let near = |row: usize| marks.get(row).is_some_and(Option::is_some);
            let crowded = near(row) || (!tick.word && self.tall == 1 && (near(row + 1) || (row > 0 && near(row - 1))));
            if let Some(mark) = marks.get_mut(row).filter(|_| !crowded) {
                *mark = Some(tick.label);
            }
        }
        marks
    }

    fn row(&self, row: usize, part: usize, middle: bool) -> String {
        let grid = self.report.grid;
        let symbols = Symbols::of(self.report.knowledge, grid);
        let own = grid.own_cell();
        let mut text = String::new();
        let mut at = 0;
        let mut run: Option<(Class, String)> = None;
        let finish = |run: &mut Option<(Class, String)>, text: &mut String| {
            if let Some((class, run)) = run.take() {
                text.push_str(&painted(&run, class, self.report, self.layout));
            }
        };
        for (column, (first, count)) in self.columns.iter().enumerate() {
            let Some(class) = grid.cell(column, row).map(Cell::class) else { continue };
            if *first > at || run.as_ref().is_some_and(|(known, _)| *known != class) {
                finish(&mut run, &mut text);
            }
            text.push_str(&" ".repeat(first - at));
            at = first + count;
            let (_, run) = run.get_or_insert_with(|| (class, String::new()));
            for place in 0..*count {
                let is_own = middle && own == Some((column, row)) && place == count / 2;
                let odd = (first + place + row * self.tall + part) % 2 == 1;
                run.push(if is_own { OWN } else { symbols.cell(class, odd) });
            }
        }
        finish(&mut run, &mut text);
        text
    }

    /// The axis below the map: its line, its labels, its name.
    fn below(&self) -> Vec<String> {
        let axis = &self.report.grid.x;
        let column = |at: f64| {
            let (step, rest) = (at.floor(), at - at.floor());
            let middle = |step: usize| self.columns.get(step).map(|(first, count)| first + count / 2);
            let low = middle(nearest(step)).unwrap_or(0);
            if rest >= 0.5 { middle(nearest(step) + 1).unwrap_or(low) } else { low }
        };
        let most = (self.width / 6).max(2);
        let marks: Vec<(usize, Tick)> = ticks(axis, most).into_iter().map(|tick| (column(tick.at), tick)).collect();
        let (labels, shown) = labels(&marks, self.gutter + 1, self.gutter + 1 + self.width);
        let mut line: Vec<char> = vec!['─'; self.width];
        for place in shown {
            if let Some(mark) = line.get_mut(place) {
                *mark = '┬';
            }
        }
        let line: String = line.into_iter().collect();
        let name = self.report.knowledge.fact_name(axis.fact);
        let indent = (self.gutter + 1 + self.width).saturating_sub(name.chars().count());
        let mut lines = vec![format!("{}└{line}", " ".repeat(self.gutter))];
        lines.extend(labels);
        lines.push(format!("{}{name}", " ".repeat(indent)));
        lines
    }
}

/// Where each step's columns begin and how many there are; words beside amounts stand apart.
fn columns(axis: &Axis, available: usize) -> Vec<(usize, usize)> {
    let count = axis.steps.len().max(1);
    let words = axis.steps.iter().filter(|step| step.amount.is_none()).count();
    let mixed = axis.scale != Scale::Listed && words > 0;
    let spare = available >= count + words * (WORD - 1);
    let plain = if axis.scale == Scale::Listed {
        (available / count).clamp(1, WIDEST)
    } else {
        let scaled = count.saturating_sub(words).max(1);
        (available.saturating_sub(words * WORD) / scaled).clamp(1, 5)
    };
    let mut at = 0;
    let mut all = Vec::with_capacity(count);
    let mut before: Option<bool> = None;
    for step in &axis.steps {
        let word = mixed && step.amount.is_none();
        if mixed && spare && before.is_some_and(|before| before != word) {
            at += 1;
        }
        before = Some(word);
        let wide = if word && spare { (WORD - 1).max(plain) } else { plain };
        all.push((at, wide));
        at += wide;
    }
    all
}

/// A label that is too long for its place is cut, and shows it.
fn short(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    label.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among a few hundred steps")]
fn nearest(at: f64) -> usize {
    at.round().max(0.0) as usize
}
