//! Options: what they are, when and where they can be had, and their answers at a glance.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, answers};
use crate::knowledge::{KnowledgeBase, OptionId, Owner};

/// All options.
pub(super) struct Options;

fn option(place: usize) -> OptionId {
    OptionId(u8::try_from(place).unwrap_or(u8::MAX))
}

impl Chapter for Options {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("option", "options", "a way to use a broker, with its answers at a glance")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.options.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.option(option(place)).map_or("", |option| knowledge.text(option.title)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(option) = knowledge.option(option(place)) else { return Vec::new() };
        let own = [telling(knowledge.text(option.title)), telling(knowledge.text(option.name))];
        own.into_iter().chain([passing(knowledge.text(option.about))]).collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let id = option(place);
        let Some(details) = knowledge.option(id) else { return Vec::new() };
        let broker = knowledge.broker(details.broker);
        let pairs = broker.into_iter().flat_map(|broker| &broker.pairs);
        let beside = pairs.filter_map(|(first, second)| match id {
            id if id == *first => Some(*second),
            id if id == *second => Some(*first),
            _ => None,
        });
        let quantities = knowledge.quantities.iter().filter(|quantity| quantity.option == id).map(|quantity| {
            let name = knowledge.text(quantity.name);
            let formula = reference.written(quantity.formula, Owner::of(&[name]));
            Fields::default().code("name", name).code("is", formula).all()
        });
        let needs = knowledge.needs.iter().enumerate().map(|(place, need)| {
            let reach = answers::reach(reference, id, place);
            Fields::default().code("need", knowledge.text(need.id)).text("fit", reach).all()
        });
        let tuned = knowledge.tuning.iter().filter(|tuning| tuning.options.contains(&id));
        let keys = tuned.filter_map(|tuning| knowledge.catalogue.get(usize::from(tuning.key)));
        Fields::default()
            .text("about", knowledge.text(details.about))
            .text("one_is_called", knowledge.text(details.name))
            .link("broker", knowledge.broker_name(details.broker))
            .list("available", available(reference, id))
            .links("beside", beside.map(|other| knowledge.option_name(other).to_owned()).collect())
            .rows("needs", needs.collect())
            .links("settings", keys.map(|key| knowledge.text(key.id).to_owned()).collect())
            .rows("where", quantities.collect())
            .sources(reference.source_ids(&details.sources))
            .all()
    }
}

/// When and where an option can be had.
fn available(reference: &Reference<'_>, option: OptionId) -> Vec<String> {
    let knowledge = reference.knowledge;
    let Some(details) = knowledge.option(option) else { return Vec::new() };
    let available = &details.available;
    let broker = knowledge.broker_title(details.broker);
    let stages = [
        (available.early_access, "in early access"),
        (available.preview, "as a preview"),
        (available.since, "for production"),
    ];
    let reached = stages.into_iter().filter_map(|(since, how)| Some(format!("{how} from {broker} {} on", since?)));
    let mut all: Vec<String> = reached.collect();
    if all.is_empty() {
        all.push(format!("in every known version of {broker}"));
    }
    if let Some((domain, bits)) = available.providers {
        let words = (0..64).filter(|word| bits & (1_u64 << word) != 0).map(|word| knowledge.word(domain, word));
        all.push(format!("managed by {}", words.collect::<Vec<_>>().join(", ")));
    }
    all
}
