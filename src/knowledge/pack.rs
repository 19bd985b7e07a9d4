//! Rules of one's own: what lies over the built-in knowledge, and what it changes there.

use serde::{Deserialize, Serialize};

use super::SourceId;
use super::text::Text;

/// A pack of rules that was laid over others.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pack {
    /// Its name, under which its own word is cited.
    pub name: Text,
    /// Its version.
    pub version: Text,
    /// Who answers for it.
    pub authors: Vec<Text>,
    /// The version of the knowledge for which it was written.
    pub knowledge: Text,
    /// What it is for.
    pub about: Text,
    /// Its own word, as a source.
    pub source: SourceId,
    /// What it adds, by kind, in the order of its files.
    pub adds: Vec<PackEntry>,
    /// What it puts in the place of something that was there.
    pub overrides: Vec<PackEntry>,
}

/// An entry of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackEntry {
    /// What it is: `need`, `capability`, `setting`, as blocks of rules are called.
    pub kind: Text,
    /// Its id.
    pub id: Text,
}
