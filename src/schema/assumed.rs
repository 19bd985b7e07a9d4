//! What a decision assumes: facts by their dotted names, or in their groups, each with the values within which the decision
//! was taken.

use serde_json::{Value, json};

use super::facts::Facts;
use super::pattern::{one_of, whole};
use super::value::{VERSION, Words, amount};
use super::{Keywords, keywords};
use crate::expr::FactId;
use crate::knowledge::{Fact, FactKind, KnowledgeBase};

impl Facts<'_, '_> {
    /// Everything below a path: whole names, groups, and at the top the key under which profiles have them.
    pub(super) fn assumed(&self, path: &str) -> Keywords {
        let mut properties = Keywords::new();
        for (id, fact) in self.knowledge.fact_ids().filter(|(_, fact)| !fact.derived) {
            let name = self.knowledge.fact_name(id);
            let key = if path.is_empty() { Some(name) } else { below(name, path) };
            if let Some(key) = key {
                properties.insert(key.to_owned(), self.assumption(id, fact));
            }
        }
        let groups = self.fields.below_roots().map(|group| (group.path, group.main)).chain([("environment", None)]);
        for (group, main) in groups {
            let key = if path.is_empty() { Some(group) } else { below(group, path) };
            if let Some(key) = key {
                let alone = main.and_then(|id| Some(within(self.knowledge, self.knowledge.fact(id)?)));
                // A key with a dot names the group as well as its keys one in another do.
                let inner = if key.contains('.') { Keywords::new() } else { self.assumed(group) };
                properties.insert(key.to_owned(), Value::Object(in_group(inner, alone)));
            }
        }
        if path.is_empty() {
            properties.insert("workload".to_owned(), json!({ "$ref": "#/definitions/assumed" }));
        }
        let mut all = Keywords::new();
        all.insert("type".to_owned(), json!("object"));
        all.insert("properties".to_owned(), Value::Object(properties));
        all.insert("additionalProperties".to_owned(), Value::from(false));
        all
    }

    fn assumption(&self, id: FactId, fact: &Fact) -> Value {
        let meaning = self.knowledge.spoken(fact, fact.meaning);
        let text = format!("`{}`: {meaning}.", self.knowledge.fact_name(id));
        super::described(text, within(self.knowledge, fact))
    }
}

/// A group, or its main fact alone.
fn in_group(group: Keywords, alone: Option<Keywords>) -> Keywords {
    let group = if group.is_empty() { keywords(json!({ "type": "object" })) } else { group };
    match alone {
        None => group,
        Some(alone) => keywords(json!({ "anyOf": [group, alone] })),
    }
}

/// The rest of a name that begins with a path.
fn below<'n>(name: &'n str, path: &str) -> Option<&'n str> {
    name.strip_prefix(path)?.strip_prefix('.')
}

/// The values within which a fact may lie.
fn within(knowledge: &KnowledgeBase<'_>, fact: &Fact) -> Keywords {
    let words = Words::of(knowledge, fact);
    keywords(match fact.kind {
        FactKind::Bool => json!({ "enum": [true, false] }),
        FactKind::Number(_) | FactKind::Flow { .. } => return amount(knowledge, fact, false, true),
        FactKind::Word(_) => {
            let ranges = json!({ "type": "string", "pattern": whole(&words.ranges()) });
            let one = json!({ "anyOf": [{ "enum": words.known }, ranges] });
            let list = json!({ "type": "array", "items": one, "minItems": 1 });
            json!({ "anyOf": [{ "enum": words.known }, ranges, list] })
        }
        FactKind::Name(_) => {
            let list = json!({ "type": "array", "items": name(&words), "minItems": 1 });
            json!({ "anyOf": [name(&words), list] })
        }
        FactKind::Words(_) | FactKind::Names(_) => {
            let list = json!({ "type": "array", "items": words.item(), "uniqueItems": true });
            json!({ "anyOf": [words.item(), list] })
        }
        FactKind::Version => {
            let open = format!("\\s*(?:{VERSION})?\\s*\\.\\.\\s*{VERSION}\\s*|\\s*{VERSION}\\s*(?:\\.\\.\\s*)?");
            json!({ "type": ["string", "number"], "pattern": whole(&open), "minimum": 0, "exclusiveMaximum": 1000 })
        }
    })
}

/// One name that somebody gave.
fn name(words: &Words<'_>) -> Value {
    let other = json!({
        "type": ["string", "number", "boolean"],
        "not": { "type": "string", "pattern": format!("^(?:{})$", super::pattern::unknown()) },
    });
    let known = one_of(words.known.iter().copied());
    if known.is_empty() { other } else { json!({ "anyOf": [{ "enum": words.known }, other] }) }
}
