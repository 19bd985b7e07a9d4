//! What a symptom says of the choice itself: the need that it reveals, the facts of the profile to correct, and what would
//! be advised then.

use crate::advice::{Question, advise};
use crate::engine::{Sampler, Verdict};
use crate::knowledge::{KnowledgeBase, Pitfall};
use crate::profile::{Profile, set_facts};

/// A workload that may be on the wrong option.
#[derive(Debug, Clone)]
pub struct Misfit {
    /// The need that the symptom reveals.
    pub need: usize,
    /// The facts to correct, as `--set` takes them.
    pub state: Vec<String>,
    /// What is advised as the profile stands; none without a profile.
    pub before: Option<Verdict>,
    /// What is advised with the facts corrected.
    pub after: Verdict,
}

/// What a pitfall says of the choice, if it says anything.
pub(super) fn misfit(
    knowledge: &KnowledgeBase<'_>,
    pitfall: &Pitfall,
    profile: &Profile,
    is_known: bool,
    sampler: &mut Sampler,
) -> Option<Misfit> {
    let need = usize::from(pitfall.reveals?);
    let state: Vec<String> = pitfall.state.iter().map(|text| knowledge.text(*text).to_owned()).collect();
    let mut corrected = profile.clone();
    set_facts(knowledge, &mut corrected, &state);
    let question = Question::default();
    let before = is_known.then(|| advise(knowledge, profile, &question, sampler).judgement.verdict);
    let after = advise(knowledge, &corrected, &question, sampler).judgement.verdict;
    Some(Misfit { need, state, before, after })
}
