//! The schema of rule files: every block with its fields, as the loader asks for them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::written::Tables;
use super::{Keywords, PUBLISHED, Told, described, headed, keywords};
use crate::table::shapes::Shapes;

/// The schema of one kind of rule file, or of them all; none for a kind that is not known.
pub fn rules(shapes: &Shapes, told: &Told, kind: Option<&str>) -> Option<Value> {
    let tables = Tables::new(told);
    let chosen: Vec<_> = shapes.iter().filter(|(known, _)| kind.is_none_or(|kind| kind == known.as_str())).collect();
    if chosen.is_empty() {
        return None;
    }
    // Blocks of several kinds of files may have one name.
    let mut sections: BTreeMap<&str, Vec<(String, Value)>> = BTreeMap::new();
    for (kind, shape) in chosen {
        for (section, inner) in &shape.fields {
            let value = Value::Object(tables.value(inner, &format!("{kind}.{section}")));
            let about = told.of(kind, section).unwrap_or_default().to_owned();
            let known = sections.entry(section).or_default();
            match known.iter_mut().find(|(_, known)| *known == value) {
                Some((known, _)) if !known.contains(&about) => *known = format!("{known}\n\n{about}"),
                Some(_) => {}
                None => known.push((about, value)),
            }
        }
    }
    let mut properties = Keywords::new();
    for (section, mut all) in sections {
        let property = match (all.pop(), all.is_empty()) {
            (Some((about, value)), true) => described(about, keywords(value)),
            (last, _) => {
                all.extend(last);
                let (about, values): (Vec<String>, Vec<Value>) = all.into_iter().unzip();
                described(about.join("\n\n"), keywords(json!({ "anyOf": values })))
            }
        };
        properties.insert(section.to_owned(), property);
    }
    let rest = json!({ "type": "object", "properties": properties, "additionalProperties": false, "definitions": tables.definitions() });
    let title = kind.map_or_else(|| "brokerfit rules".to_owned(), |kind| format!("brokerfit rules: {kind}"));
    let id = match kind {
        None => format!("{PUBLISHED}rules.schema.json"),
        Some(kind) => format!("{PUBLISHED}rules.schema.json?kind={kind}"),
    };
    Some(headed(&id, &title, told.of("schema", "rules"), keywords(rest)))
}
