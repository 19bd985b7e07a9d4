//! What flows say of the world that they would share: what is run already, and where they state different things.

use std::collections::BTreeMap;

use super::flow::Flow;
use crate::advice::Advice;
use crate::expr::{FactId, Value};
use crate::facts::{Facts, Origin, shown};
use crate::knowledge::{Agreement, BrokerId, KnowledgeBase, SharedBy, Text};

/// How many flows are named for a value.
const NAMED: usize = 3;

/// A fact that flows state differently, though they would share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Which.
    pub fact: FactId,
    /// The broker that they would share; none where all flows share the fact, whatever is run.
    pub broker: Option<BrokerId>,
    /// Why they share it.
    pub because: Text,
    /// What is stated, in the order of the values.
    pub values: Vec<Group>,
}

/// The flows that state one value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The value.
    pub value: String,
    /// How many flows state it.
    pub count: usize,
    /// The first of them.
    pub flows: Vec<String>,
}

/// What a flow states of what it would share.
pub(super) fn stated(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Vec<(FactId, String)> {
    let facts = knowledge.agreements.iter().flat_map(|agreement| &agreement.facts);
    let stated = facts.filter(|fact| advice.facts.origin(**fact) == Origin::Stated);
    stated.map(|fact| (*fact, shown(knowledge, advice.profile, &advice.facts, *fact))).collect()
}

/// The brokers that a flow says are run.
pub(super) fn running(knowledge: &KnowledgeBase<'_>, facts: &Facts) -> Vec<BrokerId> {
    let Value::List(list) = facts.central(knowledge.roles.running) else { return Vec::new() };
    let run = knowledge.broker_ids().filter(|(_, broker)| list.known && list.has & (1 << broker.word) != 0);
    run.map(|(id, _)| id).collect()
}

/// What flows that would share something state differently, where these brokers are run; in the order of the rules.
pub(super) fn disagreements(knowledge: &KnowledgeBase<'_>, flows: &[Flow], brokers: &[BrokerId]) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for agreement in &knowledge.agreements {
        for fact in &agreement.facts {
            match agreement.shared_by {
                SharedBy::All => all.extend(at_odds(flows.iter(), agreement, *fact, None)),
                SharedBy::Broker => {
                    let own = knowledge.fact(*fact).and_then(|fact| fact.broker).map(BrokerId);
                    for broker in brokers.iter().filter(|broker| own.is_none_or(|own| own == **broker)) {
                        let there = flows.iter().filter(|flow| flow.goes_to(*broker, brokers));
                        all.extend(at_odds(there, agreement, *fact, Some(*broker)));
                    }
                }
            }
        }
    }
    all
}

fn at_odds<'f>(
    flows: impl Iterator<Item = &'f Flow>,
    agreement: &Agreement,
    fact: FactId,
    broker: Option<BrokerId>,
) -> Option<Disagreement> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for flow in flows {
        let Some((_, value)) = flow.stated.iter().find(|(known, _)| *known == fact) else { continue };
        let group = groups.entry(value).or_insert_with(|| Group { value: value.clone(), ..Group::default() });
        group.count += 1;
        if group.flows.len() < NAMED {
            group.flows.push(flow.name.clone());
        }
    }
    let values: Vec<Group> = groups.into_values().collect();
    (values.len() > 1).then_some(Disagreement { fact, broker, because: agreement.because, values })
}
