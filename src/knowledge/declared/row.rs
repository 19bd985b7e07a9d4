//! One declaration of one key: the lines in which it stands, its type, its range, its words and its default.

use serde::{Deserialize, Serialize};

use crate::quantity::Version;

/// Every word that a type may be; several are parted by `|`, and any of them will do.
pub const KINDS: [&str; 22] = [
    "age", "any", "atom", "boolean", "bytesize", "class", "double", "duration", "enum", "float", "int", "integer",
    "ip", "list", "long", "password", "short", "size", "string", "text", "number", "",
];

/// One declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row<'a> {
    /// Whose key it is.
    pub scope: &'a str,
    /// The key; `$name` in it stands for any one segment.
    pub key: &'a str,
    /// The first line; none for one before the oldest that is known.
    pub first: Option<Version>,
    /// The last line.
    pub last: Version,
    /// The broker's word for its type; empty where nothing is known of it any more.
    pub kind: &'a str,
    /// The least number; empty for none but what the type holds.
    pub min: &'a str,
    /// The greatest number.
    pub max: &'a str,
    /// The words that are taken, parted by `|`; after `~` in any case; one that ends in `*` stands for all that begin so.
    pub words: &'a str,
    /// The queue types that take it, or on which it has an effect, parted by `|`; empty where that is no question.
    pub queues: &'a str,
    /// The default: empty for none, `?` where nobody says it.
    pub default: &'a str,
}

impl<'a> Row<'a> {
    /// Whether it speaks of a line. The row that is the newest of a list holds for later lines as well, and rows of its
    /// oldest line for earlier ones.
    pub fn covers(&self, line: Version, newest: Version) -> bool {
        self.first.is_none_or(|first| first <= line) && (line <= self.last || self.last >= newest)
    }

    /// The types that it names.
    pub fn kinds(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.kind.split('|')
    }

    /// The words that it takes.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let words = self.words.strip_prefix('~').unwrap_or(self.words);
        words.split('|').filter(|word| !word.is_empty())
    }

    /// The queue types that take it; nothing where that is no question.
    pub fn queues(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.queues.split('|').filter(|queue| !queue.is_empty())
    }

    /// Whether a queue type takes it.
    pub fn takes(&self, queue: &str) -> bool {
        self.queues.is_empty() || self.queues().any(|known| known == queue || known == "any")
    }

    /// Whether a word is one of its own.
    pub fn knows(&self, word: &str) -> bool {
        let any_case = self.words.starts_with('~');
        self.words().any(|known| match known.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None if any_case => known.eq_ignore_ascii_case(word),
            None => known == word,
        })
    }
}
