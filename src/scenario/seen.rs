//! What comes out for one flow, worked out no further than an expectation asks.

use std::cell::{OnceCell, RefCell};

use crate::advice::{Advice, Question, advise, grounds};
use crate::engine::{Assessment, Sampler, assess};
use crate::facts::{Facts, Without, derive};
use crate::knowledge::KnowledgeBase;
use crate::profile::Profile;

/// One flow under some rules.
pub struct Seen<'s> {
    pub(super) knowledge: &'s KnowledgeBase<'s>,
    pub(super) profile: &'s Profile,
    pub(super) facts: &'s Facts,
    sampler: &'s RefCell<Sampler>,
    assessment: OnceCell<Assessment>,
    advice: OnceCell<Advice<'s>>,
    grounds: OnceCell<Facts>,
}

impl std::fmt::Debug for Seen<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Seen").field(&self.profile.name).finish()
    }
}

/// The facts of a flow, which rules on needs and answers do not change.
pub fn facts_of(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Facts {
    derive(knowledge, profile, Without::Nothing)
}

impl<'s> Seen<'s> {
    /// Looks at a flow.
    pub fn new(
        knowledge: &'s KnowledgeBase<'s>,
        profile: &'s Profile,
        facts: &'s Facts,
        sampler: &'s RefCell<Sampler>,
    ) -> Self {
        let (assessment, advice, grounds) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { knowledge, profile, facts, sampler, assessment, advice, grounds }
    }

    /// Every created need and every option.
    pub fn assessment(&self) -> &Assessment {
        self.assessment.get_or_init(|| assess(self.knowledge, self.facts, &self.profile.wants))
    }

    /// The quick advice.
    pub(super) fn advice(&self) -> &Advice<'s> {
        self.advice
            .get_or_init(|| advise(self.knowledge, self.profile, &Question::default(), &mut self.sampler.borrow_mut()))
    }

    /// What contradictions are held against.
    pub(super) fn grounds(&self) -> &Facts {
        self.grounds.get_or_init(|| grounds(self.knowledge, self.profile, self.facts))
    }
}
