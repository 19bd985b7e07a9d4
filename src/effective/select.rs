//! Which of the declared items are a flow's: those that are named, else those that are called like it, else all that
//! carry messages. What only takes failed or waiting messages is nobody's own.

use super::aside::{Asides, plain};
use super::ground::{Found, Ground};
use crate::artifact::{Item, ItemKind};
use crate::pattern::Pattern;

/// The items that are a flow's.
#[derive(Debug)]
pub struct Selection<'g> {
    /// They.
    pub items: Vec<Found<'g>>,
    /// Their names told them; else they are all that carry messages.
    pub named: bool,
}

impl Selection<'_> {
    /// Whether they are surely the flow's: their names say so, or there is only one that may be.
    pub fn is_sure(&self) -> bool {
        self.named || self.items.len() == 1
    }
}

/// The items that are a flow's.
pub fn selected<'g>(ground: &Ground<'g>, flow: &str, only: &[Pattern]) -> Selection<'g> {
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
