//! From a node of a tree to a key with its value, and the place of a part of a text.

use super::{Declared, Entry, Literal, Typed, secret};
use crate::source::{self, Kind, Node, Span};

/// A key with a value of a given spelling.
pub(super) fn entry(key: String, key_span: Span, value: Declared, value_span: Span) -> Entry {
    let secret = match &value {
        Declared::Literal(literal) => secret::is(&key, &literal.text),
        Declared::Elsewhere => secret::is(&key, ""),
    };
    Entry { key, key_span, value, value_span, secret }
}

/// A key of a tree; `typed` says whether the grammar tells `1` from `"1"`.
pub(super) fn of(key: &str, entry: &source::Entry<'_>, typed: bool) -> Entry {
    let value = if entry.value.as_map().is_none() && holds_template(&entry.value) {
        Declared::Elsewhere
    } else {
        Declared::Literal(literal(&entry.value, typed))
    };
    let span = if entry.value.span.start == entry.value.span.end { entry.key_span } else { entry.value.span };
    self::entry(key.to_owned(), entry.key_span, value, span)
}

/// A text that a template fills in later.
fn holds_template(node: &Node<'_>) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.text.contains("{{"))
}

pub(super) fn literal(node: &Node<'_>, typed: bool) -> Literal {
    match &node.kind {
        Kind::Empty => Literal { text: "null".to_owned(), typed: Typed::Other },
        Kind::Map(_) => Literal { text: "{…}".to_owned(), typed: Typed::Other },
        Kind::List(items) => {
            let texts: Vec<&str> = items.iter().map(text).collect();
            Literal { text: texts.join(","), typed: Typed::List }
        }
        Kind::Scalar(scalar) => {
            let typed = match (typed, scalar.quoted) {
                (false, _) => Typed::Untyped,
                (true, true) => Typed::Text,
                (true, false) if matches!(scalar.text.as_ref(), "true" | "false") => Typed::Boolean,
                (true, false) => Typed::Number,
            };
            Literal { text: scalar.text.clone().into_owned(), typed }
        }
    }
}

/// The text of a scalar; of anything else, nothing.
pub(super) fn text<'n>(node: &'n Node<'_>) -> &'n str {
    node.as_scalar().map_or("", |scalar| scalar.text.as_ref())
}

/// The text that a key of a map has.
pub(super) fn text_at<'n>(map: &'n Node<'_>, key: &str) -> Option<&'n str> {
    map.get(key)?.as_scalar().map(|scalar| scalar.text.as_ref())
}

/// The place of a part of a scalar: exact where the text stands as it is read, the whole scalar where quotes, escapes
/// or folded lines lie between.
pub(super) fn part(whole: &str, scalar: &Node<'_>, start: usize, end: usize) -> Span {
    let raw = scalar.span.text(whole);
    let read = text(scalar);
    let inner = if raw == read { Some(0) } else { (raw.get(1..raw.len().max(1) - 1) == Some(read)).then_some(1) };
    let Some(offset) = inner else { return scalar.span };
    let start = scalar.span.start as usize + offset + start;
    Span::new(start, (scalar.span.start as usize + offset + end).max(start))
}
