//! How many answers of each option have which fit: at best, at worst, and where nothing special is the case.

use super::{newest, usual};
use crate::knowledge::{Fit, KnowledgeBase, OptionId};

/// How one option answers all needs; each count is in the order of `Fit::ALL`, worst to best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FitCounts {
    /// Whose answers.
    pub option: OptionId,
    /// The best that each answer reaches.
    pub best: [usize; 5],
    /// The worst to which each answer falls.
    pub worst: [usize; 5],
    /// Each answer where no condition of a variant holds and the amount is easy.
    pub usual: [usize; 5],
}

/// Counts the fits of every option, each over all needs.
pub fn fits(knowledge: &KnowledgeBase<'_>) -> Vec<FitCounts> {
    let mut all = Vec::new();
    for ((option, details), answers) in knowledge.option_ids().zip(&knowledge.answers) {
        let mut counts = FitCounts { option, best: [0; 5], worst: [0; 5], usual: [0; 5] };
        let Some(line) = newest(knowledge, details.broker) else { continue };
        for answer in answers {
            let best = answer.replies_at(line).map(|(_, reply)| reply.fit.best()).max();
            let worst = answer.replies_at(line).map(|(_, reply)| reply.fit.worst()).min();
            count(&mut counts.best, best);
            count(&mut counts.worst, worst);
            count(&mut counts.usual, usual(answer, line));
        }
        all.push(counts);
    }
    all
}

fn count(counts: &mut [usize; 5], fit: Option<Fit>) {
    if let Some(count) = fit.and_then(|fit| counts.get_mut(usize::from(fit.steps()))) {
        *count += 1;
    }
}
