//! Flows that are common: what is usually so of them, and why.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::knowledge::KnowledgeBase;

/// All presets.
pub(super) struct Presets;

impl Chapter for Presets {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("preset", "presets", "flows that are common, from which `init` drafts a first profile")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.presets.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.presets.get(place).map_or_else(String::new, |preset| {
            format!("{}: {}", knowledge.text(preset.title), knowledge.text(preset.about))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(preset) = knowledge.presets.get(place) else { return Vec::new() };
        let aliases = preset.aliases.iter().map(|alias| telling(knowledge.text(*alias)));
        [telling(knowledge.text(preset.title)), passing(knowledge.text(preset.about))]
            .into_iter()
            .chain(aliases)
            .collect()
    }

    fn prior(&self) -> f64 {
        // Who asks in words seldom means a kind of flow.
        0.5
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(preset) = knowledge.presets.get(place) else { return Vec::new() };
        let usual = preset.facts.iter().map(|usual| {
            Fields::default()
                .link("fact", knowledge.fact_name(usual.fact))
                .code("is", knowledge.text(usual.value))
                .text("because", knowledge.text(usual.because))
                .all()
        });
        let id = knowledge.text(preset.id);
        Fields::default()
            .list("aliases", preset.aliases.iter().map(|alias| knowledge.text(*alias).to_owned()).collect())
            .rows("usual", usual.collect())
            .link("ask", knowledge.fact_name(preset.ask))
            .code("call", format!("brokerfit init --like {id}"))
            .all()
    }
}
