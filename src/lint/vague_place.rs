//! Sources that do not say where on their page it stands.

use super::{Found, Lint, Question};
use crate::knowledge::{KnowledgeBase, Level, Spot, Subject};

pub(super) const LINT: Lint = Lint {
    id: "vague-place",
    level: Level::Warning,
    about: "Every source names the section or the key in which it stands; a page is too long to search.",
    look,
};

/// What says no more than the address does.
const VAGUE: [&str; 14] = [
    "",
    "-",
    "all",
    "article",
    "document",
    "documentation",
    "home page",
    "page",
    "the page",
    "the whole page",
    "various",
    "website",
    "whole article",
    "whole page",
];

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let vague = |place: &str| VAGUE.contains(&place.trim().to_lowercase().as_str());
    let sources = knowledge.sources.iter().enumerate();
    let sources = sources.filter(|(_, source)| vague(knowledge.text(source.place)));
    sources
        .map(|(place, source)| {
            let id = knowledge.text(source.id);
            let message = format!("the source `{id}` does not say where it stands");
            let spot = Spot::from(Subject::Source(place)).field("where");
            Found::new(id, message).help("name the section or the key in `where`").at(spot)
        })
        .collect()
}
