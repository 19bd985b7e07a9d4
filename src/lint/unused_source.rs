//! Sources on which nothing rests.

use super::{Found, Lint, Question};
use crate::knowledge::{KnowledgeBase, Level, Subject};

pub(super) const LINT: Lint = Lint {
    id: "unused-source",
    level: Level::Warning,
    about: "Something rests on every source: a bibliography is no reading list.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut used = vec![false; knowledge.sources.len()];
    for (_, sources) in knowledge.citations() {
        for source in sources {
            if let Some(used) = used.get_mut(usize::from(source.0)) {
                *used = true;
            }
        }
    }
    let idle = knowledge.sources.iter().zip(used).enumerate().filter(|(_, (_, used))| !used);
    idle.map(|(place, (source, _))| {
        let id = knowledge.text(source.id);
        let found = Found::new(id, format!("nothing rests on the source `{id}`"));
        found.help("cite it, or take it out").at(Subject::Source(place))
    })
    .collect()
}
