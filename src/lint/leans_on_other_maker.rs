//! Strong effects for which the other broker's camp speaks more than everybody else. On its word alone, rules do not
//! even load.

use super::{Found, Lint, Question, strong};
use crate::knowledge::{KnowledgeBase, Level, SourceId, Spot, Voice};

pub(super) const LINT: Lint = Lint {
    id: "leans-on-other-maker",
    level: Level::Note,
    about: "Strong effects more than half of whose sources are the word of those who make or sell another broker.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    strong(knowledge)
        .filter_map(|spoken| {
            let sources = &spoken.reply.sources;
            let other = |id: &&SourceId| knowledge.voice(spoken.broker, **id) == Voice::OtherMaker;
            let others = sources.iter().filter(other).count();
            let message = format!("{} leans on the other side: {others} of {} sources", spoken.name, sources.len());
            let spot = Spot::from(spoken.part).field("source");
            let found =
                || Found::new(spoken.name, message).help("add what its own maker, or nobody's camp, says").at(spot);
            (2 * others > sources.len()).then(found)
        })
        .collect()
}
