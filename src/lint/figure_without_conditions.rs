//! Measurements that do not say under what conditions they were taken.

use super::{Found, Lint, Question};
use crate::knowledge::{Grade, KnowledgeBase, Level, Subject};

pub(super) const LINT: Lint = Lint {
    id: "figure-without-conditions",
    level: Level::Note,
    about: "A measurement states its message size, copies, hardware and date, as far as they are known: without them \
            nobody can say whether it holds elsewhere.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let bare = knowledge.sources.iter().enumerate().filter(|(_, source)| {
        matches!(source.grade, Grade::Measured | Grade::Independent)
            && source.conditions.as_ref().is_none_or(|conditions| conditions.stated().next().is_none())
    });
    bare.map(|(place, source)| {
        let id = knowledge.text(source.id);
        let message = format!("the source `{id}` is a measurement without `conditions`");
        Found::new(id, message).help("add `conditions`").at(Subject::Source(place))
    })
    .collect()
}
