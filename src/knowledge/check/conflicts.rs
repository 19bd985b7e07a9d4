//! A conflict's id means one thing: whatever is used, or with options of one broker, with each once.

use crate::diagnostic::Diagnostic;
use crate::knowledge::{Conflict, KnowledgeBase};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (place, conflict) in knowledge.conflicts.iter().enumerate() {
        let earlier = knowledge.conflicts.iter().take(place);
        let mut named = earlier.filter(|other| other.id == conflict.id);
        if named.any(|other| !may_share_id(knowledge, conflict, other)) {
            let message = format!("two conflicts are called `{}`", knowledge.text(conflict.id));
            problems.push(Diagnostic::error("conflict-twice", message));
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
