//! Which of the declared items are a flow's: those that are named, else those that are called like it, else all that
//! carry messages. What only takes failed or waiting messages is nobody's own.

use std::collections::{HashMap, HashSet};

use super::effective::{Effective, Ground, Kept};
use crate::artifact::{Artifact, Item, ItemKind};
use crate::knowledge::{DeadLetters, FileRules};
use crate::pattern::Pattern;

/// What parts the words of a name.
const BETWEEN: [char; 5] = ['.', '-', '_', '/', ':'];

/// An item with the artifact in which it is declared.
pub(super) type Found<'g> = (&'g Artifact, &'g Item);

/// The items that are a flow's.
#[derive(Debug)]
pub(super) struct Selection<'g> {
    pub(super) items: Vec<Found<'g>>,
    /// Their names told them; else they are all that carry messages.
    pub(super) named: bool,
}

impl Selection<'_> {
    /// Whether they are surely the flow's: their names say so, or there is only one that may be.
    pub(super) fn is_sure(&self) -> bool {
        self.named || self.items.len() == 1
    }
}

/// The items that are a flow's.
pub(super) fn selected<'g>(ground: &Ground<'g>, flow: &str, only: &[Pattern]) -> Selection<'g> {
    let carries = |item: &Item| matches!(item.kind, ItemKind::Topic | ItemKind::Queue);
    let all: Vec<Found<'g>> = ground.items().filter(|(_, item)| carries(item)).collect();
    if !only.is_empty() {
        let wanted = |item: &Item| only.iter().any(|pattern| pattern.matches(&item.name));
        return Selection { items: all.into_iter().filter(|(_, item)| wanted(item)).collect(), named: true };
    }
    let asides = Asides::new(ground);
    let flow = plain(flow);
    let named = |item: &Item| match plain(&item.name).strip_prefix(&flow) {
        Some("") => true,
        Some(rest) => rest.starts_with('-'),
        None => false,
    };
    let usual = |found: &&Found<'g>| !asides.has(found);
    // What is called exactly like the flow is the flow's, whatever else its name may mean.
    let own: Vec<Found<'g>> =
        all.iter().filter(|found| named(found.1) && (plain(&found.1.name) == flow || usual(found))).copied().collect();
    if own.is_empty() {
        return Selection { items: all.iter().filter(usual).copied().collect(), named: false };
    }
    Selection { items: own, named: true }
}

/// A name in lower case, with one sign between its words.
fn plain(name: &str) -> String {
    name.chars().map(|sign| if BETWEEN.contains(&sign) { '-' } else { sign.to_ascii_lowercase() }).collect()
}

/// What tells items that are nobody's own.
struct Asides<'a, 'g> {
    ground: &'a Ground<'g>,
    /// Where dead letters go, and what lets them come back.
    targets: HashSet<*const Item>,
}

impl<'a, 'g> Asides<'a, 'g> {
    fn new(ground: &'a Ground<'g>) -> Self {
        let keys = ground.rules.and_then(|rules| rules.dead_letters);
        let targets = keys.map_or_else(HashSet::new, |keys| targets(ground, keys));
        Self { ground, targets }
    }

    fn has(&self, (_, item): &Found<'g>) -> bool {
        let is_target = self.targets.contains(&std::ptr::from_ref(*item));
        is_target || self.ground.rules.is_some_and(|rules| self.by_name(rules, &item.name))
    }

    fn by_name(&self, rules: &FileRules, name: &str) -> bool {
        let text = |known| self.ground.knowledge.text(known);
        if rules.internal.iter().any(|start| name.starts_with(text(*start))) {
            return true;
        }
        let name = plain(name);
        // Steps of a retry are numbered, by count or by pause.
        let name = name.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '-');
        rules.aside.iter().any(|word| {
            let word = plain(text(*word));
            let ends = name.strip_suffix(&word).is_some_and(|rest| rest.is_empty() || rest.ends_with('-'));
            ends || name.strip_prefix(&word).is_some_and(|rest| rest.starts_with('-'))
        })
    }
}

/// Queues to which dead letters go, but those that pass failures on themselves: the main queue of a retry loop is one.
fn targets<'g>(ground: &Ground<'g>, keys: DeadLetters) -> HashSet<*const Item> {
    let value = |key, (artifact, item): Found<'g>| match ground.kept_as(artifact, item) {
        Kept::As(option, _) => match ground.effective(key, &ground.subject(artifact, item, option)) {
            Effective::Written(written) => Some(written.text),
            Effective::Nothing | Effective::Open => None,
        },
        Kept::Unsaid | Kept::Open => None,
    };
    let mut bound: HashMap<(&str, &str), HashMap<&str, Vec<&str>>> = HashMap::new();
    for binding in ground.artifacts.iter().flat_map(|artifact| &artifact.bindings).filter(|it| it.to_queue) {
        let keys = bound.entry((&binding.vhost, &binding.source)).or_default();
        keys.entry(&binding.routing_key).or_default().push(&binding.destination);
    }
    let queues: Vec<Found<'g>> = ground.items().filter(|(_, item)| item.kind == ItemKind::Queue).collect();
    let (mut names, mut seen): (HashSet<(Option<&str>, &str)>, HashSet<_>) = (HashSet::new(), HashSet::new());
    for queue in &queues {
        let Some(exchange) = value(keys.exchange, *queue) else { continue };
        let routing_key = value(keys.routing_key, *queue);
        let vhost = queue.1.vhost.as_deref();
        if exchange.is_empty() {
            names.extend(routing_key.map(|name| (vhost, name)));
            continue;
        }
        let Some(bound) = vhost.and_then(|vhost| bound.get(&(vhost, exchange))) else { continue };
        let exact = routing_key.filter(|key| bound.contains_key(key));
        if seen.insert((vhost, exchange, exact)) {
            let taken = bound.iter().filter(|(key, _)| exact.is_none_or(|exact| exact == **key));
            names.extend(taken.flat_map(|(_, queues)| queues).map(|name| (vhost, *name)));
        }
    }
    let is_target = |item: &Item| names.contains(&(item.vhost.as_deref(), item.name.as_str()));
    let ends = |queue: &Found<'g>| value(keys.exchange, *queue).is_none() || value(keys.wait, *queue).is_some();
    let found = queues.into_iter().filter(|queue| is_target(queue.1) && ends(queue));
    found.map(|(_, item)| std::ptr::from_ref(item)).collect()
}
