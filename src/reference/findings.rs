//! Findings: what `check` may say, when, and what to do about it.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::gate::{SITUATIONS, Situation};
use crate::knowledge::KnowledgeBase;

/// All findings.
pub(super) struct Findings;

fn text(place: usize, of: fn(&Situation) -> &'static str) -> &'static str {
    SITUATIONS.get(place).map_or("", of)
}

impl Chapter for Findings {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("finding", "findings", "what `check` may find, and what to do about it")
    }

    fn ids(&self, _: &KnowledgeBase<'_>) -> Vec<String> {
        SITUATIONS.iter().map(|situation| situation.id.to_owned()).collect()
    }

    fn title(&self, _: &KnowledgeBase<'_>, place: usize) -> String {
        text(place, |it| it.title).to_owned()
    }

    fn passages<'k>(&self, _: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        vec![telling(text(place, |it| it.title)), passing(text(place, |it| it.found))]
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let Some(situation) = SITUATIONS.get(place) else { return Vec::new() };
        let knowledge = reference.knowledge;
        // The finding that stands for a whole kind of rules lists them.
        let conflicts = knowledge.conflicts.iter().filter(|_| situation.id == "conflict");
        Fields::default()
            .list("levels", situation.levels.iter().map(|level| level.word().to_owned()).collect())
            .text("found", situation.found)
            .text("remedy", situation.remedy)
            .links("conflicts", conflicts.map(|it| knowledge.text(it.id).to_owned()).collect())
            .all()
    }
}
