//! What became of changed rules: for people, the survivors that matter, each with a flow that shows the difference; for
//! programs, all of them (`brokerfit.rules-mutate/1`).

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::knowledge::KnowledgeBase;
use crate::mutation::{Difference, Explained, Fate, Hunted, Outcome, Witness};
use crate::profile::written;

/// What is rendered.
#[derive(Debug)]
pub struct Mutants<'r> {
    /// The rules.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// Each change and its fate.
    pub hunted: &'r [Hunted],
    /// What somebody explained.
    pub explained: &'r [Explained],
    /// Over how many flows a survivor may matter.
    pub flows: usize,
}

impl Mutants<'_> {
    fn because(&self, hunted: &Hunted) -> Option<&str> {
        self.explained.iter().find(|it| it.mutant == hunted.id).map(|it| it.because.as_str())
    }

    fn count(&self, which: impl Fn(&Hunted) -> bool) -> usize {
        self.hunted.iter().filter(|hunted| which(hunted)).count()
    }
}

/// For people.
pub fn human(report: &Mutants<'_>) -> String {
    let mut text = String::new();
    for hunted in report.hunted {
        let Fate::Matters(witness) = &hunted.fate else { continue };
        if report.because(hunted).is_some() {
            continue;
        }
        let _ = writeln!(text, "{}", hunted.id);
        if let Difference::Verdict { before, after } = witness.difference {
            let _ = writeln!(
                text,
                "  {} instead of {}",
                outcome(report.knowledge, after),
                outcome(report.knowledge, before)
            );
        }
        let settings: Vec<String> =
            settings(report.knowledge, witness).iter().map(|setting| format!("--set '{setting}'")).collect();
        let stated = if settings.is_empty() { "where nothing is stated".to_owned() } else { settings.join(" ") };
        let _ = writeln!(text, "  {stated}");
    }
    let matters = |hunted: &Hunted| matches!(hunted.fate, Fate::Matters(_));
    let explained = report.count(|hunted| matters(hunted) && report.because(hunted).is_some());
    let _ = writeln!(
        text,
        "{} changes: {} killed by a case, {} refused when rules load, {} without a difference for {} flows, {} explained, \
         {} survive and matter",
        report.hunted.len(),
        report.count(|hunted| matches!(hunted.fate, Fate::Killed { .. })),
        report.count(|hunted| matches!(hunted.fate, Fate::Refused)),
        report.count(|hunted| matches!(hunted.fate, Fate::Harmless)),
        report.flows,
        explained,
        report.count(matters) - explained,
    );
    text
}

/// For programs.
///
/// # Errors
/// When a value cannot be written, which no mutant should cause.
pub fn json(report: &Mutants<'_>) -> serde_json::Result<String> {
    let mutants: Vec<Value> = report.hunted.iter().map(|hunted| mutant(report, hunted)).collect();
    let document = json!({
        "schema": "brokerfit.rules-mutate/1",
        "knowledge": { "version": report.knowledge.text(report.knowledge.version) },
        "flows": report.flows,
        "mutants": mutants,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn mutant(report: &Mutants<'_>, hunted: &Hunted) -> Value {
    match &hunted.fate {
        Fate::Killed { by } => json!({ "mutant": hunted.id, "fate": "killed", "by": by }),
        Fate::Refused => json!({ "mutant": hunted.id, "fate": "refused" }),
        Fate::Harmless => json!({ "mutant": hunted.id, "fate": "no-difference" }),
        Fate::Matters(witness) => {
            let (before, after) = match witness.difference {
                Difference::Told => (None, None),
                Difference::Verdict { before, after } => {
                    (Some(outcome(report.knowledge, before)), Some(outcome(report.knowledge, after)))
                }
            };
            json!({
                "mutant": hunted.id,
                "fate": if report.because(hunted).is_some() { "explained" } else { "survives" },
                "because": report.because(hunted),
                "before": before,
                "after": after,
                "set": settings(report.knowledge, witness),
            })
        }
    }
}

/// A verdict in a few words: `one kafka/log clear`.
fn outcome(knowledge: &KnowledgeBase<'_>, (kind, leader, strength): Outcome) -> String {
    let leader = leader.map(|leader| {
        let beside = leader.beside.map(|option| format!(" with {}", knowledge.option_name(option)));
        format!(" {}{}", knowledge.option_name(leader.option), beside.unwrap_or_default())
    });
    let strength = strength.map(|strength| format!(", {}", strength.word()));
    format!("{}{}{}", kind.word(), leader.unwrap_or_default(), strength.unwrap_or_default())
}

/// The facts of a flow as `--set` takes them.
fn settings(knowledge: &KnowledgeBase<'_>, witness: &Witness) -> Vec<String> {
    let mut all = Vec::new();
    let tree = written(knowledge, &witness.profile);
    for (root, prefix) in [("workload", ""), ("environment", "environment"), ("priorities", "priorities")] {
        if let Some(value) = tree.get(root) {
            flatten(prefix, value, &mut all);
        }
    }
    if let Some(wants) = tree.get("wants") {
        flatten("wants", wants, &mut all);
    }
    all
}

fn flatten(path: &str, value: &Value, into: &mut Vec<String>) {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                flatten(&if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, value, into);
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            into.push(format!("{path}=[{}]", items.join(", ")));
        }
        _ => into.push(format!("{path}={}", text(value))),
    }
}
