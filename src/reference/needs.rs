//! Needs: when they exist, how much is needed, and what every option answers.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, answers};
use crate::knowledge::{KnowledgeBase, Need, Owner};

/// All needs.
pub(super) struct Needs;

impl Chapter for Needs {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("need", "needs", "what a workload may require, with every option's answer")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.needs.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.needs.get(place).map_or("", |need| knowledge.text(need.title)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(need) = knowledge.needs.get(place) else { return Vec::new() };
        let own = [telling(knowledge.text(need.title)), passing(knowledge.text(need.because.source))];
        let answers = knowledge.option_ids().flat_map(|(option, _)| answers::passages(knowledge, option, place));
        own.into_iter().chain(answers).collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(need) = knowledge.needs.get(place) else { return Vec::new() };
        let fact = |fact: &crate::expr::FactId| knowledge.fact_name(*fact).to_owned();
        let properties = [
            (need.want, "a wish by nature: no option is taken out by it"),
            (need.whole, "a pair of options answers it no better than the worse of the two"),
            (need.house, "a rule of the house: an organisation made it for itself"),
            (need.organisation && !need.house, "comes from what the organisation runs or knows, not from the workload"),
        ];
        let root = knowledge.text(need.root);
        let others: Vec<String> = knowledge
            .needs
            .iter()
            .filter(|other| other.id != need.id && other.dimension == need.dimension && other.root == need.root)
            .map(|other| knowledge.text(other.id).to_owned())
            .collect();
        let answers = knowledge.option_ids().map(|(option, details)| {
            Fields::default()
                .code("option", knowledge.text(details.id))
                .items("replies", answers::replies(reference, option, place))
                .all()
        });
        Fields::default()
            .link("dimension", need.dimension.id())
            .code("when", condition(reference, need))
            .code("amount", amount(reference, need))
            .links("over", need.over.iter().map(fact).collect())
            .text("because", knowledge.text(need.because.source))
            .list("note", properties.into_iter().filter(|(is, _)| *is).map(|(_, text)| text.to_owned()).collect())
            .data("root", Some(root.to_owned()))
            .links("counts_once_with", others)
            .links("facts", need.facts.iter().map(fact).collect())
            .links("rests_on", need.rests_on.iter().map(fact).collect())
            .items("answers", answers.collect())
            .rows("where", quantities(reference, place))
            .all()
    }
}

/// The condition of a need as it is written.
pub(super) fn condition(reference: &Reference<'_>, need: &Need) -> String {
    reference.written(need.when, Owner::of(&[reference.knowledge.text(need.id)]))
}

/// The amount of a need as it is written.
pub(super) fn amount(reference: &Reference<'_>, need: &Need) -> String {
    let owner = Owner::of(&[reference.knowledge.text(need.id)]);
    need.amount.map_or_else(String::new, |(amount, _)| reference.written(amount, owner))
}

/// What the names in the answers stand for; once where options mean the same by one.
fn quantities(reference: &Reference<'_>, need: usize) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let mut rows: Vec<(Vec<Field>, Vec<String>)> = Vec::new();
    for (option, _) in knowledge.option_ids() {
        let mut texts = String::new();
        for fields in answers::replies(reference, option, need) {
            answers::gather(&fields, &mut texts);
        }
        for row in answers::named(reference, option, texts) {
            let name = knowledge.option_name(option).to_owned();
            match rows.iter_mut().find(|(known, _)| *known == row) {
                Some((_, options)) => options.push(name),
                None => rows.push((row, vec![name])),
            }
        }
    }
    let with_options = |(mut row, options): (Vec<Field>, Vec<String>)| {
        row.extend(Fields::default().links("options", options).all());
        row
    };
    rows.into_iter().map(with_options).collect()
}
