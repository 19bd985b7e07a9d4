//! Options that are ruled out by an answer of which nobody is sure.

use super::{Found, Lint, Question, strong};
use crate::knowledge::{Confidence, Fit, KnowledgeBase, Level, Spot};

pub(super) const LINT: Lint = Lint {
    id: "doubtful-veto",
    level: Level::Warning,
    about: "No answer of low confidence rules an option out: a veto is final, so it must be sure.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    strong(knowledge)
        .filter(|spoken| spoken.reply.confidence == Confidence::Low && spoken.reply.fit.worst() == Fit::RuledOut)
        .map(|spoken| {
            let message = format!("{} rules out with low confidence", spoken.name);
            let spot = Spot::from(spoken.part).field("confidence");
            Found::new(spoken.name, message).help("find a source that makes it sure, or say `poor`").at(spot)
        })
        .collect()
}
