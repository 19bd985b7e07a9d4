//! Misconceptions: what is said, what is wrong with it, and what is so.

use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Kind, Name, Reference};
use crate::knowledge::{BrokerId, ClaimVerdict, KnowledgeBase};

/// All misconceptions.
pub(super) struct Misconceptions;

/// What a verdict means.
fn meaning(verdict: ClaimVerdict) -> &'static str {
    match verdict {
        ClaimVerdict::Wrong => "it never was so",
        ClaimVerdict::Stale => "it was so in earlier versions",
        ClaimVerdict::HalfTrue => "it holds for a part, or leaves out what decides",
        ClaimVerdict::Unsourced => "nobody published what it rests on",
    }
}

impl Chapter for Misconceptions {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("misconception", "misconceptions", "what is said and is not so; paste the sentence to find it")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.misconceptions.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.misconceptions.get(place).map_or("", |it| knowledge.text(it.claim)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(it) = knowledge.misconceptions.get(place) else { return Vec::new() };
        let said = [it.claim, it.id].into_iter().chain(it.wordings.iter().copied());
        let said = said.map(|text| telling(knowledge.text(text)));
        said.chain([passing(knowledge.text(it.truth))]).collect()
    }

    fn about(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> Vec<BrokerId> {
        knowledge.misconceptions.get(place).map_or_else(Vec::new, |it| it.about.clone())
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(it) = knowledge.misconceptions.get(place) else { return Vec::new() };
        let until =
            it.until.iter().map(|(broker, version)| format!("up to {} {version}", knowledge.broker_title(*broker)));
        let seen = it.see.iter().map(|id| knowledge.text(*id).to_owned());
        Fields::default()
            .text("claim", knowledge.text(it.claim))
            .text("verdict", it.verdict.word())
            .text("that_is", meaning(it.verdict))
            .list("was_so", until.collect())
            .text("truth", knowledge.text(it.truth))
            .list("also_worded", it.wordings.iter().map(|text| knowledge.text(*text).to_owned()).collect())
            .links("about", it.about.iter().map(|broker| knowledge.broker_name(*broker).to_owned()).collect())
            .links("see", seen.collect())
            .sources(reference.source_ids(&it.sources))
            .all()
    }
}

/// The misconceptions that point to an entry.
pub(super) fn pointing_to(knowledge: &KnowledgeBase<'_>, name: &Name) -> Vec<Field> {
    let seen = matches!(
        name.kind,
        Kind::Need | Kind::Conflict | Kind::Scope | Kind::Setting | Kind::Fact | Kind::Option | Kind::Misconception
    );
    let pointing = knowledge
        .misconceptions
        .iter()
        .filter(|it| seen && it.see.iter().any(|id| knowledge.text(*id) == name.id))
        .map(|it| {
            let (id, claim) = (knowledge.text(it.id), knowledge.text(it.claim));
            Fields::default().code("id", id).text("claim", claim).all()
        });
    Fields::default().rows("misconceptions", pointing.collect()).all()
}
