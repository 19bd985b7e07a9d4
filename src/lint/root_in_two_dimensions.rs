//! Needs that share a root count once, by the worst, but only within their dimension.

use super::{Found, Lint, Question};
use crate::knowledge::{KnowledgeBase, Level, Spot, Subject};

pub(super) const LINT: Lint = Lint {
    id: "root-in-two-dimensions",
    level: Level::Warning,
    about: "Needs of one root stand in one dimension: across two, their one cause is counted twice.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, need) in knowledge.needs.iter().enumerate() {
        let elsewhere = |(_, other): &(usize, &crate::knowledge::Need)| {
            other.root == need.root && other.dimension != need.dimension
        };
        if let Some((first, other)) = knowledge.needs.iter().enumerate().take(place).find(elsewhere) {
            let spot = |place| Spot::from(Subject::Need(place)).field("root");
            let id = knowledge.text(need.id);
            let message = format!(
                "the needs `{}` ({}) and `{id}` ({}) share the root `{}`",
                knowledge.text(other.id),
                other.dimension.id(),
                need.dimension.id(),
                knowledge.text(need.root)
            );
            let help = "move one of them, or give it a root of its own";
            found.push(Found::new(id, message).help(help).at(spot(place)).at(spot(first)));
        }
    }
    found
}
