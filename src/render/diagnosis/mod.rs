//! What symptoms say: likely causes with their evidence and the way out; one format a file, `phrases` holds the words that
//! the formats share.

pub mod human;
pub mod json;
pub mod markdown;
mod phrases;

use crate::diagnosis::{Cause, Diagnosis, Likelihood, Patient};
use crate::knowledge::{KnowledgeBase, Pitfall, Step};

/// What every format needs.
#[derive(Debug)]
pub struct DiagnosisReport<'r> {
    /// On what everything rests.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// Of whom.
    pub patient: &'r Patient<'r>,
    /// What was found.
    pub diagnosis: &'r Diagnosis,
    /// What each input is called.
    pub inputs: &'r [String],
    /// The words that were given.
    pub words: &'r str,
    /// The profile's name, where there is one.
    pub profile: Option<&'r str>,
    /// Everything, or what is most likely.
    pub all: bool,
}

/// So many causes that are named are shown, unless all are asked for.
const NAMED: usize = 5;
/// So many causes that only fit are shown, where none is named.
const FITTING: usize = 3;

impl<'r> DiagnosisReport<'r> {
    /// The causes that are shown, the most likely first; and how many are not.
    fn shown(&self) -> (Vec<(&'r Cause, &'r Pitfall)>, usize) {
        let causes = &self.diagnosis.causes;
        let named = causes.iter().filter(|cause| cause.likelihood == Likelihood::Named).count();
        let most = match named {
            _ if self.all => causes.len(),
            0 => FITTING,
            named => named.min(NAMED),
        };
        let shown = causes.iter().take(most).filter_map(|cause| Some((cause, self.pitfall(cause.pitfall)?)));
        let shown: Vec<_> = shown.collect();
        let left = causes.len() - shown.len();
        (shown, left)
    }

    fn pitfall(&self, place: usize) -> Option<&'r Pitfall> {
        self.knowledge.pitfalls.get(place)
    }

    fn input(&self, place: usize) -> &str {
        self.inputs.get(place).map_or("", String::as_str)
    }

    fn steps(&self, pitfall: &'r Pitfall) -> impl Iterator<Item = &'r Step> {
        self.patient.steps(pitfall)
    }
}
