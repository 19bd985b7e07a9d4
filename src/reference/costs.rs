//! What a second broker costs to run, and what makes it cost more or less.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::knowledge::{KnowledgeBase, Owner};

/// All costs.
pub(super) struct Costs;

impl Chapter for Costs {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("cost", "costs", "what a second broker costs to run beside a first")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.costs.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge
            .costs
            .get(place)
            .map_or_else(String::new, |cost| format!("A second broker: {}", knowledge.text(cost.title)))
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(cost) = knowledge.costs.get(place) else { return Vec::new() };
        let cases = cost.cases.iter().map(|case| passing(knowledge.text(case.how)));
        [telling(knowledge.text(cost.id)), passing(knowledge.text(cost.title)), passing(knowledge.text(cost.how))]
            .into_iter()
            .chain(cases)
            .collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(cost) = knowledge.costs.get(place) else { return Vec::new() };
        let owner = Owner::of(&[knowledge.text(cost.id)]);
        let cases = cost.cases.iter().map(|case| {
            Fields::default()
                .code("when", reference.written(case.when, owner))
                .text("size", case.size.word())
                .text("how", knowledge.text(case.how))
                .sources(reference.source_ids(&case.sources))
                .all()
        });
        Fields::default()
            .text("how", knowledge.text(cost.how))
            .items("cases", cases.collect())
            .sources(reference.source_ids(&cost.sources))
            .all()
    }
}
