//! What a team decided: a broker, and an option that is one of its own; and the findings that it waives.

use serde_json::{Value, json};

use super::facts::Facts;
use super::written::{FILLED, TEXT, Tables};
use super::{Keywords, described, keywords, own_keys};
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::profile::{DECISION, NEVER, OTHERS, Whose, waiver};
use crate::source::{Kind, Node, Span};
use crate::table::shapes::{Shape, recorded, register};

/// A day that the calendar has, but for leap days.
const DAY: &str = "[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))";

impl Facts<'_, '_> {
    /// The decision.
    pub(super) fn decision(&self) -> Keywords {
        let knowledge = self.knowledge;
        let told = |key: &str| self.told.of("decision", key).unwrap_or_default();
        let text = || keywords(json!({ "type": ["string", "number", "boolean", "null"] }));
        let properties: Keywords = DECISION
            .into_iter()
            .map(|key| {
                let value = match key {
                    "broker" => keywords(json!({ "enum": choices(knowledge) })),
                    "knowledge" => keywords(json!({
                        "type": ["string", "null"],
                        "pattern": "^[0-9]{1,4}\\.[0-9]{1,4}\\.[0-9]{1,4}$",
                        "examples": [knowledge.text(knowledge.version)],
                    })),
                    "assumes" => {
                        keywords(json!({ "anyOf": [{ "$ref": "#/definitions/assumed" }, { "type": "null" }] }))
                    }
                    "waiver" => {
                        let one = Value::Object(self.waiver(Whose::Profile));
                        let list = json!({ "type": "array", "items": one });
                        keywords(json!({ "anyOf": [one, list, { "type": "null" }] }))
                    }
                    _ => text(),
                };
                (key.to_owned(), described(told(key), value))
            })
            .collect();
        keywords(json!({
            "type": ["object", "null"],
            "properties": properties,
            "patternProperties": own_keys(),
            "additionalProperties": false,
            "required": ["broker"],
            "allOf": self.options(),
        }))
    }

    /// Which options each choice has.
    fn options(&self) -> Vec<Value> {
        let knowledge = self.knowledge;
        let when = |broker: &str, option: Value| {
            json!({
                "if": { "properties": { "broker": { "const": broker } }, "required": ["broker"] },
                "then": { "properties": { "option": option } },
            })
        };
        let brokers = knowledge.broker_ids().map(|(id, broker)| {
            let options = knowledge.option_ids().filter(|(_, option)| option.broker == id);
            let (short, full): (Vec<&str>, Vec<&str>) =
                options.map(|(_, option)| (knowledge.text(option.short), knowledge.text(option.id))).unzip();
            let all: Vec<Value> = short.into_iter().chain(full).map(Value::from).chain([Value::Null]).collect();
            when(knowledge.text(broker.id), json!({ "enum": all }))
        });
        let others = OTHERS.into_iter().filter(|other| *other != "other");
        brokers.chain(others.map(|other| when(other, json!({ "type": "null" })))).collect()
    }

    /// A finding that is waived.
    pub(super) fn waiver(&self, whose: Whose) -> Keywords {
        let shape = asked(|node, problems| drop(waiver(0, node, whose, problems)));
        let mut all = Tables::new(self.told).table(&shape, "waiver");
        let filled = json!({ "type": TEXT, "pattern": FILLED });
        let day = json!({ "type": "string", "pattern": format!("^\\s*(?:{NEVER}|{DAY})\\s*$") });
        if let Some(Value::Object(fields)) = all.get_mut("properties") {
            for (key, field) in fields {
                let value = if key == "expires" { &day } else { &filled };
                if let (Value::Object(field), Value::Object(value)) = (field, value) {
                    field.extend(value.clone());
                }
            }
        }
        all
    }
}

/// Everything that `broker:` may be.
pub(super) fn choices<'k>(knowledge: &'k KnowledgeBase<'_>) -> Vec<&'k str> {
    let brokers = knowledge.broker_ids().map(|(id, _)| knowledge.broker_name(id));
    brokers.chain(OTHERS).collect()
}

/// What a reader asks of a table: it is given an empty one.
pub(super) fn asked(read: impl FnOnce(&Node<'_>, &mut Vec<Diagnostic>)) -> Shape {
    let node = Node { span: Span::default(), kind: Kind::Map(Vec::new()) };
    let ((), mut shapes) = recorded(|| {
        register(String::new, &node);
        read(&node, &mut Vec::new());
    });
    shapes.remove("").unwrap_or_default()
}
