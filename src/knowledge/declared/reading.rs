//! How a broker reads what a file declares: what it makes of keys and values that are not its own, what it hands on,
//! and to what policies apply.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::pattern::matches;
use crate::knowledge::{Level, SourceId};

/// How it reads one kind of item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading<'a> {
    /// The kind of item.
    #[serde(borrow)]
    pub item: Cow<'a, str>,
    /// In which scope its keys are declared.
    #[serde(borrow)]
    pub scope: Cow<'a, str>,
    /// Of what they are keys: `a topic`.
    #[serde(borrow)]
    pub of: Cow<'a, str>,
    /// Whether a text is never taken for a number or a boolean.
    pub typed: bool,
    /// The keys that say of which type a queue is.
    pub type_keys: Vec<String>,
    /// How grave a key is that it does not know, and that resembles one that it does.
    pub unknown: Level,
    /// How grave one is that resembles none.
    pub strange: Level,
    /// What it does with a key that it does not know.
    #[serde(borrow)]
    pub then_unknown: Cow<'a, str>,
    /// What it does with a value that it does not take.
    #[serde(borrow)]
    pub then_refused: Cow<'a, str>,
    /// What it does with a key that is not for that type of queue, where nobody declares one; empty where only the key idles.
    #[serde(borrow)]
    pub then_idle: Cow<'a, str>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// Keys that it hands on to plugins and vendors' parts, or that others read from the same file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed<'a> {
    /// Of which scope they are.
    #[serde(borrow)]
    pub scope: Cow<'a, str>,
    /// The keys; `$name` and a last `*` stand for others.
    pub keys: Vec<String>,
    /// Who reads them.
    #[serde(borrow)]
    pub why: Cow<'a, str>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

impl Passed<'_> {
    /// Whether a key is one of them.
    pub fn is(&self, key: &str) -> bool {
        self.keys.iter().any(|name| matches(name, key))
    }

    /// Those that stand for themselves.
    pub fn whole_keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.keys.iter().map(String::as_str).filter(|key| !key.ends_with('*'))
    }
}

/// To what a policy applies, by the word for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target<'a> {
    /// The word.
    #[serde(borrow)]
    pub word: Cow<'a, str>,
    /// Queue types, and whatever else.
    pub takes: Vec<String>,
    /// In words: `quorum queues`.
    #[serde(borrow)]
    pub called: Cow<'a, str>,
}

/// What it makes of a section that it does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section<'a> {
    /// In which shape of file.
    #[serde(borrow)]
    pub shape: Cow<'a, str>,
    /// What the file is called.
    #[serde(borrow)]
    pub of: Cow<'a, str>,
    /// How grave it is.
    pub level: Level,
    /// What it does with it.
    #[serde(borrow)]
    pub then: Cow<'a, str>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}
