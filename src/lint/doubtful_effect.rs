//! Poor answers of which nobody is sure: where to look for better sources first.

use super::{Found, Lint, Question, strong};
use crate::knowledge::{Confidence, Fit, KnowledgeBase, Level, Spot};

pub(super) const LINT: Lint = Lint {
    id: "doubtful-effect",
    level: Level::Note,
    about: "Answers of low confidence that may be poor: a better source is worth most here.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    strong(knowledge)
        .filter(|spoken| spoken.reply.confidence == Confidence::Low && spoken.reply.fit.worst() == Fit::Poor)
        .map(|spoken| {
            let message = format!("{} may be poor, with low confidence", spoken.name);
            let spot = Spot::from(spoken.part).field("confidence");
            Found::new(spoken.name, message).help("find a source that makes it sure").at(spot)
        })
        .collect()
}
