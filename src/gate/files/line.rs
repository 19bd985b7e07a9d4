//! The line to write in a file's own grammar.

use super::told::Broken;
use crate::advice::literal;
use crate::artifact::{Artifact, Item, ItemKind};
use crate::knowledge::{Bound, CatalogueKey, KeyType, KeyUnit, KnowledgeBase, Scope, Standing};

/// Where it is to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'t> {
    pub(super) artifact: &'t Artifact,
    /// The item or the policy in which the value stands, or is to stand.
    pub(super) item: &'t Item,
    /// For whom, where the value stands elsewhere.
    pub(super) name: Option<&'t str>,
}

/// The value at the limit, as the broker reads it; none where it must go, or be what only the team knows.
pub(super) fn wanted(knowledge: &KnowledgeBase<'_>, broken: &Broken<'_, '_>, key: &CatalogueKey) -> Option<String> {
    match &broken.limit.bound {
        Bound::AtLeast(_) => {
            let bound = broken.bound? / broken.times.unwrap_or(1.0);
            if bound.is_finite() {
                let (per_unit, _) = key.unit.measure();
                let whole = key.kind == KeyType::Integer;
                let above = if whole { (bound / per_unit * (1.0 - 1e-12)).ceil() * per_unit } else { bound };
                return Some(literal(key, above).0);
            }
            (key.min == Some(-1.0)).then(|| "-1".to_owned())
        }
        Bound::AtMost(_) => {
            let bound = broken.bound.filter(|bound| bound.is_finite())?;
            let (per_unit, _) = key.unit.measure();
            let whole = key.kind == KeyType::Integer;
            let below = if whole { (bound / per_unit * (1.0 + 1e-12)).floor() * per_unit } else { bound };
            Some(literal(key, below).0)
        }
        Bound::OneOf(words) => words.first().map(|word| knowledge.text(*word).to_owned()),
        Bound::NoneOf(_) | Bound::Below(_) | Bound::Set => None,
    }
}

/// The line, and where it goes: a policy where policies may set the key, else the declaration.
pub(super) fn line(
    knowledge: &KnowledgeBase<'_>,
    key: &CatalogueKey,
    standing: Option<&Standing>,
    target: &Target<'_>,
    value: &str,
) -> Option<String> {
    let (id, item) = (knowledge.text(key.id), target.item);
    let policy = standing.and_then(|standing| standing.policy).map(|name| knowledge.text(name));
    let bare = key.unit != KeyUnit::Age && matches!(key.kind, KeyType::Integer | KeyType::Number | KeyType::Boolean);
    let write = |name: &str| {
        let (line, place) = target.artifact.written(item.kind, name, value, bare)?;
        Some(format!("write `{line}`{place}"))
    };
    let in_policy = matches!(item.kind, ItemKind::Policy | ItemKind::OperatorPolicy);
    match policy {
        Some(policy) if in_policy => {
            let whose = target.name.map_or_else(String::new, |name| format!(", or give `{name}` a policy of its own"));
            Some(format!("{} in policy `{}`{whose}", write(policy)?, item.name))
        }
        Some(policy) if key.scope == Scope::Policy && item.entries.iter().all(|entry| entry.key != id) => {
            Some(format!("{} in the definition of a policy that matches it", write(policy)?))
        }
        _ => write(id),
    }
}
