//! How much of the rules some expectation speaks of: not what merely took part in a verdict.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::expectation::Expectation;
use super::expectations;
use super::of_packs::OfPacks;
use super::seen::{Seen, facts_of};
use crate::advice::{decides, spoken_by};
use crate::engine::Sampler;
use crate::expr::{Env, Value};
use crate::facts::View;
use crate::knowledge::{Conflict, FitRule, KnowledgeBase, OptionId, Text, Tuning};
use crate::profile::Profile;

/// One sort of parts of the rules, and how many of them are covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What the parts are, in the plural.
    pub what: &'static str,
    /// How many there are.
    pub all: usize,
    /// Those of which nothing is expected, by name.
    pub missing: Vec<String>,
}

impl Part {
    fn new(
        what: &'static str,
        all: impl IntoIterator<Item = String>,
        covered: &BTreeSet<String>,
        own: &OfPacks,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let all: Vec<String> = all.into_iter().filter(|name| own.has(name) && seen.insert(name.clone())).collect();
        let count = all.len();
        let missing = all.into_iter().filter(|name| !covered.contains(name)).collect();
        Self { what, all: count, missing }
    }

    /// How many of which something is expected.
    pub fn covered(&self) -> usize {
        self.all - self.missing.len()
    }
}

/// What is covered, by name, sort by sort.
#[derive(Debug, Default)]
struct Covered {
    created: BTreeSet<String>,
    absent: BTreeSet<String>,
    answers: BTreeSet<String>,
    set: BTreeSet<String>,
    unset: BTreeSet<String>,
    holds: BTreeSet<String>,
    fails: BTreeSet<String>,
}

/// How much of the rules is covered by what some profiles expect.
pub fn coverage(knowledge: &KnowledgeBase<'_>, profiles: &[Profile], sampler: &RefCell<Sampler>) -> Vec<Part> {
    let mut covered = Covered::default();
    for profile in profiles {
        let facts = facts_of(knowledge, profile);
        let seen = Seen::new(knowledge, profile, &facts, sampler);
        for expectation in expectations(knowledge, profile) {
            covered.take(&seen, &expectation);
        }
    }
    let own = OfPacks::of(knowledge);
    let needs = || knowledge.needs.iter().map(|need| knowledge.text(need.id).to_owned());
    let mut rules: Vec<String> = knowledge.conflicts.iter().map(|it| knowledge.text(it.id).to_owned()).collect();
    rules.extend(knowledge.scope.iter().map(|it| knowledge.text(it.id).to_owned()));
    let choices = knowledge
        .tuning
        .iter()
        .enumerate()
        .flat_map(|(place, rule)| (0..rule.choose.len()).map(move |choice| (place, choice)));
    let guarded = knowledge.tuning.iter().filter(|rule| rule.when.is_some());
    vec![
        Part::new("needs that exist", needs(), &covered.created, &own),
        Part::new("needs that do not", needs(), &covered.absent, &own),
        Part::new("answers, by variant, band and word", answers(knowledge), &covered.answers, &own),
        Part::new(
            "values of settings",
            choices.map(|(rule, choice)| choice_name(knowledge, rule, choice)),
            &covered.set,
            &own,
        ),
        Part::new(
            "settings with a condition, left out",
            guarded.map(|rule| key_name(knowledge, rule)),
            &covered.unset,
            &own,
        ),
        Part::new("contradictions and scope rules that hold", rules.iter().cloned(), &covered.holds, &own),
        Part::new("contradictions and scope rules that do not", rules.iter().cloned(), &covered.fails, &own),
    ]
}

impl Covered {
    fn take(&mut self, seen: &Seen<'_>, expectation: &Expectation) {
        let knowledge = seen.knowledge;
        let need_name = |need: usize| knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id)).to_owned();
        let mut rule = |name: Option<String>, holds: bool| {
            if holds { &mut self.holds } else { &mut self.fails }.extend(name);
        };
        match expectation {
            Expectation::Fits { need, option, .. } => {
                self.created.insert(need_name(*need));
                self.answers.extend(spoken(seen, *need, *option));
            }
            Expectation::By { need, .. }
            | Expectation::Amount { need, .. }
            | Expectation::Created { need, wanted: true } => {
                self.created.insert(need_name(*need));
            }
            Expectation::Created { need, wanted: false } => {
                self.absent.insert(need_name(*need));
            }
            Expectation::Setting { option, key, .. } | Expectation::Set { option, key, wanted: true } => {
                let decided = decides(knowledge, seen.profile, seen.facts, *option, *key);
                self.set.extend(decided.map(|decided| choice_name(knowledge, decided.rule, decided.choice)));
            }
            Expectation::Set { option, key, wanted: false } => {
                let rules = knowledge.tuning.iter().filter(|it| it.key == *key && it.options.contains(option));
                self.unset.extend(rules.map(|rule| key_name(knowledge, rule)));
            }
            Expectation::Conflict { conflict, wanted, .. } | Expectation::Holds { conflict, wanted, .. } => {
                rule(knowledge.conflicts.get(*conflict).map(|it| knowledge.text(it.id).to_owned()), *wanted);
            }
            Expectation::Scope { rule: place, wanted } | Expectation::Applies { rule: place, wanted } => {
                rule(knowledge.scope.get(*place).map(|it| knowledge.text(it.id).to_owned()), *wanted);
            }
            _ => {}
        }
    }
}

/// The names of the parts of an answer that speak for a flow.
fn spoken(seen: &Seen<'_>, need: usize, option: OptionId) -> Vec<String> {
    let (knowledge, assessment) = (seen.knowledge, seen.assessment());
    let row = assessment.needs.iter().position(|created| created.need == need);
    let rated = row.and_then(|row| assessment.ratings(option).get(row));
    let Some(rated) = rated else { return Vec::new() };
    let name = reply_name(knowledge, option, need, rated.variant);
    let reply = knowledge.answer(option, need).and_then(|answer| answer.reply(rated.variant));
    match (reply.map(|reply| &reply.fit), rated.band) {
        (Some(FitRule::Bands { .. }), Some(band)) => vec![format!("{name}, band {}", band + 1)],
        (Some(FitRule::Words { words, other }), _) => {
            // The words that are as bad as what came out are those that decided it.
            let over = knowledge.needs.get(need).and_then(|need| need.over);
            let list = over.map(|over| View::central(knowledge, seen.facts).fact(over));
            let Some(Value::List(list)) = list else { return Vec::new() };
            let known: u64 = words.iter().fold(0, |known, (word, _)| known | 1 << word);
            let asked = words.iter().filter(|(word, fit)| list.has & (1 << word) != 0 && *fit == rated.fit);
            let strange = list.has & !known != 0 || list.size > list.has.count_ones();
            let other = (strange && *other == rated.fit).then(|| format!("{name}, other words"));
            asked.map(|(word, _)| format!("{name}, word {}", word_name(knowledge, need, *word))).chain(other).collect()
        }
        _ => vec![name],
    }
}

/// The names of all parts of all answers.
fn answers(knowledge: &KnowledgeBase<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for (option, _) in knowledge.option_ids() {
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need) else { continue };
            let variants = (0_u8..).zip(&answer.variants).map(|(place, variant)| (Some(place), &variant.reply));
            for (variant, reply) in answer.base.iter().map(|base| (None, base)).chain(variants) {
                let name = reply_name(knowledge, option, need, variant);
                match &reply.fit {
                    FitRule::Fixed(_) => all.push(name),
                    FitRule::Unknown { .. } => {}
                    FitRule::Bands { bands, .. } => {
                        all.extend((1..=bands.len()).map(|band| format!("{name}, band {band}")));
                    }
                    FitRule::Words { words, .. } => {
                        let word = |(word, _): &(u8, _)| format!("{name}, word {}", word_name(knowledge, need, *word));
                        all.extend(words.iter().map(word));
                        all.push(format!("{name}, other words"));
                    }
                }
            }
        }
    }
    all
}

/// A part of an answer; what is written once for a broker bears the broker's name.
fn reply_name(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize, variant: Option<u8>) -> String {
    let inherited = knowledge.answer(option, need).is_some_and(|answer| answer.inherited);
    let broker = knowledge.broker_of(option);
    let who = if inherited { knowledge.broker_name(broker) } else { knowledge.option_name(option) };
    let need_name = knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
    format!("{who} at {need_name}, {}", spoken_by(knowledge, option, need, variant))
}

fn word_name<'k>(knowledge: &'k KnowledgeBase<'_>, need: usize, word: u8) -> &'k str {
    let over = knowledge.needs.get(need).and_then(|need| need.over);
    let domain = over.and_then(|over| knowledge.fact(over)).and_then(|fact| fact.kind.domain());
    domain.map_or("", |domain| knowledge.word(domain, word))
}

/// A key with its scope and the broker, as a rule sets it; of several rules on one key, which. Rules that were compiled for
/// several options from one text are one.
pub fn key_name(knowledge: &KnowledgeBase<'_>, rule: &Tuning) -> String {
    let Some(key) = knowledge.catalogue.get(usize::from(rule.key)) else { return String::new() };
    let same = knowledge.tuning.iter().filter(|other| other.key == rule.key);
    let number = numbered(same.map(|rule| rule.why.source), rule.why.source);
    format!("{} {}@{}{number}", knowledge.broker_name(key.broker), knowledge.text(key.id), key.scope.word())
}

/// A contradiction; of several with one id in a broker's folder, which.
pub fn conflict_name(knowledge: &KnowledgeBase<'_>, conflict: &Conflict) -> String {
    let id = knowledge.text(conflict.id);
    let Some(broker) = conflict.option.map(|option| knowledge.broker_of(option)) else { return id.to_owned() };
    let same = knowledge.conflicts.iter().filter(|other| {
        other.id == conflict.id && other.option.is_some_and(|option| knowledge.broker_of(option) == broker)
    });
    let number = numbered(same.map(|it| it.because.source), conflict.because.source);
    format!("{id} of {}{number}", knowledge.broker_name(broker))
}

/// Which of several texts one is; nothing where there is but one.
fn numbered(all: impl Iterator<Item = Text>, own: Text) -> String {
    let mut texts: Vec<Text> = Vec::new();
    for text in all {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    match texts.iter().position(|text| *text == own) {
        Some(place) if texts.len() > 1 => format!(", rule {}", place + 1),
        _ => String::new(),
    }
}

fn choice_name(knowledge: &KnowledgeBase<'_>, place: usize, choice: usize) -> String {
    let Some(rule) = knowledge.tuning.get(place) else { return String::new() };
    let several = rule.choose.len() > 1;
    format!("{}{}", key_name(knowledge, rule), if several { format!(", value {}", choice + 1) } else { String::new() })
}
