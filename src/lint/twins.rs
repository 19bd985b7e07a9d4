//! Two entries that exist under the very same condition: they count one cause twice, or one of them is never needed.

use super::{Found, Lint, Question};
use crate::knowledge::{Citing, KnowledgeBase, Level, Spot, Subject};

pub(super) const LINT: Lint = Lint {
    id: "twins",
    level: Level::Warning,
    about: "No two needs, no two conflicts and no two variants of an answer have the same condition: one cause would be \
            counted, or said, twice.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    // Equal expressions are kept once, so their ids are equal.
    let needs: Vec<_> = knowledge.needs.iter().map(|need| (knowledge.text(need.id), need.when)).collect();
    // One contradiction may be one with several options, and another with another.
    let conflicts: Vec<_> = knowledge
        .conflicts
        .iter()
        .map(|rule| (knowledge.text(rule.id), (rule.when, rule.option, rule.since, rule.until)))
        .collect();
    let scope: Vec<_> = knowledge.scope.iter().map(|rule| (knowledge.text(rule.id), rule.when)).collect();
    let when = |subject: Subject| Spot::from(subject).field("when");
    let mut found = pairs("needs", &needs, |place| when(Subject::Need(place)));
    found.extend(pairs("conflicts", &conflicts, |place| when(Subject::Part(Citing::Conflict(place)))));
    found.extend(pairs("scope rules", &scope, |place| when(Subject::Part(Citing::Scope(place)))));
    for (option, answers) in knowledge.option_ids().map(|(id, _)| id).zip(&knowledge.answers) {
        for (at, (need, answer)) in knowledge.needs.iter().zip(answers).enumerate() {
            for (place, variant) in answer.variants.iter().enumerate() {
                let same = |other: &&crate::knowledge::Variant| {
                    (other.since, other.until, other.when) == (variant.since, variant.until, variant.when)
                };
                if let Some(first) = answer.variants.iter().take(place).position(|other| same(&other)) {
                    let part = |variant| Citing::Answer { option, need: at, variant: Some(variant) };
                    let name = format!("{} {}", knowledge.option_name(option), knowledge.text(need.id));
                    let message = format!("two variants of {name} speak under the same condition");
                    let both = Found::new(name, message).help("make one of them, or tell them apart");
                    found.push(both.at(part(place)).at(part(first)));
                }
            }
        }
    }
    found
}

fn pairs<T: PartialEq>(what: &str, all: &[(&str, T)], spot: impl Fn(usize) -> Spot) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, (name, when)) in all.iter().enumerate() {
        if let Some((first, (other, _))) = all.iter().enumerate().take(place).find(|(_, (_, known))| known == when) {
            let message = format!("the {what} `{other}` and `{name}` have the same condition");
            let both = Found::new(*name, message).help("make one of them, or tell them apart");
            found.push(both.at(spot(place)).at(spot(first)));
        }
    }
    found
}
