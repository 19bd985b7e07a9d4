//! The reference book: everything that is known of one thing, with its sources, and the way to it by id or by words.
//! Takes a knowledge base and the gate's list of situations; gives entries whose fields any format can show. Judges
//! nothing and formats nothing.
//!
//! Each kind of thing is one file with a `Chapter`, and one variant of [`Kind`].

mod alerts;
mod alike;
mod answers;
mod brokers;
mod checklist;
mod conflicts;
mod costs;
mod criteria;
mod dimensions;
mod entry;
mod facts;
mod find;
mod findings;
mod keys;
mod kind;
mod limits;
mod misconceptions;
mod needs;
mod options;
mod pitfalls;
mod practices;
mod presets;
mod quantities;
mod readers;
mod scope;
mod search;
mod sizing;
mod sources;
mod terms;

pub(crate) use facts::{harder, shown};

pub use entry::{Cited, Entry, Field, Value};
pub use find::Found;
pub use kind::Kind;
pub use terms::terms;

use std::sync::OnceLock;

use crate::expr::ExprId;
use crate::knowledge::{BrokerId, KnowledgeBase, Owner, SourceId, Version};

/// The reference book, open at some versions.
#[derive(Debug)]
pub struct Reference<'k> {
    knowledge: &'k KnowledgeBase<'k>,
    /// Answers are shown for these versions alone; for all where a broker is not among them.
    at: Vec<(BrokerId, Version)>,
    /// The words of every entry, once somebody searches by words.
    index: OnceLock<search::Index>,
}

/// One thing of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its place among its kind.
    place: usize,
    /// Its id.
    pub id: String,
    /// What it is called, in a line.
    pub title: String,
}

impl<'k> Reference<'k> {
    /// The reference book of a knowledge base; answers are shown for the given versions.
    pub fn new(knowledge: &'k KnowledgeBase<'k>, at: Vec<(BrokerId, Version)>) -> Self {
        Self { knowledge, at, index: OnceLock::new() }
    }

    /// Everything of a kind, in the order of the rules.
    pub fn names(&self, kind: Kind) -> Vec<Name> {
        self.named(kind, |_| true)
    }

    /// What of a kind has an id that is sought.
    fn named(&self, kind: Kind, sought: impl Fn(&str) -> bool) -> Vec<Name> {
        let ids = kind.chapter().ids(self.knowledge).into_iter().enumerate();
        ids.filter(|(_, id)| sought(id)).map(|(place, id)| self.name(kind, place, id)).collect()
    }

    /// The knowledge of which it speaks.
    pub fn knowledge(&self) -> &KnowledgeBase<'_> {
        self.knowledge
    }

    /// The versions at which answers are shown, in words.
    pub fn versions(&self) -> Vec<(String, String)> {
        self.at
            .iter()
            .map(|(broker, version)| (self.knowledge.broker_name(*broker).to_owned(), version.to_string()))
            .collect()
    }

    fn name(&self, kind: Kind, place: usize, id: String) -> Name {
        Name { kind, place, id, title: kind.chapter().title(self.knowledge, place) }
    }

    /// Everything that is known of one thing.
    pub fn entry(&self, name: &Name) -> Entry {
        let mut fields = name.kind.chapter().fields(self, name.place);
        fields.extend(criteria::decided_by(self.knowledge, name));
        fields.extend(misconceptions::pointing_to(self.knowledge, name));
        let mut ids = Vec::new();
        entry::cited(&fields, &mut ids);
        let sources = ids.iter().filter_map(|id| sources::cited(self.knowledge, id)).collect();
        Entry { kind: name.kind, id: name.id.clone(), title: name.title.clone(), fields, sources }
    }

    /// Whether what holds for some lines of a broker is to be shown.
    fn speaks(&self, broker: BrokerId, since: Option<Version>, until: Option<Version>) -> bool {
        let Some((_, version)) = self.at.iter().find(|(known, _)| *known == broker) else { return true };
        since.is_none_or(|since| since.as_number() <= version.as_number())
            && until.is_none_or(|until| version.line().as_number() <= until.as_number())
    }

    /// The version at which a broker is shown, if it is one.
    fn version_of(&self, broker: BrokerId) -> Option<Version> {
        self.at.iter().find(|(known, _)| *known == broker).map(|(_, version)| *version)
    }

    /// An expression as its owner wrote it.
    fn written(&self, expression: ExprId, owner: Owner) -> String {
        self.knowledge.as_written(expression, owner).to_owned()
    }

    fn source_ids(&self, ids: &[SourceId]) -> Vec<String> {
        self.knowledge.source_names(ids).into_iter().map(str::to_owned).collect()
    }
}

/// From which line to which something holds, in words; empty for all.
fn lines(since: Option<Version>, until: Option<Version>) -> String {
    match (since, until) {
        (Some(since), Some(until)) if since == until => format!("in {since} alone"),
        (Some(since), Some(until)) => format!("from {since} to {until}"),
        (Some(since), None) => format!("from {since} on"),
        (None, Some(until)) => format!("up to {until}"),
        (None, None) => String::new(),
    }
}
