//! What changes for one workload between two options, or two versions of one: answers, work, settings, contradictions,
//! and what a team must know. Takes two advices for one flow, gives what each has and the other has not; judges
//! nothing anew and formats nothing.

mod answers;
mod claims;
mod course;
mod moved;
mod operand;
mod stand;
mod tuned;
mod work;

pub use answers::{Change, Reply, Turn};
pub use claims::Claim;
pub use course::{Course, Rank};
pub use moved::Moved;
pub use operand::Operand;
pub use stand::{Chosen, Stand};
pub use tuned::{Absence, Placed, Tuned};
pub use work::Work;

use std::collections::BTreeSet;

use crate::advice::{Advice, Found, Practised, conflicts_with, practices};
use crate::knowledge::KnowledgeBase;

/// What changes for one flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// What is left.
    pub before: Stand,
    /// What is gone to.
    pub after: Stand,
    /// Whether the verdict speaks for it.
    pub course: Course,
    /// Every need that the workload creates, with both answers.
    pub answers: Vec<Change>,
    /// What must be built around each.
    pub work: Moved<Work>,
    /// Settings.
    pub settings: Tuned,
    /// What contradicts the numbers of the one alone.
    pub contradictions: Moved<Found>,
    /// What is said of the one alone and is not so.
    pub claims: Moved<Claim>,
    /// How the one alone grows and what it costs.
    pub practices: Moved<Practised>,
}

/// Joins two advices for one flow, each for the versions that its operand means.
pub fn transition(
    knowledge: &KnowledgeBase<'_>,
    operands: &[Operand; 2],
    advices: [&Advice<'_>; 2],
) -> Option<Transition> {
    let [from, to] = operands;
    let [earlier, later] = advices;
    let before = Stand::of(knowledge, from, earlier)?;
    let after = Stand::of(knowledge, to, later)?;
    let course = Course::of(before.rank, after.rank);
    let answers = answers::changes(knowledge, [(&before, earlier), (&after, later)]);
    let work = work::moved(&answers);
    let settings = tuned::tuned(knowledge, [(&before, earlier), (&after, later)]);
    let found =
        |stand: &Stand, advice: &Advice<'_>| conflicts_with(knowledge, advice.profile, &advice.facts, &[stand.option]);
    let contradictions = Moved::between(found(&before, earlier), found(&after, later), |one, other| {
        (&one.id, one.level, &one.because, &one.remedy) == (&other.id, other.level, &other.because, &other.remedy)
    });
    let claims = claims::moved(knowledge, [(&before, earlier), (&after, later)]);
    let grown = |stand: &Stand, advice: &Advice<'_>| practices(knowledge, advice.profile, &advice.facts, stand.option);
    let practices = Moved::between(grown(&before, earlier), grown(&after, later), |one, other| one == other);
    Some(Transition { before, after, course, answers, work, settings, contradictions, claims, practices })
}

impl Transition {
    /// The needs whose answer turns in one way: first the musts that come to be ruled out, or no longer are, then by
    /// dimension.
    pub fn turning(&self, turn: Turn) -> impl Iterator<Item = &Change> {
        let of = move |decides: bool| {
            self.answers.iter().filter(move |change| change.turn == turn && change.decides() == decides)
        };
        of(true).chain(of(false))
    }

    /// Whether nothing changes at all: one option in one version.
    pub fn is_empty(&self) -> bool {
        (self.before.option, self.before.version) == (self.after.option, self.after.version)
    }

    /// The ids of all sources on whose word something is said to change.
    pub fn sources(&self) -> BTreeSet<&str> {
        let answers = self.answers.iter().filter(|change| change.turn != Turn::Same);
        let answers = answers.flat_map(|change| [&change.before, &change.after]).map(|reply| &reply.said.sources);
        let work = self.work.both().map(|work| &work.sources);
        let settings = self.settings.moved.both().map(|placed| &placed.setting.sources);
        let changed = self.settings.changed.iter().flat_map(|(old, new)| [&old.sources, &new.sources]);
        let contradictions = self.contradictions.both().map(|found| &found.sources);
        let claims = self.claims.both().map(|claim| &claim.sources);
        let practices = self.practices.both().map(|practice| &practice.sources);
        let all =
            answers.chain(work).chain(settings).chain(changed).chain(contradictions).chain(claims).chain(practices);
        all.flatten().map(String::as_str).collect()
    }
}
