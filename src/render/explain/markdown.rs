//! For documents: a heading an entry, a bullet a field, and sources as links.

use std::fmt::Write as _;

use super::super::markdown::{escaped, table};
use super::{Book, CALLS, Page, label, speaks_for_itself};
use crate::reference::{Entry, Field, Name, Value};

/// A page of the book.
pub fn page(book: &Book<'_>) -> String {
    match &book.page {
        Page::Entries(entries, near) => {
            let mut text = entries.iter().map(|entry| self::entry(book, entry)).collect::<Vec<_>>().join("\n");
            if !near.is_empty() {
                let _ = write!(text, "\n## Or did you mean\n\n{}\n", names_table(near));
            }
            text
        }
        Page::Similar(names) => format!("# Did you mean\n\n{}\n", names_table(names)),
        Page::Kind(kind, names) => format!("# {}\n\n{}\n", kind.plural(), names_table(names)),
        Page::Index(kinds) => {
            let head = ["kind", "count", "what", "such as"].map(str::to_owned).to_vec();
            let rows = kinds.iter().map(|(kind, names)| {
                let first = names.first().map_or_else(String::new, |name| format!("`{}`", name.id));
                vec![kind.plural().to_owned(), names.len().to_string(), kind.about().to_owned(), first]
            });
            let kinds = table(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
            let calls: Vec<String> = CALLS.iter().map(|(call, what)| format!("- `{call}`: {what}")).collect();
            format!("# What can be explained\n\n{kinds}\n\n{}\n", calls.join("\n"))
        }
    }
}

fn names_table(names: &[Name]) -> String {
    let head = ["id", "kind", "what"].map(str::to_owned).to_vec();
    let rows = names.iter().map(|name| vec![format!("`{}`", name.id), name.kind.word().to_owned(), name.title.clone()]);
    table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

fn entry(book: &Book<'_>, entry: &Entry) -> String {
    let mut text = format!("# `{}` ({})\n\n{}\n", entry.id, entry.kind.word(), escaped(&entry.title));
    let versions = book.reference.versions();
    if !versions.is_empty() {
        let all: Vec<String> = versions.iter().map(|(broker, version)| format!("{broker} {version}")).collect();
        let _ = writeln!(text, "\nAt {}.", all.join(", "));
    }
    text.push('\n');
    fields(&entry.fields, 0, &mut text);
    if !entry.sources.is_empty() {
        text.push_str("\n## Sources\n\n");
    }
    for cited in &entry.sources {
        let place = escaped(&cited.place);
        let place = if cited.url.is_empty() { place } else { format!("[{place}]({})", cited.url) };
        let _ = writeln!(
            text,
            "- `{}`: {place} ({}, read {}; {}, {}). {}",
            cited.id,
            escaped(&cited.version),
            cited.checked_on,
            cited.grade,
            cited.affiliation,
            escaped(&cited.says)
        );
        if !cited.conditions.is_empty() {
            let _ = writeln!(text, "  Conditions: {}.", escaped(&cited.conditions));
        }
    }
    text
}

fn fields(all: &[Field], depth: usize, text: &mut String) {
    let blanks = "  ".repeat(depth);
    for field in all {
        match &field.value {
            Value::Items(records) | Value::Rows(records) => {
                let _ = writeln!(text, "{blanks}- **{}**:", label(field.name));
                for record in records {
                    let Some((head, rest)) = record.split_first() else { continue };
                    let head = line(&head.value).unwrap_or_default();
                    if matches!(field.value, Value::Rows(_)) {
                        let _ = writeln!(text, "{blanks}  - {head}{}", row(rest));
                    } else {
                        let _ = writeln!(text, "{blanks}  - {head}");
                        fields(rest, depth + 2, text);
                    }
                }
            }
            other => {
                if let Some(said) = line(other) {
                    let _ = writeln!(text, "{blanks}- **{}**: {said}", label(field.name));
                }
            }
        }
    }
}

/// The rest of a short record, behind its head.
fn row(fields: &[Field]) -> String {
    let mut text = String::new();
    for field in fields {
        let Some(said) = line(&field.value) else { continue };
        let name = if speaks_for_itself(field.name) { String::new() } else { format!("{} ", label(field.name)) };
        let _ = write!(text, ", {name}{said}");
    }
    text
}

fn line(value: &Value) -> Option<String> {
    let code = |id: &String| format!("`{id}`");
    match value {
        Value::Text(text) => Some(escaped(text)),
        Value::Code(text) | Value::Link(text) => Some(code(text)),
        Value::Fit(fit) => Some(format!("*{}*", fit.spoken())),
        Value::List(all) => Some(all.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("; ")),
        Value::Links(all) | Value::Sources(all) => Some(all.iter().map(code).collect::<Vec<_>>().join(", ")),
        Value::Rows(records) | Value::Items(records) => {
            let rows = records
                .iter()
                .filter_map(|record| record.split_first())
                .map(|(head, rest)| format!("{}{}", line(&head.value).unwrap_or_default(), row(rest)));
            Some(rows.collect::<Vec<_>>().join("; "))
        }
        Value::Data(_) => None,
    }
}
