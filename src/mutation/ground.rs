//! One flow on which changed rules are tried: everything that the change cannot touch is worked out once.

use std::cell::RefCell;

use super::mutants::Patch;
use crate::advice::{contradicts, decides, grounds};
use crate::engine::{Assessment, Kind, Leader, Sampler, Strength, assess, creates, decide, rate};
use crate::expr::Tri;
use crate::facts::{Facts, View};
use crate::knowledge::{KnowledgeBase, Level};
use crate::profile::Profile;
use crate::scenario::{Expectation, Seen, expectations, facts_of};

/// What a verdict comes to.
pub type Outcome = (Kind, Option<Leader>, Option<Strength>);

/// One flow, under the rules as they are.
#[derive(Debug)]
pub struct Ground {
    /// The flow.
    pub profile: Profile,
    facts: Facts,
    /// What contradictions are held against.
    whole: Facts,
    assessment: Assessment,
    expected: Vec<Expectation>,
    error: bool,
    outcome: Outcome,
}

impl Ground {
    /// Looks at a flow.
    pub fn new(knowledge: &KnowledgeBase<'_>, profile: Profile, sampler: &RefCell<Sampler>) -> Self {
        let facts = facts_of(knowledge, &profile);
        let whole = grounds(knowledge, &profile, &facts);
        let assessment = assess(knowledge, &facts, &profile.wants);
        let neutral = knowledge.conflicts.iter().filter(|it| it.option.is_none() && it.level == Level::Error);
        let error = neutral.into_iter().any(|conflict| contradicts(knowledge, &whole, conflict));
        let expected = expectations(knowledge, &profile);
        let outcome = (Kind::Neither, None, None);
        let mut ground = Self { profile, facts, whole, assessment, expected, error, outcome };
        ground.outcome = ground.outcome(knowledge, sampler);
        ground
    }

    /// The verdict under some rules.
    pub(super) fn outcome(&self, knowledge: &KnowledgeBase<'_>, sampler: &RefCell<Sampler>) -> Outcome {
        let assessment = assess(knowledge, &self.facts, &self.profile.wants);
        let priorities = &self.profile.priorities;
        let judged = decide(knowledge, &self.facts, assessment, priorities, self.error, &mut sampler.borrow_mut());
        (judged.verdict.kind, judged.verdict.leader, judged.verdict.strength)
    }

    /// The verdict under the rules as they are.
    pub(super) fn before(&self) -> Outcome {
        self.outcome
    }

    /// Whether a change that is in these rules shows on this flow in the part that was changed; `original` are the rules
    /// as they are.
    pub(super) fn touched(&self, original: &KnowledgeBase<'_>, changed: &KnowledgeBase<'_>, patch: &Patch) -> bool {
        match patch {
            Patch::Answer { option, need, .. } => {
                let Some(row) = self.assessment.needs.iter().position(|created| created.need == *need) else {
                    return false;
                };
                let created = self.assessment.needs.get(row);
                let now = created.and_then(|created| rate(changed, &self.facts, *option, created));
                now.as_ref() != self.assessment.ratings(*option).get(row)
            }
            Patch::Need { need, .. } => {
                let before = self.assessment.needs.iter().find(|created| created.need == *need);
                creates(changed, &self.facts, &self.profile.wants, *need).as_ref() != before
            }
            Patch::Conflict { conflict, .. } => {
                let holds = |knowledge: &KnowledgeBase<'_>| {
                    knowledge.conflicts.get(*conflict).is_some_and(|it| contradicts(knowledge, &self.whole, it))
                };
                holds(original) != holds(changed)
            }
            Patch::Scope { rule, .. } => {
                let holds = |knowledge: &KnowledgeBase<'_>| {
                    let stated = View::stated(knowledge, &self.facts);
                    knowledge.scope.get(*rule).is_some_and(|it| knowledge.program.holds(it.when, &stated) == Tri::True)
                };
                holds(original) != holds(changed)
            }
            Patch::Tuning { value, .. } => {
                let of = |knowledge: &KnowledgeBase<'_>| {
                    let option = value.options.first()?;
                    decides(knowledge, &self.profile, &self.facts, *option, value.key).map(|decided| decided.value)
                };
                of(original) != of(changed)
            }
        }
    }

    /// Whether something is expected of this flow that the change could break.
    pub(super) fn expects(&self, patch: &Patch) -> bool {
        match patch {
            Patch::Tuning { value, .. } => self.expected.iter().any(|expectation| match expectation {
                Expectation::Setting { option, key, .. } | Expectation::Set { option, key, .. } => {
                    value.options.contains(option) && *key == value.key
                }
                _ => false,
            }),
            _ => !self.expected.is_empty(),
        }
    }

    /// Whether an expectation is not met under some rules.
    pub(super) fn fails(&self, knowledge: &KnowledgeBase<'_>, sampler: &RefCell<Sampler>) -> bool {
        let seen = Seen::new(knowledge, &self.profile, &self.facts, sampler);
        self.expected.iter().any(|expectation| expectation.unmet(&seen).is_some())
    }
}
