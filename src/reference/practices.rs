//! Practices: how a broker grows and what it costs. Blocks that share an id with one broker are one entry: the same
//! advice for several options, or in other words under other conditions.

use super::entry::{Field, Fields, by_options};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, alike, answers, lines};
use crate::knowledge::{BrokerId, KnowledgeBase, Owner, Practice};

/// All practices.
pub(super) struct Practices;

impl Chapter for Practices {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("practice", "practices", "how an option grows with its load, and what its cost follows from")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        firsts(knowledge).map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        firsts(knowledge).nth(place).map_or_else(String::new, |it| {
            let broker = knowledge.broker_title(knowledge.broker_of(it.option));
            format!("{broker}: {}", knowledge.text(it.title))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(first) = firsts(knowledge).nth(place) else { return Vec::new() };
        let mut all = vec![telling(knowledge.text(first.title)), telling(knowledge.text(first.id))];
        for practice in alike(knowledge, first) {
            let texts = [Some(practice.how.source), practice.risk.as_ref().map(|risk| risk.source)];
            all.extend(texts.into_iter().flatten().map(|text| passing(knowledge.text(text))));
        }
        all
    }

    fn about(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> Vec<BrokerId> {
        firsts(knowledge).nth(place).map(|it| knowledge.broker_of(it.option)).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(first) = firsts(knowledge).nth(place) else { return Vec::new() };
        let fields = Fields::default()
            .link("broker", knowledge.broker_name(knowledge.broker_of(first.option)))
            .text("about", first.kind.word())
            .text("title", knowledge.text(first.title));
        fields.items("advice", blocks(reference, first)).all()
    }
}

/// The blocks of an entry; one that is the same for several options stands once.
fn blocks(reference: &Reference<'_>, first: &Practice) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let broker = knowledge.broker_of(first.option);
    let speaking = alike(knowledge, first).filter(|it| reference.speaks(broker, it.since, it.until));
    by_options(
        speaking.map(|practice| {
            (vec![knowledge.option_name(practice.option).to_owned()], fields(reference, practice, first))
        }),
    )
}

/// What a block says, with the quantities that it names; its title where it is another than that of the first.
fn fields(reference: &Reference<'_>, practice: &Practice, first: &Practice) -> Vec<Field> {
    let knowledge = reference.knowledge;
    let title = if practice.title == first.title { "" } else { knowledge.text(practice.title) };
    let own = own_fields(reference, practice);
    let mut texts = String::new();
    answers::gather(&own, &mut texts);
    let named = answers::named(reference, practice.option, texts);
    let more = Fields::default().rows("where", named).sources(reference.source_ids(&practice.sources));
    Fields::default().text("title", title).all().into_iter().chain(own).chain(more.all()).collect()
}

/// What a block itself says.
fn own_fields(reference: &Reference<'_>, practice: &Practice) -> Vec<Field> {
    let knowledge = reference.knowledge;
    let owner = Owner::of(&[knowledge.text(practice.id)]);
    Fields::default()
        .text("holds", lines(practice.since, practice.until))
        .code("when", practice.when.map_or_else(String::new, |when| reference.written(when, owner)))
        .text("how", knowledge.text(practice.how.source))
        .text("mind", practice.risk.as_ref().map_or("", |risk| knowledge.text(risk.source)))
        .all()
}

/// The practices that name a quantity.
pub(super) fn naming(reference: &Reference<'_>, quantity: &str) -> Vec<String> {
    let knowledge = reference.knowledge;
    let naming = knowledge.practices.iter().filter(|practice| {
        let mut texts = String::new();
        answers::gather(&own_fields(reference, practice), &mut texts);
        answers::speaks_of(&texts, quantity)
    });
    naming.map(|practice| knowledge.text(practice.id).to_owned()).collect()
}

/// The first practice of each id, broker by broker.
fn firsts<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = &'k Practice> {
    alike::firsts(knowledge, &knowledge.practices)
}

/// Every practice with the id of one, of the same broker.
fn alike<'k>(knowledge: &'k KnowledgeBase<'_>, one: &'k Practice) -> impl Iterator<Item = &'k Practice> {
    alike::alike(knowledge, &knowledge.practices, one)
}
