//! `$ref`: to another place of the document by a JSON pointer, or out of it. Chains end, however they are tied together.

use std::borrow::Cow;

use super::super::tree::text_at;
use crate::source::{Kind, Node};

/// So many references are followed one after the other: whoever writes more has tied a knot.
const LONGEST: usize = 32;

/// What stands where a reference may.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'n> {
    /// It is here.
    Here(&'n Node<'n>),
    /// It is elsewhere: another file, another host.
    Elsewhere(&'n str),
    /// The document has no such place, or the reference leads to itself.
    Nowhere(&'n str),
}

impl<'n> Target<'n> {
    pub(super) fn here(self) -> Option<&'n Node<'n>> {
        match self {
            Self::Here(node) => Some(node),
            Self::Elsewhere(_) | Self::Nowhere(_) => None,
        }
    }
}

/// Follows what stands at a place to where it is written.
pub(super) fn follow<'n>(root: &'n Node<'n>, node: &'n Node<'n>) -> Target<'n> {
    let mut at = node;
    let mut last = "";
    for _ in 0..LONGEST {
        let Some(reference) = text_at(at, "$ref") else { return Target::Here(at) };
        last = reference;
        let Some(pointer) = reference.strip_prefix('#') else { return Target::Elsewhere(reference) };
        match find(root, pointer) {
            Some(next) => at = next,
            None => return Target::Nowhere(reference),
        }
    }
    Target::Nowhere(last)
}

/// The place of a JSON pointer; a part of it may be written as an address is.
fn find<'n>(root: &'n Node<'n>, pointer: &str) -> Option<&'n Node<'n>> {
    if pointer.is_empty() || pointer == "/" {
        return Some(root);
    }
    let mut at = root;
    for part in pointer.strip_prefix('/')?.split('/') {
        let key = unescaped(part);
        at = match &at.kind {
            Kind::List(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => match at.get(&key) {
                Some(next) => next,
                None => at.get(&decoded(&key)?)?,
            },
        };
    }
    Some(at)
}

/// `~1` is a slash and `~0` a tilde.
fn unescaped(part: &str) -> Cow<'_, str> {
    if part.contains('~') { Cow::Owned(part.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(part) }
}

/// `%7B` is a brace; none where nothing is written so.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        if let Some(byte) = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..)?;
        } else {
            bytes.push(b'%');
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    part.contains('%').then(|| String::from_utf8(bytes).ok())?
}
