//! What the catalogue knows of the key of a setting: what it does, in which lines it exists, and its default in each.

use super::Setting;
use crate::expr::{Env, Own, Value};
use crate::facts::{Facts, View};
use crate::knowledge::{BrokerId, CatalogueKey, KnowledgeBase, Version};

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it does.
    pub about: String,
    /// The first line that has it; none where all known ones do.
    pub since: Option<Version>,
    /// The last line that has it; none where the newest still does.
    pub until: Option<Version>,
    /// Its defaults, oldest first.
    pub defaults: Vec<DefaultAt>,
}

/// A default and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultAt {
    /// From this line on; none for that of the oldest line that is known to have the key.
    pub since: Option<Version>,
    /// As the broker reads it; empty for none.
    pub value: String,
    /// It is the one of the line that is run.
    pub in_use: bool,
}

/// What the catalogue knows of a setting's key.
pub fn known(knowledge: &KnowledgeBase<'_>, facts: &Facts, broker: BrokerId, setting: &Setting) -> Option<Known> {
    let of = |key: &&CatalogueKey| {
        key.broker == broker && key.scope == setting.scope && knowledge.text(key.id) == setting.key
    };
    let key = knowledge.catalogue.iter().find(of)?;
    let view = View::central(knowledge, facts).seen_by(knowledge.broker(broker)?);
    let version = match view.own(Own::Version) {
        Value::Version(version) => version.lo,
        _ => 0.0,
    };
    let later = key.defaults.iter().map(|(since, value)| (Some(*since), *value));
    let all: Vec<_> = std::iter::once((None, key.default)).chain(later).collect();
    let holds = |since: Option<Version>| since.is_none_or(|since| version >= since.as_number());
    let last = all.iter().rposition(|(since, _)| holds(*since));
    let defaults = all.iter().enumerate().map(|(place, (since, value))| DefaultAt {
        since: *since,
        value: knowledge.text(*value).to_owned(),
        in_use: Some(place) == last,
    });
    Some(Known {
        about: knowledge.text(key.about).to_owned(),
        since: key.since,
        until: key.until,
        defaults: defaults.collect(),
    })
}
