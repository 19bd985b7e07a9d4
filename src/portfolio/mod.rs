//! Several flows together: one broker for all of them, or two? Takes one advice after the other and keeps of each only
//! what the comparison needs; gives the plans side by side, which one the rules of `docs/how-it-decides.md` ("Several
//! flows") recommend and how firmly, who suffers under each, and what a second broker costs. Formats nothing.
//!
//! The recommendation asks whether some flow, or every flow, is in a situation, and never how many are: the same flow
//! twice, or flows in another order, are the same portfolio.

mod charge;
mod environment;
mod flow;
mod plan;
mod recommend;

pub use charge::Charge;
pub use environment::{Disagreement, Group};
pub use flow::{Barrier, Calls, Flow, Place, Regret, Worse};
pub use plan::Plan;
pub use recommend::{Because, Plans, Recommendation};

use recommend::{Chosen, Second};

use crate::advice::Advice;
use crate::engine::Strength;
use crate::knowledge::{BrokerId, KnowledgeBase};

/// What is advised for several flows together.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// The brokers that were looked at, in canonical order.
    pub brokers: Vec<BrokerId>,
    /// Every flow, in the order of the input.
    pub flows: Vec<Flow>,
    /// Each broker alone, then each pair, in canonical order.
    pub plans: Vec<Plan>,
    /// What the rules recommend.
    pub recommendation: Recommendation,
    /// The broker that comes second where two are run, and what that costs.
    pub second: Option<(BrokerId, Vec<Charge>)>,
    /// The brokers that some flow says are run already.
    pub running: Vec<BrokerId>,
    /// What flows that share a broker state differently.
    pub disagreements: Vec<Disagreement>,
}

impl Portfolio {
    /// The flows that ask for a broker, and that at least one of those looked at can serve.
    pub fn placed(&self) -> impl Iterator<Item = &Flow> {
        self.flows.iter().filter(|flow| flow.is_placed())
    }

    /// The flows that call for a broker in one way.
    pub fn calling(&self, calls: Calls) -> impl Iterator<Item = &Flow> {
        self.flows.iter().filter(move |flow| flow.calls == calls)
    }

    /// The flows that go to one broker of a plan; those that are two in one go to two.
    pub fn going<'p>(&'p self, plan: &'p Plan, broker: BrokerId) -> impl Iterator<Item = &'p Flow> {
        self.placed().filter(move |flow| flow.goes_to(broker, &plan.brokers))
    }

    /// The flows that a plan costs something, those that it costs most first.
    pub fn suffering<'p>(&'p self, plan: &Plan) -> Vec<(&'p Flow, &'p Place)> {
        let mut all: Vec<(&Flow, &Place)> = self
            .placed()
            .filter(|flow| flow.regret(&plan.brokers) > Regret::None)
            .filter_map(|flow| Some((flow, flow.place(&plan.brokers)?)))
            .collect();
        all.sort_by(|(left, at_left), (right, at_right)| {
            let lost = |flow: &Flow, place: &Place| flow.lost(place).unwrap_or(0.0);
            let regret = right.regret(&plan.brokers).cmp(&left.regret(&plan.brokers));
            let score = lost(right, at_right).total_cmp(&lost(left, at_left));
            regret.then(score).then_with(|| left.name.cmp(&right.name))
        });
        all
    }
}

/// Collects flows as they are judged.
#[derive(Debug)]
pub struct Gathering<'k> {
    knowledge: &'k KnowledgeBase<'k>,
    flows: Vec<Flow>,
}

impl<'k> Gathering<'k> {
    /// No flow yet.
    pub fn new(knowledge: &'k KnowledgeBase<'k>) -> Self {
        Self { knowledge, flows: Vec::new() }
    }

    /// Adds a flow; of its advice only a summary is kept.
    pub fn add(&mut self, advice: &Advice<'_>) {
        self.flows.push(flow::summary(self.knowledge, advice));
    }

    /// What is advised for all of them; none for fewer than two.
    pub fn finish(self) -> Option<Portfolio> {
        let Self { knowledge, flows } = self;
        if flows.len() < 2 {
            return None;
        }
        let among = |id: BrokerId, of: &dyn Fn(&Flow) -> bool| flows.iter().any(of).then_some(id);
        let known = || knowledge.broker_ids().map(|(id, _)| id);
        let looked_at = |id| among(id, &|flow| flow.places.iter().any(|place| place.broker == id));
        let brokers: Vec<BrokerId> = known().filter_map(looked_at).collect();
        let running: Vec<BrokerId> = known().filter_map(|id| among(id, &|flow| flow.running.contains(&id))).collect();
        let plans = plan::plans(&brokers, &flows);
        let Chosen { mut recommendation, second } = recommend::recommend(&flows, &plans, &running);
        let disagreements = environment::disagreements(knowledge, &flows, recommendation.sharing());
        if !disagreements.is_empty() {
            recommendation.strength = recommendation.strength.map(|strength| strength.min(Strength::Leaning));
        }
        let second = second.map(|Second { pair, broker }| {
            let charges = charge::charges(knowledge, &flows, &pair, broker);
            (broker, charges)
        });
        Some(Portfolio { brokers, flows, plans, recommendation, second, running, disagreements })
    }
}
