//! Who disagrees, said once: a criterion that several needs decide is told at the first of them that the profile has.

use crate::engine::{Assessment, Created};
use crate::knowledge::{Decider, KnowledgeBase};

/// What guides contradict one another about at a created need, where no earlier one has said so.
pub fn disagreements<'k>(knowledge: &'k KnowledgeBase<'_>, assessment: &Assessment, place: usize) -> Vec<&'k str> {
    let decider = |created: &Created| u16::try_from(created.need).ok().map(Decider::Need);
    let Some(created) = assessment.needs.get(place) else { return Vec::new() };
    let earlier: Vec<Decider> = assessment.needs.iter().take(place).filter_map(decider).collect();
    knowledge
        .criteria_of_need(created.need)
        .filter(|criterion| !criterion.deciders().iter().any(|decider| earlier.contains(decider)))
        .filter_map(|criterion| criterion.disagreement)
        .map(|text| knowledge.text(text))
        .collect()
}
