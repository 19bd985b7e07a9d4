//! What must hold of a knowledge base before anybody may rely on it: one file per rule. Takes a loaded knowledge base,
//! gives what is wrong with it.

mod aliases;
mod answered;
mod bands;
mod conflicts;
mod neutral;
mod other_maker;
mod unsourced;

use super::{KnowledgeBase, OptionId};
use crate::diagnostic::Diagnostic;

/// Everything that is wrong.
pub fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Diagnostic> {
    [
        aliases::check(knowledge),
        answered::check(knowledge),
        bands::check(knowledge),
        conflicts::check(knowledge),
        neutral::check(knowledge),
        other_maker::check(knowledge),
        unsourced::check(knowledge),
    ]
    .concat()
}

/// Says of which answer a problem speaks.
fn of_answer(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize) -> String {
    let need = knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
    format!("{} on `{need}`", knowledge.option_name(option))
}
