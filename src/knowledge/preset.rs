//! Flows that are common: what is usually so of them, each with its reason. A first profile may begin with one.

use serde::{Deserialize, Serialize};

use super::KnowledgeBase;
use super::text::Text;
use crate::expr::FactId;

/// A kind of flow that is common.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Preset {
    /// Its stable id.
    pub id: Text,
    /// What people call it.
    pub title: Text,
    /// Other words for it.
    pub aliases: Vec<Text>,
    /// What it is like, in a line.
    pub about: Text,
    /// What is usually so.
    pub facts: Vec<Usual>,
    /// What a person should answer first.
    pub ask: FactId,
}

/// What is usually so of one fact.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Usual {
    /// The fact.
    pub fact: FactId,
    /// Its value, as a profile writes it.
    pub value: Text,
    /// Why that is usual.
    pub because: Text,
}

impl KnowledgeBase<'_> {
    /// Finds a preset by its id or another word for it.
    pub fn find_preset(&self, name: &str) -> Option<&Preset> {
        let is = |text: Text| self.text(text).eq_ignore_ascii_case(name);
        self.presets.iter().find(|preset| is(preset.id) || preset.aliases.iter().copied().any(is))
    }

    /// The pattern that a preset states.
    pub fn preset_pattern(&self, preset: &Preset) -> Option<&str> {
        let stated = preset.facts.iter().find(|usual| usual.fact == self.roles.pattern)?;
        Some(self.text(stated.value))
    }

    /// Every word by which a preset is found.
    pub fn preset_names(&self) -> impl Iterator<Item = &str> {
        let names =
            self.presets.iter().flat_map(|preset| [preset.id].into_iter().chain(preset.aliases.iter().copied()));
        names.map(|name| self.text(name))
    }
}
