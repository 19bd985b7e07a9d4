//! What is known of one thing, as a list of named fields, so that every format can show every kind.

use super::Kind;
use crate::knowledge::Fit;

/// What is known of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is known of it, in the order in which it is shown.
    pub fields: Vec<Field>,
    /// Everything on whose word it rests.
    pub sources: Vec<Cited>,
}

/// One thing that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key for programs, as in `checked_on`.
    pub name: &'static str,
    /// What is known.
    pub value: Value,
}

/// What is known, by how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Prose.
    Text(String),
    /// As the rules or the broker write it.
    Code(String),
    /// Alone on its step of the scale.
    Fit(Fit),
    /// Several short texts.
    List(Vec<String>),
    /// The id of another entry.
    Link(String),
    /// Ids of other entries.
    Links(Vec<String>),
    /// Ids of sources.
    Sources(Vec<String>),
    /// Short records, one a line; the first field of each is its head.
    Rows(Vec<Vec<Field>>),
    /// Records with a paragraph each; the first field of each is its head.
    Items(Vec<Vec<Field>>),
    /// For programs alone: people read it in another field.
    Data(Option<String>),
}

/// A source with its place and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its id.
    pub id: String,
    /// Where it can be read; empty for what this project measured.
    pub url: String,
    /// The section or key.
    pub place: String,
    /// The version of which it speaks.
    pub version: String,
    /// The day on which it was read.
    pub checked_on: String,
    /// How much it weighs.
    pub grade: &'static str,
    /// Whose word it is.
    pub affiliation: String,
    /// What it says.
    pub says: String,
    /// Under what conditions its figures were taken; empty where none are stated.
    pub conditions: String,
}

/// Collects fields; what is empty is left out.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    pub(super) fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { self } else { self.with(name, Value::Text(text)) }
    }

    pub(super) fn code(self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { self } else { self.with(name, Value::Code(text)) }
    }

    pub(super) fn data(self, name: &'static str, text: Option<String>) -> Self {
        self.with(name, Value::Data(text))
    }

    pub(super) fn list(self, name: &'static str, all: Vec<String>) -> Self {
        if all.is_empty() { self } else { self.with(name, Value::List(all)) }
    }

    pub(super) fn link(self, name: &'static str, id: impl Into<String>) -> Self {
        self.with(name, Value::Link(id.into()))
    }

    pub(super) fn links(self, name: &'static str, all: Vec<String>) -> Self {
        let mut unique: Vec<String> = Vec::with_capacity(all.len());
        for id in all {
            if !unique.contains(&id) {
                unique.push(id);
            }
        }
        if unique.is_empty() { self } else { self.with(name, Value::Links(unique)) }
    }

    pub(super) fn sources(self, all: Vec<String>) -> Self {
        if all.is_empty() { self } else { self.with("sources", Value::Sources(all)) }
    }

    pub(super) fn rows(self, name: &'static str, all: Vec<Vec<Field>>) -> Self {
        if all.is_empty() { self } else { self.with(name, Value::Rows(all)) }
    }

    pub(super) fn items(self, name: &'static str, all: Vec<Vec<Field>>) -> Self {
        if all.is_empty() { self } else { self.with(name, Value::Items(all)) }
    }

    pub(super) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.push(Field { name, value });
        self
    }

    pub(super) fn all(self) -> Vec<Field> {
        self.0
    }
}

/// The sources that fields name, each once, in order.
pub(super) fn cited(fields: &[Field], into: &mut Vec<String>) {
    for field in fields {
        match &field.value {
            Value::Sources(ids) => {
                for id in ids {
                    if !into.contains(id) {
                        into.push(id.clone());
                    }
                }
            }
            Value::Rows(all) | Value::Items(all) => all.iter().for_each(|fields| cited(fields, into)),
            _ => {}
        }
    }
}

/// What is said of options, below their names; what is the same for several stands once.
pub(super) fn by_options(said: impl IntoIterator<Item = (Vec<String>, Vec<Field>)>) -> Vec<Vec<Field>> {
    let mut all: Vec<(Vec<String>, Vec<Field>)> = Vec::new();
    for (options, fields) in said {
        match all.iter_mut().find(|(_, known)| *known == fields) {
            Some((known, _)) => known.extend(options),
            None => all.push((options, fields)),
        }
    }
    let headed = |(options, fields)| Fields::default().links("options", options).all().into_iter().chain(fields);
    all.into_iter().map(headed).map(Iterator::collect).collect()
}
