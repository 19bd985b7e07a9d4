//! Items of the checklist. Blocks that share an id with one broker are one entry: the same question for several options.

use super::entry::{Field, Fields, by_options};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, alike, lines};
use crate::knowledge::{BrokerId, ChecklistItem, KnowledgeBase, Owner};

/// All items.
pub(super) struct Items;

impl Chapter for Items {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("checklist-item", "checklist-items", "what a design review asks, to whom it applies, and how to verify it")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        firsts(knowledge).map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        firsts(knowledge).nth(place).map_or_else(String::new, |it| {
            let broker = knowledge.broker_title(knowledge.broker_of(it.option));
            format!("{broker}: {}", knowledge.text(it.title.source))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(first) = firsts(knowledge).nth(place) else { return Vec::new() };
        let mut all = vec![telling(knowledge.text(first.title.source)), telling(knowledge.text(first.id))];
        all.extend(alike(knowledge, first).map(|item| passing(knowledge.text(item.why.source))));
        all
    }

    fn about(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> Vec<BrokerId> {
        firsts(knowledge).nth(place).map(|it| knowledge.broker_of(it.option)).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(first) = firsts(knowledge).nth(place) else { return Vec::new() };
        let broker = knowledge.broker_of(first.option);
        let speaking = alike(knowledge, first).filter(|it| reference.speaks(broker, it.since, it.until));
        let blocks = speaking.map(|it| (vec![knowledge.option_name(it.option).to_owned()], fields(reference, it)));
        Fields::default()
            .link("broker", knowledge.broker_name(broker))
            .text("about", first.area.word())
            .text("risk", format!("{}: {}", first.risk.word(), first.risk.means()))
            .items("asks", by_options(blocks))
            .all()
    }
}

fn fields(reference: &Reference<'_>, item: &ChecklistItem) -> Vec<Field> {
    let knowledge = reference.knowledge;
    let owner = Owner::of(&[knowledge.text(item.id)]);
    let verify = item.verify.iter().map(|it| {
        Fields::default()
            .code("run", knowledge.text(it.run.source))
            .text("holds", lines(it.since, it.until))
            .text("expect", knowledge.text(it.expect.source))
            .all()
    });
    let keys = item.holds.iter().map(|held| knowledge.text(held.key).to_owned());
    Fields::default()
        .text("holds", lines(item.since, item.until))
        .code("when", item.when.map_or_else(String::new, |when| reference.written(when, owner)))
        .text("otherwise", item.otherwise.as_ref().map_or("", |text| knowledge.text(text.source)))
        .text("asked", knowledge.text(item.title.source))
        .text("why", knowledge.text(item.why.source))
        .rows("verify", verify.collect())
        .list("verified_by_keys", keys.collect())
        .links("see", item.see.iter().map(|id| knowledge.text(*id).to_owned()).collect())
        .sources(reference.source_ids(&item.sources))
        .all()
}

/// The first item of each id, broker by broker.
fn firsts<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = &'k ChecklistItem> {
    alike::firsts(knowledge, &knowledge.checklist)
}

/// Every item with the id of one, of the same broker.
fn alike<'k>(knowledge: &'k KnowledgeBase<'_>, one: &'k ChecklistItem) -> impl Iterator<Item = &'k ChecklistItem> {
    alike::alike(knowledge, &knowledge.checklist, one)
}
