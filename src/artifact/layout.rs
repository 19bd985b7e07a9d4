//! Which keys an object of a broker file has, and which slip a foreign one looks like.

use super::Stray;
use crate::source::{Entry, Node};
use crate::suggestion::nearest;

/// The keys of one kind of object.
pub(super) struct Layout {
    /// Keys that are settings themselves.
    pub(super) own: &'static [&'static str],
    /// Keys under which settings lie.
    pub(super) nested: &'static [&'static str],
    /// Keys that are read otherwise, or say nothing of interest.
    pub(super) passed: &'static [&'static str],
}

/// The keys of an object that look like slips of the layout's.
pub(super) fn strays_of(layout: &Layout, node: Option<&Node<'_>>) -> Vec<Stray> {
    let known = |key: &str| [layout.own, layout.nested, layout.passed].iter().any(|keys| keys.contains(&key));
    let entries = node.and_then(Node::as_map).unwrap_or_default();
    entries.iter().filter(|entry| !known(&entry.key)).filter_map(|entry| stray_of(layout, entry)).collect()
}

/// A key that is not of the layout, if it looks like a slip: listings of a management interface hold many more keys
/// than an import reads, and they do no harm.
pub(super) fn stray_of(layout: &Layout, entry: &Entry<'_>) -> Option<Stray> {
    let all = || layout.own.iter().chain(layout.nested).chain(layout.passed).copied();
    let near = if entry.key.starts_with("x-") && layout.nested.contains(&"arguments") {
        Some("arguments")
    } else {
        nearest(&entry.key, all())
    };
    let near = near?;
    Some(Stray { key: entry.key.clone().into_owned(), span: entry.key_span, near: Some(near), refused: false })
}
