//! Dimensions: the ten sides from which a workload is looked at, with their needs.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, telling};
use super::{Reference, answers};
use crate::knowledge::{Dimension, KnowledgeBase};

/// All dimensions.
pub(super) struct Dimensions;

/// What a dimension is about.
fn about(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Retention => "what stays, for how long, who may read it again; backlog",
        Dimension::Ordering => "which messages keep their order",
        Dimension::Latency => "how soon a handler starts",
        Dimension::Throughput => "messages and bytes a second; message size",
        Dimension::Delivery => "what may be lost or doubled",
        Dimension::Consumption => "who reads, how many at once, for how long",
        Dimension::Routing => "how a message finds its readers",
        Dimension::Handling => "what is asked of a single message",
        Dimension::Integration => "languages, protocols, other systems",
        Dimension::Operations => "what it takes to run",
    }
}

impl Chapter for Dimensions {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("dimension", "dimensions", "a side from which a workload is looked at, with its needs")
    }

    fn ids(&self, _: &KnowledgeBase<'_>) -> Vec<String> {
        Dimension::ALL.iter().map(|dimension| dimension.id().to_owned()).collect()
    }

    fn title(&self, _: &KnowledgeBase<'_>, place: usize) -> String {
        Dimension::ALL.get(place).map_or("", |dimension| about(*dimension)).to_owned()
    }

    fn passages<'k>(&self, _: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        Dimension::ALL.get(place).map(|dimension| telling(about(*dimension))).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(dimension) = Dimension::ALL.get(place) else { return Vec::new() };
        let needs = knowledge.needs.iter().enumerate().filter(|(_, need)| need.dimension == *dimension);
        let needs = needs.map(|(place, need)| {
            let answers = knowledge.option_ids().map(|(option, details)| {
                let reach = answers::reach(reference, option, place);
                Fields::default().code("option", knowledge.text(details.id)).text("fit", reach).all()
            });
            Fields::default()
                .code("need", knowledge.text(need.id))
                .text("title", knowledge.text(need.title))
                .rows("answers", answers.collect())
                .all()
        });
        Fields::default().text("about", about(*dimension)).items("needs", needs.collect()).all()
    }
}
