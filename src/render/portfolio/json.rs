//! `--format json` of `advise`: the key `portfolio` of the contract `brokerfit.advice/1`.

use serde_json::{Map, Value, json};

use super::super::Report;
use super::phrases;
use crate::engine::Strength;
use crate::knowledge::{BrokerId, KnowledgeBase};
use crate::portfolio::{Calls, Charge, Flow, Place, Plan, Portfolio, Regret};

/// The portfolio in parts, so that ten thousand flows are never held as text at once; null where there is none.
pub fn parts<'p>(
    report: &Report<'p>,
    portfolio: Option<&'p Portfolio>,
) -> impl Iterator<Item = serde_json::Result<String>> + use<'p> {
    let knowledge = report.knowledge;
    let head = match portfolio {
        Some(portfolio) => head(knowledge, portfolio),
        None => Ok("null".to_owned()),
    };
    let flows = portfolio.into_iter().flat_map(|portfolio| &portfolio.flows).enumerate();
    let flows = flows.map(move |(place, flow)| {
        let comma = if place == 0 { "\n" } else { ",\n" };
        Ok(format!("{comma}{}", serde_json::to_string_pretty(&self::flow(knowledge, flow))?))
    });
    let end = portfolio.map(|_| Ok("\n]}".to_owned()));
    std::iter::once(head).chain(flows).chain(end)
}

/// Everything but the flows, for which the object stays open.
fn head(knowledge: &KnowledgeBase<'_>, portfolio: &Portfolio) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&together(knowledge, portfolio))?;
    text.pop();
    Ok(text.trim_end().to_owned() + ",\"flows\":[")
}

fn together(knowledge: &KnowledgeBase<'_>, portfolio: &Portfolio) -> Value {
    let advice = &portfolio.recommendation;
    json!({
        "recommendation": {
            "kind": advice.plans.word(),
            "brokers": ids(knowledge, &advice.brokers),
            "strength": advice.strength.map(Strength::word),
            "rule": advice.because.word(),
            "because": phrases::because(knowledge, portfolio),
        },
        "brokers": ids(knowledge, &portfolio.brokers),
        "running": ids(knowledge, &portfolio.running),
        "plans": portfolio.plans.iter().map(|plan| self::plan(knowledge, portfolio, plan)).collect::<Vec<_>>(),
        "second": portfolio.second.as_ref().map(|(broker, charges)| json!({
            "broker": knowledge.broker_name(*broker),
            "costs": charges.iter().filter_map(|charge| self::charge(knowledge, charge)).collect::<Vec<_>>(),
        })),
        "disagreements": portfolio.disagreements.iter().map(|found| json!({
            "fact": knowledge.fact_name(found.fact),
            "broker": found.broker.map(|broker| knowledge.broker_name(broker)),
            "because": knowledge.text(found.because),
            "values": found.values.iter().map(|group| json!({
                "value": group.value,
                "count": group.count,
                "flows": group.flows,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn ids<'k>(knowledge: &'k KnowledgeBase<'_>, brokers: &[BrokerId]) -> Vec<&'k str> {
    brokers.iter().map(|broker| knowledge.broker_name(*broker)).collect()
}

fn plan(knowledge: &KnowledgeBase<'_>, portfolio: &Portfolio, plan: &Plan) -> Value {
    let counts: Map<String, Value> =
        Regret::ALL.iter().map(|regret| (regret.word().to_owned(), json!(plan.count(*regret)))).collect();
    json!({
        "brokers": ids(knowledge, &plan.brokers),
        "worst": plan.worst.word(),
        "counts": counts,
        "least_score": plan.least.map(rounded),
        "most_lost": rounded(plan.lost),
        "on": plan.brokers.iter().map(|broker| {
            let names: Vec<&str> = portfolio.going(plan, *broker).map(|flow| flow.name.as_str()).collect();
            (knowledge.broker_name(*broker).to_owned(), json!(names))
        }).collect::<Map<String, Value>>(),
        "suffering": portfolio.suffering(plan).iter().map(|(flow, place)| json!({
            "name": flow.name,
            "regret": flow.regret(&plan.brokers).word(),
            "broker": knowledge.broker_name(place.broker),
        })).collect::<Vec<_>>(),
    })
}

fn flow(knowledge: &KnowledgeBase<'_>, flow: &Flow) -> Value {
    let (calls, broker) = match flow.calls {
        Calls::One(broker) => ("one", Some(knowledge.broker_name(broker))),
        Calls::Both => ("both", None),
        Calls::Nothing => ("neither", None),
        Calls::Unserved => ("unserved", None),
    };
    let mut on = Map::new();
    for place in &flow.places {
        on.insert(knowledge.broker_name(place.broker).to_owned(), self::place(knowledge, flow, place));
    }
    json!({
        "name": flow.name,
        "calls_for": calls,
        "broker": broker,
        "strength": flow.strength.map(Strength::word),
        "on": on,
    })
}

fn place(knowledge: &KnowledgeBase<'_>, flow: &Flow, place: &Place) -> Value {
    json!({
        "option": knowledge.option_name(place.option),
        "beside": place.beside.map(|beside| knowledge.option_name(beside)),
        "score": place.score.map(rounded),
        "lost": flow.lost(place).map(rounded),
        "regret": flow.is_placed().then(|| place.regret.word()),
        "ruled_out_by": phrases::barrier_names(knowledge, place),
        "worse": place.worse.iter().map(|worse| json!({
            "need": knowledge.needs.get(worse.need).map(|need| knowledge.text(need.id)),
            "must": worse.must,
            "from": worse.from.word(),
            "to": worse.to.word(),
            "steps": worse.steps(),
            "compensate": worse.compensate,
        })).collect::<Vec<_>>(),
    })
}

fn charge(knowledge: &KnowledgeBase<'_>, charge: &Charge) -> Option<Value> {
    let (cost, case) = charge.of(knowledge)?;
    let (how, sources) = case.map_or((cost.how, &cost.sources), |case| (case.how, &case.sources));
    Some(json!({
        "id": knowledge.text(cost.id),
        "title": knowledge.text(cost.title),
        "size": charge.size(knowledge).word(),
        "how": knowledge.text(how),
        "sources": knowledge.source_names(sources),
    }))
}

/// A score as the flows show it.
fn rounded(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}
