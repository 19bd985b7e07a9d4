//! `--format json` of `tune`: the contract `brokerfit.tuning/1`, described by `docs/tuning.schema.json`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Flow, Tuned, clients, phrases};
use crate::advice::{Setting, line};
use crate::quantity::number;
use crate::render::json::{practice, rounded, short_verdict};
use crate::render::{Report, flows, sentences};
use crate::sizing::{Amount, Floor, Growth, Resource, Shown, Sizing, Span};

/// What stands before the flows.
///
/// # Errors
/// When a value cannot be written, which no tuning should cause.
pub fn begin(report: &Report<'_>) -> serde_json::Result<String> {
    flows::begin(report, "brokerfit.tuning/1")
}

/// One flow; all but the first begin with a comma. What it cites is added to what was cited before.
///
/// # Errors
/// When a value cannot be written, which no tuning should cause.
pub fn flow(flow: &Flow<'_>, first: bool, cited: &mut BTreeSet<String>) -> serde_json::Result<String> {
    cited.extend(flow.tuned.iter().flat_map(|tuned| tuned.cited()).cloned());
    flows::flow(&document(flow), first)
}

/// What stands after the flows: the sources that they cite.
///
/// # Errors
/// When a value cannot be written, which no source should cause.
pub fn end(report: &Report<'_>, cited: &BTreeSet<String>) -> serde_json::Result<String> {
    flows::end(report, cited)
}

fn document(flow: &Flow<'_>) -> Value {
    let knowledge = flow.knowledge();
    let place = flow.report.place(flow.advice);
    json!({
        "name": flow.advice.profile.name,
        "file": place.map(|(file, _)| file),
        "line": place.map(|(_, line)| line),
        "verdict": short_verdict(knowledge, &flow.judgement().verdict),
        "tuned": flow.tuned.map(|tuned| json!({
            "option": knowledge.option_name(tuned.option),
            "broker": knowledge.broker_name(flow.broker(tuned)),
            "version": knowledge.broker(flow.broker(tuned))
                .and_then(|broker| line(&flow.advice.facts, broker)).map(|version| version.to_string()),
            "chosen": tuned.chosen.word(),
            "ruled_out_by": sentences::vetoes(knowledge, flow.advice, tuned.option),
            "settings": tuned.settings.iter().map(|it| setting(flow, tuned, it)).collect::<Vec<_>>(),
            "clients": clients::values(&tuned.clients),
            "sizing": tuned.sizing.as_ref().map(sizing),
            "practices": tuned.practices.iter().map(practice).collect::<Vec<_>>(),
        })),
    })
}

fn setting(flow: &Flow<'_>, tuned: &Tuned, setting: &Setting) -> Value {
    let known = flow.known(tuned, setting);
    let mut value = crate::render::json::setting(setting);
    if let (Some(fields), Some(known)) = (value.as_object_mut(), known) {
        let defaults = known
            .defaults
            .iter()
            .map(|it| json!({ "since": phrases::version(it.since), "value": it.value, "in_use": it.in_use }));
        fields.insert("applied_by".to_owned(), json!(setting.scope.applied_by().word()));
        fields.insert("about".to_owned(), json!(known.about));
        fields.insert("since".to_owned(), json!(phrases::version(known.since)));
        fields.insert("until".to_owned(), json!(phrases::version(known.until)));
        fields.insert("defaults".to_owned(), defaults.collect());
    }
    value
}

fn sizing(sizing: &Sizing) -> Value {
    json!({
        "of": sizing.word,
        "nodes": exact(sizing.nodes),
        "asked": exact(sizing.asked),
        "spare": exact(sizing.spare),
        "why": sizing.why,
        "binding": {
            "id": sizing.binding.id,
            "title": sizing.binding.title,
            "asks": exact(sizing.binding.asks),
            "kind": if sizing.binding.resource { "resource" } else { "floor" },
            "sentence": phrases::binding(sizing),
        },
        "room": sizing.room.as_ref().map(|room| json!({
            "factor": rounded(room.factor, 4),
            "id": room.id,
            "title": room.title,
        })),
        "resources": sizing.resources.iter().map(resource).collect::<Vec<_>>(),
        "floors": sizing.floors.iter().map(floor).collect::<Vec<_>>(),
        "amounts": sizing.amounts.iter().map(amount).collect::<Vec<_>>(),
        "growth": growth(&sizing.growth),
        "doubts": sizing.doubts.iter().map(|doubt| json!({
            "fact": doubt.fact,
            "why": doubt.why.word(),
            "from": exact(doubt.range.lo),
            "to": exact(doubt.range.hi),
            "shown": doubt.shown,
            "nodes": span(doubt.nodes),
        })).collect::<Vec<_>>(),
        "over_what_is_left_open": span(sizing.stated),
        "over_assumptions_too": span(sizing.open),
        "remarks": sizing.remarks.iter().map(|remark| json!({
            "id": remark.id,
            "text": remark.text,
            "sources": remark.sources,
        })).collect::<Vec<_>>(),
        "sources": sizing.sources,
    })
}

/// An amount without a fraction where it is whole.
fn exact(amount: f64) -> Value {
    serde_json::from_str(&number(amount)).unwrap_or(Value::Null)
}

fn span(span: Span) -> Value {
    json!({ "low": exact(span.low), "high": exact(span.high) })
}

fn shown(shown: &Shown) -> Value {
    json!({ "amount": exact(shown.amount), "shown": shown.shown, "formula": shown.formula })
}

fn resource(resource: &Resource) -> Value {
    json!({
        "id": resource.id,
        "title": resource.title,
        "demand": shown(&resource.demand),
        "supply": shown(&resource.supply),
        "most": resource.most.as_ref().map(shown),
        "asks": exact(resource.asks),
        "each": shown(&resource.each),
        "share": rounded(resource.share, 4),
        "why": resource.why,
        "assumed": resource.assumed,
        "sources": resource.sources,
    })
}

fn floor(floor: &Floor) -> Value {
    json!({
        "id": floor.id,
        "title": floor.title,
        "asks": exact(floor.asks),
        "formula": floor.formula,
        "why": floor.why,
        "assumed": floor.assumed,
        "sources": floor.sources,
    })
}

fn amount(amount: &Amount) -> Value {
    json!({
        "id": amount.id,
        "title": amount.title,
        "of": amount.of.word(),
        "value": shown(&amount.value),
        "why": amount.why,
        "assumed": amount.assumed,
        "sources": amount.sources,
    })
}

fn growth(growth: &Growth) -> Value {
    let each = |all: &[(String, f64, String)]| {
        all.iter()
            .map(|(id, amount, shown)| json!({ "id": id, "amount": exact(*amount), "shown": shown }))
            .collect::<Vec<_>>()
    };
    json!({
        "facts": growth.facts,
        "factor": exact(growth.factor),
        "stated": growth.stated,
        "moments": growth.moments.iter().map(|moment| json!({
            "years": moment.years,
            "factor": exact(moment.factor),
            "nodes": exact(moment.nodes),
            "binding": moment.binding.0,
            "demands": each(&moment.demands),
            "amounts": each(&moment.amounts),
        })).collect::<Vec<_>>(),
    })
}
