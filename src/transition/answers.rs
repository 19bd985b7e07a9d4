//! Need by need: how each side answers what the workload requires.

use super::stand::Stand;
use crate::advice::{Advice, Said, Words};
use crate::engine::{Created, Rated};
use crate::knowledge::{Fit, KnowledgeBase};

/// What an answer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It gets better.
    Better,
    /// It gets worse.
    Worse,
    /// It is as good as before, though perhaps by other means.
    Same,
}

/// One side's answer to a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// How well.
    pub fit: Fit,
    /// In words.
    pub said: Said,
}

/// A need with both answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place among the needs of the knowledge base.
    pub need: usize,
    /// Ruled out on it means out.
    pub must: bool,
    /// It would not exist on stated facts alone.
    pub by_assumption: bool,
    /// Why it exists.
    pub because: String,
    /// The answer that is left.
    pub before: Reply,
    /// The answer that is gone to.
    pub after: Reply,
    /// What becomes of it.
    pub turn: Turn,
}

impl Change {
    /// Whether a must comes to be ruled out, or no longer is.
    pub fn decides(&self) -> bool {
        self.must && self.turn != Turn::Same && [self.before.fit, self.after.fit].contains(&Fit::RuledOut)
    }
}

/// Every created need with both answers, in the order of the needs.
pub(super) fn changes(knowledge: &KnowledgeBase<'_>, sides: [(&Stand, &Advice<'_>); 2]) -> Vec<Change> {
    let [(before, earlier), (after, later)] = sides;
    let reply = |stand: &Stand, advice: &Advice<'_>, created: &Created, rated: Rated| {
        let words = Words::new(knowledge, advice.profile, &advice.facts);
        Reply { fit: rated.fit, said: words.said(stand.option, created, rated) }
    };
    let known = answered(earlier, before);
    answered(later, after)
        .filter_map(|(created, rated)| {
            // No need rests on a version, so both sides have the same ones.
            let (old, old_rated) = known.clone().find(|(known, _)| known.need == created.need)?;
            let need = knowledge.needs.get(created.need)?;
            let turn = match rated.fit.cmp(&old_rated.fit) {
                std::cmp::Ordering::Greater => Turn::Better,
                std::cmp::Ordering::Less => Turn::Worse,
                std::cmp::Ordering::Equal => Turn::Same,
            };
            Some(Change {
                need: created.need,
                must: created.must,
                by_assumption: created.by_assumption,
                because: Words::new(knowledge, later.profile, &later.facts).because(need),
                before: reply(before, earlier, old, old_rated),
                after: reply(after, later, created, rated),
                turn,
            })
        })
        .collect()
}

/// The created needs of an advice, each with a side's rating.
fn answered<'a>(advice: &'a Advice<'_>, stand: &Stand) -> impl Iterator<Item = (&'a Created, Rated)> + Clone {
    let assessment = &advice.judgement.assessment;
    assessment.needs.iter().zip(assessment.ratings(stand.option).iter().copied())
}
