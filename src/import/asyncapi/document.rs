//! The channels of a document and what is done with them, the same for versions 2 and 3: in 2 a channel holds its operations
//! and is its own address, in 3 operations point to channels.

use std::collections::BTreeMap;

use super::super::tree::{text, text_at};
use super::references::{Target, follow};
use crate::source::{Kind, Node};

/// A document whose references can be followed.
#[derive(Debug)]
pub(super) struct Document<'n> {
    pub(super) root: &'n Node<'n>,
    pub(super) channels: Vec<Channel<'n>>,
    /// Channels by their keys, and by what describes them.
    by_id: BTreeMap<&'n str, usize>,
    by_node: BTreeMap<*const Node<'n>, usize>,
}

/// A channel.
#[derive(Debug)]
pub(super) struct Channel<'n> {
    /// Its key in the document.
    pub(super) id: &'n str,
    /// Its topic, queue or path; none where the document says that it is only known when applications run.
    pub(super) address: Option<&'n str>,
    /// What describes it, wherever that is written.
    pub(super) target: Target<'n>,
    pub(super) operations: Vec<Operation<'n>>,
    /// Operations of other channels whose answers come here.
    pub(super) answers: Vec<&'n str>,
}

/// What an application does with a channel.
#[derive(Debug)]
pub(super) struct Operation<'n> {
    pub(super) id: &'n str,
    /// `send`, `receive`, or in version 2 `publish`, `subscribe`.
    pub(super) action: &'n str,
    pub(super) node: &'n Node<'n>,
    /// Whether an answer is awaited.
    pub(super) reply: bool,
}

impl<'n> Document<'n> {
    pub(super) fn of(root: &'n Node<'n>) -> Self {
        let is_second = super::version(root).0.starts_with('2');
        let entries = root.get("channels").and_then(Node::as_map).unwrap_or_default();
        let mut document = Self { root, channels: Vec::new(), by_id: BTreeMap::new(), by_node: BTreeMap::new() };
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let target = follow(root, &entry.value);
            let id = entry.key.as_ref();
            let address = if is_second { Some(id) } else { target.here().and_then(address) };
            let place = document.channels.len();
            document.by_id.entry(id).or_insert(place);
            if let Some(node) = target.here() {
                document.by_node.entry(std::ptr::from_ref(node)).or_insert(place);
            }
            document.channels.push(Channel { id, address, target, operations: Vec::new(), answers: Vec::new() });
        }
        if is_second {
            document.own_operations();
        } else {
            document.operations();
        }
        document
    }

    /// What a node refers to, if it is in the document.
    pub(super) fn here(&self, node: &'n Node<'n>) -> Option<&'n Node<'n>> {
        follow(self.root, node).here()
    }

    /// A key of a node, followed.
    pub(super) fn get(&self, node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
        self.here(node.get(key)?)
    }

    /// The keys of a map with what they refer to; extensions are nobody's but their tool's.
    pub(super) fn entries(node: Option<&'n Node<'n>>) -> impl Iterator<Item = (&'n str, &'n Node<'n>)> {
        let entries = node.and_then(Node::as_map).unwrap_or_default();
        entries.iter().filter(|entry| !entry.key.starts_with("x-")).map(|entry| (entry.key.as_ref(), &entry.value))
    }

    /// In version 2.
    fn own_operations(&mut self) {
        let root = self.root;
        for channel in &mut self.channels {
            let Some(node) = channel.target.here() else { continue };
            for action in ["publish", "subscribe"] {
                let Some(node) = node.get(action).and_then(|node| follow(root, node).here()) else { continue };
                if node.as_map().is_some() {
                    let id = text_at(node, "operationId").unwrap_or(action);
                    channel.operations.push(Operation { id, action, node, reply: false });
                }
            }
        }
    }

    /// In version 3.
    fn operations(&mut self) {
        let root = self.root;
        let entries = root.get("operations").and_then(Node::as_map).unwrap_or_default();
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let Some(node) = follow(root, &entry.value).here() else { continue };
            let id = entry.key.as_ref();
            let reply = node.get("reply").and_then(|reply| follow(root, reply).here());
            if let Some(place) = node.get("channel").and_then(|channel| self.place(channel))
                && let Some(channel) = self.channels.get_mut(place)
            {
                let action = text_at(node, "action").unwrap_or_default();
                channel.operations.push(Operation { id, action, node, reply: reply.is_some() });
            }
            if let Some(place) = reply.and_then(|reply| reply.get("channel")).and_then(|channel| self.place(channel))
                && let Some(channel) = self.channels.get_mut(place)
            {
                channel.answers.push(id);
            }
        }
    }

    /// The channel that a reference means: by the key that it names, or as it describes the same.
    fn place(&self, node: &'n Node<'n>) -> Option<usize> {
        let named = text_at(node, "$ref").and_then(|reference| reference.rsplit_once("#/channels/"));
        if let Some((_, key)) = named {
            let key = key.replace("~1", "/").replace("~0", "~");
            if let Some(place) = self.by_id.get(key.as_str()) {
                return Some(*place);
            }
        }
        let meant = follow(self.root, node).here()?;
        self.by_node.get(&std::ptr::from_ref(meant)).copied()
    }
}

/// An address; `null` and nothing at all say that it is not known before applications run.
fn address<'n>(node: &'n Node<'n>) -> Option<&'n str> {
    let address = node.get("address")?;
    match address.kind {
        Kind::Empty => None,
        _ => text(address).filter(|text| !text.is_empty()),
    }
}
