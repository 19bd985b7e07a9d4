//! The shapes of tables, as they are asked for while they are read, as schemas.

use std::cell::RefCell;

use serde_json::{Value, json};

use super::{Keywords, Told, described, keywords};
use crate::table::shapes::{Form, Shape};

/// How a text is written: what looks like a number or a flag is one, too.
pub(super) const TEXT: [&str; 3] = ["string", "number", "boolean"];
/// A text with something in it.
pub(super) const FILLED: &str = "\\S";

/// Blocks to which packs add field by field.
const GROWING: [&str; 2] = ["brokers/broker.broker", "brokers/option.option"];

/// Shapes with what is told of their fields.
#[derive(Debug)]
pub(super) struct Tables<'t> {
    told: &'t Told,
    /// Tables of lists, by block: they are named once and referred to from the list and from one that stands alone.
    definitions: RefCell<Keywords>,
}

impl<'t> Tables<'t> {
    pub(super) fn new(told: &'t Told) -> Self {
        Self { told, definitions: RefCell::default() }
    }

    /// What was referred to.
    pub(super) fn definitions(self) -> Keywords {
        self.definitions.into_inner()
    }

    /// A list of tables, or one.
    fn tables(&self, shape: &Shape, block: &str) -> Value {
        let table = Value::Object(self.table(shape, block));
        self.definitions.borrow_mut().insert(block.to_owned(), table);
        let reference = json!({ "$ref": format!("#/definitions/{}", block.replace('/', "~1")) });
        json!({ "anyOf": [{ "type": "array", "items": reference }, reference] })
    }

    /// One table: its fields, and no others.
    pub(super) fn table(&self, shape: &Shape, block: &str) -> Keywords {
        let fields = shape.fields.iter();
        let properties: Keywords = fields.map(|(key, field)| (key.clone(), self.field(field, block, key))).collect();
        // A pack may add to what a broker or an option says of itself, and then says only that.
        let grows = GROWING.contains(&block);
        let required: Vec<&String> =
            shape.fields.iter().filter(|(_, field)| field.required && !grows).map(|(key, _)| key).collect();
        let mut all = keywords(json!({ "type": "object", "properties": properties, "additionalProperties": false }));
        if !required.is_empty() {
            all.insert("required".to_owned(), json!(required));
        }
        all
    }

    /// One field, with what is told of it.
    fn field(&self, shape: &Shape, block: &str, key: &str) -> Value {
        let inner = format!("{block}.{key}");
        described(self.told.of(block, key).unwrap_or_default(), self.value(shape, &inner))
    }

    /// What may stand in a field.
    pub(super) fn value(&self, shape: &Shape, block: &str) -> Keywords {
        let words = |shape: &Shape| {
            if shape.words.is_empty() { json!({ "type": TEXT }) } else { json!({ "enum": shape.words }) }
        };
        let table = || Value::Object(self.table(shape, block));
        keywords(match shape.form {
            Some(Form::Flag) => json!({ "type": "boolean" }),
            Some(Form::Number) => json!({ "type": ["number", "string"], "pattern": "^[-+0-9._eE]+$" }),
            Some(Form::Texts) => {
                let one = words(shape);
                json!({ "anyOf": [{ "type": "array", "items": one }, one] })
            }
            // No rule states one yet, so nobody saw what it is asked for.
            Some(Form::Tables) if shape.fields.is_empty() => json!({ "type": ["array", "object"] }),
            Some(Form::Tables) => self.tables(shape, block),
            Some(Form::Any) | None if shape.listed && !shape.fields.is_empty() => self.tables(shape, block),
            Some(Form::Any) | None if !shape.fields.is_empty() => table(),
            Some(Form::Any) => match &shape.each {
                Some(each) => {
                    let each = Value::Object(self.value(each, block));
                    json!({ "type": "object", "additionalProperties": each })
                }
                None => json!({}),
            },
            Some(Form::Text) | None => words(shape),
        })
    }
}
