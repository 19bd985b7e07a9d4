//! Strong effects that rest on one source: they fall with it.

use super::{Found, Lint, Question, strong};
use crate::knowledge::{KnowledgeBase, Level, Spot};

pub(super) const LINT: Lint = Lint {
    id: "single-support",
    level: Level::Note,
    about: "Answers that may be poor or ruled out and rest on one source: a second one is worth most here.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    strong(knowledge)
        .filter_map(|spoken| {
            let [only] = spoken.reply.sources[..] else { return None };
            let source = knowledge.source(only)?;
            let message = format!(
                "{} is at worst {} on one source, {} ({}, {})",
                spoken.name,
                spoken.reply.fit.worst().spoken(),
                knowledge.text(source.id),
                knowledge.text(source.affiliation),
                source.grade.word()
            );
            let spot = Spot::from(spoken.part).field("source");
            Some(Found::new(spoken.name, message).help("find a second source").at(spot))
        })
        .collect()
}
