//! What must hold of a knowledge base before anybody may rely on it: one file per rule. Takes a loaded knowledge base,
//! gives what is wrong with it.

mod aliases;
mod answered;
mod bands;
mod conflicts;
mod neutral;
mod other_maker;
mod unsourced;
mod values;

use super::{Answer, Citing, KnowledgeBase, OptionId, Reply, Spot};
use crate::diagnostic::Diagnostic;

/// Something that is wrong, and of what it is wrong: the places come from the texts.
#[derive(Debug)]
pub struct Wrong {
    /// What is wrong.
    pub problem: Diagnostic,
    /// Where: the first says where it is, the others why.
    pub spots: Vec<Spot>,
}

impl Wrong {
    fn at(problem: Diagnostic, spot: impl Into<Spot>) -> Self {
        Self { problem, spots: vec![spot.into()] }
    }

    fn also(mut self, spot: impl Into<Spot>) -> Self {
        self.spots.push(spot.into());
        self
    }
}

/// Everything that is wrong.
pub fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    [
        aliases::check(knowledge),
        answered::check(knowledge),
        bands::check(knowledge),
        conflicts::check(knowledge),
        neutral::check(knowledge),
        other_maker::check(knowledge),
        unsourced::check(knowledge),
        values::check(knowledge),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Says of which answer a problem speaks.
fn of_answer(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize) -> String {
    let need = knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
    format!("{} on `{need}`", knowledge.option_name(option))
}

/// The replies of an answer, each with what it is.
fn replies(option: OptionId, need: usize, answer: &Answer) -> impl Iterator<Item = (Citing, &Reply)> {
    let part = move |variant| Citing::Answer { option, need, variant };
    let base = answer.base.iter().map(move |reply| (part(None), reply));
    base.chain(answer.variants.iter().enumerate().map(move |(place, variant)| (part(Some(place)), &variant.reply)))
}
