//! A plan: the brokers that would be run for all flows, and what that comes to.

use super::flow::{Flow, Regret};
use crate::knowledge::BrokerId;

/// Brokers that would be run for all flows, each flow on the one where it gives up least.
#[derive(Debug, Clone)]
pub struct Plan {
    /// One broker, or two.
    pub brokers: Vec<BrokerId>,
    /// What a flow gives up at the most; flows that ask for no broker, or that none serves, are left aside.
    pub worst: Regret,
    /// How many flows give up how much, in the order of [`Regret::ALL`].
    pub counts: [usize; Regret::ALL.len()],
    /// The least score of a flow; none where nothing has one.
    pub least: Option<f64>,
    /// The most that a flow scores below what its own verdict names.
    pub lost: f64,
}

impl Plan {
    /// How many flows give up so much.
    pub fn count(&self, regret: Regret) -> usize {
        Regret::ALL.iter().zip(self.counts).find(|(known, _)| **known == regret).map_or(0, |(_, count)| count)
    }
}

/// Each broker alone, then each pair.
pub(super) fn plans(brokers: &[BrokerId], flows: &[Flow]) -> Vec<Plan> {
    let alone = brokers.iter().map(|broker| vec![*broker]);
    let pairs = brokers
        .iter()
        .enumerate()
        .flat_map(|(place, first)| brokers.iter().skip(place + 1).map(move |second| vec![*first, *second]));
    alone.chain(pairs).map(|brokers| plan(brokers, flows)).collect()
}

fn plan(brokers: Vec<BrokerId>, flows: &[Flow]) -> Plan {
    let mut plan = Plan { brokers, worst: Regret::None, counts: [0; Regret::ALL.len()], least: None, lost: 0.0 };
    for flow in flows.iter().filter(|flow| flow.is_placed()) {
        let regret = flow.regret(&plan.brokers);
        plan.worst = plan.worst.max(regret);
        for (count, _) in plan.counts.iter_mut().zip(Regret::ALL).filter(|(_, known)| *known == regret) {
            *count += 1;
        }
        // Each half of a split flow would be judged in a profile of its own: it has no score here.
        let Some(place) = flow.place(&plan.brokers).filter(|_| !flow.is_split(&plan.brokers)) else { continue };
        if let Some(score) = place.score {
            plan.least = Some(plan.least.map_or(score, |least| least.min(score)));
        }
        plan.lost = plan.lost.max(flow.lost(place).unwrap_or(0.0));
    }
    plan
}
