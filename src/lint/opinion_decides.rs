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
        // What nobody has answered is no opinion, and of its own house an organisation needs no witness.
        .filter(|spoken| !spoken.reply.fit.is_unknown())
        .filter(|spoken| !spoken.reply.sources.iter().any(|id| knowledge.packs.iter().any(|pack| pack.source == *id)))
        .filter(|spoken| spoken.reply.sources.iter().all(opinion))
        .map(|spoken| {
            let message =
                format!("{} is at worst {} on opinions alone", spoken.name, spoken.reply.fit.worst().spoken());
            let spot = Spot::from(spoken.part).field("source");
            Found::new(spoken.name, message).help("find who documented or measured it").at(spot)
        })
        .collect()
}
