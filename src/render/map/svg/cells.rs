//! The cells of a picture: one shape for everything that shows the same, lines where what is advised changes, thinner
//! ones where only how firmly does, and the profile's own place.

use std::fmt::Write as _;

use svg::node::element::{Group, Path};

use super::edges::lines;
use super::text::rounded;
use super::textures::Textures;
use super::{GROUND, INK};
use crate::mapping::{Axis, Class, Grid, Scale};
use crate::render::map::MapReport;

/// The least extent of a word's column or row beside amounts, and the gap beside it.
const WORD: f64 = 30.0;
const GAP: f64 = 6.0;

/// Where the cells are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where every column and row begins, and how much it takes. Rows count upwards.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) frame: Frame,
    pub(super) columns: Vec<(f64, f64)>,
    pub(super) rows: Vec<(f64, f64)>,
}

impl Places {
    pub(super) fn of(grid: &Grid, frame: Frame) -> Self {
        let columns = spread(&grid.x, frame.width);
        let columns = columns.into_iter().map(|(from, size)| (frame.left + from, size)).collect();
        let rows = grid.y.as_ref().map_or_else(|| vec![(0.0, frame.height)], |axis| spread(axis, frame.height));
        let bottom = frame.top + frame.height;
        let rows = rows.into_iter().map(|(from, size)| (bottom - from - size, size)).collect();
        Self { frame, columns, rows }
    }

    /// The middle of a place that is counted in steps.
    pub(super) fn across(&self, at: f64) -> f64 {
        between(&self.columns, at)
    }

    pub(super) fn upwards(&self, at: f64) -> f64 {
        between(&self.rows, at)
    }
}

fn between(places: &[(f64, f64)], at: f64) -> f64 {
    let (low, part) = (at.floor().max(0.0), at - at.floor());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among a few hundred steps")]
    let step = low as usize;
    let middle = |step: usize| places.get(step).map(|(from, size)| from + size / 2.0);
    let first = middle(step).unwrap_or_default();
    first + part * (middle(step + 1).unwrap_or(first) - first)
}

/// Where the steps of an axis begin and how much they take of a length; words beside amounts stand apart.
fn spread(axis: &Axis, length: f64) -> Vec<(f64, f64)> {
    let mixed = axis.scale != Scale::Listed;
    let word = |place: usize| mixed && axis.steps.get(place).is_some_and(|step| step.amount.is_none());
    #[expect(clippy::cast_precision_loss, reason = "a few hundred steps")]
    let count = |steps: usize| steps as f64;
    let words = (0..axis.steps.len()).filter(|place| word(*place)).count();
    let plain = axis.steps.len() - words;
    let apart = if plain > 0 { count(words) * (WORD + GAP) } else { 0.0 };
    let size = (length - apart) / count(plain.max(1));
    let mut at = 0.0;
    let mut all = Vec::with_capacity(axis.steps.len());
    for place in 0..axis.steps.len() {
        if place > 0 && plain > 0 && word(place) != word(place - 1) {
            at += GAP;
        }
        let own = match (word(place), plain) {
            (true, 0) => length / count(words),
            (true, _) => WORD,
            (false, _) => size,
        };
        all.push((at, own));
        at += own;
    }
    all
}

/// The cells and the lines between them.
pub(super) fn draw(report: &MapReport<'_>, places: &Places, textures: &Textures) -> Group {
    let grid = report.grid;
    let mut group = Group::new().set("shape-rendering", "crispEdges");
    for (class, _) in grid.tally() {
        let (Some(look), shape) = (textures.look(class), shape(grid, places, class)) else { continue };
        group = group.add(Path::new().set("d", shape.as_str()).set("fill", look.fill.as_str()));
        group = group.add(Path::new().set("d", shape).set("fill", format!("url(#{})", look.id)));
    }
    lines(grid, places).into_iter().fold(group, Group::add)
}

/// All cells of a class, as few rectangles.
fn shape(grid: &Grid, places: &Places, class: Class) -> String {
    let mut open: Vec<(usize, usize, usize, usize)> = Vec::new();
    let mut shape = String::new();
    let close = |shape: &mut String, (first, last, low, high): (usize, usize, usize, usize)| {
        let (Some(from), Some(to)) = (places.columns.get(first), places.columns.get(last)) else { return };
        let (Some(below), Some(above)) = (places.rows.get(low), places.rows.get(high)) else { return };
        let (x, y) = (rounded(from.0), rounded(above.0));
        let (width, height) = (rounded(to.0 + to.1) - x, rounded(below.0 + below.1) - y);
        let (width, height) = (rounded(width), rounded(height));
        let _ = write!(shape, "M{x} {y}h{width}v{height}h-{width}z");
    };
    for row in 0..grid.rows() {
        let runs = runs(grid, places, row, class);
        let (kept, closed): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|(first, last, _, high)| runs.contains(&(*first, *last)) && touch(&places.rows, *high, row));
        for rectangle in closed {
            close(&mut shape, rectangle);
        }
        open = runs
            .into_iter()
            .map(|(first, last)| {
                let known = kept.iter().find(|known| (known.0, known.1) == (first, last));
                (first, last, known.map_or(row, |known| known.2), row)
            })
            .collect();
    }
    for rectangle in open {
        close(&mut shape, rectangle);
    }
    shape
}

/// Runs of neighbouring cells of a class in a row.
fn runs(grid: &Grid, places: &Places, row: usize, class: Class) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for column in (0..grid.columns()).filter(|column| grid.cell(*column, row).is_some_and(|it| it.class() == class)) {
        match all.last_mut() {
            Some((_, last)) if *last + 1 == column && touch(&places.columns, *last, column) => *last = column,
            _ => all.push((column, column)),
        }
    }
    all
}

/// Whether two neighbours have no gap between them.
pub(super) fn touch(places: &[(f64, f64)], one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (places.get(one), places.get(other)) else { return false };
    let (first, second) = if one.0 < other.0 { (one, other) } else { (other, one) };
    second.0 - first.0 - first.1 < GAP / 2.0
}

/// The profile's own place, if it is on the map.
pub(super) fn own(grid: &Grid, places: &Places) -> Group {
    match own_at(grid, places) {
        Some(at) => Group::new().add(diamond(at)),
        None => Group::new(),
    }
}

pub(super) fn own_at(grid: &Grid, places: &Places) -> Option<(f64, f64)> {
    let (column, row) = grid.own_cell()?;
    let (x, y) = (places.columns.get(column)?, places.rows.get(row)?);
    Some((x.0 + x.1 / 2.0, y.0 + y.1 / 2.0))
}

/// The sign of the profile.
pub(super) fn diamond((x, y): (f64, f64)) -> Path {
    Path::new()
        .set("d", format!("M{} {}l7.5 9.5l-7.5 9.5l-7.5 -9.5z", rounded(x), rounded(y - 9.5)))
        .set("fill", INK)
        .set("stroke", GROUND)
        .set("stroke-width", 2)
}
