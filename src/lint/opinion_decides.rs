//! Strong effects that rest on opinions alone.

use super::{Found, Lint, Question, strong};
use crate::knowledge::{Grade, KnowledgeBase, Level, SourceId, Spot};

pub(super) const LINT: Lint = Lint {
    id: "opinion-decides",
    level: Level::Warning,
    about: "No answer is poor or ruled out on opinions alone: somebody must have documented or measured it.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let opinion = |id: &SourceId| knowledge.source(*id).is_none_or(|source| source.grade <= Grade::Opinion);
    strong(knowledge)
        .filter(|spoken| spoken.reply.sources.iter().all(opinion))
        .map(|spoken| {
            let message =
                format!("{} is at worst {} on opinions alone", spoken.name, spoken.reply.fit.worst().spoken());
            let spot = Spot::from(spoken.part).field("source");
            Found::new(spoken.name, message).help("find who documented or measured it").at(spot)
        })
        .collect()
}
