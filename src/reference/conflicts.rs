//! Conflicts: facts of one profile that cannot both be had.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::knowledge::{KnowledgeBase, Owner};

/// All conflicts.
pub(super) struct Conflicts;

impl Chapter for Conflicts {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("conflict", "conflicts", "facts of one profile that cannot both be had")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.conflicts.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.conflicts.get(place).map_or("", |conflict| knowledge.text(conflict.because.source)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(conflict) = knowledge.conflicts.get(place) else { return Vec::new() };
        vec![
            telling(knowledge.text(conflict.because.source)),
            telling(knowledge.text(conflict.id)),
            passing(knowledge.text(conflict.remedy.source)),
        ]
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(conflict) = knowledge.conflicts.get(place) else { return Vec::new() };
        let owner = Owner::of(&[knowledge.text(conflict.id)]);
        Fields::default()
            .text("level", conflict.level.word())
            .code("when", reference.written(conflict.when, owner))
            .links("facts", conflict.facts.iter().map(|fact| knowledge.fact_name(*fact).to_owned()).collect())
            .text("because", knowledge.text(conflict.because.source))
            .text("remedy", knowledge.text(conflict.remedy.source))
            .code("in_check", format!("conflict/{}", knowledge.text(conflict.id)))
            .sources(reference.source_ids(&conflict.sources))
            .all()
    }
}
