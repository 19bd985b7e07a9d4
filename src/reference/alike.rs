//! Blocks of rules that share an id with one broker: the same advice, alert or question for several options. One entry of
//! the book holds all of them.

use crate::knowledge::{AlertRule, ChecklistItem, KnowledgeBase, OptionId, Practice, Text};

/// A block that several options may share by its id.
pub(super) trait Block {
    /// Its id, and the option for which it speaks.
    fn named(&self) -> (Text, OptionId);
}

impl Block for Practice {
    fn named(&self) -> (Text, OptionId) {
        (self.id, self.option)
    }
}

impl Block for AlertRule {
    fn named(&self) -> (Text, OptionId) {
        (self.id, self.option)
    }
}

impl Block for ChecklistItem {
    fn named(&self) -> (Text, OptionId) {
        (self.id, self.option)
    }
}

/// The first block of each id, broker by broker.
pub(super) fn firsts<'k, T: Block>(knowledge: &'k KnowledgeBase<'_>, all: &'k [T]) -> impl Iterator<Item = &'k T> {
    let first = |(place, it): &(usize, &T)| all.iter().take(*place).all(|other| !same(knowledge, other, *it));
    all.iter().enumerate().filter(first).map(|(_, it)| it)
}

/// Every block with the id of one, of the same broker.
pub(super) fn alike<'k, T: Block>(
    knowledge: &'k KnowledgeBase<'_>,
    all: &'k [T],
    one: &'k T,
) -> impl Iterator<Item = &'k T> {
    all.iter().filter(move |it| same(knowledge, *it, one))
}

fn same<T: Block>(knowledge: &KnowledgeBase<'_>, one: &T, other: &T) -> bool {
    let ((one_id, one_option), (other_id, other_option)) = (one.named(), other.named());
    one_id == other_id && knowledge.broker_of(one_option) == knowledge.broker_of(other_option)
}
