//! `--format json` of `map`: the contract `brokerfit.map/1`, described by `docs/map.schema.json`.

use crate::render::packs;
use serde_json::{Map, Value, json};

use super::MapReport;
use super::phrases;
use crate::advice::Found;
use crate::engine::Strength;
use crate::knowledge::KnowledgeBase;
use crate::mapping::{Along, Axis, Cell, Class, Outcome, Region, Scale, Stand, turns};

/// As JSON; a line for each cell.
///
/// # Errors
/// When a value cannot be written, which no map should cause.
pub fn json(report: &MapReport<'_>) -> serde_json::Result<String> {
    let (knowledge, grid) = (report.knowledge, report.grid);
    let place = report.place();
    let legend = grid.tally().into_iter().map(|(class, count)| {
        let mut entry = seen(knowledge, class);
        entry.insert("cells".to_owned(), json!(count));
        entry.insert("share".to_owned(), json!(phrases::part(count, grid.cells.len())));
        Value::Object(entry)
    });
    let found =
        |found: &Found, everywhere: bool| json!({ "id": found.id, "everywhere": everywhere, "because": found.because });
    let contradictions =
        grid.everywhere.iter().map(|it| found(it, true)).chain(grid.contradictions.iter().map(|it| found(it, false)));
    let document = json!({
        "schema": "brokerfit.map/1",
        "knowledge": packs::document(knowledge),
        "samples": report.samples,
        "flow": {
            "name": report.profile.name,
            "file": place.map(|(name, _)| name),
            "line": place.map(|(_, line)| line),
        },
        "x": axis(knowledge, &grid.x),
        "y": grid.y.as_ref().map(|it| axis(knowledge, it)),
        "as_written": verdict(knowledge, grid.as_written),
        "legend": legend.collect::<Vec<_>>(),
        "contradictions": contradictions.collect::<Vec<_>>(),
        "nearest": nearest(report),
        "says": phrases::sentences(report),
    });
    let text = serde_json::to_string_pretty(&document)?;
    let mut cells = Vec::with_capacity(grid.cells.len());
    for (place, it) in grid.cells.iter().enumerate() {
        cells.push(serde_json::to_string(&cell(report, it, place))?);
    }
    let open = text.trim_end().trim_end_matches('}').trim_end();
    Ok(format!("{open},\n  \"cells\": [\n    {}\n  ]\n}}\n", cells.join(",\n    ")))
}

fn axis(knowledge: &KnowledgeBase<'_>, axis: &Axis) -> Value {
    let own = &axis.own;
    json!({
        "fact": knowledge.fact_name(axis.fact),
        "scale": match axis.scale {
            Scale::Logarithmic => "logarithmic",
            Scale::Linear => "linear",
            Scale::Listed => "listed",
        },
        "own": {
            "shown": own.shown,
            "origin": own.origin.word(),
            "stands": match own.stand {
                Stand::On(_) => "on",
                Stand::Between(_) => "between",
                Stand::Below => "below",
                Stand::Above => "above",
                Stand::Nowhere => "nowhere",
            },
            "step": own.nearest(),
        },
        "steps": axis.steps.iter().map(|step| json!({ "value": step.exact, "shown": step.shown })).collect::<Vec<_>>(),
    })
}

fn cell(report: &MapReport<'_>, cell: &Cell, place: usize) -> Value {
    let (knowledge, grid) = (report.knowledge, report.grid);
    let (column, row) = (place % grid.columns(), place / grid.columns());
    let value = |axis: &Axis, step: usize| axis.steps.get(step).map(|step| step.exact.clone());
    let mut all = Map::new();
    all.insert("x".to_owned(), json!(value(&grid.x, column)));
    all.insert("y".to_owned(), json!(grid.y.as_ref().and_then(|axis| value(axis, row))));
    all.extend(verdict(knowledge, cell.outcome));
    let ids = cell.contradictions.iter().filter_map(|place| grid.contradictions.get(*place));
    all.insert("contradictions".to_owned(), json!(ids.map(|found| &found.id).collect::<Vec<_>>()));
    Value::Object(all)
}

fn verdict(knowledge: &KnowledgeBase<'_>, outcome: Outcome) -> Map<String, Value> {
    let leader = match outcome.region {
        Region::One(leader) => Some(leader),
        Region::Both | Region::Neither => None,
    };
    let mut all = Map::new();
    let kind = match outcome.region {
        Region::One(_) => crate::engine::Kind::One,
        Region::Both => crate::engine::Kind::Both,
        Region::Neither => crate::engine::Kind::Neither,
    };
    all.insert("kind".to_owned(), json!(kind.word()));
    all.insert("broker".to_owned(), json!(leader.map(|it| knowledge.broker_name(it.broker))));
    all.insert("option".to_owned(), json!(leader.map(|it| knowledge.option_name(it.option))));
    all.insert("beside".to_owned(), json!(leader.and_then(|it| it.beside).map(|it| knowledge.option_name(it))));
    all.insert("strength".to_owned(), json!(outcome.strength.map(Strength::word)));
    all
}

/// What a class of cells shows; nothing of a verdict where facts contradict each other.
fn seen(knowledge: &KnowledgeBase<'_>, class: Class) -> Map<String, Value> {
    match class {
        Class::Verdict(outcome) => verdict(knowledge, outcome),
        Class::Contradiction => ["kind", "broker", "option", "beside", "strength"]
            .into_iter()
            .map(|key| (key.to_owned(), if key == "kind" { json!("contradiction") } else { Value::Null }))
            .collect(),
    }
}

/// The nearest change in each direction.
fn nearest(report: &MapReport<'_>) -> Vec<Value> {
    let (knowledge, grid) = (report.knowledge, report.grid);
    let mut all = Vec::new();
    for (along, axis) in [(Along::X, Some(&grid.x)), (Along::Y, grid.y.as_ref())] {
        let (Some(axis), Some(turns)) = (axis, turns(grid, along)) else { continue };
        let value = |step: usize| axis.steps.get(step).map(|step| step.exact.clone());
        let turns = [("up", turns.up), ("down", turns.down)];
        let turns = turns.into_iter().flat_map(|(way, turns)| [(way, turns.firmness), (way, turns.region)]);
        for (direction, turn) in turns {
            let Some(turn) = turn else { continue };
            let mut entry = Map::new();
            entry.insert("along".to_owned(), json!(knowledge.fact_name(axis.fact)));
            entry.insert("direction".to_owned(), json!(direction));
            entry.insert("from".to_owned(), json!(value(turn.from)));
            entry.insert("to".to_owned(), json!(value(turn.to)));
            entry.extend(seen(knowledge, turn.class));
            all.push(Value::Object(entry));
        }
    }
    all
}
