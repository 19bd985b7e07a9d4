//! What `check` found: for people, each finding with its line and caret, and a summary; for programs, the contract
//! `brokerfit.check/1`.

use serde_json::{Map, Value, json};

use super::diagnostics;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Kind, Strength, Verdict};
use crate::gate::{Checked, Finding};
use crate::knowledge::{KnowledgeBase, Level};
use crate::profile::{Chosen, Decision};
use crate::source::{LineIndex, Source, Span, grouped};

/// More findings than these are counted, the least grave first.
const SHOWN: usize = 100;

/// What is rendered: every flow of a run after the gate.
#[derive(Debug)]
pub struct GateReport<'r> {
    /// What everything rests on.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// The texts that were read.
    pub sources: &'r [Source],
    /// Every flow, in the order of the sources.
    pub flows: &'r [Checked<'r>],
}

/// For people.
pub fn human(report: &GateReport<'_>, width: usize, colour: bool) -> String {
    let mut all: Vec<Diagnostic> = report
        .flows
        .iter()
        .flat_map(|flow| flow.findings.iter().map(move |finding| diagnostic(flow, finding)))
        .collect();
    let more = all.len().saturating_sub(SHOWN);
    all.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    all.truncate(SHOWN);
    crate::diagnostic::sort(&mut all);
    let mut text = diagnostics::listing(&all, report.sources, width, colour);
    if more > 0 {
        text.push_str("… and ");
        text.push_str(&grouped(more));
        text.push_str(" more; `--format json` lists all of them\n\n");
    }
    text.push_str(&summary(&Counts::of(report.flows)));
    text.push('\n');
    text
}

/// A finding as a diagnostic, which knows how to show places.
fn diagnostic(flow: &Checked<'_>, finding: &Finding) -> Diagnostic {
    let severity = match finding.level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    let name = &flow.profile.name;
    let message = match &finding.conflict {
        Some(conflict) => format!("{name}: {conflict}: {}", finding.message),
        None => format!("{name}: {}", finding.message),
    };
    let mut diagnostic = Diagnostic::new(severity, finding.id, message);
    if let Some(source) = flow.profile.source {
        for (place, label) in finding.places.iter().enumerate() {
            diagnostic = match place {
                0 => diagnostic.at(source, label.span, &label.text),
                _ => diagnostic.also(source, label.span, &label.text),
            };
        }
    }
    diagnostic.help.extend(finding.help.iter().cloned());
    diagnostic
}

/// How many flows have what as the gravest finding.
#[derive(Debug, Default)]
struct Counts {
    flows: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fine: usize,
}

impl Counts {
    fn of(flows: &[Checked<'_>]) -> Self {
        let mut counts = Self { flows: flows.len(), ..Self::default() };
        for flow in flows {
            match flow.worst() {
                Some(Level::Error) => counts.errors += 1,
                Some(Level::Warning) => counts.warnings += 1,
                Some(Level::Note) => counts.notes += 1,
                None => counts.fine += 1,
            }
        }
        counts
    }
}

/// `12 profiles: 1 error, 2 warnings, 9 fine`: each profile counts once, by its gravest finding.
fn summary(counts: &Counts) -> String {
    let plural = |count: usize, noun: &str| {
        let ending = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{} {noun}{ending}", grouped(count)))
    };
    let graded = [plural(counts.errors, "error"), plural(counts.warnings, "warning"), plural(counts.notes, "note")];
    let fine = (counts.fine > 0).then(|| format!("{} fine", grouped(counts.fine)));
    let parts: Vec<String> = graded.into_iter().flatten().chain(fine).collect();
    let profiles = plural(counts.flows, "profile").unwrap_or_else(|| "no profiles".to_owned());
    format!("{profiles}: {}", parts.join(", "))
}

/// For programs.
///
/// # Errors
/// When a value cannot be written, which no finding should cause.
pub fn json(report: &GateReport<'_>) -> serde_json::Result<String> {
    let knowledge = report.knowledge;
    let counts = Counts::of(report.flows);
    let document = json!({
        "schema": "brokerfit.check/1",
        "knowledge": { "version": knowledge.text(knowledge.version) },
        "summary": {
            "flows": counts.flows,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "notes": counts.notes,
            "fine": counts.fine,
        },
        "flows": flows(report),
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn flows(report: &GateReport<'_>) -> Vec<Value> {
    let mut written = Vec::with_capacity(report.flows.len());
    for of_source in report.flows.chunk_by(|left, right| left.profile.source == right.profile.source) {
        let source = of_source.first().and_then(|flow| report.sources.get(flow.profile.source?));
        // One index for all flows of a source: a large file is walked once.
        let index = source.map(|source| LineIndex::new(&source.text));
        for checked in of_source {
            written.push(flow(report.knowledge, checked, source, index.as_ref()));
        }
    }
    written
}

fn flow(
    knowledge: &KnowledgeBase<'_>,
    checked: &Checked<'_>,
    source: Option<&Source>,
    index: Option<&LineIndex<'_>>,
) -> Value {
    let findings: Vec<Value> =
        checked.findings.iter().map(|finding| self::finding(knowledge, finding, index)).collect();
    json!({
        "name": checked.profile.name,
        "file": source.map(|source| source.name.as_str()),
        "line": index.map(|index| index.position(checked.profile.span.start).line),
        "decision": checked.profile.decision.as_ref().map(|decision| self::decision(knowledge, decision)),
        "verdict": verdict(knowledge, &checked.verdict),
        "findings": findings,
    })
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

fn finding(knowledge: &KnowledgeBase<'_>, finding: &Finding, index: Option<&LineIndex<'_>>) -> Value {
    let needs: Vec<&str> = finding
        .needs
        .iter()
        .filter_map(|place| knowledge.needs.get(*place))
        .map(|need| knowledge.text(need.id))
        .collect();
    let facts: Vec<&str> = finding.facts.iter().map(|fact| knowledge.fact_name(*fact)).collect();
    let mut written = Map::new();
    written.insert("id".to_owned(), finding.full_id().into());
    written.insert("level".to_owned(), finding.level.word().into());
    written.insert("message".to_owned(), finding.message.as_str().into());
    written.insert("help".to_owned(), json!(finding.help));
    written.insert("facts".to_owned(), json!(facts));
    written.insert("needs".to_owned(), json!(needs));
    let place = |span: Span| index.map(|index| index.position(span.start));
    let place = finding.span().and_then(place);
    written.insert("line".to_owned(), json!(place.map(|place| place.line)));
    written.insert("column".to_owned(), json!(place.map(|place| place.column)));
    Value::Object(written)
}
