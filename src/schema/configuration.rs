//! The schema of `brokerfit.toml`: its keys as its reader asks for them, and beside them what the knowledge says of some.

use serde_json::{Value, json};

use super::facts::Facts;
use super::written::Tables;
use super::{Keywords, PUBLISHED, Told, headed, keywords};
use crate::configuration::{FailOn, OFF, parse, read};
use crate::knowledge::{KnowledgeBase, Level, Risk};
use crate::profile::{Fields, Whose};
use crate::source::{Format, Source};
use crate::table::shapes::{recorded, register};

/// Every table of a configuration, so that all of them are asked.
const TABLES: &str = "[review]\n[environment]\n[levels]\n";

/// The schema of `brokerfit.toml`.
pub fn configuration(knowledge: &KnowledgeBase<'_>, told: &Told) -> Value {
    let facts = Facts::new(knowledge, told);
    let source = Source::new("", TABLES, Format::Toml);
    let root = parse(&source).unwrap_or_else(|_| crate::source::Node {
        span: crate::source::Span::default(),
        kind: crate::source::Kind::Empty,
    });
    let ((), mut shapes) = recorded(|| {
        register(String::new, &root);
        drop(read(knowledge, 0, &source, &root, &mut Vec::new()));
    });
    let mut all = Tables::new(told).table(&shapes.remove("").unwrap_or_default(), "configuration");
    if let Some(Value::Object(fields)) = all.get_mut("properties") {
        for (key, field) in fields.iter_mut() {
            if let (Value::Object(field), Some(value)) = (field, facts.setting(key)) {
                let about = field.remove("description");
                field.clear();
                field.extend(about.map(|about| ("description".to_owned(), about)));
                field.extend(value.into_iter().filter(|(key, _)| key != "description"));
            }
        }
        let risk = fields.get_mut("review").and_then(|review| review.get_mut("properties")?.get_mut("require"));
        if let Some(Value::Object(risk)) = risk {
            risk.remove("type");
            risk.insert("enum".to_owned(), json!(Risk::ALL.map(Risk::word)));
        }
    }
    headed(&format!("{PUBLISHED}config.schema.json"), "brokerfit.toml", told.of("schema", "configuration"), all)
}

impl Facts<'_, '_> {
    /// What may stand under a key of which the knowledge or the gate says more than its reader asks.
    fn setting(&self, key: &str) -> Option<Keywords> {
        let knowledge = self.knowledge;
        Some(match key {
            "fail-on" => keywords(json!({ "enum": FailOn::ALL.map(FailOn::word) })),
            "require" => {
                let facts = knowledge.fact_ids().filter(|(_, fact)| !fact.derived);
                let fact = json!({ "enum": facts.map(|(id, _)| knowledge.fact_name(id)).collect::<Vec<_>>() });
                keywords(json!({ "anyOf": [{ "type": "array", "items": fact }, fact] }))
            }
            "environment" => self.group(Fields::ENVIRONMENT),
            "levels" => {
                let words: Vec<&str> = Level::ALL.into_iter().map(Level::word).chain([OFF]).collect();
                keywords(json!({ "type": "object", "additionalProperties": { "enum": words } }))
            }
            "waiver" => {
                let one = Value::Object(self.waiver(Whose::Configuration));
                keywords(json!({ "anyOf": [{ "type": "array", "items": one }, one] }))
            }
            _ => return None,
        })
    }
}
