//! `--format json` of `advise`: the contract `brokerfit.advice/1`, described by `docs/advice.schema.json`.

mod firmness;

use crate::render::packs;
use serde_json::{Map, Value, json};

use super::sentences::{self, vetoes};
use super::{Report, portfolio};
use crate::advice::{Advice, Formulas, Practised, Setting, Words, accepts, arguments, line};
use crate::configuration::FILE_NAME;
use crate::engine::{Created, Judgement, Kind, Verdict};
use crate::expr::FactId;
use crate::facts::{Origin, Shown, detail};
use crate::knowledge::{Dimension, KnowledgeBase, Need, Priority};
use crate::portfolio::Portfolio;
use crate::quantity::exact;

/// What stands before the flows.
///
/// # Errors
/// When a value cannot be written, which no advice should cause.
pub fn begin(report: &Report<'_>) -> serde_json::Result<String> {
    let knowledge = report.knowledge;
    let head = json!({
        "schema": "brokerfit.advice/1",
        "knowledge": packs::document(knowledge),
        "depth": report.depth.word(),
        "samples": report.samples,
        "standard_error": sentences::standard_error(report.samples),
    });
    // The object stays open for the flows.
    let mut text = serde_json::to_string(&head)?;
    text.pop();
    Ok(text + ",\"flows\":[")
}

/// One flow; all but the first begin with a comma.
///
/// # Errors
/// When a value cannot be written, which no advice should cause.
pub fn flow(report: &Report<'_>, advice: &Advice<'_>, first: bool) -> serde_json::Result<String> {
    let comma = if first { "\n" } else { ",\n" };
    Ok(format!("{comma}{}", serde_json::to_string_pretty(&document(report, advice))?))
}

/// What stands after the flows: what is advised for all of them, in parts.
///
/// # Errors
/// A part is one where a value cannot be written, which no advice should cause.
pub fn end<'p>(
    report: &Report<'p>,
    portfolio: Option<&'p Portfolio>,
) -> impl Iterator<Item = serde_json::Result<String>> + use<'p> {
    let parts = portfolio::json::parts(report, portfolio);
    let own = |text: &str| std::iter::once(Ok(text.to_owned()));
    own("\n],\"portfolio\":").chain(parts).chain(own("}\n"))
}

fn document(report: &Report<'_>, advice: &Advice<'_>) -> Value {
    let knowledge = report.knowledge;
    let judgement = &advice.judgement;
    let place = report.place(advice);
    let argument = arguments(knowledge, advice);
    json!({
        "name": advice.profile.name,
        "file": place.map(|(file, _)| file),
        "line": place.map(|(_, line)| line),
        "verdict": verdict(knowledge, advice),
        "workload_verdict": short_verdict(knowledge, &advice.on_workload().verdict),
        "versions": versions(knowledge, advice),
        "newest_verdict": advice.newer.verdict.as_ref().map(|verdict| short_verdict(knowledge, verdict)),
        "shares": shares(knowledge, judgement),
        "brokers": brokers(knowledge, judgement),
        "options": options(knowledge, advice),
        "priorities": priorities(advice),
        "needs": judgement.assessment.needs.iter().enumerate().filter_map(|(place, created)| {
            knowledge.needs.get(created.need).map(|need| self::need(report, advice, place, created, need))
        }).collect::<Vec<_>>(),
        "facts": knowledge.shown_facts().map(|id| fact(report, advice, id)).collect::<Vec<_>>(),
        "conflicts": conflicts(knowledge, advice),
        "notes": notes(advice),
        "changes": advice.changes.iter().map(|change| firmness::change(knowledge, advice, change)).collect::<Vec<_>>(),
        "questions": advice.questions.iter().map(|asked| firmness::question(knowledge, asked)).collect::<Vec<_>>(),
        "favours": firmness::favoured(knowledge, advice),
        "against": argument.against.and_then(|place| need_ids(knowledge, judgement, &[place]).first().copied()),
        "accepts": argument.winner.map_or_else(Vec::new, |winner| {
            need_ids(knowledge, judgement, &accepts(knowledge, judgement, winner))
        }),
        "settings": settings(knowledge, advice),
        "practices": practices(knowledge, advice),
    })
}

fn verdict(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    let judgement = &advice.judgement;
    let verdict = &judgement.verdict;
    let one = verdict.leader.filter(|_| verdict.kind == Kind::One);
    let ids = |set: &Vec<usize>| need_ids(knowledge, judgement, set);
    let split = (!verdict.split.is_empty()).then(|| {
        verdict
            .split
            .iter()
            .map(|part| {
                json!({
                    "broker": knowledge.broker_name(part.broker),
                    "option": knowledge.option_name(part.option),
                    "needs": ids(&part.needs),
                })
            })
            .collect::<Vec<_>>()
    });
    json!({
        "kind": verdict.kind.word(),
        "broker": one.map(|leader| knowledge.broker_name(leader.broker)),
        "option": one.map(|leader| knowledge.option_name(leader.option)),
        "beside": one.and_then(|leader| leader.beside).map(|beside| knowledge.option_name(beside)),
        "strength": verdict.strength.map(crate::engine::Strength::word),
        "share": verdict.share.map(|share| rounded(share, 4)),
        "lead": verdict.lead.map(|lead| rounded(lead, 4)),
        "adequacy": verdict.adequacy.map(crate::knowledge::Fit::word),
        "depends_on": verdict.depends_on.iter().map(|fact| knowledge.fact_name(*fact)).collect::<Vec<_>>(),
        "tied": verdict.tied,
        "leader": verdict.leader.map(|leader| knowledge.option_name(leader.option)),
        "relax": verdict.relax.iter().map(ids).collect::<Vec<_>>(),
        "split": split,
        "scope": scope(knowledge, advice),
    })
}

/// The rule that says that neither broker is called for, or both are.
fn scope(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Option<Value> {
    let rule = sentences::scope_rule(knowledge, &advice.judgement.verdict)?;
    Some(json!({
        "id": knowledge.text(rule.id),
        "because": sentences::scope(knowledge, advice),
        "instead": knowledge.text(rule.instead),
        "sources": knowledge.source_names(&rule.sources),
    }))
}

fn need_ids<'k>(knowledge: &'k KnowledgeBase<'_>, judgement: &Judgement, places: &[usize]) -> Vec<&'k str> {
    places
        .iter()
        .filter_map(|place| judgement.assessment.needs.get(*place))
        .filter_map(|created| knowledge.needs.get(created.need))
        .map(|need| knowledge.text(need.id))
        .collect()
}

pub(in crate::render) fn short_verdict(knowledge: &KnowledgeBase<'_>, verdict: &Verdict) -> Value {
    let one = verdict.leader.filter(|_| verdict.kind == Kind::One);
    json!({
        "kind": verdict.kind.word(),
        "broker": one.map(|leader| knowledge.broker_name(leader.broker)),
        "option": one.map(|leader| knowledge.option_name(leader.option)),
        "strength": verdict.strength.map(crate::engine::Strength::word),
    })
}

/// Which line of each broker is meant, whether it is stated, and the newest known.
fn versions(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    let mut all = Map::new();
    for broker in &knowledge.brokers {
        all.insert(
            knowledge.text(broker.id).to_owned(),
            json!({
                "version": line(&advice.facts, broker).map(|line| line.to_string()),
                "stated": advice.facts.origin(broker.version_fact) == Origin::Stated,
                "newest": broker.versions.last().map(ToString::to_string),
            }),
        );
    }
    Value::Object(all)
}

fn shares(knowledge: &KnowledgeBase<'_>, judgement: &Judgement) -> Value {
    let mut all = Map::new();
    for standing in &judgement.standings {
        all.insert(knowledge.broker_name(standing.broker).to_owned(), json!(rounded(standing.share, 4)));
    }
    all.insert("neither".to_owned(), json!(judgement.neither));
    Value::Object(all)
}

fn brokers(knowledge: &KnowledgeBase<'_>, judgement: &Judgement) -> Value {
    let mut all = Map::new();
    for standing in &judgement.standings {
        all.insert(
            knowledge.broker_name(standing.broker).to_owned(),
            json!({
                "option": knowledge.option_name(standing.option),
                "score": standing.score.map(|score| rounded(score, 2)),
                "ruled_out": standing.ruled_out,
            }),
        );
    }
    Value::Object(all)
}

fn options(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    let judgement = &advice.judgement;
    judgement
        .assessment
        .options(knowledge)
        .map(|option| {
            json!({
                "option": knowledge.option_name(option),
                "score": judgement.score(option).map(|score| rounded(score, 2)),
                "ruled_out_by": vetoes(knowledge, advice, option),
            })
        })
        .collect()
}

/// The dimensions whose priority differs from normal.
fn priorities(advice: &Advice<'_>) -> Value {
    let mut all = Map::new();
    for dimension in Dimension::ALL {
        let priority = advice.profile.priorities.of(dimension);
        if priority != Priority::Normal {
            all.insert(dimension.id().to_owned(), json!(priority.word()));
        }
    }
    Value::Object(all)
}

fn need(report: &Report<'_>, advice: &Advice<'_>, place: usize, created: &Created, need: &Need) -> Value {
    let knowledge = report.knowledge;
    let assessment = &advice.judgement.assessment;
    let words = Words::new(knowledge, advice.profile, &advice.facts);
    let mut fits = Map::new();
    for option in assessment.options(knowledge) {
        let Some(rated) = assessment.ratings(option).get(place) else { continue };
        let said = words.said(option, created, *rated);
        fits.insert(
            knowledge.option_name(option).to_owned(),
            json!({
                "fit": rated.fit.word(),
                "known": !knowledge.is_open(option, created.need),
                "how": said.how,
                "compensate": said.compensate,
                "sources": said.sources,
                "newer": advice.newer.answer(option, place).map(|better| json!({
                    "version": better.version.to_string(),
                    "fit": better.fit.word(),
                })),
            }),
        );
    }
    let amount = need.amount.zip(created.amount).and_then(|((_, unit), amount)| {
        let kind = unit.kind().filter(|_| amount.lo.is_finite() && amount.hi.is_finite())?;
        Some(exact(amount, kind))
    });
    json!({
        "id": knowledge.text(need.id),
        "title": knowledge.text(need.title),
        "dimension": need.dimension.id(),
        "root": knowledge.text(need.root),
        "must": created.must,
        "whole": need.whole,
        "assumed": created.by_assumption,
        "amount": amount,
        "because": words.because(need),
        "facts": need.facts.iter().map(|fact| knowledge.fact_name(*fact)).collect::<Vec<_>>(),
        "fits": fits,
    })
}

fn fact(report: &Report<'_>, advice: &Advice<'_>, id: FactId) -> Value {
    let Shown { value, shown, detail } = detail(report.knowledge, advice.profile, &advice.facts, id);
    let place = place_of(report, advice, id);
    json!({
        "name": report.knowledge.fact_name(id),
        "value": value,
        "shown": shown,
        "origin": advice.facts.origin(id).word(),
        "detail": if detail.is_empty() { place.unwrap_or_default() } else { detail },
    })
}

/// The line on which a fact is stated.
fn place_of(report: &Report<'_>, advice: &Advice<'_>, id: FactId) -> Option<String> {
    let statement = advice.profile.statements.iter().find(|statement| statement.fact == id)?;
    Some(match statement.span.and_then(|span| report.line(advice, span)) {
        Some(line) => format!("line {line}"),
        None if advice.profile.shared.contains(&id) => FILE_NAME.to_owned(),
        None => "--set".to_owned(),
    })
}

fn conflicts(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    advice
        .conflicts
        .iter()
        .map(|conflict| {
            json!({
                "id": conflict.id,
                "level": conflict.level.word(),
                "option": conflict.option.map(|option| knowledge.option_name(option)),
                "facts": conflict.facts.iter().map(|fact| knowledge.fact_name(*fact)).collect::<Vec<_>>(),
                "because": conflict.because,
                "remedy": conflict.remedy,
            })
        })
        .collect()
}

/// What the profile says that is kept and printed, and never interpreted.
fn notes(advice: &Advice<'_>) -> Value {
    advice.profile.kept.iter().map(|remark| json!(format!("{}: {}", remark.key, remark.text))).collect()
}

fn settings(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    let mut all = Map::new();
    for standing in &advice.judgement.standings {
        let settings: Vec<Value> =
            advice.settings(knowledge, standing.broker, Formulas::Traced).iter().map(setting).collect();
        all.insert(knowledge.broker_name(standing.broker).to_owned(), Value::Array(settings));
    }
    Value::Object(all)
}

fn practices(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    let mut all = Map::new();
    for standing in &advice.judgement.standings {
        let practices = advice.practices(knowledge, standing.broker);
        let practices: Vec<Value> = practices.iter().map(practice).collect();
        all.insert(knowledge.broker_name(standing.broker).to_owned(), Value::Array(practices));
    }
    Value::Object(all)
}

pub(super) fn practice(practice: &Practised) -> Value {
    json!({
        "id": practice.id,
        "kind": practice.kind.word(),
        "title": practice.title,
        "how": practice.how,
        "risk": practice.risk,
        "sources": practice.sources,
    })
}

pub(super) fn setting(setting: &Setting) -> Value {
    json!({
        "key": setting.key,
        "scope": setting.scope.word(),
        "value": setting.value,
        "shown": setting.shown,
        "default": setting.default,
        "formula": setting.formula,
        "why": setting.why,
        "risk": setting.risk,
        "constant": setting.constant,
        "sources": setting.sources,
    })
}

/// Rounds to some decimals, so that a number in JSON says no more than it knows.
pub(super) fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round() / scale
}
