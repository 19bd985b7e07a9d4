//! By dimension: how many needs each broker's best option answers better than every option of the others, where
//! nothing special is the case.

use super::{newest, usual};
use crate::knowledge::{BrokerId, Dimension, Fit, KnowledgeBase};

/// Who is ahead in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// The dimension.
    pub dimension: Dimension,
    /// For each broker, in canonical order: the needs that it answers better than all others.
    pub better: Vec<usize>,
    /// The needs that the best of them answer alike.
    pub alike: usize,
}

/// Counts needs by who answers them best.
pub fn ahead(knowledge: &KnowledgeBase<'_>) -> Vec<Ahead> {
    Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let mut row = Ahead { dimension, better: vec![0; knowledge.brokers.len()], alike: 0 };
            let needs = knowledge.needs.iter().enumerate().filter(|(_, need)| need.dimension == dimension);
            for (need, _) in needs {
                match leader(knowledge, need).and_then(|broker| row.better.get_mut(usize::from(broker.0))) {
                    Some(count) => *count += 1,
                    None => row.alike += 1,
                }
            }
            row
        })
        .collect()
}

/// The broker whose best option answers a need better than all others; none where two do so alike.
fn leader(knowledge: &KnowledgeBase<'_>, need: usize) -> Option<BrokerId> {
    let best = |broker: BrokerId| -> Option<Fit> {
        let line = newest(knowledge, broker)?;
        let options = &knowledge.broker(broker)?.options;
        options.iter().filter_map(|option| usual(knowledge.answer(*option, need)?, line)).max()
    };
    let mut all: Vec<(Option<Fit>, BrokerId)> = knowledge.broker_ids().map(|(id, _)| (best(id), id)).collect();
    all.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    match all[..] {
        [(first, broker), (second, _), ..] if first > second => Some(broker),
        [(_, broker)] => Some(broker),
        _ => None,
    }
}
