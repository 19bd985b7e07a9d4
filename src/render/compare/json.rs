//! `--format json` of `compare`: the contract `brokerfit.compare/1`, described by `docs/compare.schema.json`.

use crate::render::packs;
use serde_json::{Map, Value, json};

use super::{CompareReport, phrases};
use crate::comparison::{Case, Cell, Column, Difference, Edge, Row, Ruling, Step, Stretch};
use crate::knowledge::{Dimension, Fit, KnowledgeBase, Need, SourceEntry, Version};
use crate::quantity::number;

/// As JSON.
///
/// # Errors
/// When a value cannot be written, which no comparison should cause.
pub fn json(report: &CompareReport<'_>) -> serde_json::Result<String> {
    let (knowledge, comparison) = (report.knowledge, report.comparison);
    let sources = comparison.sources.iter().filter_map(|id| knowledge.source(*id));
    let document = json!({
        "schema": "brokerfit.compare/1",
        "knowledge": packs::document(knowledge),
        "differences_only": report.differences,
        "looked_at": comparison.looked_at,
        "by_stage": comparison.by_stage,
        "columns": comparison.columns.iter().map(|it| column(report, it)).collect::<Vec<_>>(),
        "needs": comparison.rows.iter().filter_map(|it| row(report, it)).collect::<Vec<_>>(),
        "quantities": comparison.quantities.iter().map(|quantity| json!({
            "name": quantity.name,
            "formula": quantity.formula,
            "options": quantity.options.iter().map(|option| knowledge.option_name(*option)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "sources": sources.map(|it| source(knowledge, it)).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn version(version: Option<Version>) -> Option<String> {
    version.map(|version| version.to_string())
}

fn column(report: &CompareReport<'_>, column: &Column) -> Value {
    let knowledge = report.knowledge;
    let available = knowledge.option(column.option).map(|option| &option.available);
    json!({
        "id": column.name(knowledge),
        "broker": knowledge.broker_name(knowledge.broker_of(column.option)),
        "option": knowledge.option_name(column.option),
        "version": column.version.to_string(),
        "chosen": column.chosen,
        "availability": column.availability.word(),
        "early_access": version(available.and_then(|it| it.early_access)),
        "preview": version(available.and_then(|it| it.preview)),
        "production": version(available.and_then(|it| it.since)),
        "providers": phrases::providers(report, column.option),
    })
}

fn row(report: &CompareReport<'_>, row: &Row<'_>) -> Option<Value> {
    let knowledge = report.knowledge;
    let need = knowledge.needs.get(row.need)?;
    let mut cells = Vec::new();
    for (cell, column) in row.cells.iter().zip(&report.comparison.columns) {
        cells.push(self::cell(report, need, cell, &column.name(knowledge)));
    }
    Some(json!({
        "id": knowledge.text(need.id),
        "title": knowledge.text(need.title),
        "dimension": Dimension::id(need.dimension),
        "when": phrases::created(report, need),
        "amount": need.amount.and_then(|_| phrases::measured(report, need)),
        "over": need.over.map(|over| knowledge.fact_name(over)),
        "want": need.want,
        "differs": match row.difference {
            Difference::None => Value::Null,
            Difference::Stage => json!("stage"),
            Difference::Means => json!("means"),
            Difference::Fit => json!("fit"),
        },
        "cells": cells,
    }))
}

fn cell(report: &CompareReport<'_>, need: &Need, cell: &Cell<'_>, name: &str) -> Value {
    let mut value = answered(report, need, &cell.cases);
    value.insert(
        "other_versions".to_owned(),
        cell.stretches.iter().map(|it| Value::Object(stretch(report, need, it))).collect(),
    );
    value.shift_insert(0, "column".to_owned(), json!(name));
    Value::Object(value)
}

fn stretch(report: &CompareReport<'_>, need: &Need, stretch: &Stretch<'_>) -> Map<String, Value> {
    let mut value = answered(report, need, &stretch.cases);
    value.insert("other_fit".to_owned(), json!(stretch.other_fit));
    value.insert("availability".to_owned(), json!(stretch.availability.word()));
    value.shift_insert(0, "until".to_owned(), json!(stretch.until.to_string()));
    value.shift_insert(0, "since".to_owned(), json!(version(stretch.since)));
    value
}

fn answered(report: &CompareReport<'_>, need: &Need, cases: &[Case<'_>]) -> Map<String, Value> {
    let reach = crate::comparison::reach(cases);
    let mut value = Map::new();
    value.insert("best".to_owned(), json!(reach.map(|(best, _)| best.word())));
    value.insert("worst".to_owned(), json!(reach.map(|(_, worst)| worst.word())));
    value.insert("summary".to_owned(), json!((!cases.is_empty()).then(|| phrases::summary(report, need, cases))));
    value.insert("cases".to_owned(), cases.iter().map(|it| case(report, need, it)).collect());
    value
}

fn case(report: &CompareReport<'_>, need: &Need, case: &Case<'_>) -> Value {
    let knowledge = report.knowledge;
    let reply = case.reply;
    json!({
        "when": case.condition,
        "only_worse": case.only_worse,
        "fit": match &case.ruling { Ruling::Always(fit) => Some(fit.word()), _ => None },
        "bands": match &case.ruling {
            Ruling::ByAmount { descending, steps } => steps.iter().map(|it| step(it, *descending, need)).collect(),
            _ => Vec::new(),
        },
        "words": match &case.ruling {
            Ruling::ByWord { .. } => words(report, need, &case.ruling),
            _ => Value::Null,
        },
        "how": knowledge.text(reply.how.source),
        "compensate": reply.compensate.as_ref().map(|build| knowledge.text(build.source)),
        "special": case.special().into_iter().map(|(fit, how, build)| json!({
            "fit": fit.word(),
            "how": how.map(|how| knowledge.text(how.source)),
            "compensate": build.map(|build| knowledge.text(build.source)),
        })).collect::<Vec<_>>(),
        "confidence": reply.confidence.word(),
        "sources": knowledge.source_names(&reply.sources),
    })
}

/// A stretch of amounts: the edge as people read it, and exactly where it does not depend on the workload.
fn step(step: &Step, descending: bool, need: &Need) -> Value {
    let kind = need.amount.and_then(|(_, unit)| unit.kind());
    let exact = |edge: &Edge| edge.amount.map(|amount| exact_amount(amount, kind));
    let ends = step.edge.as_ref().and_then(|(low, high)| {
        let high = high.as_ref().unwrap_or(low);
        Some([exact(low)?, exact(high)?])
    });
    json!({
        "fit": step.fit.word(),
        "limit": step.edge.as_ref().map(|_| if descending { "at-least" } else { "up-to" }),
        "edge": step.edge_text(),
        "exact": ends.map(|[low, high]| if low == high { low } else { format!("{low}..{high}") }),
    })
}

fn exact_amount(amount: f64, kind: Option<crate::quantity::Kind>) -> String {
    kind.map_or_else(|| number(amount), |kind| crate::quantity::exact(crate::quantity::Interval::point(amount), kind))
}

/// Fits by word; `other` stands for every word that is not named.
fn words(report: &CompareReport<'_>, need: &Need, ruling: &Ruling) -> Value {
    let mut all = Map::new();
    for clause in ruling.clauses(report.knowledge, need) {
        let names = match clause.limit {
            crate::comparison::Limit::For(names) => names,
            _ => vec!["other".to_owned()],
        };
        for name in names {
            all.insert(name, json!(Fit::word(clause.fit)));
        }
    }
    Value::Object(all)
}

/// A source of the bibliography.
pub(in crate::render) fn source(knowledge: &KnowledgeBase<'_>, source: &SourceEntry) -> Value {
    let text = |it| knowledge.text(it);
    json!({
        "id": text(source.id),
        "url": text(source.url),
        "where": text(source.place),
        "grade": source.grade.word(),
        "affiliation": text(source.affiliation),
        "version": text(source.version),
        "checked_on": text(source.checked_on),
        "says": text(source.says),
    })
}
