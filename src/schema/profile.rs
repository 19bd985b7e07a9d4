//! The schema of profiles: the keys of a document, groups of facts, and the forms in which several documents stand in a file.

use serde_json::{Value, json};

use super::decision::asked;
use super::facts::Facts;
use super::written::{FILLED, TEXT, Tables};
use super::{Keywords, Told, described, headed, keywords, own_keys};
use crate::knowledge::{Dimension, KnowledgeBase, Priority};
use crate::profile::{FORMAT, Fields, KEPT, PROFILE_SCHEMA, TOP, broker_file};

/// The schema of profiles.
pub fn profile(knowledge: &KnowledgeBase<'_>, told: &Told) -> Value {
    let facts = Facts::new(knowledge, told);
    let properties: Keywords = TOP
        .into_iter()
        .map(|key| {
            let about = told.of("profile", key).unwrap_or_default();
            (key.to_owned(), described(about, facts.top(key)))
        })
        .collect();
    let flows = json!({
        "type": "array",
        "minItems": 1,
        "items": { "allOf": [{ "$ref": "#" }, { "type": "object", "not": { "required": ["flow"] } }] },
    });
    let mut own = keywords(own_keys());
    // TOML has several flows under this key. It is no property, so that nobody is offered it elsewhere.
    own.insert("^flow$".to_owned(), flows.clone());
    let rest = json!({
        "type": ["object", "array"],
        "properties": properties,
        "patternProperties": own,
        "additionalProperties": false,
        "if": { "required": ["flow"] },
        "then": { "maxProperties": 1 },
        "else": { "required": ["name"] },
        "minItems": 1,
        "items": flows.get("items"),
        "definitions": { "assumed": facts.assumed("") },
    });
    headed(PROFILE_SCHEMA, "brokerfit profile", told.of("schema", "profile"), keywords(rest))
}

impl Facts<'_, '_> {
    /// What may stand under a key of the profile itself.
    fn top(&self, key: &str) -> Keywords {
        match key {
            "brokerfit" => keywords(json!({ "enum": [1, FORMAT] })),
            "name" => keywords(json!({
                "type": TEXT,
                "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*[^\\s\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]*$",
                "examples": ["order-dispatch"],
            })),
            "workload" => self.group(Fields::WORKLOAD),
            "environment" => self.group(Fields::ENVIRONMENT),
            "decision" => self.decision(),
            "priorities" => self.priorities(),
            "wants" => {
                let wish = json!({ "enum": self.wishes() });
                let list = json!({ "type": "array", "items": wish, "uniqueItems": true });
                keywords(json!({ "anyOf": [list, wish, { "type": "null" }] }))
            }
            "artifacts" => {
                let path = json!({ "type": TEXT, "pattern": FILLED });
                let map = Value::Object(self.broker_file());
                let list = json!({ "type": "array", "items": { "anyOf": [path, map] } });
                keywords(json!({ "anyOf": [list, path, map, { "type": "null" }] }))
            }
            _ => {
                debug_assert!(KEPT.contains(&key), "{key}");
                Keywords::new()
            }
        }
    }

    fn priorities(&self) -> Keywords {
        let words: Vec<&str> = Priority::ALL.into_iter().rev().map(Priority::word).collect();
        let each = Dimension::ALL.into_iter().map(|dimension| {
            let about = self.told.of("priorities", dimension.id()).unwrap_or_default();
            (dimension.id().to_owned(), described(about, keywords(json!({ "enum": words }))))
        });
        let properties: Keywords = each.collect();
        keywords(json!({
            "type": ["object", "null"],
            "properties": properties,
            "patternProperties": own_keys(),
            "additionalProperties": false,
        }))
    }

    /// Facts and needs, which may be wishes.
    fn wishes(&self) -> Vec<&str> {
        let knowledge = self.knowledge;
        let facts = knowledge.fact_ids().map(|(id, _)| knowledge.fact_name(id));
        let mut all: Vec<&str> = facts.chain(knowledge.needs.iter().map(|need| knowledge.text(need.id))).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn broker_file(&self) -> Keywords {
        let shape = asked(|node, problems| drop(broker_file(0, node, problems)));
        let mut all = Tables::new(self.told).table(&shape, "artifact");
        if let Some(Value::Object(path)) = all.get_mut("properties").and_then(|fields| fields.get_mut("file")) {
            path.insert("pattern".to_owned(), Value::from(FILLED));
        }
        all
    }
}
