//! Answers and defaults whose sources all speak of a line below their broker's newest: true then, not read again since.

use super::{Found, Lint, Question};
use crate::audit::{fresh, newest};
use crate::knowledge::{KnowledgeBase, Level};

pub(super) const LINT: Lint = Lint {
    id: "below-newest",
    level: Level::Note,
    about: "Answers and defaults at the newest line whose sources of the maker and of this project all speak of an \
            older one: read the newest documents again.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut found = Vec::new();
    for fresh in fresh(knowledge) {
        let Some(newest) = newest(knowledge, fresh.broker) else { continue };
        if let Some(line) = fresh.line.filter(|_| fresh.is_below(newest)) {
            let name = knowledge.citing_name(fresh.citing);
            let message = format!("{name} is known from {line}, and {newest} is the newest");
            let help = "read the newest documents again, and cite them";
            found.push(Found::new(name, message).help(help).at(fresh.citing));
        }
    }
    found
}
