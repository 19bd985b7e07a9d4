//! Criteria of published guides: who names them, what decides each, and who disagrees.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Kind, Name, Reference};
use crate::knowledge::{Criterion, Decider, KnowledgeBase};

/// All criteria.
pub(super) struct Criteria;

impl Chapter for Criteria {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("criterion", "criteria", "what published guides choose by, what decides it here, and who disagrees")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.criteria.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.criteria.get(place).map_or("", |it| knowledge.text(it.title)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(it) = knowledge.criteria.get(place) else { return Vec::new() };
        let more = it.disagreement.into_iter().chain(it.left()).map(|text| passing(knowledge.text(text)));
        [telling(knowledge.text(it.title))].into_iter().chain(more).collect()
    }

    fn prior(&self) -> f64 {
        // Whoever asks wants the need that decides; the criterion stands in its entry.
        0.7
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(it) = knowledge.criteria.get(place) else { return Vec::new() };
        let text = |text: Option<crate::knowledge::Text>| text.map_or("", |text| knowledge.text(text)).to_owned();
        Fields::default()
            .text("situation", knowledge.text(it.title))
            .links("decided_by", it.deciders().iter().map(|decider| id(knowledge, *decider).to_owned()).collect())
            .text("left", text(it.left()))
            .text("guides_disagree", text(it.disagreement))
            .sources(reference.source_ids(&it.guides))
            .all()
    }
}

/// The id of what decides.
fn id<'k>(knowledge: &'k KnowledgeBase<'_>, decider: Decider) -> &'k str {
    let text = match decider {
        Decider::Need(place) => knowledge.needs.get(usize::from(place)).map(|it| it.id),
        Decider::Conflict(place) => knowledge.conflicts.get(usize::from(place)).map(|it| it.id),
        Decider::Scope(place) => knowledge.scope.get(usize::from(place)).map(|it| it.id),
        Decider::Fact(fact) => knowledge.fact(fact).map(|it| it.name),
        Decider::Setting(place) => knowledge.catalogue.get(usize::from(place)).map(|it| it.id),
    };
    text.map_or("", |text| knowledge.text(text))
}

/// Whether it is of a kind that an entry may be.
fn is(decider: Decider, kind: Kind) -> bool {
    match decider {
        Decider::Need(_) => kind == Kind::Need,
        Decider::Conflict(_) => kind == Kind::Conflict,
        Decider::Scope(_) => kind == Kind::Scope,
        Decider::Fact(_) => kind == Kind::Fact,
        Decider::Setting(_) => kind == Kind::Setting,
    }
}

/// The criteria that an entry decides, with the guides that contradict one another there.
pub(super) fn decided_by(knowledge: &KnowledgeBase<'_>, name: &Name) -> Vec<Field> {
    let decides = |it: &&Criterion| {
        let mut deciders = it.deciders().iter();
        deciders.any(|decider| is(*decider, name.kind) && id(knowledge, *decider) == name.id)
    };
    let criteria = knowledge.criteria.iter().filter(decides).map(|it| {
        let told = it.disagreement.map_or("", |text| knowledge.text(text));
        let fields = Fields::default().code("id", knowledge.text(it.id)).text("situation", knowledge.text(it.title));
        fields.text("guides_disagree", told).all()
    });
    Fields::default().items("criteria", criteria.collect()).all()
}
