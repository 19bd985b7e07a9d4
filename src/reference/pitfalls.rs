//! Pitfalls: causes of trouble, by what they are found, how they are told apart, and the way out.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, lines};
use crate::knowledge::{BrokerId, KnowledgeBase, Owner, Pitfall, Strength};

/// All pitfalls.
pub(super) struct Pitfalls;

impl Chapter for Pitfalls {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("pitfall", "pitfalls", "causes of trouble: by what they are found, and the way out")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.pitfalls.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.pitfalls.get(place).map_or_else(String::new, |it| {
            format!("{}: {}", knowledge.broker_title(it.broker), knowledge.text(it.title))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(it) = knowledge.pitfalls.get(place) else { return Vec::new() };
        let said = [it.title, it.id].into_iter().chain(it.wordings.iter().copied());
        let said = said.map(|text| telling(knowledge.text(text)));
        let named = it.lines.iter().filter(|(_, strength)| *strength == Strength::Names).map(|(text, _)| *text);
        let more = [it.cause, it.fix].into_iter().chain(named).map(|text| passing(knowledge.text(text)));
        said.chain(more).collect()
    }

    fn about(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> Vec<BrokerId> {
        knowledge.pitfalls.get(place).map(|it| it.broker).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(it) = knowledge.pitfalls.get(place) else { return Vec::new() };
        let texts = |all: &[crate::knowledge::Text]| all.iter().map(|text| knowledge.text(*text).to_owned()).collect();
        let options = it.options.iter().map(|option| knowledge.option_name(*option).to_owned()).collect();
        let follows = it.follows.iter().filter_map(|root| knowledge.pitfalls.get(usize::from(*root)));
        let wrong = it.wrong.iter().filter_map(|place| knowledge.misconceptions.get(usize::from(*place)));
        let need = it.reveals.and_then(|need| knowledge.needs.get(usize::from(need)));
        Fields::default()
            .link("broker", knowledge.broker_name(it.broker))
            .links("options", options)
            .text("holds", lines(it.since, it.until))
            .text("cause", knowledge.text(it.cause))
            .list("symptoms", texts(&it.wordings))
            .list("named_by_lines", said(knowledge, it, Strength::Names))
            .list("fits_lines", said(knowledge, it, Strength::Fits))
            .list("seen_as", signs(reference, it))
            .rows("tell", steps(reference, it))
            .text("fix", knowledge.text(it.fix))
            .text("prevent", knowledge.text(it.prevent))
            .links("wrong_advice", wrong.map(|it| knowledge.text(it.id).to_owned()).collect())
            .list("wrong_remedies", texts(&it.advice))
            .links("follows", follows.map(|it| knowledge.text(it.id).to_owned()).collect())
            .links("reveals", need.map(|need| knowledge.text(need.id).to_owned()).into_iter().collect())
            .list("state_then", texts(&it.state))
            .list("examples", texts(&it.examples))
            .sources(reference.source_ids(&it.sources))
            .all()
    }
}

fn said(knowledge: &KnowledgeBase<'_>, pitfall: &Pitfall, strength: Strength) -> Vec<String> {
    let lines = pitfall.lines.iter().filter(|(_, own)| *own == strength);
    lines.map(|(text, _)| knowledge.text(*text).to_owned()).collect()
}

fn signs(reference: &Reference<'_>, pitfall: &Pitfall) -> Vec<String> {
    let owner = Owner::of(&[reference.knowledge.text(pitfall.id), "sign"]);
    pitfall.signs.iter().map(|sign| reference.written(sign.when, owner)).collect()
}

fn steps(reference: &Reference<'_>, pitfall: &Pitfall) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let speaking = pitfall.tell.iter().filter(|step| reference.speaks(pitfall.broker, step.since, step.until));
    let step = |step: &crate::knowledge::Step| {
        Fields::default()
            .code("run", knowledge.text(step.run))
            .text("holds", lines(step.since, step.until))
            .text("shows", knowledge.text(step.shows))
            .all()
    };
    speaking.map(step).collect()
}
