//! One flow under judgement, with what several rows of the table ask of it: places, names, vetoes and fits.

use super::finding::Finding;
use crate::advice::{Advice, Words};
use crate::engine::{Assessment, Created, Leader, Rated, Strength, Verdict, Veto, together};
use crate::expr::FactId;
use crate::facts::{Origin, detail};
use crate::knowledge::{Fit, KnowledgeBase, Need, OptionId};
use crate::quantity::show_share;
use crate::source::Span;

/// How many names a sentence lists.
const LISTED: usize = 4;

/// One flow under judgement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'c> {
    pub(super) knowledge: &'c KnowledgeBase<'c>,
    pub(super) advice: &'c Advice<'c>,
}

impl<'c> Case<'c> {
    pub(super) fn new(knowledge: &'c KnowledgeBase<'c>, advice: &'c Advice<'c>) -> Self {
        Self { knowledge, advice }
    }

    pub(super) fn verdict(&self) -> &'c Verdict {
        &self.advice.judgement.verdict
    }

    pub(super) fn assessment(&self) -> &'c Assessment {
        &self.advice.judgement.assessment
    }

    pub(super) fn words(&self) -> Words<'c> {
        Words::new(self.knowledge, self.advice.profile, &self.advice.facts)
    }

    /// A created need and what the knowledge base says of it.
    pub(super) fn need(&self, place: usize) -> Option<(&'c Created, &'c Need)> {
        let created = self.assessment().needs.get(place)?;
        Some((created, self.knowledge.needs.get(created.need)?))
    }

    /// A created need's id.
    pub(super) fn need_id(&self, place: usize) -> &'c str {
        self.need(place).map_or("", |(_, need)| self.knowledge.text(need.id))
    }

    /// Created needs as places among the needs of the knowledge base, each once.
    pub(super) fn need_places<'p>(&self, created: impl Iterator<Item = &'p usize>) -> Vec<usize> {
        let mut needs: Vec<usize> =
            created.filter_map(|place| self.assessment().needs.get(*place)).map(|created| created.need).collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    /// How an option answers a created need.
    pub(super) fn rated(&self, option: OptionId, place: usize) -> Option<&'c Rated> {
        self.assessment().ratings(option).get(place)
    }

    /// Whether a veto holds on stated facts alone.
    pub(super) fn is_stated(&self, option: OptionId, veto: Veto) -> bool {
        match veto {
            Veto::Need(place) => self.rated(option, place).is_some_and(|rated| !rated.ruled_out_by_assumption),
            Veto::Version { by_assumption } => !by_assumption,
            Veto::Provider | Veto::Allowed => true,
        }
    }

    /// Adds a created need to a finding, with the stated facts that create it and their places.
    pub(super) fn because(&self, mut finding: Finding, place: usize) -> Finding {
        let Some((created, need)) = self.need(place) else { return finding };
        let facts = self.stated_facts(need);
        let mut text = format!("creates `{}`: {}", self.need_id(place), self.words().because(need));
        for span in facts.iter().filter_map(|fact| self.stated_at(*fact)) {
            // The first of several places says it for all.
            finding = finding.at(Some(span), std::mem::take(&mut text));
        }
        if !finding.needs.contains(&created.need) {
            finding.needs.push(created.need);
        }
        finding.resting_on(facts)
    }

    /// How the recommended option, or pair, answers every created need.
    pub(super) fn fits(&self, leader: Leader) -> Vec<Fit> {
        match leader.beside {
            Some(beside) => together(self.knowledge, self.assessment(), leader.option, beside),
            None => self.assessment().ratings(leader.option).iter().map(|rated| rated.fit).collect(),
        }
    }

    /// Where a fact is stated.
    pub(super) fn stated_at(&self, fact: FactId) -> Option<Span> {
        self.advice.profile.statement(fact)?.span
    }

    /// The facts behind a need as the profile states them, through every formula.
    pub(super) fn stated_facts(&self, need: &Need) -> Vec<FactId> {
        let mut facts = self.inputs(need.facts.iter().chain(&need.rests_on).copied().collect());
        facts.retain(|fact| self.advice.profile.statement(*fact).is_some());
        facts
    }

    /// The facts on which some facts rest in the end, each once.
    pub(super) fn inputs(&self, open: Vec<FactId>) -> Vec<FactId> {
        self.advice.facts.inputs(self.knowledge, open)
    }

    /// Whether nobody stated a fact and nothing stated gives it.
    pub(super) fn is_open(&self, fact: FactId) -> bool {
        matches!(self.advice.facts.origin(fact), Origin::Assumed | Origin::Unknown)
    }

    /// An option's full id, quoted.
    pub(super) fn option(&self, option: OptionId) -> String {
        format!("`{}`", self.knowledge.option_name(option))
    }

    /// The recommended option, or pair, quoted.
    pub(super) fn leader(&self, leader: Leader) -> String {
        match leader.beside {
            Some(beside) => format!("{} with {} beside it", self.option(leader.option), self.option(beside)),
            None => self.option(leader.option),
        }
    }

    /// How firmly, with the share.
    pub(super) fn firmness(&self) -> String {
        let strength = self.verdict().strength.map_or("", Strength::word);
        match self.verdict().share {
            Some(share) => format!("{strength}, ahead in {} of weightings", show_share(share)),
            None => strength.to_owned(),
        }
    }

    /// Facts with their values and origins, for a sentence.
    pub(super) fn facts(&self, facts: &[FactId]) -> String {
        let told: Vec<String> = facts
            .iter()
            .map(|fact| {
                let shown = detail(self.knowledge, self.advice.profile, &self.advice.facts, *fact).shown;
                let origin = self.advice.facts.origin(*fact).word();
                let name = self.knowledge.fact_name(*fact);
                if shown == origin { format!("`{name}` ({origin})") } else { format!("`{name}` ({origin}: {shown})") }
            })
            .collect();
        listed(&told)
    }

    /// Created needs by their ids, for a sentence.
    pub(super) fn needs(&self, places: &[usize]) -> String {
        listed(&places.iter().map(|place| format!("`{}`", self.need_id(*place))).collect::<Vec<_>>())
    }

    /// How a decision for the recommended one is written.
    pub(super) fn record(&self, leader: Leader) -> String {
        let broker = self.knowledge.broker_name(leader.broker);
        let short = self.knowledge.option(leader.option).map(|option| self.knowledge.text(option.short));
        match short.filter(|_| leader.beside.is_none()) {
            Some(option) => format!("`decision: {{ broker: {broker}, option: {option} }}`"),
            // A pair has no name of its own.
            None => format!("`decision: {{ broker: {broker} }}`"),
        }
    }
}

/// "`a`, `b` and `c`"; a long list is cut, and the cut shows.
pub(super) fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [only] => only.clone(),
        [shown @ .., last] if shown.len() < LISTED => format!("{} and {last}", shown.join(", ")),
        _ => {
            let shown: Vec<&str> = all.iter().take(LISTED).map(String::as_str).collect();
            format!("{} and {} more", shown.join(", "), all.len() - LISTED)
        }
    }
}
