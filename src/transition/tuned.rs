//! Settings: keys that fall away, that come, and whose value or default changes; and why a key is on one side alone.

use super::moved::Moved;
use super::stand::Stand;
use crate::advice::{Advice, Formulas, Setting, settings};
use crate::knowledge::{KnowledgeBase, Scope, within};

/// Why a key is not set on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// It is another broker's.
    OtherBroker,
    /// The other version does not have it.
    OtherVersion,
    /// It has no effect on the other option.
    OtherOption,
    /// Nothing there calls for it.
    NotCalledFor,
}

impl Absence {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::OtherBroker => "other-broker",
            Self::OtherVersion => "other-version",
            Self::OtherOption => "other-option",
            Self::NotCalledFor => "not-called-for",
        }
    }
}

/// A setting of one side alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The setting.
    pub setting: Setting,
    /// Why the other side has none.
    pub absence: Absence,
}

/// What becomes of settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// Keys of one side alone, and how many stay as they are.
    pub moved: Moved<Placed>,
    /// Keys whose value or default changes: old and new.
    pub changed: Vec<(Setting, Setting)>,
}

/// Compares the settings of two sides.
pub(super) fn tuned(knowledge: &KnowledgeBase<'_>, sides: [(&Stand, &Advice<'_>); 2]) -> Tuned {
    let [(before, earlier), (after, later)] = sides;
    let advised = |stand: &Stand, advice: &Advice<'_>| {
        settings(knowledge, advice.profile, &advice.facts, stand.option, Formulas::Traced)
    };
    // What the operating system is told is no broker's own.
    let one_broker = before.broker == after.broker;
    let same_key = |old: &Setting, new: &Setting| {
        old.key == new.key && old.scope == new.scope && (one_broker || old.scope == Scope::Os)
    };
    let (old, new) = (advised(before, earlier), advised(after, later));
    let mut kept = 0;
    let mut changed = Vec::new();
    for new in &new {
        let Some(old) = old.iter().find(|old| same_key(old, new)) else { continue };
        if old.value == new.value && (old.default == new.default || old.scope == Scope::Os) {
            kept += 1;
        } else {
            changed.push((old.clone(), new.clone()));
        }
    }
    let moved = Moved::between(old, new, same_key);
    let placed = |settings: Vec<Setting>, own: &Stand, other: &Stand| {
        let placed = settings.into_iter().map(|setting| {
            let absence = absence(knowledge, &setting, own, other);
            Placed { setting, absence }
        });
        placed.collect()
    };
    let moved = Moved { gone: placed(moved.gone, before, after), new: placed(moved.new, after, before), kept };
    Tuned { moved, changed }
}

fn absence(knowledge: &KnowledgeBase<'_>, setting: &Setting, own: &Stand, other: &Stand) -> Absence {
    if own.broker != other.broker {
        return Absence::OtherBroker;
    }
    let key = knowledge
        .catalogue
        .iter()
        .find(|key| key.broker == own.broker && key.scope == setting.scope && knowledge.text(key.id) == setting.key);
    let Some(key) = key else { return Absence::NotCalledFor };
    if !within(other.version.as_number(), key.since, key.until) {
        Absence::OtherVersion
    } else if !key.options.is_empty() && !key.options.contains(&other.option) {
        Absence::OtherOption
    } else {
        Absence::NotCalledFor
    }
}
