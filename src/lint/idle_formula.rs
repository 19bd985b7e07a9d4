//! Derived facts that nothing reads: they are computed and shown, and change nothing.

use super::{Found, Lint, Question, reads};
use crate::knowledge::{KnowledgeBase, Level, Subject};

pub(super) const LINT: Lint = Lint {
    id: "idle-formula",
    level: Level::Note,
    about: "Derived facts that no rule reads: computed and shown, and without effect.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let read = reads::all(knowledge);
    let derived = |fact: &crate::expr::FactId| knowledge.fact(*fact).is_some_and(|fact| fact.derived);
    knowledge
        .shown_facts()
        .filter(|fact| derived(fact) && !read.contains(fact))
        .map(|fact| {
            let name = knowledge.fact_name(fact);
            let found = Found::new(name, format!("nothing reads the derived fact `{name}`"));
            found.help("let a rule read it, or take it out").at(Subject::Fact(fact))
        })
        .collect()
}
