//! Another spelling of a word is no word of its own: rules that named both would know one thing by two names.

use super::Wrong;
use crate::diagnostic::Diagnostic;
use crate::knowledge::{KnowledgeBase, Spot, Subject};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = Vec::new();
    for (id, fact) in knowledge.fact_ids() {
        let Some(domain) = fact.kind.domain().and_then(|domain| knowledge.domain(domain)) else { continue };
        for (alias, meant) in &fact.aliases {
            let (alias, meant) = (knowledge.text(*alias), knowledge.text(*meant));
            if domain.words.iter().any(|word| knowledge.text(*word) == alias) {
                let name = knowledge.text(fact.name);
                let message = format!("`{alias}` of `{name}` is another spelling of `{meant}`, and some rule names it");
                let problem = Diagnostic::error("alias-is-a-word", message).help(format!("write `{meant}` there"));
                problems.push(Wrong::at(problem, Spot::from(Subject::Fact(id)).field("aliases")));
            }
        }
    }
    problems
}
