//! Conflicts: facts of one profile that cannot both be had, whatever is used or with an option. Several options of one
//! broker may share a conflict, each with its own words: they are one entry.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use crate::knowledge::{Conflict, KnowledgeBase, OptionId, Owner};

/// All conflicts.
pub(super) struct Conflicts;

impl Chapter for Conflicts {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("conflict", "conflicts", "facts of one profile that cannot both be had")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        firsts(knowledge).map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        firsts(knowledge).nth(place).map_or("", |conflict| knowledge.text(conflict.because.source)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(conflict) = firsts(knowledge).nth(place) else { return Vec::new() };
        vec![
            telling(knowledge.text(conflict.because.source)),
            telling(knowledge.text(conflict.id)),
            passing(knowledge.text(conflict.remedy.source)),
        ]
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(conflict) = firsts(knowledge).nth(place) else { return Vec::new() };
        let owner = Owner::of(&[knowledge.text(conflict.id)]);
        let all: Vec<&Conflict> = knowledge.conflicts.iter().filter(|it| it.id == conflict.id).collect();
        let name = |option: OptionId| knowledge.option_name(option).to_owned();
        let line = |version: Option<crate::knowledge::Version>| version.map_or_else(String::new, |it| it.to_string());
        let apart = all.iter().filter(|it| it.because.source != conflict.because.source);
        let apart = apart.map(|it| {
            Fields::default()
                .link("option", it.option.map(name).unwrap_or_default())
                .text("since", line(it.since))
                .text("until", line(it.until))
                .text("because", knowledge.text(it.because.source))
                .all()
        });
        Fields::default()
            .text("level", conflict.level.word())
            .links("options", all.iter().filter_map(|it| it.option).map(name).collect())
            .text("since", line(conflict.since))
            .text("until", line(conflict.until))
            .code("when", reference.written(conflict.when, owner))
            .links("facts", conflict.facts.iter().map(|fact| knowledge.fact_name(*fact).to_owned()).collect())
            .text("because", knowledge.text(conflict.because.source))
            .text("remedy", knowledge.text(conflict.remedy.source))
            .items("in_other_words", apart.collect())
            .code("in_check", format!("conflict/{}", knowledge.text(conflict.id)))
            .sources(reference.source_ids(&conflict.sources))
            .all()
    }
}

/// The first conflict of each id.
fn firsts<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = &'k Conflict> {
    let all = knowledge.conflicts.iter().enumerate();
    let first =
        |(place, it): &(usize, &Conflict)| knowledge.conflicts.iter().take(*place).all(|other| other.id != it.id);
    all.filter(first).map(|(_, it)| it)
}
