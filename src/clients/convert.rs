//! From a broker's literal to a client's: the same amount in the client's unit and range, the same meaning in its words.

use crate::advice::{Setting, written_as};
use crate::knowledge::{CatalogueKey, KnowledgeBase, Naming};

/// What stands for the value in calls and texts.
const HOLE: &str = "{value}";

/// The client's literal, and the same for people; nothing where there is nothing to set.
pub(super) fn convert(
    knowledge: &KnowledgeBase<'_>,
    key: &CatalogueKey,
    naming: &Naming,
    setting: &Setting,
) -> Option<(String, String)> {
    if naming.only.is_some_and(|only| knowledge.text(only) != setting.value) {
        return None;
    }
    let word = naming.words.iter().find(|(from, _)| knowledge.text(*from) == setting.value);
    if let Some((_, word)) = word {
        return Some((knowledge.text(*word).to_owned(), setting.shown.clone()));
    }
    let measure = key.measure();
    if measure == naming.measure || !naming.measure.is_amount() || !measure.is_amount() {
        return Some((setting.value.clone(), setting.shown.clone()));
    }
    let amount = setting.value.parse::<f64>().ok()? * measure.unit.measure().0;
    Some(written_as(naming.measure, amount))
}

/// The call with the value in it.
pub(super) fn code(knowledge: &KnowledgeBase<'_>, naming: &Naming, value: &str) -> Option<String> {
    naming.code.map(|code| fill(knowledge.text(code), value))
}

/// A text with the value in it.
pub(super) fn fill(text: &str, value: &str) -> String {
    text.replace(HOLE, value)
}
