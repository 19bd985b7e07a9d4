//! On whose word answers rest: for each option by who speaks and how it is graded, and over all options by affiliation.
//! The weight of an answer (see `effect`) is shared evenly among its sources.

use std::collections::BTreeMap;

use super::{Said, effect, said};
use crate::knowledge::{BrokerId, Grade, KnowledgeBase, OptionId, SourceId, Text, Voice};

/// How much rests on somebody's word.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Weight {
    /// How often answers cite it.
    pub citations: usize,
    /// The weight of these answers, shared among their sources.
    pub weight: f64,
}

impl Weight {
    fn add(&mut self, share: f64) {
        self.citations += 1;
        self.weight += share;
    }
}

/// On whose word one option's answers rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Backing {
    /// Whose answers.
    pub option: OptionId,
    /// How many answers, variants counted apart.
    pub answers: usize,
    /// By who speaks, in the order of `Voice::ALL`.
    pub voices: Vec<(Voice, Weight)>,
    /// By grade, most to least.
    pub grades: Vec<(Grade, Weight)>,
    /// The weight of all answers.
    pub total: f64,
}

/// How much rests on one affiliation's word.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// Whose word it is.
    pub affiliation: Text,
    /// In whose camp; none for those in neither.
    pub camp: Option<BrokerId>,
    /// How many sources of the bibliography are theirs.
    pub sources: usize,
    /// How these are graded, most to least; grades that none has are left out.
    pub grades: Vec<(Grade, usize)>,
    /// What rests on it in answers about each broker, in canonical order.
    pub about: Vec<Weight>,
}

impl Speaker {
    /// What rests on it altogether.
    pub fn weight(&self) -> f64 {
        self.about.iter().map(|weight| weight.weight).sum()
    }
}

/// Each citation of an answer with its share of the answer's weight.
fn shares<'k>(said: &Said<'k>) -> impl Iterator<Item = (SourceId, f64)> + use<'k> {
    let sources = &said.reply.sources;
    let count = u32::try_from(sources.len()).unwrap_or(u32::MAX).max(1);
    let share = f64::from(effect(&said.reply.fit)) / f64::from(count);
    sources.iter().map(move |source| (*source, share))
}

/// On whose word each option's answers rest.
pub fn backing(knowledge: &KnowledgeBase<'_>) -> Vec<Backing> {
    let empty = |option| Backing {
        option,
        answers: 0,
        voices: Voice::ALL.into_iter().map(|voice| (voice, Weight::default())).collect(),
        grades: Grade::ALL.into_iter().rev().map(|grade| (grade, Weight::default())).collect(),
        total: 0.0,
    };
    let mut all: Vec<Backing> = knowledge.option_ids().map(|(option, _)| empty(option)).collect();
    for said in said(knowledge) {
        let Some(backing) = all.get_mut(usize::from(said.option.0)) else { continue };
        backing.answers += 1;
        backing.total += f64::from(effect(&said.reply.fit));
        for (id, share) in shares(&said) {
            let voice = knowledge.voice(said.broker, id);
            let grade = knowledge.source(id).map(|source| source.grade);
            let voices = backing.voices.iter_mut().filter(|(known, _)| *known == voice);
            voices.for_each(|(_, weight)| weight.add(share));
            let grades = backing.grades.iter_mut().filter(|(known, _)| Some(*known) == grade);
            grades.for_each(|(_, weight)| weight.add(share));
        }
    }
    all
}

/// Who is cited in answers, the heaviest first.
pub fn speakers(knowledge: &KnowledgeBase<'_>) -> Vec<Speaker> {
    let mut all: BTreeMap<&str, Speaker> = BTreeMap::new();
    for source in &knowledge.sources {
        let speaker = all.entry(knowledge.text(source.affiliation)).or_insert_with(|| Speaker {
            affiliation: source.affiliation,
            camp: knowledge.camp(source),
            sources: 0,
            grades: Vec::new(),
            about: vec![Weight::default(); knowledge.brokers.len()],
        });
        speaker.sources += 1;
        match speaker.grades.iter_mut().find(|(grade, _)| *grade == source.grade) {
            Some((_, count)) => *count += 1,
            None => speaker.grades.push((source.grade, 1)),
        }
    }
    for said in said(knowledge) {
        for (id, share) in shares(&said) {
            let whose = knowledge.source(id).and_then(|source| all.get_mut(knowledge.text(source.affiliation)));
            if let Some(weight) = whose.and_then(|speaker| speaker.about.get_mut(usize::from(said.broker.0))) {
                weight.add(share);
            }
        }
    }
    let mut all: Vec<Speaker> = all.into_values().collect();
    for speaker in &mut all {
        speaker.grades.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
    }
    all.sort_by(|left, right| right.weight().total_cmp(&left.weight()));
    all
}
