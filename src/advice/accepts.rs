//! What one accepts by choosing the winner: the needs that it answers with compensating work, badly, or not at all.

use crate::engine::Judgement;
use crate::knowledge::{Fit, KnowledgeBase, OptionId};

/// The created needs that an option answers no better than workable, the worst first; musts before wishes.
pub fn accepts(knowledge: &KnowledgeBase<'_>, judgement: &Judgement, option: OptionId) -> Vec<usize> {
    let ratings = judgement.assessment.ratings(option);
    let mut weak: Vec<(Fit, bool, usize)> = judgement
        .assessment
        .needs
        .iter()
        .zip(ratings)
        .enumerate()
        .filter(|(_, (_, rated))| rated.fit <= Fit::Workable)
        // What nobody has answered is a question, and nothing that one accepts.
        .filter(|(_, (created, _))| !knowledge.is_open(option, created.need))
        .map(|(place, (created, rated))| (rated.fit, !created.must, place))
        .collect();
    weak.sort_unstable();
    weak.into_iter().map(|(_, _, place)| place).collect()
}
