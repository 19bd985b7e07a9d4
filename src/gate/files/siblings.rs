//! What else is set beside a key: on the same item, by policies that may apply to it, and what the file declares.

use std::collections::{HashMap, HashSet};

use crate::artifact::{Artifact, Declared, Item, ItemKind, Typed};
use crate::knowledge::declared::{Idle, Sibling};

/// What a file declares, by kind, virtual host and name.
#[derive(Debug)]
pub(super) struct Names<'a> {
    all: HashSet<(&'a str, Option<&'a str>, &'a str)>,
    /// Those of which there is at least one.
    kinds: HashSet<(&'a str, Option<&'a str>)>,
    /// What the policies of a virtual host set.
    policies: HashMap<Option<&'a str>, HashMap<&'a str, HashSet<Option<&'a str>>>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(artifact: &'a Artifact) -> Self {
        let places = artifact.items.iter().map(|item| (item.kind.word(), item.vhost.as_deref(), item.name.as_str()));
        let all: HashSet<_> = places.collect();
        let kinds = all.iter().map(|(kind, vhost, _)| (*kind, *vhost)).collect();
        let is_policy = |item: &&Item| matches!(item.kind, ItemKind::Policy | ItemKind::OperatorPolicy);
        let mut policies = HashMap::<_, HashMap<_, HashSet<_>>>::new();
        for policy in artifact.items.iter().filter(is_policy) {
            let keys = policies.entry(policy.vhost.as_deref()).or_default();
            for (key, value) in entries(policy) {
                keys.entry(key).or_default().insert(value);
            }
        }
        Self { all, kinds, policies }
    }

    /// Whether an item of a kind is missing where others of its kind are declared.
    fn lack(&self, kind: &str, vhost: Option<&str>, name: &str) -> bool {
        self.kinds.contains(&(kind, vhost)) && !self.all.contains(&(kind, vhost, name))
    }
}

/// The keys beside a key.
#[derive(Debug)]
pub(super) struct Siblings<'a> {
    item: &'a Item,
    names: &'a Names<'a>,
    /// Whether more may be set elsewhere.
    more: bool,
}

impl<'a> Siblings<'a> {
    /// Those of an item.
    pub(super) fn of(artifact: &'a Artifact, item: &'a Item, names: &'a Names<'a>) -> Self {
        Self { item, names, more: artifact.more.is_some() }
    }

    /// A value as text; nothing for one that is elsewhere, or that is no single value.
    pub(super) fn value(value: &Declared) -> Option<&str> {
        match value {
            Declared::Literal(literal) if literal.typed != Typed::Other => Some(literal.text.trim()),
            _ => None,
        }
    }

    /// Whether what is beside a key lets a rule hold for a value. What only policies say keeps a rule from holding, and
    /// never makes it hold; what a node refuses when an item is declared, no policy helps.
    pub(super) fn let_hold(&self, rule: &Idle<'_>, value: Option<&str>) -> bool {
        let own = |sibling: &Sibling| sibling.is_among(entries(self.item));
        let by_policy = |sibling: &Sibling| {
            let mut set = self.names.policies.get(&self.item.vhost.as_deref()).into_iter().flatten();
            !rule.refused
                && self.item.kind == ItemKind::Queue
                && set.any(|(key, values)| sibling.speaks_of(key) && values.iter().any(|it| sibling.takes(*it)))
        };
        let lacks = |kind: &String| {
            value.is_some_and(|name| !self.more && self.names.lack(kind, self.item.vhost.as_deref(), name))
        };
        rule.with.as_ref().is_none_or(own)
            && !rule.without.as_ref().is_some_and(|sibling| self.more || own(sibling) || by_policy(sibling))
            && rule.undeclared.as_ref().is_none_or(lacks)
    }
}

fn entries(item: &Item) -> impl Iterator<Item = (&str, Option<&str>)> {
    item.entries.iter().map(|entry| (entry.key.as_str(), Siblings::value(&entry.value)))
}
