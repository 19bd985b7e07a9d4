//! Names inside the regions of a picture, each where its region is largest, if it fits there.

use svg::node::element::{Group, Rectangle};

use super::cells::{Places, own_at, touch};
use super::text::{SMALL, Writing, rounded, width, write};
use super::{GROUND, INK};
use crate::engine::Strength;
use crate::mapping::{Class, Grid, Outcome};
use crate::render::map::{MapReport, palette, phrases};

/// The height of a line of a name.
const LINE: f64 = 16.0;
/// The space around a name.
const AROUND: f64 = 6.0;

/// A rectangle of the picture.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// The names that fit.
pub(super) fn draw(report: &MapReport<'_>, places: &Places) -> Group {
    let mut group = Group::new();
    for (class, _) in report.grid.tally() {
        let lines = name(report, class);
        let widest = lines.iter().map(|line| width(line, SMALL)).fold(0.0, f64::max) + 2.0 * AROUND;
        #[expect(clippy::cast_precision_loss, reason = "two lines")]
        let height = lines.len() as f64 * LINE + AROUND;
        let Some(area) = largest(report.grid, places, class) else { continue };
        let Some((x, y)) = fitting(area, (widest, height), own_at(report.grid, places)) else { continue };
        let ground = palette::fill(report.knowledge, class);
        let colour = if ground.is_light() { INK } else { GROUND };
        let plate = Rectangle::new()
            .set("x", rounded(x - widest / 2.0))
            .set("y", rounded(y - height / 2.0))
            .set("width", rounded(widest))
            .set("height", rounded(height))
            .set("rx", 3)
            .set("fill", ground.hex())
            .set("fill-opacity", 0.92);
        group = group.add(plate);
        let mut at = y - height / 2.0 + AROUND / 2.0 + 12.0;
        for (place, line) in lines.iter().enumerate() {
            let how = Writing { size: SMALL, colour, bold: place == 0, anchor: "middle" };
            group = group.add(write(line, (x, at), how));
            at += LINE;
        }
    }
    group
}

fn name(report: &MapReport<'_>, class: Class) -> Vec<String> {
    match class {
        Class::Verdict(Outcome { region, strength }) => std::iter::once(phrases::region(report.knowledge, region))
            .chain(strength.map(|strength| Strength::word(strength).to_owned()))
            .collect(),
        Class::Contradiction => vec!["contradiction".to_owned()],
    }
}

/// The middle of a name in an area: in its middle, or beside the profile's own place.
fn fitting(area: Area, (width, height): (f64, f64), own: Option<(f64, f64)>) -> Option<(f64, f64)> {
    if area.width < width || area.height < height {
        return None;
    }
    let middle = area.left + area.width / 2.0;
    let heights = [0.5, 0.25, 0.75].map(|part| {
        (area.top + area.height * part).clamp(area.top + height / 2.0, area.top + area.height - height / 2.0)
    });
    let clear = |y: &f64| {
        own.is_none_or(|(x, own)| (x - middle).abs() > width / 2.0 + 10.0 || (own - y).abs() > height / 2.0 + 12.0)
    };
    heights.into_iter().find(clear).map(|y| (middle, y))
}

/// The largest rectangle of cells of a class without a gap: in each row the heights so far, and for each the widest run that holds it.
fn largest(grid: &Grid, places: &Places, class: Class) -> Option<Area> {
    let mut tops: Vec<usize> = vec![0; grid.columns()];
    let mut best: Option<Area> = None;
    for row in 0..grid.rows() {
        for (column, count) in tops.iter_mut().enumerate() {
            let same = grid.cell(column, row).is_some_and(|cell| cell.class() == class);
            let joined = row > 0 && touch(&places.rows, row - 1, row);
            *count = if !same {
                0
            } else if joined {
                *count + 1
            } else {
                1
            };
        }
        for column in 0..grid.columns() {
            let Some(count) = tops.get(column).copied().filter(|count| *count > 0) else { continue };
            let higher = |place: &usize| tops.get(*place).is_some_and(|known| *known >= count);
            let joined = |left: usize| touch(&places.columns, left, left + 1);
            let lefts = (0..=column).rev().take_while(|place| higher(place) && (*place == column || joined(*place)));
            let rights =
                (column..grid.columns()).take_while(|place| higher(place) && (*place == column || joined(*place - 1)));
            let (first, last) = (lefts.last().unwrap_or(column), rights.last().unwrap_or(column));
            let found = area(places, (first, last), (row + 1 - count, row));
            let size = |area: Area| area.width * area.height;
            if let Some(found) = found
                && best.is_none_or(|best| size(found) > size(best))
            {
                best = Some(found);
            }
        }
    }
    best
}

fn area(places: &Places, (first, last): (usize, usize), (low, high): (usize, usize)) -> Option<Area> {
    let (from, to) = (places.columns.get(first)?, places.columns.get(last)?);
    let (below, above) = (places.rows.get(low)?, places.rows.get(high)?);
    Some(Area { left: from.0, top: above.0, width: to.0 + to.1 - from.0, height: below.0 + below.1 - above.0 })
}
