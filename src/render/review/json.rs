//! For programs: the contract `brokerfit.review/1`, described by `docs/review.schema.json`. What does not apply is always
//! there.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Flow;
use crate::knowledge::Risk;
use crate::render::json::short_verdict;
use crate::render::{Report, flows};
use crate::review::{Evidence, Left, Proof, Review, Reviewed, Said};

/// What stands before the flows.
///
/// # Errors
/// When a value cannot be written, which no review should cause.
pub fn begin(report: &Report<'_>) -> serde_json::Result<String> {
    flows::begin(report, "brokerfit.review/1")
}

/// One flow; all but the first begin with a comma. What it cites is added to what was cited before.
///
/// # Errors
/// When a value cannot be written, which no review should cause.
pub fn flow(flow: &Flow<'_>, first: bool, cited: &mut BTreeSet<String>) -> serde_json::Result<String> {
    let knowledge = flow.report.knowledge;
    let place = flow.report.place(flow.advice);
    let review = flow.review.map(|(review, chosen)| {
        cited.extend(review.items.iter().flat_map(|item| &item.sources).cloned());
        json!({
            "option": knowledge.option_name(review.option),
            "chosen": chosen.word(),
            "version": review.version.to_string(),
            "open": open(review),
            "items": review.items.iter().map(|item| self::item(flow, item)).collect::<Vec<_>>(),
            "not_applicable": review.left.iter().map(left).collect::<Vec<_>>(),
        })
    });
    let document = json!({
        "name": flow.advice.profile.name,
        "file": place.map(|(file, _)| file),
        "line": place.map(|(_, line)| line),
        "verdict": short_verdict(knowledge, &flow.advice.judgement.verdict),
        "review": review,
    });
    flows::flow(&document, first)
}

/// What stands after the flows: the sources that they cite.
///
/// # Errors
/// When a value cannot be written, which no source should cause.
pub fn end(report: &Report<'_>, cited: &BTreeSet<String>) -> serde_json::Result<String> {
    flows::end(report, cited)
}

/// How many items of each risk are open.
fn open(review: &Review) -> Value {
    let open = |risk| review.items.iter().filter(|item| item.risk == risk && item.state().is_open()).count();
    Value::Object(Risk::ALL.iter().map(|risk| (risk.word().to_owned(), open(*risk).into())).collect::<Map<_, _>>())
}

fn item(flow: &Flow<'_>, item: &Reviewed) -> Value {
    json!({
        "id": item.id,
        "area": item.area.word(),
        "risk": item.risk.word(),
        "title": item.title,
        "why": item.why,
        "facts": item.facts,
        "depends_on": item.open,
        "verify": item.verify.iter().map(|check| json!({ "run": check.run, "expect": check.expect })).collect::<Vec<_>>(),
        "state": item.state().word(),
        "proof": proof(flow, &item.proof),
        "answer": item.answer.as_ref().map(|answer| json!({
            "said": match answer.said {
                Said::Done(_) => "done",
                Said::NotApplicable(_) => "not-applicable",
                Said::Open(_) => "open",
            },
            "remark": answer.said.remark(),
        })),
        "see": item.see,
        "sources": item.sources,
    })
}

fn proof(flow: &Flow<'_>, proof: &Proof) -> Value {
    let said = |all: &[Evidence]| all.iter().map(|evidence| flow.evidence(evidence)).collect::<Vec<_>>();
    match proof {
        Proof::ByHand => Value::Null,
        Proof::Unsaid(keys) => json!({ "by": "files", "verdict": "unsaid", "keys": keys }),
        Proof::Verified(evidence) => json!({ "by": "files", "verdict": "verified", "evidence": said(evidence) }),
        Proof::Contradicted(evidence) => {
            json!({ "by": "files", "verdict": "contradicted", "evidence": said(evidence) })
        }
    }
}

fn left(left: &Left) -> Value {
    json!({ "id": left.id, "area": left.area.word(), "risk": left.risk.word(), "title": left.title, "why": left.why })
}
