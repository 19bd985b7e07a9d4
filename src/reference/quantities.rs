//! Named quantities: what an option's conditions and formulas call by one name.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, telling};
use super::{Reference, answers, keys, practices, sizing};
use crate::knowledge::{KnowledgeBase, NamedQuantity, Owner};

/// All names; several options may give one name a meaning each.
pub(super) struct Quantities;

/// The first quantity of each name.
fn names<'k>(knowledge: &'k KnowledgeBase<'_>) -> Vec<&'k NamedQuantity> {
    let mut all: Vec<&NamedQuantity> = Vec::new();
    for quantity in &knowledge.quantities {
        if all.iter().all(|known| known.name != quantity.name) {
            all.push(quantity);
        }
    }
    all
}

impl Chapter for Quantities {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("quantity", "quantities", "a name that an option's conditions and formulas share")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        names(knowledge).into_iter().map(|quantity| knowledge.text(quantity.name).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        let name = names(knowledge).get(place).map(|quantity| quantity.name);
        let own = knowledge.quantities.iter().filter(|quantity| Some(quantity.name) == name);
        let options: Vec<&str> = own.map(|quantity| knowledge.option_name(quantity.option)).collect();
        format!("a quantity that is computed for {}", options.join(", "))
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        names(knowledge).get(place).map(|quantity| telling(knowledge.text(quantity.name))).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(name) = names(knowledge).get(place).map(|quantity| quantity.name) else { return Vec::new() };
        let text = knowledge.text(name);
        let own = || knowledge.quantities.iter().filter(|quantity| quantity.name == name);
        let rows = own().map(|quantity| {
            let formula = reference.written(quantity.formula, Owner::of(&[text]));
            Fields::default().code("option", knowledge.option_name(quantity.option)).code("is", formula).all()
        });
        let mut facts = Vec::new();
        own().for_each(|quantity| knowledge.program.reads(quantity.formula, &mut facts));
        let mut naming = Vec::new();
        for quantity in own() {
            for need in 0..knowledge.needs.len() {
                let mut texts = String::new();
                for fields in answers::replies(reference, quantity.option, need) {
                    answers::gather(&fields, &mut texts);
                }
                if answers::speaks_of(&texts, text) {
                    naming.push(answers::id(knowledge, quantity.option, need));
                }
            }
        }
        Fields::default()
            .rows("meaning", rows.collect())
            .links("facts", facts.into_iter().map(|fact| knowledge.fact_name(fact).to_owned()).collect())
            .links("capabilities", naming)
            .links("settings", keys::naming(reference, text))
            .links("practices", practices::naming(reference, text))
            .links("sizings", sizing::naming(reference, text))
            .all()
    }
}
