//! What a broker takes without any effect, or refuses only together with something else.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::pattern::matches;
use crate::knowledge::{Level, SourceId};
use crate::quantity::Version;

/// One such rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idle<'a> {
    /// Of which scopes the keys are.
    pub scopes: Vec<String>,
    /// The keys; `$name` and a last `*` stand for others.
    pub keys: Vec<String>,
    /// Keys that the same names would mean, and that are not meant.
    pub except: Vec<String>,
    /// From which line on.
    pub since: Option<Version>,
    /// To which line.
    pub until: Option<Version>,
    /// In which shapes of files; empty for all.
    pub shapes: Vec<String>,
    /// For which queue types; empty for all.
    pub queues: Vec<String>,
    /// For which values; empty for all.
    pub values: Vec<String>,
    /// For all values but these.
    pub unless_values: Vec<String>,
    /// Only where a sibling says so.
    pub with: Option<Sibling>,
    /// Only where no sibling says so.
    pub without: Option<Sibling>,
    /// Only where the value names no item of this kind, and the file declares others in the same virtual host.
    pub undeclared: Option<String>,
    /// Whether the broker refuses it.
    pub refused: bool,
    /// How grave it is.
    pub level: Level,
    /// Why it has no effect, or why it is refused.
    #[serde(borrow)]
    pub why: Cow<'a, str>,
    /// What to do instead; may be empty.
    #[serde(borrow)]
    pub instead: Cow<'a, str>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// Another key of the same item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sibling {
    /// The keys of which any will do.
    pub keys: Vec<String>,
    /// The values of which any will do; empty for all.
    pub values: Vec<String>,
}

impl Idle<'_> {
    /// Whether it speaks of a key of a scope in a line.
    pub fn speaks_of(&self, scope: &str, key: &str, version: Version) -> bool {
        let line = version.line();
        self.scopes.iter().any(|known| known == scope)
            && self.since.is_none_or(|since| since <= line)
            && self.until.is_none_or(|until| line <= until)
            && self.keys.iter().any(|name| matches(name, key))
            && !self.except.iter().any(|name| matches(name, key))
    }

    /// Whether it speaks of some values only.
    pub fn asks_for_values(&self) -> bool {
        !self.values.is_empty() || !self.unless_values.is_empty()
    }

    /// Whether it speaks of a value.
    pub fn holds_for(&self, value: Option<&str>) -> bool {
        if !self.asks_for_values() {
            return true;
        }
        let Some(value) = value else { return false };
        let among = |words: &[String]| words.iter().any(|word| is(word, value));
        (self.values.is_empty() || among(&self.values)) && !among(&self.unless_values)
    }
}

impl Sibling {
    /// Whether one of an item's keys, each with its value where the file gives it, is meant.
    pub fn is_among<'e>(&self, mut entries: impl Iterator<Item = (&'e str, Option<&'e str>)>) -> bool {
        entries.any(|(key, value)| self.speaks_of(key) && self.takes(value))
    }

    /// Whether a key is one of those that will do.
    pub fn speaks_of(&self, key: &str) -> bool {
        self.keys.iter().any(|name| matches(name, key))
    }

    /// Whether a value will do; one that is not in the file may be any.
    pub fn takes(&self, value: Option<&str>) -> bool {
        self.values.is_empty() || value.is_none_or(|value| self.values.iter().any(|word| is(word, value)))
    }
}

/// Whether a value is the word, or begins as one that ends in `*`.
fn is(word: &str, value: &str) -> bool {
    match word.strip_suffix('*') {
        Some(start) => value.starts_with(start),
        None => value == word,
    }
}
