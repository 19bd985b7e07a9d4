//! What expressions see: one set of values, seen by nobody or by one broker.

use super::Facts;
use crate::expr::{Env, FactId, ListValue, Own, Tri, Value};
use crate::knowledge::{Broker, FactKind, KnowledgeBase, Roles};
use crate::quantity::Interval;

/// A value of which nothing is known.
pub fn unknown(kind: FactKind) -> Value {
    match kind {
        FactKind::Bool => Value::Bool(Tri::Unknown),
        FactKind::Word(_) | FactKind::Name(_) => Value::Words(u64::MAX),
        FactKind::Words(_) | FactKind::Names(_) => Value::List(ListValue { has: 0, size: 0, known: false }),
        FactKind::Number(_) | FactKind::Flow { .. } => Value::Number(Interval::UNKNOWN_AMOUNT),
        FactKind::Version => Value::Version(Interval::EVERYTHING),
    }
}

/// One set of values as expressions see it.
#[derive(Debug, Clone, Copy)]
pub struct View<'f> {
    values: &'f [Value],
    roles: Roles,
    broker: Option<&'f Broker>,
}

impl<'f> View<'f> {
    /// The values for the score.
    pub fn central(knowledge: &KnowledgeBase<'_>, facts: &'f Facts) -> Self {
        Self { values: &facts.central, roles: knowledge.roles, broker: None }
    }

    /// The values that rest on stated facts alone.
    pub fn stated(knowledge: &KnowledgeBase<'_>, facts: &'f Facts) -> Self {
        Self { values: &facts.stated, roles: knowledge.roles, broker: None }
    }

    /// Any other set of values.
    pub fn of(knowledge: &KnowledgeBase<'_>, values: &'f [Value]) -> Self {
        Self { values, roles: knowledge.roles, broker: None }
    }

    /// The same values, seen by a broker: `self.version`, `self.team` and `self.running` are its own.
    #[must_use]
    pub fn seen_by(self, broker: &'f Broker) -> Self {
        Self { broker: Some(broker), ..self }
    }
}

impl Env for View<'_> {
    fn fact(&self, id: FactId) -> Value {
        self.values.get(usize::from(id.0)).copied().unwrap_or(Value::UNKNOWN)
    }

    fn own(&self, own: Own) -> Value {
        let Some(broker) = self.broker else { return Value::UNKNOWN };
        match own {
            Own::Version => self.fact(broker.version_fact),
            Own::Team => self.fact(broker.team_fact),
            Own::Running => match self.fact(self.roles.running) {
                Value::List(list) if list.has & (1 << broker.word) != 0 => Value::Bool(Tri::True),
                Value::List(list) if list.known => Value::Bool(Tri::False),
                _ => Value::Bool(Tri::Unknown),
            },
        }
    }
}
