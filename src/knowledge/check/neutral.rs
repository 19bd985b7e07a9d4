//! Needs speak of the workload alone: they name no broker, and the pattern, which only sets assumptions, creates none.

use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Diagnostic> {
    let brokers: Vec<String> = knowledge
        .brokers
        .iter()
        .flat_map(|broker| [knowledge.text(broker.id), knowledge.text(broker.name)])
        .map(str::to_lowercase)
        .collect();
    let mut problems = Vec::new();
    for need in &knowledge.needs {
        let id = knowledge.text(need.id);
        let texts = [id, knowledge.text(need.title), knowledge.text(need.because.source)];
        let named = brokers.iter().find(|broker| texts.iter().any(|text| text.to_lowercase().contains(*broker)));
        if let Some(broker) = named {
            problems.push(Diagnostic::error("need-names-broker", format!("need `{id}` speaks of `{broker}`")));
        }
        if need.facts.contains(&knowledge.roles.pattern) {
            problems.push(Diagnostic::error("need-reads-pattern", format!("need `{id}` reads `pattern`")));
        }
    }
    problems
}
