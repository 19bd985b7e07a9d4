//! What else is set beside a key: on the same item, and by policies that may apply to it.

use crate::artifact::{Artifact, Declared, Item, ItemKind, Typed};
use crate::knowledge::declared::{Idle, Sibling};

/// The keys beside a key.
#[derive(Debug)]
pub(super) struct Siblings<'a> {
    item: &'a Item,
    policies: Vec<&'a Item>,
    /// Whether more may be set elsewhere.
    more: bool,
}

impl<'a> Siblings<'a> {
    /// Those of an item.
    pub(super) fn of(artifact: &'a Artifact, item: &'a Item) -> Self {
        let is_policy = |other: &&Item| matches!(other.kind, ItemKind::Policy | ItemKind::OperatorPolicy);
        let policies = if item.kind == ItemKind::Queue {
            artifact.items.iter().filter(is_policy).filter(|policy| policy.vhost == item.vhost).collect()
        } else {
            Vec::new()
        };
        Self { item, policies, more: artifact.more.is_some() }
    }

    /// A value as text; nothing for one that is elsewhere, or that is no single value.
    pub(super) fn value(value: &Declared) -> Option<&str> {
        match value {
            Declared::Literal(literal) if literal.typed != Typed::Other => Some(literal.text.trim()),
            _ => None,
        }
    }

    /// Whether what is beside a key lets a rule hold. What only policies say keeps a rule from holding, and never makes
    /// it hold; what a node refuses when an item is declared, no policy helps.
    pub(super) fn let_hold(&self, rule: &Idle<'_>) -> bool {
        let own = |sibling: &Sibling| sibling.is_among(entries(self.item));
        let by_policy =
            |sibling: &Sibling| !rule.refused && self.policies.iter().any(|policy| sibling.is_among(entries(policy)));
        rule.with.as_ref().is_none_or(own)
            && !rule.without.as_ref().is_some_and(|sibling| self.more || own(sibling) || by_policy(sibling))
    }
}

fn entries(item: &Item) -> impl Iterator<Item = (&str, Option<&str>)> {
    item.entries.iter().map(|entry| (entry.key.as_str(), Siblings::value(&entry.value)))
}
