//! Brokers: what they are, which versions are known, and what nobody should expect from the model.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::knowledge::{BrokerId, KnowledgeBase};

/// All brokers.
pub(super) struct Brokers;

fn broker(place: usize) -> BrokerId {
    BrokerId(u8::try_from(place).unwrap_or(u8::MAX))
}

impl Chapter for Brokers {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("broker", "brokers", "a system that can be run, with its options and versions")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.brokers.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.broker_title(broker(place)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(broker) = knowledge.broker(broker(place)) else { return Vec::new() };
        vec![telling(knowledge.text(broker.name)), passing(knowledge.text(broker.about))]
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let id = broker(place);
        let Some(details) = knowledge.broker(id) else { return Vec::new() };
        let options = details.options.iter().filter_map(|option| knowledge.option(*option)).map(|option| {
            let about = knowledge.text(option.about);
            Fields::default().code("option", knowledge.text(option.id)).text("about", about).all()
        });
        let pairs = details.pairs.iter().map(|(first, second)| {
            format!("`{}` with `{}`", knowledge.option_name(*first), knowledge.option_name(*second))
        });
        let facts = knowledge.fact_ids().filter(|(_, fact)| fact.broker == Some(details.word));
        let keys = knowledge.catalogue.iter().filter(|key| key.broker == id);
        let misconceptions = knowledge.misconceptions.iter().filter(|it| it.about.contains(&id)).map(|it| {
            Fields::default().code("id", knowledge.text(it.id)).text("claim", knowledge.text(it.claim)).all()
        });
        Fields::default()
            .text("about", knowledge.text(details.about))
            .list("versions", details.versions.iter().map(ToString::to_string).collect())
            .rows("options", options.collect())
            .list("pairs", pairs.collect())
            .links("facts", facts.map(|(fact, _)| knowledge.fact_name(fact).to_owned()).collect())
            .links("settings", keys.map(|key| knowledge.text(key.id).to_owned()).collect())
            .list(
                "not_considered",
                details.not_considered.iter().map(|text| knowledge.text(*text).to_owned()).collect(),
            )
            .rows("misconceptions", misconceptions.collect())
            .sources(reference.source_ids(&details.sources))
            .all()
    }
}
