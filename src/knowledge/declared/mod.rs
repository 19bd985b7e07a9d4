//! What the brokers themselves declare: every key of their configuration, of topics, queues, policies and clients, line
//! by line; how each broker reads a file; and what it takes without any effect.
//!
//! It is no part of the [`KnowledgeBase`](super::KnowledgeBase): only those who look at a broker's file read it, and a
//! start that does not pays nothing for it. The texts are used where they lie.

mod accept;
mod find;
mod idle;
mod near;
mod pattern;
mod reading;
mod row;

use serde::{Deserialize, Serialize};

use crate::quantity::Version;

pub use accept::Form;
pub use find::Lookup;
pub use idle::{Idle, Sibling};
pub use pattern::matches;
pub use reading::{Passed, Reading, Section, Target};
pub use row::{KINDS, Row};

/// What all brokers declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredKeys<'a> {
    /// Broker by broker.
    #[serde(borrow)]
    pub brokers: Vec<BrokerKeys<'a>>,
}

/// What one broker declares, and how it reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokerKeys<'a> {
    /// Its id in the rules.
    pub broker: &'a str,
    /// The oldest line of which the lists speak in full: of earlier ones they know only what is gone since.
    pub oldest: Version,
    /// The newest such line: of later ones they know only what came before.
    pub newest: Version,
    /// Keys by scope, name and line.
    #[serde(borrow)]
    pub rows: Vec<Row<'a>>,
    /// How it reads what files declare.
    #[serde(borrow)]
    pub reads: Vec<Reading<'a>>,
    /// Keys that it hands on to others.
    #[serde(borrow)]
    pub passed: Vec<Passed<'a>>,
    /// What the word of a policy applies to.
    #[serde(borrow)]
    pub targets: Vec<Target<'a>>,
    /// What it makes of sections that it does not know.
    #[serde(borrow)]
    pub sections: Vec<Section<'a>>,
    /// What it takes without effect, or refuses only together with something else.
    #[serde(borrow)]
    pub idle: Vec<Idle<'a>>,
}

impl<'a> DeclaredKeys<'a> {
    /// What a broker declares.
    pub fn of(&self, broker: &str) -> Option<&BrokerKeys<'a>> {
        self.brokers.iter().find(|keys| keys.broker == broker)
    }
}

impl<'a> BrokerKeys<'a> {
    /// Whether the lists speak of a line in full.
    pub fn knows_all_of(&self, version: Version) -> bool {
        (self.oldest..=self.newest).contains(&version.line())
    }

    /// How it reads an item, by the item's word.
    pub fn reading(&self, item: &str) -> Option<&Reading<'a>> {
        self.reads.iter().find(|reading| reading.item == item)
    }

    /// The queue types, and whatever else, to which a policy with this word applies.
    pub fn target(&self, word: &str) -> Option<&Target<'a>> {
        self.targets.iter().find(|target| target.word == word)
    }
}
