//! For programs: the contract `brokerfit.explain/1`, described by `docs/explain.schema.json`. A field that holds nothing
//! is left out.

use crate::render::packs;
use serde_json::{Map, Value as Json, json};

use super::{Book, Page};
use crate::reference::{Entry, Field, Kind, Name, Value};

/// A page of the book.
///
/// # Errors
/// When a value cannot be written, which no entry should cause.
pub fn page(book: &Book<'_>) -> serde_json::Result<String> {
    let versions: Map<String, Json> =
        book.reference.versions().into_iter().map(|(broker, version)| (broker, version.into())).collect();
    let mut document = json!({
        "schema": "brokerfit.explain/1",
        "knowledge": packs::document(book.reference.knowledge()),
        "at": versions,
        "entries": [],
        "similar": [],
        "kinds": [],
    });
    let mut put = |key: &str, all: Vec<Json>| {
        if let Some(place) = document.get_mut(key) {
            *place = Json::Array(all);
        }
    };
    match &book.page {
        Page::Entries(entries, near) => {
            put("entries", entries.iter().map(entry).collect());
            put("similar", near.iter().map(name).collect());
        }
        Page::Similar(names) | Page::Kind(_, names) => put("similar", names.iter().map(name).collect()),
        Page::Index(kinds) => put("kinds", kinds.iter().map(|(kind, names)| counted(*kind, names)).collect()),
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn counted(kind: Kind, names: &[Name]) -> Json {
    json!({ "kind": kind.word(), "plural": kind.plural(), "count": names.len(), "about": kind.about() })
}

fn name(name: &Name) -> Json {
    json!({ "kind": name.kind.word(), "id": name.id, "title": name.title })
}

fn entry(entry: &Entry) -> Json {
    let cited: Vec<Json> = entry
        .sources
        .iter()
        .map(|cited| {
            json!({
                "id": cited.id,
                "url": cited.url,
                "where": cited.place,
                "version": cited.version,
                "checked_on": cited.checked_on,
                "grade": cited.grade,
                "affiliation": cited.affiliation,
                "says": cited.says,
                "conditions": cited.conditions,
            })
        })
        .collect();
    json!({
        "kind": entry.kind.word(),
        "id": entry.id,
        "title": entry.title,
        "known": record(&entry.fields),
        "cited": cited,
    })
}

fn record(fields: &[Field]) -> Json {
    Json::Object(fields.iter().map(|field| (field.name.to_owned(), value(&field.value))).collect())
}

fn value(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Code(text) | Value::Link(text) => text.as_str().into(),
        Value::Fit(fit) => fit.word().into(),
        Value::List(all) | Value::Links(all) | Value::Sources(all) => json!(all),
        Value::Rows(records) | Value::Items(records) => records.iter().map(|fields| record(fields)).collect(),
        Value::Data(text) => json!(text),
    }
}
