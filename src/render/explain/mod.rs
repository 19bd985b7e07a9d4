//! Entries of the reference book, lists of what may be meant, and the book's index, one file a format.

pub mod human;
pub mod json;
pub mod markdown;

use crate::reference::{Entry, Kind, Name, Reference};

/// What is shown of the book.
#[derive(Debug)]
pub enum Page {
    /// Everything that is known of some things, and what the question may speak of beside them.
    Entries(Vec<Entry>, Vec<Name>),
    /// What may be meant, best first.
    Similar(Vec<Name>),
    /// Everything of one kind.
    Kind(Kind, Vec<Name>),
    /// The kinds, with everything of each.
    Index(Vec<(Kind, Vec<Name>)>),
}

/// What every format needs beside the page.
#[derive(Debug)]
pub struct Book<'b> {
    /// The book.
    pub reference: &'b Reference<'b>,
    /// What is shown of it.
    pub page: Page,
}

/// How to call, by example.
const CALLS: [(&str, &str); 6] = [
    ("brokerfit explain replay", "by id"),
    ("brokerfit explain fact throughput.peak", "by kind and id"),
    ("brokerfit explain rabbitmq/quorum replay", "an option's answer to a need"),
    ("brokerfit explain needs", "everything of one kind"),
    ("brokerfit explain 'long queues exhaust the memory'", "by words: paste what you read"),
    ("brokerfit explain deep-backlog --at rabbitmq=3.13", "as it is in one version"),
];

/// A field's name for people: `checked_on` reads `checked on`.
fn label(name: &str) -> String {
    match name {
        "compensate" => "to make up for it".to_owned(),
        "risk" => "otherwise".to_owned(),
        "infer" => "inferred".to_owned(),
        "by_pattern" => "assumed by pattern".to_owned(),
        "central" => "assumed".to_owned(),
        "range" => "not mentioned".to_owned(),
        "plausible" => "unknown may be".to_owned(),
        other => other.replace('_', " "),
    }
}

/// Fields of a short record that need no name before them.
fn speaks_for_itself(name: &str) -> bool {
    ["beyond", "in", "title", "claim", "about", "fit", "value", "how"].contains(&name)
}
