//! The tree that YAML, JSON and TOML share. Scalars keep their source text, so `4.10` stays `4.10`;
//! what a text means is decided by the field that holds it, not here.

use std::borrow::Cow;

use super::Span;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    pub span: Span,
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// `null`, `~` or nothing at all.
    Empty,
    Scalar(Scalar<'a>),
    List(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>),
}

/// A text, number, boolean or date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar<'a> {
    /// As written; for quoted text, what it stands for.
    pub text: Cow<'a, str>,
    pub quoted: bool,
}

/// A field of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    pub key: Cow<'a, str>,
    pub key_span: Span,
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn scalar(span: Span, text: impl Into<Cow<'a, str>>, quoted: bool) -> Self {
        Self { span, kind: Kind::Scalar(Scalar { text: text.into(), quoted }) }
    }

    pub(super) fn empty(span: Span) -> Self {
        Self { span, kind: Kind::Empty }
    }

    /// What this is, as a message says it.
    pub fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Empty => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }

    pub fn as_map(&self) -> Option<&[Entry<'a>]> {
        match &self.kind {
            Kind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list, or the one value that stands there alone; none where nothing does.
    pub fn one_or_more(&self) -> &[Self] {
        match &self.kind {
            Kind::Empty => &[],
            Kind::List(items) => items,
            Kind::Scalar(_) | Kind::Map(_) => std::slice::from_ref(self),
        }
    }

    pub fn as_list(&self) -> Option<&[Node<'a>]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_scalar(&self) -> Option<&Scalar<'a>> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.as_map()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}
