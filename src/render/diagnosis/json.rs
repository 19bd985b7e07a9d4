//! For programs: the contract `brokerfit.diagnosis/1`, described by `docs/diagnosis.schema.json`. All causes, always.

use crate::render::packs;
use serde_json::{Map, Value, json};

use super::{DiagnosisReport, phrases};
use crate::diagnosis::{Cause, Line, Misfit, Shown};
use crate::knowledge::{Pitfall, SourceId, Text};
use crate::render::compare;
use crate::render::json::short_verdict;

/// The whole page.
///
/// # Errors
/// When a value cannot be written, which no diagnosis should cause.
pub fn page(report: &DiagnosisReport<'_>) -> serde_json::Result<String> {
    let knowledge = report.knowledge;
    let diagnosis = report.diagnosis;
    let causes =
        diagnosis.causes.iter().filter_map(|cause| Some(self::cause(report, cause, report.pitfall(cause.pitfall)?)));
    let relied = |source: SourceId| {
        let pitfalls = diagnosis.causes.iter().filter_map(|cause| report.pitfall(cause.pitfall));
        pitfalls.into_iter().any(|pitfall| pitfall.sources.contains(&source))
    };
    let cited = (0_u16..).map(SourceId).zip(&knowledge.sources).filter(|(id, _)| relied(*id)).map(|(_, source)| source);
    let document = json!({
        "schema": "brokerfit.diagnosis/1",
        "knowledge": packs::document(knowledge),
        "profile": report.profile,
        "words": report.words,
        "inputs": report.inputs,
        "read": { "lines": diagnosis.lines, "amounts": diagnosis.amounts },
        "causes": causes.collect::<Vec<_>>(),
        "unknown": {
            "lines": diagnosis.unknown,
            "shown": diagnosis.strange.iter().map(|line| self::line(report, line)).collect::<Vec<_>>(),
        },
        "sources": cited.map(|source| compare::source(knowledge, source)).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn cause(report: &DiagnosisReport<'_>, cause: &Cause, pitfall: &Pitfall) -> Value {
    let knowledge = report.knowledge;
    let text = |text: Text| knowledge.text(text);
    let id = |place: &usize| report.pitfall(*place).map(|it| text(it.id));
    json!({
        "id": text(pitfall.id),
        "broker": knowledge.broker_name(pitfall.broker),
        "version": report.patient.line(pitfall.broker).to_string(),
        "title": text(pitfall.title),
        "likelihood": cause.likelihood.word(),
        "because": phrases::because(cause),
        "evidence": {
            "lines_that_name_it": cause.lines.0,
            "lines_that_fit_it": cause.lines.1,
            "lines": cause.shown.iter().map(|(strength, line)| {
                let mut value = self::line(report, line);
                if let Some(map) = value.as_object_mut() {
                    map.insert("strength".to_owned(), strength.word().into());
                }
                value
            }).collect::<Vec<_>>(),
            "signs": cause.signs.iter().map(sign).collect::<Vec<_>>(),
        },
        "follows": cause.follows.iter().filter_map(id).collect::<Vec<_>>(),
        "cause": text(pitfall.cause),
        "tell": report.steps(pitfall).map(|step| json!({
            "run": phrases::command(cause, text(step.run)),
            "shows": text(step.shows),
        })).collect::<Vec<_>>(),
        "fix": text(pitfall.fix),
        "prevent": text(pitfall.prevent),
        "wrong": pitfall.wrong.iter().filter_map(|place| knowledge.misconceptions.get(usize::from(*place))).map(|it| json!({
            "misconception": text(it.id),
            "claim": text(it.claim),
            "truth": text(it.truth),
        })).collect::<Vec<_>>(),
        "wrong_remedies": pitfall.advice.iter().map(|it| text(*it)).collect::<Vec<_>>(),
        "misfit": cause.misfit.as_ref().map(|misfit| self::misfit(report, misfit)),
        "sources": knowledge.source_names(&pitfall.sources),
    })
}

fn line(report: &DiagnosisReport<'_>, line: &Line) -> Value {
    json!({ "input": report.input(line.input), "line": line.number, "text": line.text })
}

fn sign(sign: &Shown) -> Value {
    let pairs = |pairs: &[(String, String)]| -> Map<String, Value> {
        pairs.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect()
    };
    json!({
        "strength": sign.strength.word(),
        "item": sign.item,
        "items": sign.items.iter().map(|item| json!({
            "identity": pairs(&item.identity),
            "amounts": pairs(&item.amounts),
        })).collect::<Vec<_>>(),
        "more": sign.more,
        "facts": pairs(&sign.facts),
    })
}

fn misfit(report: &DiagnosisReport<'_>, misfit: &Misfit) -> Value {
    let knowledge = report.knowledge;
    json!({
        "need": knowledge.needs.get(misfit.need).map(|need| knowledge.text(need.id)),
        "state": misfit.state,
        "verdict": short_verdict(knowledge, &misfit.after),
        "verdict_as_stated": misfit.before.as_ref().map(|verdict| short_verdict(knowledge, verdict)),
    })
}
