//! Contradictions inside a profile, in words: those that hold whatever is used, and those of the options that matter. A
//! contradiction holds on stated facts alone: what is assumed contradicts nobody. Only a version that nobody stated is
//! the newest, here as everywhere.

use super::words::Words;
use crate::engine::{Judgement, Kind};
use crate::expr::{Env, FactId, Own, Tri, Value};
use crate::facts::{Facts, Origin, View, derive_whole};
use crate::knowledge::{BrokerId, Conflict, KnowledgeBase, Level, OptionId, within};
use crate::profile::{Chosen, Profile};

/// A contradiction that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its stable id.
    pub id: String,
    /// How grave it is.
    pub level: Level,
    /// With which option; none where it holds whatever is used.
    pub option: Option<OptionId>,
    /// The facts on both sides.
    pub facts: Vec<FactId>,
    /// Why, in the profile's own numbers.
    pub because: String,
    /// The way out.
    pub remedy: String,
    /// On whose word.
    pub sources: Vec<String>,
}

/// Every contradiction that holds whatever is used, the gravest first.
pub fn conflicts<'f>(knowledge: &'f KnowledgeBase<'f>, profile: &'f Profile, facts: &'f Facts) -> Vec<Found> {
    Finder::new(knowledge, profile, facts).neutral()
}

/// Every contradiction with one of some options, the gravest first.
pub fn conflicts_with<'f>(
    knowledge: &'f KnowledgeBase<'f>,
    profile: &'f Profile,
    facts: &'f Facts,
    options: &[OptionId],
) -> Vec<Found> {
    Finder::new(knowledge, profile, facts).with(options)
}

/// What contradictions are held against: what stated facts alone say, over the whole of stated ranges.
pub fn grounds(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts) -> Facts {
    let mut whole = derive_whole(knowledge, profile);
    for broker in &knowledge.brokers {
        let meant = facts.central(broker.version_fact);
        if let Some(version) = whole.stated.get_mut(usize::from(broker.version_fact.0)) {
            *version = meant;
        }
    }
    whole
}

/// Whether a contradiction holds on such grounds.
pub fn contradicts(knowledge: &KnowledgeBase<'_>, whole: &Facts, conflict: &Conflict) -> bool {
    if conflict.written.iter().any(|fact| whole.origin(*fact) != Origin::Stated) {
        return false;
    }
    let mut stated = View::stated(knowledge, whole);
    let broker = conflict.option.and_then(|option| knowledge.broker(knowledge.broker_of(option)));
    if let Some(broker) = broker {
        stated = stated.seen_by(broker);
        let Value::Version(version) = stated.own(Own::Version) else { return false };
        if !within(version.lo, conflict.since, conflict.until) {
            return false;
        }
    }
    knowledge.program.holds(conflict.when, &stated) == Tri::True
}

/// Looks for contradictions in one profile.
#[derive(Debug)]
pub(super) struct Finder<'f> {
    knowledge: &'f KnowledgeBase<'f>,
    words: Words<'f>,
    /// What stated facts alone say, over the whole of stated ranges.
    whole: Facts,
}

impl<'f> Finder<'f> {
    pub(super) fn new(knowledge: &'f KnowledgeBase<'f>, profile: &'f Profile, facts: &'f Facts) -> Self {
        let whole = grounds(knowledge, profile, facts);
        Self { knowledge, words: Words::new(knowledge, profile, facts), whole }
    }

    /// Every contradiction that holds whatever is used, the gravest first.
    pub(super) fn neutral(&self) -> Vec<Found> {
        self.find(|conflict| conflict.option.is_none())
    }

    /// Every contradiction with one of some options, the gravest first.
    pub(super) fn with(&self, options: &[OptionId]) -> Vec<Found> {
        self.find(|conflict| conflict.option.is_some_and(|option| options.contains(&option)))
    }

    fn find(&self, which: impl Fn(&Conflict) -> bool) -> Vec<Found> {
        let candidates = self.knowledge.conflicts.iter().filter(|conflict| which(conflict));
        let mut found: Vec<Found> = candidates.filter_map(|conflict| self.found(conflict)).collect();
        found.sort_by_key(|conflict| std::cmp::Reverse(conflict.level));
        found
    }

    fn found(&self, conflict: &Conflict) -> Option<Found> {
        let knowledge = self.knowledge;
        let broker = conflict.option.map(|option| knowledge.broker_of(option));
        contradicts(knowledge, &self.whole, conflict).then(|| Found {
            id: knowledge.text(conflict.id).to_owned(),
            level: conflict.level,
            option: conflict.option,
            facts: conflict.facts.clone(),
            because: self.words.fill(&conflict.because, broker),
            remedy: self.words.fill(&conflict.remedy, broker),
            sources: knowledge.source_names(&conflict.sources).into_iter().map(str::to_owned).collect(),
        })
    }
}

/// The options that are recommended.
pub fn advised(judgement: &Judgement) -> Vec<OptionId> {
    let verdict = &judgement.verdict;
    match (verdict.kind, verdict.leader) {
        (Kind::One, Some(leader)) => std::iter::once(leader.option).chain(leader.beside).collect(),
        (Kind::Both, _) => verdict.split.iter().map(|part| part.option).collect(),
        _ => Vec::new(),
    }
}

/// The options that are decided: the one that is named, else the best of the broker that is.
pub fn decided(profile: &Profile, judgement: &Judgement) -> Vec<OptionId> {
    let best = |broker: BrokerId| {
        let standing = judgement.standing(broker);
        standing.map_or_else(Vec::new, |standing| std::iter::once(standing.option).chain(standing.beside).collect())
    };
    match profile.decision.as_ref().map(|decision| &decision.chosen) {
        Some(Chosen::Broker { option: Some(option), .. }) => vec![*option],
        Some(Chosen::Broker { broker, option: None }) => best(*broker),
        Some(Chosen::Both) => judgement.verdict.split.iter().map(|part| part.option).collect(),
        Some(Chosen::None | Chosen::Other(_)) | None => Vec::new(),
    }
}
