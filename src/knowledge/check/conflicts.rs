//! A conflict's id means one thing: whatever is used, or with options of one broker, with each once.

use super::Wrong;
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Citing, Conflict, KnowledgeBase};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = Vec::new();
    for (place, conflict) in knowledge.conflicts.iter().enumerate() {
        let earlier = knowledge.conflicts.iter().enumerate().take(place);
        let mut named = earlier.filter(|(_, other)| other.id == conflict.id);
        if let Some((first, _)) = named.find(|(_, other)| !may_share_id(knowledge, conflict, other)) {
            let message = format!("two conflicts are called `{}`", knowledge.text(conflict.id));
            let problem = Diagnostic::error("conflict-twice", message).help("give each an id of its own");
            problems.push(Wrong::at(problem, Citing::Conflict(place)).also(Citing::Conflict(first)));
        }
    }
    problems
}

/// Two options of one broker may meet the same contradiction, each by its own numbers.
fn may_share_id(knowledge: &KnowledgeBase<'_>, one: &Conflict, other: &Conflict) -> bool {
    match (one.option, other.option) {
        (Some(one), Some(other)) => one != other && knowledge.broker_of(one) == knowledge.broker_of(other),
        _ => false,
    }
}
