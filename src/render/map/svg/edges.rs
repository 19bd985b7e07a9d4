//! The lines between cells that show something else.

use std::fmt::Write as _;

use svg::node::element::Path;

use super::INK;
use super::cells::{Places, touch};
use super::text::rounded;
use crate::mapping::{Cell, Class, Grid};

/// What changes at a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// What is advised.
    Region,
    /// Only how firmly.
    Firmness,
}

/// The lines of a map: thin and broken where only how firmly changes, thick where what is advised does.
pub(super) fn lines(grid: &Grid, places: &Places) -> [Path; 2] {
    let line = |wanted: Line, width: f64, dash: &str| {
        let path = Path::new().set("d", edges(grid, places, wanted)).set("fill", "none").set("stroke", INK);
        let path = path.set("stroke-width", width).set("stroke-linecap", "square");
        if dash.is_empty() { path } else { path.set("stroke-dasharray", dash) }
    };
    [line(Line::Firmness, 0.8, "3 3"), line(Line::Region, 1.8, "")]
}

/// The lines between neighbours of which one shows something else.
fn edges(grid: &Grid, places: &Places, wanted: Line) -> String {
    let changes = |one: Option<&Cell>, other: Option<&Cell>| {
        let (Some(one), Some(other)) = (one.map(Cell::class), other.map(Cell::class)) else { return false };
        let same = match (one, other) {
            (Class::Verdict(one), Class::Verdict(other)) => one.region == other.region,
            (one, other) => one == other,
        };
        one != other && same == (wanted == Line::Firmness)
    };
    let mut path = String::new();
    for column in 1..grid.columns() {
        let Some((x, _)) = places.columns.get(column) else { continue };
        let split = touch(&places.columns, column - 1, column);
        let at = |row: usize| split && changes(grid.cell(column - 1, row), grid.cell(column, row));
        for (low, high) in stretches(grid.rows(), &places.rows, at) {
            let (Some(below), Some(above)) = (places.rows.get(low), places.rows.get(high)) else { continue };
            let _ = write!(path, "M{} {}V{}", rounded(*x), rounded(below.0 + below.1), rounded(above.0));
        }
    }
    for row in 1..grid.rows() {
        let split = touch(&places.rows, row - 1, row);
        let at = |column: usize| split && changes(grid.cell(column, row - 1), grid.cell(column, row));
        let y = places.rows.get(row - 1).map_or(0.0, |(top, _)| *top);
        for (first, last) in stretches(grid.columns(), &places.columns, at) {
            let (Some(from), Some(to)) = (places.columns.get(first), places.columns.get(last)) else { continue };
            let _ = write!(path, "M{} {}H{}", rounded(from.0), rounded(y), rounded(to.0 + to.1));
        }
    }
    path
}

/// The stretches of neighbouring places at which something holds.
fn stretches(count: usize, places: &[(f64, f64)], holds: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for place in (0..count).filter(|place| holds(*place)) {
        match all.last_mut() {
            Some((_, last)) if *last + 1 == place && touch(places, *last, place) => *last = place,
            _ => all.push((place, place)),
        }
    }
    all
}
