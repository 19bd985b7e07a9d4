//! Which facts can change what comes of a need: whether it exists, how much is needed, and how it is answered.

use crate::expr::{ExprId, FactId};
use crate::knowledge::{Answer, FitRule, KnowledgeBase, OptionId, Reply};

/// For each need, the facts that it and its answers read.
#[derive(Debug, Clone)]
pub struct Reads(Vec<Vec<FactId>>);

impl Reads {
    /// Looks at every need and every answer.
    pub fn of(knowledge: &KnowledgeBase<'_>) -> Self {
        Self((0..knowledge.needs.len()).map(|need| of_need(knowledge, need)).collect())
    }

    /// The needs of which anything depends on some facts.
    pub(super) fn needs(&self, which: impl Fn(FactId) -> bool) -> Vec<usize> {
        let reads = |facts: &Vec<FactId>| facts.iter().any(|fact| which(*fact));
        self.0.iter().enumerate().filter(|(_, facts)| reads(facts)).map(|(need, _)| need).collect()
    }
}

fn of_need(knowledge: &KnowledgeBase<'_>, need: usize) -> Vec<FactId> {
    let mut found = created_by(knowledge, need);
    for (option, _) in knowledge.option_ids() {
        found.extend(answered_by(knowledge, option, need));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The facts on which it depends whether a need exists, and how much is needed.
pub(super) fn created_by(knowledge: &KnowledgeBase<'_>, need: usize) -> Vec<FactId> {
    let mut found = Vec::new();
    if let Some(need) = knowledge.needs.get(need) {
        for expression in [Some(need.when), need.amount.map(|(amount, _)| amount)].into_iter().flatten() {
            knowledge.program.reads(expression, &mut found);
        }
        found.extend(need.over);
    }
    found
}

/// The facts on which one option's answer depends, beside how much is needed.
pub(super) fn answered_by(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize) -> Vec<FactId> {
    let mut found = Vec::new();
    let broker = knowledge.broker(knowledge.broker_of(option));
    for expression in knowledge.answer(option, need).map_or_else(Vec::new, expressions) {
        knowledge.program.reads(expression, &mut found);
        if let Some(broker) = broker.filter(|_| knowledge.program.reads_own(expression)) {
            found.extend([broker.version_fact, broker.team_fact, knowledge.roles.running]);
        }
    }
    found
}

/// Every expression of an answer that can change its fit.
pub(super) fn expressions(answer: &Answer) -> Vec<ExprId> {
    let mut all: Vec<ExprId> = answer.variants.iter().filter_map(|variant| variant.when).collect();
    for Reply { fit, .. } in answer.replies() {
        if let FitRule::Bands { bands, .. } = fit {
            all.extend(bands.iter().filter_map(|band| band.edge).flat_map(|(low, high)| [Some(low), high]).flatten());
        }
    }
    all
}
