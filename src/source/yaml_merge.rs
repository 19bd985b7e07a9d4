//! Merge keys (`<<`) of foreign YAML: what they bring into a map. Copies nothing: what an alias repeats was paid for
//! where it stood.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Entry, Kind, Node};

/// Whether a key is the merge key, which is written without quotes.
pub(super) fn is_key(node: &Node<'_>) -> bool {
    node.as_scalar().is_some_and(|scalar| !scalar.quoted && scalar.text == "<<")
}

/// Adds the entries of the merged maps behind the map's own, which win; of several maps, the earlier wins.
pub(super) fn expand<'a>(entries: &mut Vec<Entry<'a>>, merged: impl ExactSizeIterator<Item = Node<'a>>) {
    if merged.len() == 0 {
        return;
    }
    let mut keys: HashSet<Cow<'a, str>> = entries.iter().map(|entry| entry.key.clone()).collect();
    for node in merged {
        match node.kind {
            Kind::Map(more) => add(entries, &mut keys, more),
            Kind::List(maps) => {
                for map in maps {
                    if let Kind::Map(more) = map.kind {
                        add(entries, &mut keys, more);
                    }
                }
            }
            // Nothing, or a text: there is nothing to bring in.
            Kind::Empty | Kind::Scalar(_) => {}
        }
    }
}

fn add<'a>(entries: &mut Vec<Entry<'a>>, keys: &mut HashSet<Cow<'a, str>>, more: Vec<Entry<'a>>) {
    entries.extend(more.into_iter().filter(|entry| keys.insert(entry.key.clone())));
}
