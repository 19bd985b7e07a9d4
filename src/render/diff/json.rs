//! `--format json` of `diff`: the contract `brokerfit.diff/1`, described by `docs/diff.schema.json`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::json::{practice, rounded, setting, short_verdict};
use super::super::{Report, flows, sentences};
use super::{Flow, phrases};
use crate::advice::{Advice, Found};
use crate::transition::{Change, Claim, Placed, Reply, Stand, Turn, Work};

/// What stands before the flows.
///
/// # Errors
/// When a value cannot be written, which no move should cause.
pub fn begin(report: &Report<'_>) -> serde_json::Result<String> {
    flows::begin(report, "brokerfit.diff/1")
}

/// One flow; all but the first begin with a comma. What it cites is added to what was cited before.
///
/// # Errors
/// When a value cannot be written, which no move should cause.
pub fn flow(flow: &Flow<'_>, first: bool, cited: &mut BTreeSet<String>) -> serde_json::Result<String> {
    cited.extend(flow.transition.sources().into_iter().map(str::to_owned));
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
    let transition = flow.transition;
    let place = flow.report.place(flow.after);
    let (settings, contradictions) = (&transition.settings, &transition.contradictions);
    let (claims, practices) = (&transition.claims, &transition.practices);
    let changes = |turn: Turn| transition.turning(turn).filter_map(|it| change(flow, it)).collect::<Vec<Value>>();
    json!({
        "name": flow.after.profile.name,
        "file": place.map(|(file, _)| file),
        "line": place.map(|(_, line)| line),
        "before": side(flow, &transition.before, flow.before),
        "after": side(flow, &transition.after, flow.after),
        "move": {
            "course": transition.course.word(),
            "strength": phrases::deciding(flow).judgement.verdict.strength.map(crate::engine::Strength::word),
            "sentence": phrases::verdict(flow),
        },
        "better": changes(Turn::Better),
        "worse": changes(Turn::Worse),
        "same": phrases::same(flow),
        "work": {
            "build": transition.work.new.iter().map(|it| work(flow, it)).collect::<Vec<_>>(),
            "take_down": transition.work.gone.iter().map(|it| work(flow, it)).collect::<Vec<_>>(),
            "kept": transition.work.kept,
        },
        "settings": {
            "new": settings.moved.new.iter().map(placed).collect::<Vec<_>>(),
            "gone": settings.moved.gone.iter().map(placed).collect::<Vec<_>>(),
            "changed": settings.changed.iter().map(|(old, new)| json!({
                "key": new.key,
                "scope": new.scope.word(),
                "before": setting(old),
                "after": setting(new),
            })).collect::<Vec<_>>(),
            "kept": settings.moved.kept,
        },
        "contradictions": {
            "new": contradictions.new.iter().map(|it| found(flow, it)).collect::<Vec<_>>(),
            "gone": contradictions.gone.iter().map(|it| found(flow, it)).collect::<Vec<_>>(),
            "kept": contradictions.kept,
        },
        "misconceptions": {
            "new": claims.new.iter().map(claim).collect::<Vec<_>>(),
            "gone": claims.gone.iter().map(claim).collect::<Vec<_>>(),
            "kept": claims.kept,
        },
        "practices": {
            "new": practices.new.iter().map(practice).collect::<Vec<_>>(),
            "gone": practices.gone.iter().map(practice).collect::<Vec<_>>(),
            "kept": practices.kept,
        },
    })
}

fn side(flow: &Flow<'_>, stand: &Stand, advice: &Advice<'_>) -> Value {
    let knowledge = flow.knowledge();
    let ids = |places: &Vec<usize>| {
        let needs = places.iter().filter_map(|place| sentences::created(knowledge, advice, *place));
        needs.map(|(_, need)| knowledge.text(need.id)).collect::<Vec<_>>()
    };
    json!({
        "broker": knowledge.broker_name(stand.broker),
        "option": knowledge.option_name(stand.option),
        "version": stand.version.to_string(),
        "availability": stand.availability.word(),
        "chosen": stand.chosen.word(),
        "beside": stand.beside.map(|beside| knowledge.option_name(beside)),
        "score": stand.score.map(|score| rounded(score, 2)),
        "ruled_out_by": sentences::vetoes(knowledge, advice, stand.option),
        "worst": stand.worst.as_ref().map(|(fit, places)| json!({ "fit": fit.word(), "needs": ids(places) })),
        "verdict": short_verdict(knowledge, &advice.judgement.verdict),
    })
}

fn change(flow: &Flow<'_>, change: &Change) -> Option<Value> {
    let knowledge = flow.knowledge();
    let need = phrases::need(flow, change.need)?;
    Some(json!({
        "id": knowledge.text(need.id),
        "title": knowledge.text(need.title),
        "dimension": need.dimension.id(),
        "must": change.must,
        "assumed": change.by_assumption,
        "decides": change.decides(),
        "because": change.because,
        "before": reply(&change.before),
        "after": reply(&change.after),
    }))
}

fn reply(reply: &Reply) -> Value {
    json!({
        "fit": reply.fit.word(),
        "how": reply.said.how,
        "compensate": reply.said.compensate,
        "sources": reply.said.sources,
    })
}

fn work(flow: &Flow<'_>, work: &Work) -> Value {
    let needs = work.needs.iter().filter_map(|(place, fit)| {
        Some(json!({ "id": flow.knowledge().text(phrases::need(flow, *place)?.id), "fit": fit.word() }))
    });
    json!({ "text": work.text, "needs": needs.collect::<Vec<_>>(), "sources": work.sources })
}

fn placed(placed: &Placed) -> Value {
    let mut value = setting(&placed.setting);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("absence".to_owned(), json!(placed.absence.word()));
    }
    value
}

fn found(flow: &Flow<'_>, found: &Found) -> Value {
    let knowledge = flow.knowledge();
    json!({
        "id": found.id,
        "level": found.level.word(),
        "option": found.option.map(|option| knowledge.option_name(option)),
        "facts": found.facts.iter().map(|fact| knowledge.fact_name(*fact)).collect::<Vec<_>>(),
        "because": found.because,
        "remedy": found.remedy,
        "sources": found.sources,
    })
}

fn claim(claim: &Claim) -> Value {
    json!({
        "id": claim.id,
        "claim": claim.claim,
        "verdict": claim.verdict.word(),
        "until": claim.until.map(|until| until.to_string()),
        "truth": claim.truth,
        "turns": claim.turns,
        "touches": claim.touches,
        "sources": claim.sources,
    })
}
