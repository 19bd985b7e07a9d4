//! `--format json`: the contract `brokerfit.check/1`. Keys are only added, and every key is always there.

use crate::render::packs;
use serde_json::{Value, json};

use super::GateReport;
use super::counts::{Counts, Graded};
use super::located::{Columns, Found, Located, Of, Region};
use crate::engine::{Kind, Strength, Verdict};
use crate::gate::Standing;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Chosen, Decision};

/// For programs.
pub(super) fn render(report: &GateReport<'_>) -> serde_json::Result<String> {
    let located = Located::new(report, Columns::Characters);
    let knowledge = report.knowledge;
    let counts = Counts::of(report);
    let (mut flows, mut files) = (Vec::new(), Vec::new());
    for of in located.subjects() {
        match of {
            Of::Flow(checked) => flows.push(json!({
                "name": checked.profile.name,
                "file": name(&located, of.source()),
                "line": located.start(of).map(|start| start.start.line),
                "decision": checked.profile.decision.as_ref().map(|decision| self::decision(knowledge, decision)),
                "verdict": verdict(knowledge, &checked.verdict),
                "findings": findings(&located, of),
            })),
            Of::File(inspected) => files.push(json!({
                "file": name(&located, of.source()),
                "kind": inspected.kind,
                "findings": findings(&located, of),
            })),
        }
    }
    let document = json!({
        "schema": "brokerfit.check/1",
        "knowledge": packs::document(knowledge),
        "fail_on": report.fail_on.word(),
        "refused": report.refused(),
        "baseline": report.baseline.map(|baseline| json!({ "known": counts.known, "gone": baseline.gone })),
        "summary": summary(&counts),
        "flows": flows,
        "files": files,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn summary(counts: &Counts) -> Value {
    let Counts { flows, files, findings, waived, known } = counts;
    let Graded { errors, warnings, notes, fine } = flows;
    json!({
        "flows": flows.all(),
        "errors": errors,
        "warnings": warnings,
        "notes": notes,
        "fine": fine,
        "files": {
            "count": files.all(),
            "errors": files.errors,
            "warnings": files.warnings,
            "notes": files.notes,
            "fine": files.fine,
        },
        "findings": { "errors": findings.errors, "warnings": findings.warnings, "notes": findings.notes },
        "waived": waived,
        "known": known,
    })
}

/// The name of a source as the call gave it.
fn name<'r>(located: &Located<'r>, source: Option<usize>) -> Option<&'r str> {
    Some(located.source(source?)?.name.as_str())
}

fn decision(knowledge: &KnowledgeBase<'_>, decision: &Decision) -> Value {
    let (broker, option) = match &decision.chosen {
        Chosen::Broker { broker, option } => {
            (knowledge.broker_name(*broker), option.map(|option| knowledge.option_name(option)))
        }
        Chosen::Both => ("both", None),
        Chosen::None => ("none", None),
        Chosen::Other(what) => ("other", what.as_deref()),
    };
    json!({ "broker": broker, "option": option })
}

fn verdict(knowledge: &KnowledgeBase<'_>, verdict: &Verdict) -> Value {
    let one = verdict.leader.filter(|_| verdict.kind == Kind::One);
    json!({
        "kind": verdict.kind.word(),
        "broker": one.map(|leader| knowledge.broker_name(leader.broker)),
        "option": one.map(|leader| knowledge.option_name(leader.option)),
        "beside": one.and_then(|leader| leader.beside).map(|beside| knowledge.option_name(beside)),
        "strength": verdict.strength.map(Strength::word),
        "share": verdict.share.map(|share| (share * 1e4).round() / 1e4),
    })
}

fn findings(located: &Located<'_>, of: Of<'_>) -> Vec<Value> {
    let prints = located.fingerprints(of);
    let written = |(finding, print): (&'_ _, String)| self::finding(located, Found { of, finding }, &print);
    of.findings().iter().zip(prints).map(written).collect()
}

fn finding(located: &Located<'_>, found: Found<'_>, fingerprint: &str) -> Value {
    let knowledge = located.report.knowledge;
    let finding = found.finding;
    let needs: Vec<&str> = finding
        .needs
        .iter()
        .filter_map(|place| knowledge.needs.get(*place))
        .map(|need| knowledge.text(need.id))
        .collect();
    let facts: Vec<&str> = finding.facts.iter().map(|fact| knowledge.fact_name(*fact)).collect();
    let first = located.first(found);
    let others: Vec<Value> = located
        .others(found)
        .map(|(region, place)| {
            json!({
                "file": name(located, Some(region.source)),
                "line": region.start.line,
                "column": region.start.column,
                "end_line": region.end.line,
                "end_column": region.end.column,
                "text": place.text,
            })
        })
        .collect();
    let (standing, waiver) = standing(&finding.standing);
    let at = |part: fn(&Region) -> usize| first.as_ref().map(part);
    json!({
        "id": finding.full_id(),
        "level": finding.level.word(),
        "message": finding.message,
        "help": finding.help,
        "facts": facts,
        "needs": needs,
        "about": finding.about,
        "fingerprint": fingerprint,
        "standing": standing,
        "waiver": waiver,
        "file": name(located, first.map_or_else(|| found.of.source(), |region| Some(region.source))),
        "line": at(|region| region.start.line),
        "column": at(|region| region.start.column),
        "end_line": at(|region| region.end.line),
        "end_column": at(|region| region.end.column),
        "text": finding.places.first().map_or("", |place| place.text.as_str()),
        "places": others,
    })
}

fn standing(standing: &Standing) -> (&'static str, Value) {
    match standing {
        Standing::Counts => ("counts", Value::Null),
        Standing::Known => ("known", Value::Null),
        Standing::Waived { reason, owner, expires } => {
            ("waived", json!({ "reason": reason, "owner": owner, "expires": expires.map(|day| day.to_string()) }))
        }
    }
}
