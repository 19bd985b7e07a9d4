//! One profile with one fact stated otherwise: what the verdict would then be, and whether it is the same all over a
//! range. Judges anew only what the fact can change.

use crate::engine::{Assessment, Called, Kind, Leader, Moved, Reads, Sampler, assess, lead, shares};
use crate::expr::{FactId, Tri, Value};
use crate::facts::{Facts, Without, derive};
use crate::knowledge::{BrokerId, Dimension, FactKind, Given, KnowledgeBase};
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
pub struct Trial<'t, 'k> {
    pub(super) knowledge: &'t KnowledgeBase<'k>,
    pub(super) profile: &'t Profile,
    pub(super) facts: &'t Facts,
    base: &'t Assessment,
    weights: [f64; Dimension::COUNT],
    reads: Reads,
}

impl<'t, 'k> Trial<'t, 'k> {
    /// A trial of a profile as it is assessed, at central weights.
    pub fn new(
        knowledge: &'t KnowledgeBase<'k>,
        profile: &'t Profile,
        facts: &'t Facts,
        base: &'t Assessment,
        weights: [f64; Dimension::COUNT],
    ) -> Self {
        Self { knowledge, profile, facts, base, weights, reads: Reads::of(knowledge) }
    }

    /// One fact of it.
    pub fn of(&self, fact: FactId) -> Tried<'_, 't, 'k> {
        let moved = Moved::new(self.knowledge, self.profile, self.facts, self.base, &self.reads, fact);
        Tried { trial: self, fact, moved }
    }

    /// The amount for the score, and how it is written: a flow may be stated in bytes.
    pub(super) fn own_amount(&self, fact: FactId) -> Option<(f64, Quantity)> {
        let entry = self.knowledge.fact(fact)?;
        let stated = match (self.profile.statement(fact).map(|statement| &statement.value), entry.kind) {
            (Some(Stated::Value { kind: Some(Quantity::ByteRate), .. }), FactKind::Flow { bytes, .. }) => {
                Some((bytes, Quantity::ByteRate))
            }
            _ => None,
        };
        let (id, kind) = stated.or_else(|| Some((fact, entry.kind.quantity()?)))?;
        match self.facts.central(id) {
            Value::Number(amount) if amount.is_point() => Some((amount.lo, kind)),
            _ => None,
        }
    }

    /// Amounts for which a word stands.
    pub(super) fn amount_words(&self, fact: FactId) -> impl Iterator<Item = f64> {
        let domain = self.knowledge.fact(fact).and_then(|fact| self.knowledge.domain(fact.words?));
        domain.into_iter().flat_map(|domain| domain.amounts.iter().map(|(_, amount)| *amount))
    }

    /// Names in a list that the knowledge does not know: they stay.
    pub(super) fn kept_names(&self, fact: FactId) -> Vec<String> {
        let list = self.knowledge.fact(fact).is_some_and(|fact| fact.kind.is_list());
        match self.profile.statement(fact).map(|statement| &statement.value) {
            Some(Stated::Value { words, .. }) if list => words.clone(),
            _ => Vec::new(),
        }
    }
}

/// One fact, to be stated otherwise.
#[derive(Debug)]
pub struct Tried<'m, 't, 'k> {
    trial: &'m Trial<'t, 'k>,
    fact: FactId,
    moved: Moved<'m, 'k>,
}

impl Tried<'_, '_, '_> {
    /// Whether nothing that decides depends on it.
    pub fn is_idle(&self) -> bool {
        self.moved.is_idle()
    }

    /// What would be recommended.
    pub fn outcome(&mut self, stated: &Stated) -> Outcome {
        let (Called { kind, leader }, _) = self.called(stated);
        Outcome::of(kind, leader)
    }

    /// What would be recommended, and the assessment.
    pub(super) fn judged(&mut self, stated: &Stated) -> (Outcome, Assessment) {
        let (Called { kind, leader }, assessment) = self.called(stated);
        (Outcome::of(kind, leader), assessment)
    }

    /// What would be called for, and the assessment.
    fn called(&mut self, stated: &Stated) -> (Called, Assessment) {
        let trial = self.trial;
        if let Some(assessment) = value_of(stated).and_then(|value| self.moved.assessment(value)) {
            // A scope rule that does not read this fact speaks on, or is silent, as before.
            let silent = self.moved.scope_rules();
            return (lead(trial.knowledge, trial.facts, silent, &assessment, &trial.weights), assessment);
        }
        let profile = trial.profile.stating(self.fact, stated.clone());
        let facts = derive(trial.knowledge, &profile, Without::Nothing);
        let mut assessment = assess(trial.knowledge, &facts, &profile.wants);
        assessment.left_out.clone_from(&trial.base.left_out);
        (lead(trial.knowledge, &facts, &[], &assessment, &trial.weights), assessment)
    }

    /// How many brokers would be called for, and how often each would win; none where everything is answered as it is.
    pub(super) fn shares(&mut self, stated: &Stated, sampler: &mut Sampler) -> Option<(Kind, Vec<f64>, f64)> {
        let trial = self.trial;
        let (called, assessment) = self.called(stated);
        if same(&assessment, trial.base) {
            return None;
        }
        let (shares, neither) = shares(trial.knowledge, &assessment, &trial.profile.priorities, sampler);
        Some((called.kind, shares, neither))
    }

    /// Whether everything is answered alike for all amounts of a range.
    pub(super) fn is_definite(&mut self, range: Interval) -> bool {
        !range.is_point() && self.moved.is_definite(Value::Number(range))
    }
}

/// Whether two assessments decide alike: the same needs with the same fits.
fn same(one: &Assessment, other: &Assessment) -> bool {
    let needs = |it: &Assessment| it.needs.iter().map(|created| (created.need, created.must)).collect::<Vec<_>>();
    let fits = |it: &Assessment| it.ratings.iter().flatten().map(|rated| rated.fit).collect::<Vec<_>>();
    one.vetoes == other.vetoes && needs(one) == needs(other) && fits(one) == fits(other)
}

/// A statement as the one value that it is; none where it is a range, a list or a version, or says nothing.
fn value_of(stated: &Stated) -> Option<Value> {
    let Stated::Value { value, .. } = stated else { return None };
    match value {
        Given::Number(amount) if amount.is_point() => Some(Value::Number(*amount)),
        Given::Words(word) if word.is_power_of_two() => Some(Value::Words(*word)),
        Given::Bool { may_be_false: true, may_be_true: false } => Some(Value::Bool(Tri::False)),
        Given::Bool { may_be_false: false, may_be_true: true } => Some(Value::Bool(Tri::True)),
        _ => None,
    }
}

/// An amount as a statement.
pub(super) fn amount(amount: f64, kind: Option<Quantity>) -> Stated {
    Stated::Value { value: Given::Number(Interval::point(amount)), kind, words: Vec::new() }
}
