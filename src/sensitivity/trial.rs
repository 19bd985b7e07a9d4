//! One profile with one fact stated otherwise: what the verdict would then be, and whether it is the same all over a
//! range.

use crate::engine::{Assessment, Kind, Leader, assess, is_definite, lead};
use crate::expr::FactId;
use crate::facts::{Facts, Without, derive, derive_moving};
use crate::knowledge::{BrokerId, Dimension, Given, KnowledgeBase, OptionId};
use crate::profile::{Profile, Stated};
use crate::quantity::{Interval, Kind as Quantity};

/// What is recommended, without how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// How many brokers are called for.
    pub kind: Kind,
    /// The one that is recommended.
    pub one: Option<Leader>,
}

impl Outcome {
    /// What is recommended of a kind and a leader.
    pub fn of(kind: Kind, leader: Option<Leader>) -> Self {
        Self { kind, one: leader.filter(|_| kind == Kind::One) }
    }

    /// The broker that is recommended.
    pub fn broker(self) -> Option<BrokerId> {
        self.one.map(|leader| leader.broker)
    }
}

/// One profile, to be tried with other values.
#[derive(Debug)]
pub struct Trial<'t> {
    pub(super) knowledge: &'t KnowledgeBase<'t>,
    profile: Profile,
    left_out: Vec<OptionId>,
    weights: [f64; Dimension::COUNT],
}

impl<'t> Trial<'t> {
    /// A trial of a profile among some options, at central weights.
    pub fn new(
        knowledge: &'t KnowledgeBase<'t>,
        profile: &Profile,
        left_out: &[OptionId],
        weights: [f64; Dimension::COUNT],
    ) -> Self {
        let profile = Profile {
            statements: profile.statements.clone(),
            wants: profile.wants.clone(),
            priorities: profile.priorities,
            ..Profile::named("")
        };
        Self { knowledge, profile, left_out: left_out.to_vec(), weights }
    }

    /// The profile with one fact stated otherwise.
    fn stating(&self, fact: FactId, value: Stated) -> Profile {
        self.profile.stating(fact, value)
    }

    /// The facts and the assessment where one fact is stated otherwise.
    pub(super) fn with(&self, fact: FactId, value: Stated) -> (Facts, Assessment) {
        let profile = self.stating(fact, value);
        let facts = derive(self.knowledge, &profile, Without::Nothing);
        let mut assessment = assess(self.knowledge, &facts, &profile.wants);
        assessment.left_out.clone_from(&self.left_out);
        (facts, assessment)
    }

    /// What would be recommended where one fact is stated otherwise.
    pub fn outcome(&self, fact: FactId, value: Stated) -> Outcome {
        let (facts, assessment) = self.with(fact, value);
        let (kind, leader) = lead(self.knowledge, &facts, &assessment, &self.weights);
        Outcome::of(kind, leader)
    }

    /// Whether every need exists or not, and every answer is the same, for all amounts of a range.
    pub(super) fn is_definite(&self, fact: FactId, range: Interval, kind: Option<Quantity>) -> bool {
        let profile = self.stating(fact, amount(range, kind));
        let moving = derive_moving(self.knowledge, &profile, Without::Nothing, fact);
        moving.is_some_and(|(facts, moves)| is_definite(self.knowledge, &facts, &moves))
    }
}

/// An amount, or a range, as a statement.
pub(super) fn amount(range: Interval, kind: Option<Quantity>) -> Stated {
    Stated::Value { value: Given::Number(range), kind, words: Vec::new() }
}
