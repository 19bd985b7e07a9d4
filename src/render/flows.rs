//! What JSON documents have in common that list flows and, after them, the sources that the flows cite.

use crate::render::packs;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Report, compare};

/// What stands before the flows: the contract, and on which knowledge the document rests.
///
/// # Errors
/// When a value cannot be written, which no knowledge should cause.
pub(super) fn begin(report: &Report<'_>, schema: &str) -> serde_json::Result<String> {
    let knowledge = report.knowledge;
    let head = json!({ "schema": schema, "knowledge": packs::document(knowledge) });
    // The object stays open for the flows.
    let mut text = serde_json::to_string(&head)?;
    text.pop();
    Ok(text + ",\"flows\":[")
}

/// One flow; all but the first begin with a comma.
///
/// # Errors
/// When a value cannot be written, which no flow should cause.
pub(super) fn flow(document: &Value, first: bool) -> serde_json::Result<String> {
    let comma = if first { "\n" } else { ",\n" };
    Ok(format!("{comma}{}", serde_json::to_string_pretty(document)?))
}

/// What stands after the flows: the sources that they cite.
///
/// # Errors
/// When a value cannot be written, which no source should cause.
pub(super) fn end(report: &Report<'_>, cited: &BTreeSet<String>) -> serde_json::Result<String> {
    let knowledge = report.knowledge;
    let cited = knowledge.sources.iter().filter(|source| cited.contains(knowledge.text(source.id)));
    let sources: Vec<Value> = cited.map(|source| compare::source(knowledge, source)).collect();
    Ok(format!("\n],\"sources\":{}}}\n", serde_json::to_string_pretty(&sources)?))
}
