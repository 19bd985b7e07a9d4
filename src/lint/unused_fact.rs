//! Facts that nothing reads: a profile that states one changes nothing.

use super::{Found, Lint, Question, reads};
use crate::knowledge::{KnowledgeBase, Level, Subject};

pub(super) const LINT: Lint = Lint {
    id: "unused-fact",
    level: Level::Warning,
    about: "Every fact that can be stated is read by a need, a conflict, a scope rule, an answer or a setting, be it \
            through other facts: nobody should state what changes nothing.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let read = reads::all(knowledge);
    let stated = |fact: &crate::expr::FactId| knowledge.fact(*fact).is_some_and(|fact| !fact.derived);
    knowledge
        .shown_facts()
        .filter(|fact| stated(fact) && !read.contains(fact))
        .map(|fact| {
            let name = knowledge.fact_name(fact);
            let found = Found::new(name, format!("nothing reads the fact `{name}`"));
            found.help("let a rule read it, or take it out").at(Subject::Fact(fact))
        })
        .collect()
}
