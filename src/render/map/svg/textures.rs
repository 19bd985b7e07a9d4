//! Textures: one for each option, so that regions can be told apart without colour. White on the colour where the
//! verdict is firm, the colour on white where it is a toss-up.

use svg::node::element::{Circle, Definitions, Path, Pattern};

use crate::engine::Strength;
use crate::mapping::{Class, Outcome, Region};
use crate::render::map::MapReport;
use crate::render::map::palette::{fill, full};

/// The side of a texture's tile.
const TILE: f64 = 8.0;
/// Lines of a tile, by option; in between stands one of dots.
const LINES: [&str; 6] =
    ["M-2 2L2 -2M0 8L8 0M6 10L10 6", "", "M0 4H8", "M-2 6L2 10M0 0L8 8M6 -2L10 2", "M4 0V8", "M0 4H8M4 0V8"];
const CONTRADICTION: &str = "M0 0L8 8M8 0L0 8";

/// The textures of a map.
#[derive(Debug)]
pub(super) struct Textures {
    all: Vec<(Class, Look)>,
}

/// How a class of cells is filled.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// The colour.
    pub(super) fill: String,
    /// The id of its texture.
    pub(super) id: String,
    lines: &'static str,
    ink: String,
    opacity: f64,
}

/// A texture for everything that a map shows.
pub(super) fn of(report: &MapReport<'_>) -> Textures {
    let all = report.grid.tally().into_iter().enumerate().map(|(place, (class, _))| {
        let (lines, ink, opacity) = drawn(report, class);
        let fill = fill(report.knowledge, class).hex();
        (class, Look { fill, id: format!("texture-{place}"), lines, ink, opacity })
    });
    Textures { all: all.collect() }
}

/// The lines, their colour and how strong they are.
fn drawn(report: &MapReport<'_>, class: Class) -> (&'static str, String, f64) {
    let white = || "#ffffff".to_owned();
    match class {
        Class::Contradiction => (CONTRADICTION, "#8c959f".to_owned(), 0.9),
        Class::Verdict(Outcome { region: Region::Both, .. }) => ("M0 2H8M0 6H8", white(), 0.4),
        Class::Verdict(Outcome { region: Region::Neither, .. }) => ("M0 4H3", white(), 0.7),
        Class::Verdict(Outcome { region: Region::One(leader), strength }) => {
            let place = usize::from(leader.option.0) % LINES.len();
            let lines = LINES.get(place).copied().unwrap_or_default();
            match strength {
                Some(Strength::Clear) | None => (lines, white(), 0.28),
                Some(Strength::Leaning) => (lines, white(), 0.6),
                Some(Strength::TossUp) => (lines, full(report.knowledge, leader.option).hex(), 0.55),
            }
        }
    }
}

impl Textures {
    /// How a class is filled.
    pub(super) fn look(&self, class: Class) -> Option<&Look> {
        self.all.iter().find(|(known, _)| *known == class).map(|(_, look)| look)
    }

    /// The tiles.
    pub(super) fn definitions(&self) -> Definitions {
        let mut definitions = Definitions::new();
        for (_, look) in &self.all {
            let tile = Pattern::new()
                .set("id", look.id.as_str())
                .set("width", TILE)
                .set("height", TILE)
                .set("patternUnits", "userSpaceOnUse");
            definitions = definitions.add(if look.lines.is_empty() {
                let dot = |x: f64, y: f64| {
                    Circle::new()
                        .set("cx", x)
                        .set("cy", y)
                        .set("r", 1.2)
                        .set("fill", look.ink.as_str())
                        .set("fill-opacity", look.opacity)
                };
                tile.add(dot(2.0, 2.0)).add(dot(6.0, 6.0))
            } else {
                let lines = Path::new()
                    .set("d", look.lines)
                    .set("fill", "none")
                    .set("stroke", look.ink.as_str())
                    .set("stroke-opacity", look.opacity)
                    .set("stroke-width", 1);
                tile.add(lines)
            });
        }
        definitions
    }
}
