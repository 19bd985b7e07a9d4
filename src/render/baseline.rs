//! A baseline as its file: what counted in a run, in an order of its own, so that it changes only where findings do.

use serde_json::{Map, Value, json};

use crate::gate::{Baseline, Owner};

/// The contract of the file.
pub const SCHEMA: &str = "brokerfit.baseline/1";

/// The text of the file.
///
/// # Errors
/// When a value cannot be written, which no finding should cause.
pub fn baseline(baseline: &Baseline) -> serde_json::Result<String> {
    let mut findings = Vec::with_capacity(baseline.len());
    for (identity, levels) in &baseline.known {
        for level in levels {
            let mut entry = Map::new();
            let (kind, name) = match &identity.owner {
                Owner::Flow(name) => ("flow", name),
                Owner::File(path) => ("file", path),
            };
            entry.insert(kind.to_owned(), name.as_str().into());
            entry.insert("id".to_owned(), identity.id.as_str().into());
            if !identity.about.is_empty() {
                entry.insert("about".to_owned(), identity.about.as_str().into());
            }
            entry.insert("level".to_owned(), level.word().into());
            findings.push(Value::Object(entry));
        }
    }
    Ok(serde_json::to_string_pretty(&json!({ "schema": SCHEMA, "findings": findings }))? + "\n")
}
