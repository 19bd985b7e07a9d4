//! What packs say, as parts of the rules and changes of them are called. Who tests a pack asks for the pack: what is built in has
//! cases of its own.

use crate::knowledge::{KnowledgeBase, PackEntry};

/// The names of what packs say.
#[derive(Debug, Default)]
pub struct OfPacks(Vec<String>);

impl OfPacks {
    /// What the packs of a knowledge base say of which something can be expected.
    pub fn of(knowledge: &KnowledgeBase<'_>) -> Self {
        let entries = knowledge.packs.iter().flat_map(|pack| pack.adds.iter().chain(&pack.overrides));
        let name = |entry: &PackEntry| {
            let id = knowledge.text(entry.id);
            match knowledge.text(entry.kind) {
                "capability" => id.split_once(' ').map(|(who, need)| format!("{who} at {need}")),
                "setting" => Some(id.replace(" (", "@").trim_end_matches(')').to_owned()),
                "need" | "rule" | "conflict" | "scope" => Some(id.to_owned()),
                _ => None,
            }
        };
        Self(entries.filter_map(name).collect())
    }

    /// Whether a part of the rules is of a pack; every part is, where there are no packs.
    pub fn has(&self, part: &str) -> bool {
        let ends = |rest: &str| !rest.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '-');
        let begins = |own: &String| part.strip_prefix(own.as_str()).is_some_and(ends);
        // A rule of the house is answered by options of all brokers.
        let answers = |own: &String| {
            part.split_once(" at ").is_some_and(|(_, need)| need.strip_prefix(own.as_str()).is_some_and(ends))
        };
        self.0.is_empty() || self.0.iter().any(|own| begins(own) || answers(own))
    }
}
