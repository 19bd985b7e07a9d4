//! What is told of fields: one text for each block and key, in `fields.toml`, and under `any` what a key means wherever
//! nothing else is said of it. What is told of facts stands in the vocabulary.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::{Format, Kind, Limits, Source, read};

/// The texts that are built in.
pub const TOLD: &str = include_str!("fields.toml");

/// What is told of fields, by block and key.
#[derive(Debug, Default)]
pub struct Told {
    blocks: BTreeMap<String, BTreeMap<String, String>>,
}

impl Told {
    /// Reads the texts.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new("fields.toml", text, Format::Toml);
        let mut told = Self::default();
        let problems = read(&source, &Limits::default(), &mut |root| {
            for block in root.as_map().unwrap_or_default() {
                let texts = block.value.as_map().unwrap_or_default().iter();
                let texts =
                    texts.filter_map(|entry| Some((entry.key.to_string(), entry.value.as_scalar()?.text.to_string())));
                told.blocks.insert(block.key.to_string(), texts.collect());
            }
            debug_assert!(matches!(root.kind, Kind::Map(_)));
        });
        if problems.is_empty() {
            return Ok(told);
        }
        Err(problems.into_iter().map(|problem| Diagnostic::from_problem(0, problem)).collect())
    }

    /// What is told of a key of a block.
    pub fn of(&self, block: &str, key: &str) -> Option<&str> {
        let own = self.blocks.get(block).and_then(|texts| texts.get(key));
        own.or_else(|| self.blocks.get("any")?.get(key)).map(String::as_str)
    }

    /// Every block and key of which something is told.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.blocks.iter().flat_map(|(block, texts)| texts.keys().map(|key| (block.as_str(), key.as_str())))
    }
}
