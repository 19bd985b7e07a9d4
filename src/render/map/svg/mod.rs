//! As a picture: one self-contained SVG without scripts, on a ground of its own, so that it reads alike on light and
//! dark pages. Colours are backed by textures, lines between regions and names inside them.

mod axes;
mod cells;
mod edges;
mod legend;
mod names;
mod text;
mod textures;

use std::fmt::Write as _;

use svg::Document;
use svg::node::element::{Description, Group, Rectangle, Title};

use self::cells::Frame;
use self::text::{SMALL, TEXT, Writing, lines, write};
use super::{MapReport, phrases};

/// The picture's width, and what stays free at its sides.
const WIDTH: f64 = 960.0;
const MARGIN: f64 = 32.0;
/// The height of the cells of two facts, and of one.
const TALL: f64 = 400.0;
const STRIP: f64 = 84.0;
/// Between the cells and the legend.
const ASIDE: f64 = 28.0;
const GROUND: &str = "#ffffff";
const INK: &str = "#1b1f24";
const GREY: &str = "#57606a";

/// As a picture.
pub fn svg(report: &MapReport<'_>) -> String {
    let grid = report.grid;
    let textures = textures::of(report);
    let beside = legend::width(report);
    let left = MARGIN + axes::left(grid);
    let frame = Frame {
        left,
        top: if grid.y.is_some() { 118.0 } else { 92.0 },
        width: WIDTH - left - MARGIN - ASIDE - beside,
        height: if grid.y.is_some() { TALL } else { STRIP },
    };
    let places = cells::Places::of(grid, frame);
    let mut body = Group::new().add(heading(report));
    body = body.add(cells::draw(report, &places, &textures));
    body = body.add(names::draw(report, &places));
    body = body.add(cells::own(grid, &places));
    let (drawn, below) = axes::draw(report, &places);
    body = body.add(drawn);
    let legend_at = (frame.left + frame.width + ASIDE, frame.top);
    let (entries, legend_end) = legend::draw(report, &textures, legend_at, beside);
    body = body.add(entries);
    let (said, height) = below_all(report, below.max(legend_end + 8.0));
    body = body.add(said);
    document(report, textures.definitions(), body, height)
}

fn document(report: &MapReport<'_>, definitions: svg::node::element::Definitions, body: Group, height: f64) -> String {
    let ground = Rectangle::new().set("width", WIDTH).set("height", height).set("fill", GROUND).set("rx", 8);
    let document = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {height}"))
        .set("width", WIDTH)
        .set("height", height)
        .set("role", "img")
        .set("aria-labelledby", "map-title map-description")
        .set("font-family", "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif")
        .add(Title::new(format!("{}: {}", report.profile.name, phrases::title(report))).set("id", "map-title"))
        .add(Description::new().set("id", "map-description").add(svg::node::Text::new(description(report))))
        .add(definitions)
        .add(ground)
        .add(body);
    format!("{document}\n")
}

/// The picture in words.
fn description(report: &MapReport<'_>) -> String {
    let mut text = String::new();
    for (class, count) in report.grid.tally() {
        let share = phrases::share(count, report.grid.cells.len());
        let _ = write!(text, "{}: {share} of the cells. ", phrases::class(report.knowledge, class));
    }
    text + &phrases::sentences(report).join(" ")
}

fn heading(report: &MapReport<'_>) -> Group {
    let name = Writing { size: 22.0, colour: INK, bold: true, ..Writing::default() };
    let rest = Writing { size: TEXT, colour: GREY, ..Writing::default() };
    let place = report.place().map_or_else(String::new, |(name, line)| format!("  ({name}:{line})"));
    Group::new().add(write(&text::cut(&report.profile.name, 70), (MARGIN, 44.0), name)).add(write(
        &text::cut(&format!("{}{place}", phrases::title(report)), 125),
        (MARGIN, 68.0),
        rest,
    ))
}

/// What the picture says in sentences, and on what it rests; gives the picture's height, too.
fn below_all(report: &MapReport<'_>, from: f64) -> (Group, f64) {
    let mut group = Group::new();
    let mut at = from + 38.0;
    let plain = Writing { size: TEXT, colour: INK, ..Writing::default() };
    for sentence in phrases::sentences(report) {
        for line in lines(&sentence, WIDTH - 2.0 * MARGIN, TEXT) {
            group = group.add(write(&line, (MARGIN, at), plain));
            at += 20.0;
        }
        at += 4.0;
    }
    let rest = format!(
        "brokerfit map, knowledge {}: {} × {} cells, each judged by itself",
        report.knowledge.text(report.knowledge.version),
        report.grid.columns(),
        report.grid.rows(),
    );
    at += 8.0;
    group = group.add(write(&rest, (MARGIN, at), Writing { size: SMALL, colour: GREY, ..Writing::default() }));
    (group, at + 22.0)
}
