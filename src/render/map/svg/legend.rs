//! The legend of a picture: everything that the map shows, with its part of the cells.

use svg::node::element::{Group, Rectangle};

use super::cells::diamond;
use super::text::{self, SMALL, Writing, cut, rounded, write};
use super::textures::Textures;
use super::{GREY, INK};
use crate::render::map::{MapReport, phrases};

/// The height of a line, and the swatch in it.
const LINE: f64 = 26.0;
const SWATCH: (f64, f64) = (28.0, 17.0);
/// The longest entry, in characters.
const LONGEST: usize = 44;
/// The room for shares.
const SHARES: f64 = 56.0;
const SIZE: f64 = SMALL + 1.0;

/// How wide it is.
pub(super) fn width(report: &MapReport<'_>) -> f64 {
    let names = report.grid.tally().into_iter().map(|(class, _)| phrases::class(report.knowledge, class));
    let widths = names.map(|name| text::width(&cut(&name, LONGEST), SIZE));
    (SWATCH.0 + 10.0 + widths.fold(120.0, f64::max) + SHARES).ceil()
}

/// The legend, and where it ends below.
pub(super) fn draw(report: &MapReport<'_>, textures: &Textures, (left, top): (f64, f64), wide: f64) -> (Group, f64) {
    let grey = Writing { size: SMALL, colour: GREY, ..Writing::default() };
    let plain = Writing { size: SIZE, ..Writing::default() };
    let right = left + wide;
    let mut group = Group::new().add(write("what is advised", (left, top + 4.0), grey)).add(write(
        "of the cells",
        (right, top + 4.0),
        Writing { anchor: "end", ..grey },
    ));
    let mut at = top + 14.0;
    for (class, count) in report.grid.tally() {
        let name = cut(&phrases::class(report.knowledge, class), LONGEST);
        if let Some(look) = textures.look(class) {
            let swatch = |fill: &str| {
                Rectangle::new()
                    .set("x", rounded(left))
                    .set("y", rounded(at))
                    .set("width", SWATCH.0)
                    .set("height", SWATCH.1)
                    .set("fill", fill)
            };
            group = group.add(swatch(&look.fill));
            group = group.add(swatch(&format!("url(#{})", look.id)).set("stroke", INK).set("stroke-width", 0.8));
        }
        let base = at + SWATCH.1 - 4.0;
        group = group.add(write(&name, (left + SWATCH.0 + 10.0, base), plain));
        let share = phrases::share(count, report.grid.cells.len());
        group = group.add(write(&share, (right, base), Writing { anchor: "end", ..plain }));
        at += LINE;
    }
    if report.grid.own_cell().is_some() {
        at += 4.0;
        group = group.add(diamond((left + SWATCH.0 / 2.0, at + SWATCH.1 / 2.0)));
        group = group.add(write("the profile", (left + SWATCH.0 + 10.0, at + SWATCH.1 - 4.0), plain));
        at += LINE;
    }
    (group, at)
}
