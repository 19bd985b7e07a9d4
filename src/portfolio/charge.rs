//! What a second broker costs: of each entry of the knowledge base the first case that holds, seen by that broker.

use super::flow::{Flow, Place};
use crate::expr::Tri;
use crate::facts::{Facts, View};
use crate::knowledge::{BrokerId, Cost, CostCase, CostSize, KnowledgeBase};

/// Something that a second broker costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// Its place among the costs of the knowledge base.
    pub cost: usize,
    /// The case that speaks; none where the cost is as usual.
    pub case: Option<usize>,
}

impl Charge {
    /// The cost, and the case that speaks.
    pub fn of<'k>(&self, knowledge: &'k KnowledgeBase<'_>) -> Option<(&'k Cost, Option<&'k CostCase>)> {
        let cost = knowledge.costs.get(self.cost)?;
        Some((cost, self.case.and_then(|case| cost.cases.get(case))))
    }

    /// How it compares with what a second broker usually takes.
    pub fn size(&self, knowledge: &KnowledgeBase<'_>) -> CostSize {
        self.of(knowledge).and_then(|(_, case)| case).map_or(CostSize::Usual, |case| case.size)
    }
}

/// For each cost, which of its cases hold for one flow on stated facts: a bit each.
pub(super) fn cases(knowledge: &KnowledgeBase<'_>, facts: &Facts, broker: BrokerId) -> Vec<u32> {
    let Some(broker) = knowledge.broker(broker) else { return Vec::new() };
    let view = View::stated(knowledge, facts).seen_by(broker);
    let holds = |case: &CostCase| knowledge.program.holds(case.when, &view) == Tri::True;
    let bits = |cost: &Cost| {
        let held = (0_u32..32).zip(&cost.cases).filter(|(_, case)| holds(case));
        held.fold(0, |bits, (place, _)| bits | 1 << place)
    };
    knowledge.costs.iter().map(bits).collect()
}

/// What one broker costs as the second of two. What is paid already is so whichever flow says it, what makes it cost more
/// whichever flow that asks for a broker; what makes it cost less must be so for a flow that would go there.
pub(super) fn charges(
    knowledge: &KnowledgeBase<'_>,
    flows: &[Flow],
    pair: &[BrokerId],
    second: BrokerId,
) -> Vec<Charge> {
    let charge = |(place, cost): (usize, &Cost)| {
        let (mut said, mut asked, mut there) = (0_u32, 0_u32, 0_u32);
        for flow in flows {
            let seen = flow.places.iter().find(|it| it.broker == second);
            let bits = seen.and_then(|seen: &Place| seen.cases.get(place).copied()).unwrap_or(0);
            said |= bits;
            asked |= if flow.is_placed() { bits } else { 0 };
            there |= if flow.goes_to(second, pair) { bits } else { 0 };
        }
        let speaks = |(number, case): (u32, &CostCase)| {
            let bits = match case.size {
                CostSize::Paid => said,
                CostSize::Larger => asked,
                CostSize::Smaller | CostSize::Usual => there,
            };
            bits & (1 << number) != 0
        };
        Charge { cost: place, case: (0_u32..32).zip(&cost.cases).position(speaks) }
    };
    knowledge.costs.iter().enumerate().map(charge).collect()
}
