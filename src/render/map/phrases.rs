//! Words that every format of a map uses. They say what the grid shows and nothing finer.

use super::MapReport;
use crate::engine::Strength;
use crate::facts::Origin;
use crate::knowledge::KnowledgeBase;
use crate::mapping::{Along, Axis, Class, Outcome, Region, Stand, Turn, Turns, Way, turns};
use crate::quantity::show_share;
use crate::render::sentences::conflict;

/// How many values of a list are told one by one.
const TOLD: usize = 4;

/// What is recommended, in a few words.
pub(super) fn region(knowledge: &KnowledgeBase<'_>, region: Region) -> String {
    match region {
        Region::One(leader) => {
            let first = knowledge.option_name(leader.option);
            leader
                .beside
                .map_or_else(|| first.to_owned(), |beside| format!("{first} with {}", knowledge.option_name(beside)))
        }
        Region::Both => "both, as two flows".to_owned(),
        Region::Neither => "neither".to_owned(),
    }
}

/// What a cell shows, in a few words.
pub(super) fn class(knowledge: &KnowledgeBase<'_>, class: Class) -> String {
    match class {
        Class::Verdict(Outcome { region: what, strength: Some(strength) }) => {
            format!("{}, {}", region(knowledge, what), strength.word())
        }
        Class::Verdict(Outcome { region: what, strength: None }) => region(knowledge, what),
        Class::Contradiction => "facts contradict each other".to_owned(),
    }
}

/// A part of the cells, shortly.
pub(super) fn share(count: usize, all: usize) -> String {
    show_share(part(count, all)).replace("less than ", "<").replace("more than ", ">")
}

/// A part of the cells.
#[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
pub(super) fn part(count: usize, all: usize) -> f64 {
    count as f64 / all.max(1) as f64
}

/// What the map is about.
pub(super) fn title(report: &MapReport<'_>) -> String {
    let x = report.knowledge.fact_name(report.grid.x.fact);
    match &report.grid.y {
        Some(y) => format!("What is advised over {x} and {}", report.knowledge.fact_name(y.fact)),
        None => format!("What is advised over {x}"),
    }
}

/// Everything that is said below a map.
pub(super) fn sentences(report: &MapReport<'_>) -> Vec<String> {
    let mut all = vec![own(report)];
    all.extend(uniform(report));
    if !report.grid.is_uniform() {
        let axes = [(Along::X, Some(&report.grid.x)), (Along::Y, report.grid.y.as_ref())];
        for (along, axis) in axes {
            all.extend(axis.and_then(|axis| boundary(report, along, axis)));
        }
    }
    all.extend(as_written(report));
    all.extend(contradictions(report));
    all
}

/// Where the profile itself stands.
fn own(report: &MapReport<'_>) -> String {
    let axes: Vec<&Axis> = std::iter::once(&report.grid.x).chain(&report.grid.y).collect();
    let stands: Vec<String> = axes.iter().map(|axis| stand(report.knowledge, axis)).collect();
    let shown = report.grid.own_cell().and_then(|(column, row)| report.grid.cell(column, row));
    match shown {
        Some(cell) => {
            format!("◆ is the profile: {} ({}).", stands.join("; "), class(report.knowledge, cell.class()))
        }
        None => format!("The profile has no place on this map: {}.", stands.join("; ")),
    }
}

fn stand(knowledge: &KnowledgeBase<'_>, axis: &Axis) -> String {
    let name = knowledge.fact_name(axis.fact);
    let own = &axis.own;
    let step = |place: usize| axis.steps.get(place).map_or("", |step| step.shown.as_str());
    let origin = match own.origin {
        Origin::Stated => String::new(),
        origin => format!(", {}", origin.word()),
    };
    let value = match &own.one {
        Some(one) => format!("{name} {}, of which {one} counts{origin}", own.shown),
        None => format!("{name} {}{origin}", own.shown),
    };
    match own.stand {
        Stand::On(_) => value,
        Stand::Between(lower) => {
            format!("{value}, between {} and {}, and marked at the former", step(lower), step(lower + 1))
        }
        Stand::Below => format!("{value} is below {}", step(0)),
        Stand::Above => format!("{value} is above {}", step(axis.steps.len().saturating_sub(1))),
        Stand::Nowhere if own.shown == "unknown" => format!("nothing gives {name} a value"),
        Stand::Nowhere => format!("{name} is {}{origin}, which is no step here", own.shown),
    }
}

fn uniform(report: &MapReport<'_>) -> Option<String> {
    let first = report.grid.cells.first()?.class();
    if report.grid.is_uniform() {
        return Some(format!("Nothing here changes the verdict: {}, in every cell.", class(report.knowledge, first)));
    }
    let Class::Verdict(first) = first else { return None };
    let same = |seen: Class| matches!(seen, Class::Verdict(outcome) if outcome.region == first.region);
    report
        .grid
        .cells
        .iter()
        .all(|cell| same(cell.class()))
        .then(|| format!("It is {} in every cell; only how firmly changes.", region(report.knowledge, first.region)))
}

/// Where the nearest change is along an axis.
fn boundary(report: &MapReport<'_>, along: Along, axis: &Axis) -> Option<String> {
    let turns = turns(report.grid, along)?;
    let name = report.knowledge.fact_name(axis.fact);
    let head = format!("From ◆ along {name}");
    if axis.kind.is_none() && axis.steps.iter().all(|step| step.amount.is_none()) {
        return Some(listed(report, along, axis, turns, &head));
    }
    let last = axis.steps.len().saturating_sub(1);
    if [turns.up, turns.down].iter().all(|way| *way == Way::default()) {
        return Some(format!("{head} nothing changes from {} to {}.", end(axis, 0), end(axis, last)));
    }
    let up = (turns.at < last).then(|| format!("upwards {}", way(report, axis, turns.up, last)));
    let down = (turns.at > 0).then(|| format!("downwards {}", way(report, axis, turns.down, 0)));
    let ways: Vec<String> = up.into_iter().chain(down).collect();
    Some(format!("{head}: {}.", ways.join("; ")))
}

fn end(axis: &Axis, step: usize) -> &str {
    axis.steps.get(step).map_or("", |step| step.shown.as_str())
}

/// What changes in one direction, as far as the map reaches.
fn way(report: &MapReport<'_>, axis: &Axis, way: Way, last: usize) -> String {
    let place = |turn: Turn| {
        let (low, high) = (turn.from.min(turn.to), turn.from.max(turn.to));
        format!("between {} and {}", end(axis, low), end(axis, high))
    };
    let firmness = way.firmness.map(|turn| {
        let word = match turn.class {
            Class::Verdict(outcome) => outcome.strength.map_or("", Strength::word),
            Class::Contradiction => "",
        };
        format!("it becomes {word} {}", place(turn))
    });
    let region = way.region.map(|turn| match turn.class {
        Class::Contradiction => format!("{} the facts begin to contradict each other", place(turn)),
        Class::Verdict(_) => format!("{} it turns to {}", place(turn), class(report.knowledge, turn.class)),
    });
    match (firmness, region) {
        (None, None) => format!("nothing changes as far as {}", end(axis, last)),
        (None, Some(region)) => region,
        (Some(firmness), None) => format!("{firmness}, and the same is advised as far as {}", end(axis, last)),
        (Some(firmness), Some(region)) => format!("{firmness}, and {region}"),
    }
}

/// Words follow no scale: each that shows something else is told.
fn listed(report: &MapReport<'_>, along: Along, axis: &Axis, turns: Turns, head: &str) -> String {
    let Some((column, row)) = report.grid.own_cell() else { return String::new() };
    let shown = |step: usize| match along {
        Along::X => report.grid.cell(step, row),
        Along::Y => report.grid.cell(column, step),
    };
    let others: Vec<String> = (0..axis.steps.len())
        .filter_map(|step| Some((step, shown(step)?.class())))
        .filter(|(_, seen)| *seen != turns.own)
        .map(|(step, seen)| format!("with {} {}", end(axis, step), class(report.knowledge, seen)))
        .collect();
    match others.len() {
        0 => format!("{head} nothing changes."),
        count if count > TOLD => {
            let told: Vec<&str> = others.iter().take(TOLD).map(String::as_str).collect();
            format!("{head}: {}; and {} more.", told.join("; "), count - TOLD)
        }
        _ => format!("{head}: {}.", others.join("; ")),
    }
}

/// The map states what the profile may leave open, and that can change the verdict.
fn as_written(report: &MapReport<'_>) -> Option<String> {
    let (column, row) = report.grid.own_cell()?;
    let cell = report.grid.cell(column, row)?;
    let axes = std::iter::once(&report.grid.x).chain(&report.grid.y);
    let stated = axes.clone().all(|axis| axis.own.origin == Origin::Stated && axis.own.one.is_none());
    let on = axes.clone().all(|axis| matches!(axis.own.stand, Stand::On(_)));
    let as_written = Class::Verdict(report.grid.as_written);
    (!stated && on && Class::Verdict(cell.outcome) != as_written).then(|| {
        format!(
            "As it is written the profile comes out as {}: every cell states what the profile leaves open.",
            class(report.knowledge, as_written)
        )
    })
}

fn contradictions(report: &MapReport<'_>) -> Vec<String> {
    let everywhere = report.grid.everywhere.iter().map(|found| {
        format!(
            "The profile contradicts itself in every cell, so nothing is clear: {}.",
            stop(conflict(report.knowledge, found))
        )
    });
    let somewhere = report.grid.contradictions.iter().map(|found| {
        format!(
            "Facts contradict each other in some cells [{}], for one: {}.",
            found.id,
            stop(conflict(report.knowledge, found))
        )
    });
    everywhere.chain(somewhere).collect()
}

fn stop(mut text: String) -> String {
    if text.ends_with('.') {
        text.pop();
    }
    text
}
