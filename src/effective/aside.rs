//! Items that are nobody's own: what a broker keeps for itself, and what only takes failed or waiting messages. Names tell
//! them, and so does where dead letters go.

use std::collections::{HashMap, HashSet};

use super::ground::{Effective, Found, Ground, Kept};
use crate::artifact::{Item, ItemKind};
use crate::knowledge::{DeadLetters, FileRules, KnowledgeBase};

/// What parts the words of a name.
const BETWEEN: [char; 5] = ['.', '-', '_', '/', ':'];

/// A name in lower case, with one sign between its words.
pub fn plain(name: &str) -> String {
    name.chars().map(|sign| if BETWEEN.contains(&sign) { '-' } else { sign.to_ascii_lowercase() }).collect()
}

/// Whether a broker keeps such names for itself.
pub fn is_internal(knowledge: &KnowledgeBase<'_>, rules: &FileRules, name: &str) -> bool {
    rules.internal.iter().any(|start| name.starts_with(knowledge.text(*start)))
}

/// Whether a name begins or ends with a word for what takes failed or waiting messages.
pub fn is_called_aside(knowledge: &KnowledgeBase<'_>, rules: &FileRules, name: &str) -> bool {
    let name = plain(name);
    // Steps of a retry are numbered, by count or by pause.
    let name = name.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '-');
    rules.aside.iter().any(|word| {
        let word = plain(knowledge.text(*word));
        let ends = name.strip_suffix(&word).is_some_and(|rest| rest.is_empty() || rest.ends_with('-'));
        ends || name.strip_prefix(&word).is_some_and(|rest| rest.starts_with('-'))
    })
}

/// What tells items that are nobody's own.
#[derive(Debug)]
pub struct Asides<'a, 'g> {
    ground: &'a Ground<'g>,
    /// Where dead letters go, and what lets them come back.
    targets: HashSet<*const Item>,
}

impl<'a, 'g> Asides<'a, 'g> {
    /// Those of some files.
    pub fn new(ground: &'a Ground<'g>) -> Self {
        Self { ground, targets: DeadEnds::of(ground).targets() }
    }

    /// Whether an item is one.
    pub fn has(&self, (_, item): &Found<'g>) -> bool {
        let knowledge = self.ground.knowledge;
        let by_name =
            |rules| is_internal(knowledge, rules, &item.name) || is_called_aside(knowledge, rules, &item.name);
        self.targets.contains(&std::ptr::from_ref(*item)) || self.ground.rules.is_some_and(by_name)
    }
}

/// What is bound to each exchange of a virtual host, under each key.
type Bound<'g> = HashMap<(&'g str, &'g str), HashMap<&'g str, Vec<&'g str>>>;

/// Where the failed messages of each queue go.
#[derive(Debug)]
pub struct DeadEnds<'a, 'g> {
    ground: &'a Ground<'g>,
    /// By what keys; none where the broker has no such thing.
    keys: Option<DeadLetters>,
    bound: Bound<'g>,
}

impl<'a, 'g> DeadEnds<'a, 'g> {
    /// Those of some files.
    pub fn of(ground: &'a Ground<'g>) -> Self {
        let keys = ground.rules.and_then(|rules| rules.dead_letters);
        let mut bound = Bound::new();
        for binding in ground.artifacts.iter().flat_map(|artifact| &artifact.bindings).filter(|it| it.to_queue) {
            let keys = bound.entry((&binding.vhost, &binding.source)).or_default();
            keys.entry(&binding.routing_key).or_default().push(&binding.destination);
        }
        Self { ground, keys, bound }
    }

    fn value(&self, key: u16, (artifact, item): Found<'g>) -> Option<&'g str> {
        let Kept::As(option, _) = self.ground.kept_as(artifact, item) else { return None };
        match self.ground.effective(key, &self.ground.subject(artifact, item, option)) {
            Effective::Written(written) => Some(written.text),
            Effective::Nothing | Effective::Open => None,
        }
    }

    /// The exchange and the key under which the failed messages of a queue go on; an exchange without a name is the queue that
    /// the key names.
    pub fn way(&self, queue: Found<'g>) -> Option<(&'g str, Option<&'g str>)> {
        let keys = self.keys?;
        Some((self.value(keys.exchange, queue)?, self.value(keys.routing_key, queue)))
    }

    /// The queues of its virtual host to which they come.
    pub fn reached(&self, vhost: Option<&str>, (exchange, key): (&str, Option<&'g str>)) -> Vec<&'g str> {
        if exchange.is_empty() {
            return key.into_iter().collect();
        }
        let Some(bound) = vhost.and_then(|vhost| self.bound.get(&(vhost, exchange))) else { return Vec::new() };
        if let Some(key) = self.exact(vhost, exchange, key) {
            return bound.get(key).cloned().unwrap_or_default();
        }
        let mut all: Vec<&str> = bound.values().flatten().copied().collect();
        all.sort_unstable();
        all
    }

    /// A key under which something is bound; under any other, all that is bound may be meant.
    fn exact(&self, vhost: Option<&str>, exchange: &str, key: Option<&'g str>) -> Option<&'g str> {
        let bound = vhost.and_then(|vhost| self.bound.get(&(vhost, exchange)))?;
        key.filter(|key| bound.contains_key(key))
    }

    /// Queues to which dead letters go, but those that pass failures on themselves: the main queue of a retry loop is one.
    fn targets(&self) -> HashSet<*const Item> {
        let Some(keys) = self.keys else { return HashSet::new() };
        let queues: Vec<Found<'g>> = self.ground.items().filter(|(_, item)| item.kind == ItemKind::Queue).collect();
        let (mut names, mut seen): (HashSet<(Option<&str>, &str)>, HashSet<_>) = (HashSet::new(), HashSet::new());
        for queue in &queues {
            let Some((exchange, key)) = self.way(*queue) else { continue };
            let vhost = queue.1.vhost.as_deref();
            let exact = if exchange.is_empty() { key } else { self.exact(vhost, exchange, key) };
            let way = (exchange, exact);
            if seen.insert((vhost, way)) {
                names.extend(self.reached(vhost, way).into_iter().map(|name| (vhost, name)));
            }
        }
        let is_target = |item: &Item| names.contains(&(item.vhost.as_deref(), item.name.as_str()));
        let ends = |queue: &Found<'g>| self.way(*queue).is_none() || self.value(keys.wait, *queue).is_some();
        let found = queues.into_iter().filter(|queue| is_target(queue.1) && ends(queue));
        found.map(|(_, item)| std::ptr::from_ref(item)).collect()
    }
}
