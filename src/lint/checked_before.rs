//! Sources that nobody has read since a given day, with every answer, default and other entry that rests on them.

use super::{Found, Lint, Question};
use crate::knowledge::{KnowledgeBase, Level, SourceId, Spot, Subject};
use crate::quantity::Date;

pub(super) const LINT: Lint = Lint {
    id: "checked-before",
    level: Level::Warning,
    about: "With `--older-than DAY`: every source was read on that day or later; what rests on an older one is listed.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, question: Question) -> Vec<Found> {
    let Some(day) = question.older_than else { return Vec::new() };
    (0_u16..)
        .map(SourceId)
        .zip(&knowledge.sources)
        .filter_map(|(id, source)| {
            let read = Date::parse(knowledge.text(source.checked_on)).filter(|read| *read < day)?;
            let name = knowledge.text(source.id);
            let mut concerns: Vec<String> = knowledge
                .citations()
                .filter(|(_, sources)| sources.contains(&id))
                .map(|(citing, _)| knowledge.citing_name(citing))
                .collect();
            // A key may be set by several rules, which are called alike.
            concerns.dedup();
            let message = format!("the source `{name}` was last read on {read}, before {day}");
            let found = Found::new(name, message)
                .help("read it again, and everything that rests on it")
                .at(Spot::from(Subject::Source(usize::from(id.0))).field("checked_on"));
            Some(Found { concerns, ..found })
        })
        .collect()
}
