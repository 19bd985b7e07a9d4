//! Scope rules: when neither broker is called for, or both are.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::knowledge::{Effect, KnowledgeBase, Owner};

/// All scope rules.
pub(super) struct Rules;

impl Chapter for Rules {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("scope", "scope rules", "when neither broker is called for, or both are")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.scope.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        let effect = knowledge.scope.get(place).map(|rule| rule.effect);
        match effect {
            Some(Effect::Neither) => "no broker is called for".to_owned(),
            Some(Effect::Both) => "two brokers are called for".to_owned(),
            None => String::new(),
        }
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(rule) = knowledge.scope.get(place) else { return Vec::new() };
        vec![
            telling(knowledge.text(rule.id)),
            telling(knowledge.text(rule.because.source)),
            passing(knowledge.text(rule.instead)),
        ]
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(rule) = knowledge.scope.get(place) else { return Vec::new() };
        let effect = match rule.effect {
            Effect::Neither => "neither",
            Effect::Both => "both",
        };
        let mut facts = Vec::new();
        knowledge.program.reads(rule.when, &mut facts);
        Fields::default()
            .text("effect", effect)
            .code("when", reference.written(rule.when, Owner::of(&[knowledge.text(rule.id)])))
            .text("because", knowledge.text(rule.because.source))
            .text("instead", knowledge.text(rule.instead))
            .links("facts", facts.into_iter().map(|fact| knowledge.fact_name(fact).to_owned()).collect())
            .sources(reference.source_ids(&rule.sources))
            .all()
    }
}
