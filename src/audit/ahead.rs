//! By dimension: how many needs each broker's best option answers better than every option of the others, where it is
//! easy for all of them, and where it is hard.

use super::{newest, usual};
use crate::knowledge::{Answer, BrokerId, Dimension, Fit, KnowledgeBase, Version};

/// Who is ahead in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// The dimension.
    pub dimension: Dimension,
    /// Where nothing special is the case and amounts are easy.
    pub easy: Lead,
    /// Where every answer comes to its worst.
    pub hard: Lead,
}

/// How many needs are answered better by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lead {
    /// For each broker, in canonical order: the needs that it answers better than all others.
    pub better: Vec<usize>,
    /// The needs that the best of them answer alike.
    pub alike: usize,
}

/// Counts needs by who answers them best.
pub fn ahead(knowledge: &KnowledgeBase<'_>) -> Vec<Ahead> {
    let worst = |answer: &Answer, line: Version| answer.replies_at(line).map(|(_, reply)| reply.fit.worst()).min();
    let of = |dimension| Ahead {
        dimension,
        easy: lead(knowledge, dimension, usual),
        hard: lead(knowledge, dimension, worst),
    };
    Dimension::ALL.into_iter().map(of).collect()
}

fn lead(knowledge: &KnowledgeBase<'_>, dimension: Dimension, fit: impl Fn(&Answer, Version) -> Option<Fit>) -> Lead {
    let mut lead = Lead { better: vec![0; knowledge.brokers.len()], alike: 0 };
    let needs = knowledge.needs.iter().enumerate().filter(|(_, need)| need.dimension == dimension);
    for (need, _) in needs {
        match leader(knowledge, need, &fit).and_then(|broker| lead.better.get_mut(usize::from(broker.0))) {
            Some(count) => *count += 1,
            None => lead.alike += 1,
        }
    }
    lead
}

/// The broker whose best option answers a need better than all others; none where two do so alike.
fn leader(
    knowledge: &KnowledgeBase<'_>,
    need: usize,
    fit: &impl Fn(&Answer, Version) -> Option<Fit>,
) -> Option<BrokerId> {
    let best = |broker: BrokerId| -> Option<Fit> {
        let line = newest(knowledge, broker)?;
        let options = &knowledge.broker(broker)?.options;
        options.iter().filter_map(|option| fit(knowledge.answer(*option, need)?, line)).max()
    };
    let mut all: Vec<(Option<Fit>, BrokerId)> = knowledge.broker_ids().map(|(id, _)| (best(id), id)).collect();
    all.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    match all[..] {
        [(first, broker), (second, _), ..] if first > second => Some(broker),
        [(_, broker)] => Some(broker),
        _ => None,
    }
}
