//! One version of a broker, and nothing known of any workload: what expressions say there. Not even what a profile's
//! silence means is assumed, since a comparison speaks of every profile.

use crate::expr::{ExprId, Tri, Value};
use crate::facts::{View, unknown};
use crate::knowledge::{Broker, BrokerId, KnowledgeBase, Version};
use crate::quantity::Interval;

/// One version of a broker.
#[derive(Debug, Clone)]
pub struct Line {
    /// Whose.
    pub broker: BrokerId,
    /// Which.
    pub version: Version,
    /// Every fact's value: all unknown but the version.
    values: Vec<Value>,
}

impl Line {
    /// A version of a broker; nothing where there is no such broker.
    pub fn of(knowledge: &KnowledgeBase<'_>, broker: BrokerId, version: Version) -> Option<Self> {
        let fact = knowledge.broker(broker)?.version_fact;
        let mut values: Vec<Value> = knowledge.facts.iter().map(|fact| unknown(fact.kind)).collect();
        *values.get_mut(usize::from(fact.0))? = Value::Version(Interval::point(version.as_number()));
        Some(Self { broker, version, values })
    }

    /// Whether the version lies between two lines, both included.
    pub fn is_within(&self, since: Option<Version>, until: Option<Version>) -> bool {
        let early = since.is_some_and(|since| self.version.as_number() < since.as_number());
        let late = until.is_some_and(|until| self.version.line().as_number() > until.as_number());
        !early && !late
    }

    /// Whether a condition holds here, whatever the workload may be.
    pub fn holds(&self, knowledge: &KnowledgeBase<'_>, when: Option<ExprId>) -> Tri {
        let Some((when, broker)) = when.zip(knowledge.broker(self.broker)) else { return Tri::True };
        knowledge.program.holds(when, &self.view(knowledge, broker))
    }

    /// The amount that a formula gives here, if it does not depend on the workload; and how people write it.
    pub fn amount(&self, knowledge: &KnowledgeBase<'_>, formula: ExprId) -> Option<(f64, String)> {
        let view = self.view(knowledge, knowledge.broker(self.broker)?);
        let amount: Interval = knowledge.program.number(formula, &view);
        amount.is_point().then(|| (amount.lo, knowledge.program.shown(formula, &view, knowledge)))
    }

    fn view<'v>(&'v self, knowledge: &KnowledgeBase<'_>, broker: &'v Broker) -> View<'v> {
        View::of(knowledge, &self.values).seen_by(broker)
    }
}
