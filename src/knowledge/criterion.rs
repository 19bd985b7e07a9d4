//! Criteria of published decision guides: who names a situation in which the choice matters, and what decides it here.
//! Takes part in no verdict; says where a verdict's reasons stand in the literature, and who disagrees with them.

use serde::{Deserialize, Serialize};

use super::KnowledgeBase;
use super::capability::SourceId;
use super::text::Text;
use crate::expr::FactId;

/// A situation in which, by published guides, the choice matters.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Criterion {
    /// Its stable id.
    pub id: Text,
    /// The situation.
    pub title: Text,
    /// The guides that name it.
    pub guides: Vec<SourceId>,
    /// What decides it, or why nothing does.
    pub outcome: Outcome,
    /// Who says what where guides contradict one another, and what is held here.
    pub disagreement: Option<Text>,
}

/// What became of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Decided by these; at least one.
    Decided(Vec<Decider>),
    /// Not decided, for this reason.
    Left(Text),
}

/// A part of the knowledge base that decides a criterion: its place in the list of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decider {
    /// The answers to a need.
    Need(u16),
    /// A contradiction inside a profile.
    Conflict(u16),
    /// A rule about whether a broker is called for.
    Scope(u16),
    /// What a profile states, in the conditions and formulas that name it.
    Fact(FactId),
    /// A key of the catalogue for which there is a rule.
    Setting(u16),
}

impl Criterion {
    /// What decides it; empty where nothing does.
    pub fn deciders(&self) -> &[Decider] {
        match &self.outcome {
            Outcome::Decided(deciders) => deciders,
            Outcome::Left(_) => &[],
        }
    }

    /// Why nothing decides it.
    pub fn left(&self) -> Option<Text> {
        match self.outcome {
            Outcome::Decided(_) => None,
            Outcome::Left(reason) => Some(reason),
        }
    }
}

impl KnowledgeBase<'_> {
    /// The criteria that something decides.
    pub fn criteria_of(&self, decider: Decider) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.deciders().contains(&decider))
    }

    /// The criteria that a need decides.
    pub fn criteria_of_need(&self, need: usize) -> impl Iterator<Item = &Criterion> {
        let decider = u16::try_from(need).ok().map(Decider::Need);
        decider.into_iter().flat_map(|decider| self.criteria_of(decider))
    }

    /// What guides contradict one another about where a need decides.
    pub fn disagreements_of_need(&self, need: usize) -> impl Iterator<Item = &str> {
        self.criteria_of_need(need).filter_map(|criterion| criterion.disagreement).map(|text| self.text(text))
    }
}
