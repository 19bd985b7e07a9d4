//! Entries that name no source. Answers without one do not even load.

use super::{Found, Lint, Question};
use crate::knowledge::{Citing, KnowledgeBase, Level};

pub(super) const LINT: Lint = Lint {
    id: "unsourced-entry",
    level: Level::Warning,
    about: "Every broker, option, key and setting, and every scope rule, names a source.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let silent = knowledge.citations().filter(|(citing, sources)| {
        // A conflict may rest on arithmetic alone, and a criterion may be one that every guide forgets.
        sources.is_empty() && !matches!(citing, Citing::Conflict(_) | Citing::Criterion(_))
    });
    silent
        .map(|(citing, _)| {
            let name = knowledge.citing_name(citing);
            let message = format!("{name} names no source");
            Found::new(name, message).help("add `source`").at(citing)
        })
        .collect()
}
