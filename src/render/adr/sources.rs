//! The sources that a record cites: named where they are relied on, and listed once with their links.

use super::super::markdown::escaped;
use crate::knowledge::{KnowledgeBase, SourceEntry};

/// Ids of sources, in the order in which they are first cited.
#[derive(Debug, Default)]
pub(super) struct Cited(Vec<String>);

impl Cited {
    /// Names sources behind a sentence, and keeps them for the list.
    pub(super) fn cite(&mut self, sources: &[String]) -> String {
        if sources.is_empty() {
            return String::new();
        }
        for source in sources {
            if !self.0.contains(source) {
                self.0.push(source.clone());
            }
        }
        let named: Vec<String> = sources.iter().map(|id| format!("[{id}]")).collect();
        format!(" {}", named.join(" "))
    }

    /// Each with where it stands, of which version it speaks and when it was read.
    pub(super) fn listed(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        let entry = |id: &String| {
            let entry = find(knowledge, id)?;
            let text = |text| knowledge.text(text);
            let place = text(entry.place);
            let place = if place.is_empty() { String::new() } else { format!(", {}", escaped(place)) };
            let version = text(entry.version);
            let version = if version.is_empty() { String::new() } else { format!("; of version {}", escaped(version)) };
            Some(format!(
                "[{id}]{place}{version}; read on {}; {}, {}",
                text(entry.checked_on),
                text(entry.affiliation),
                entry.grade.word()
            ))
        };
        self.0.iter().filter_map(entry).collect()
    }

    /// Where each can be read, so that every mention is a link.
    pub(super) fn addresses(&self, knowledge: &KnowledgeBase<'_>) -> String {
        let address = |id: &String| {
            let url = knowledge.text(find(knowledge, id)?.url);
            (!url.is_empty()).then(|| format!("[{id}]: <{url}>\n"))
        };
        self.0.iter().filter_map(address).collect()
    }
}

fn find<'k>(knowledge: &'k KnowledgeBase<'_>, id: &str) -> Option<&'k SourceEntry> {
    knowledge.sources.iter().find(|source| knowledge.text(source.id) == id)
}
