//! The axes of a picture: their lines, marks, labels and names.

use std::fmt::Write as _;

use svg::node::element::{Group, Path, Text};

use super::cells::Places;
use super::text::{SMALL, Writing, cut, rounded, width, write};
use super::{GREY, INK};
use crate::mapping::{Axis, Grid, Scale};
use crate::render::map::MapReport;
use crate::render::map::ticks::{Tick, ticks};

/// The length of a mark, and what stands between it and its label.
const MARK: f64 = 6.0;
const SPACE: f64 = 4.0;
/// The longest label, in characters.
const LONGEST: usize = 24;
/// How far labels that stand aslant reach down, by their width; the sine of the angle.
const SLANT: f64 = 0.5;
/// The least distance between labels of amounts upwards.
const APART: f64 = 20.0;

/// The room that labels take at the left.
pub(super) fn left(grid: &Grid) -> f64 {
    let Some(axis) = &grid.y else { return 0.0 };
    let labels = ticks(axis, 12).into_iter().map(|tick| width(&cut(&tick.label, LONGEST), SMALL));
    labels.fold(20.0, f64::max) + MARK + SPACE
}

/// Both axes, and where they end below.
pub(super) fn draw(report: &MapReport<'_>, places: &Places) -> (Group, f64) {
    let mut group = Group::new();
    if let Some(y) = &report.grid.y {
        group = group.add(upwards(report, y, places));
    }
    let (drawn, end) = across(report, &report.grid.x, places);
    (group.add(drawn), end)
}

fn upwards(report: &MapReport<'_>, axis: &Axis, places: &Places) -> Group {
    let left = places.frame.left;
    let name = Writing { bold: true, ..Writing::default() };
    let mut group =
        Group::new().add(write(report.knowledge.fact_name(axis.fact), (super::MARGIN, places.frame.top - 14.0), name));
    let label = Writing { size: SMALL, anchor: "end", ..Writing::default() };
    let mut marks = String::new();
    let mut taken: Vec<f64> = Vec::new();
    let mut all = ticks(axis, 12);
    all.sort_by_key(|tick| !tick.word);
    for tick in all {
        let y = places.upwards(tick.at);
        if taken.iter().any(|known| (known - y).abs() < APART) && !(axis.scale == Scale::Listed && taken.len() < 20) {
            continue;
        }
        taken.push(y);
        let _ = write!(marks, "M{} {}h-{MARK}", rounded(left), rounded(y));
        group = group.add(write(&cut(&tick.label, LONGEST), (left - MARK - SPACE, y + 4.0), label));
    }
    group.add(stroke(marks))
}

fn across(report: &MapReport<'_>, axis: &Axis, places: &Places) -> (Group, f64) {
    let frame = places.frame;
    let bottom = frame.top + frame.height;
    let all = ticks(axis, 10);
    let slanted = axis.scale == Scale::Listed && is_crowded(&all, places);
    let (mut group, end) = if slanted { aslant(&all, places) } else { upright(axis, &all, places) };
    let mut marks = String::new();
    for tick in &all {
        let _ = write!(marks, "M{} {}v{MARK}", rounded(places.across(tick.at)), rounded(bottom));
    }
    let at = (frame.left + frame.width, end + 22.0);
    let name = Writing { bold: true, anchor: "end", ..Writing::default() };
    group = group.add(stroke(marks)).add(write(report.knowledge.fact_name(axis.fact), at, name));
    (group, at.1)
}

/// Whether labels of words would touch.
fn is_crowded(all: &[Tick], places: &Places) -> bool {
    let narrowest = places.columns.iter().map(|(_, size)| *size).fold(f64::INFINITY, f64::min);
    all.iter().any(|tick| width(&tick.label, SMALL) + 8.0 > narrowest)
}

fn aslant(all: &[Tick], places: &Places) -> (Group, f64) {
    let top = places.frame.top + places.frame.height + MARK + SPACE + 6.0;
    let mut group = Group::new();
    let mut longest: f64 = 0.0;
    for tick in all {
        let (x, text) = (rounded(places.across(tick.at) + 4.0), cut(&tick.label, LONGEST));
        longest = longest.max(width(&text, SMALL));
        let how = Writing { size: SMALL, anchor: "end", ..Writing::default() };
        group = group.add(turned(write(&text, (x, top), how), (x, rounded(top))));
    }
    (group, top + longest * SLANT)
}

fn turned(text: Text, (x, y): (f64, f64)) -> Text {
    text.set("transform", format!("rotate(-30 {x} {y})"))
}

/// Labels below their marks; words beside amounts stand a line lower.
fn upright(axis: &Axis, all: &[Tick], places: &Places) -> (Group, f64) {
    let frame = places.frame;
    let base = frame.top + frame.height + MARK + SPACE + 10.0;
    let mut group = Group::new();
    let mut end = base;
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for tick in all {
        let lower = tick.word && axis.scale != Scale::Listed;
        let text = cut(&tick.label, LONGEST);
        let half = width(&text, SMALL) / 2.0;
        let x = places.across(tick.at).clamp(super::MARGIN + half, (frame.left + frame.width - half + 14.0).max(half));
        let y = if lower { base + 16.0 } else { base };
        if !lower && taken.iter().any(|(from, to)| x - half < to + 6.0 && x + half > from - 6.0) {
            continue;
        }
        if !lower {
            taken.push((x - half, x + half));
        }
        end = end.max(y);
        let how = Writing { size: SMALL, anchor: "middle", ..Writing::default() };
        group = group.add(write(&text, (x, y), how));
        if lower {
            let line = format!("M{} {}V{}", rounded(places.across(tick.at)), rounded(base - 14.0), rounded(y - 11.0));
            group = group.add(stroke(line).set("stroke", GREY));
        }
    }
    (group, end)
}

fn stroke(path: String) -> Path {
    Path::new().set("d", path).set("fill", "none").set("stroke", INK).set("stroke-width", 1)
}
