//! Sources that name a site and not a page of it.

use super::{Found, Lint, Question};
use crate::knowledge::{KnowledgeBase, Level, Spot, Subject};

pub(super) const LINT: Lint = Lint {
    id: "home-page",
    level: Level::Warning,
    about: "Every source names a page, not a site's front page: nobody can check a claim against a whole site.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let sources = knowledge.sources.iter().enumerate();
    let bare = sources.filter(|(_, source)| is_home_page(knowledge.text(source.url)));
    bare.map(|(place, source)| {
        let (id, url) = (knowledge.text(source.id), knowledge.text(source.url));
        Found::new(id, format!("the source `{id}` names a front page, {url}"))
            .help("name the page that says it")
            .at(Spot::from(Subject::Source(place)).field("url"))
    })
    .collect()
}

fn is_home_page(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let names_a_part = rest.contains('#') || rest.contains('?');
    !names_a_part && ["", "index.html", "index.htm", "docs", "documentation", "en", "blog"].contains(&path)
}
