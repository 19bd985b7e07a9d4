//! For people: names beside what is known, records below each other, sources with their place and day at the end.

use super::super::human::Layout;
use super::super::paragraph::{wrap, wrap_hanging};
use super::{Book, CALLS, Page, label, speaks_for_itself};
use crate::reference::{Cited, Entry, Field, Kind, Name, Value};

/// The widest name that stands beside its text.
const NAMES: usize = 16;
/// Short records share a paragraph up to this length.
const SHORT: usize = 160;

/// A page of the book.
pub fn page(book: &Book<'_>, layout: Layout) -> String {
    let mut lines = Vec::new();
    match &book.page {
        Page::Entries(entries, near) => {
            for (place, entry) in entries.iter().enumerate() {
                if place > 0 {
                    lines.extend([String::new(), "═".repeat(layout.width.min(80)), String::new()]);
                }
                lines.extend(self::entry(book, entry, layout));
            }
            if !near.is_empty() {
                lines.extend([String::new(), layout.style().strong("Or did you mean")]);
                lines.extend(listed(near, layout, true));
            }
        }
        Page::Similar(names) => {
            lines.push(layout.style().strong("Did you mean"));
            lines.extend(listed(names, layout, true));
            lines.push(String::new());
            lines.push("`brokerfit explain` with an id shows everything that is known of it.".to_owned());
        }
        Page::Kind(kind, names) => {
            lines.push(format!("{}: {}", layout.style().strong(kind.plural()), kind.about()));
            lines.extend(listed(names, layout, false));
        }
        Page::Index(kinds) => lines.extend(index(book, kinds, layout)),
    }
    lines.push(String::new());
    lines.join("\n")
}

fn index(book: &Book<'_>, kinds: &[(Kind, Vec<Name>)], layout: Layout) -> Vec<String> {
    let mut lines = vec![layout.style().strong("What can be explained")];
    for (kind, names) in kinds {
        let head = format!("  {:>5} {:<15} ", names.len(), kind.plural());
        let first = names.first().map_or_else(String::new, |name| format!("; such as {}", name.id));
        lines.extend(wrap(&head, &format!("{}{first}", kind.about()), layout.width));
    }
    lines.extend([String::new(), layout.style().strong("How")]);
    for (call, what) in CALLS {
        lines.push(format!("  {call}"));
        lines.push(layout.style().faint(&format!("      {what}")));
    }
    lines.push(String::new());
    lines
        .push(layout.style().faint(&format!("Knowledge {}", crate::render::packs::phrase(book.reference.knowledge()))));
    lines
}

fn listed(names: &[Name], layout: Layout, kinds: bool) -> Vec<String> {
    let style = layout.style();
    let mut lines = Vec::new();
    for name in names {
        let kind = if kinds { format!("  {}", style.faint(name.kind.word())) } else { String::new() };
        lines.push(format!("  {}{kind}", style.strong(&name.id)));
        lines.extend(wrap("      ", &name.title, layout.width));
    }
    lines
}

fn entry(book: &Book<'_>, entry: &Entry, layout: Layout) -> Vec<String> {
    let style = layout.style();
    let mut lines = vec![format!("{}  {}", style.strong(&entry.id), style.faint(entry.kind.word()))];
    lines.extend(wrap("", &entry.title, layout.width));
    let versions = book.reference.versions();
    if !versions.is_empty() {
        let all: Vec<String> = versions.iter().map(|(broker, version)| format!("{broker} {version}")).collect();
        lines.push(style.faint(&format!("at {}", all.join(", "))));
    }
    let above = lines.len();
    let below = |field: &Field| match &field.value {
        Value::Items(_) | Value::Rows(_) => true,
        Value::List(all) => all.len() > 1 && all.iter().map(String::len).sum::<usize>() > SHORT,
        _ => false,
    };
    let beside = |field: &&Field| !below(field);
    let names = entry.fields.iter().filter(beside).map(|field| label(field.name).chars().count());
    let most = NAMES.min(layout.width / 4);
    let width = names.filter(|width| *width <= most).max().unwrap_or(0);
    for field in entry.fields.iter().filter(beside).filter(|field| !says_the_title(entry, field)) {
        let Some(text) = text(&field.value) else { continue };
        if lines.len() == above {
            lines.push(String::new());
        }
        let name = label(field.name);
        if name.chars().count() > width {
            lines.push(format!("  {name}"));
            lines.extend(wrap(&" ".repeat(width + 4), &text, layout.width));
        } else {
            lines.extend(wrap_hanging(&format!("  {name:<width$}  "), width + 4, &text, layout.width));
        }
    }
    for field in entry.fields.iter().filter(|field| below(field)) {
        lines.extend([String::new(), style.strong(&capital(&label(field.name)))]);
        match &field.value {
            Value::List(all) => lines.extend(all.iter().flat_map(|text| wrap("  - ", text, layout.width))),
            Value::Rows(rows) => lines.extend(rows.iter().flat_map(|it| wrap_hanging("  ", 6, &row(it), layout.width))),
            Value::Items(all) => lines.extend(all.iter().flat_map(|record| item(record, 2, layout))),
            _ => {}
        }
    }
    if !entry.sources.is_empty() {
        lines.extend([String::new(), style.strong("Sources")]);
        lines.extend(entry.sources.iter().flat_map(|cited| source(cited, layout)));
    }
    lines
}

/// A text that stands above already.
fn says_the_title(entry: &Entry, field: &Field) -> bool {
    matches!(&field.value, Value::Text(text) if entry.title.ends_with(text.as_str()))
}

/// A record: its head, and its fields below.
fn item(record: &[Field], indent: usize, layout: Layout) -> Vec<String> {
    let Some((head, fields)) = record.split_first() else { return Vec::new() };
    let style = layout.style();
    let blanks = " ".repeat(indent);
    let mut lines: Vec<String> =
        wrap_hanging(&blanks, indent + 4, &text(&head.value).unwrap_or_default(), layout.width)
            .into_iter()
            .map(|line| style.strong(&line))
            .collect();
    for field in fields {
        let head = format!("{blanks}  {}: ", label(field.name));
        match &field.value {
            Value::Items(records) => lines.extend(records.iter().flat_map(|record| item(record, indent + 2, layout))),
            Value::Rows(rows) => {
                let rows: Vec<String> = rows.iter().map(|record| row(record)).collect();
                if rows.iter().map(String::len).sum::<usize>() <= SHORT {
                    lines.extend(wrap_hanging(&head, indent + 4, &rows.join("; "), layout.width));
                } else {
                    lines.push(head.trim_end().to_owned());
                    let blanks = " ".repeat(indent + 4);
                    lines.extend(rows.iter().flat_map(|row| wrap_hanging(&blanks, indent + 8, row, layout.width)));
                }
            }
            Value::Fit(fit) => {
                let line = format!("{head}{}", style.fit(*fit, fit.spoken()));
                lines.push(line);
            }
            Value::Sources(ids) => {
                let ids = format!("[{}]", ids.join(", "));
                let wrapped = wrap_hanging(&format!("{blanks}  "), indent + 3, &ids, layout.width);
                lines.extend(wrapped.into_iter().map(|line| style.faint(&line)));
            }
            other => {
                if let Some(text) = text(other) {
                    lines.extend(wrap_hanging(&head, indent + 4, &text, layout.width));
                }
            }
        }
    }
    lines
}

/// A short record in one line.
fn row(record: &[Field]) -> String {
    let Some((head, fields)) = record.split_first() else { return String::new() };
    let mut line = text(&head.value).unwrap_or_default();
    for field in fields {
        let Some(text) = text(&field.value) else { continue };
        line.push_str(match field.name {
            "is" => " = ",
            "how" | "claim" | "about" | "fit" | "value" => ": ",
            "in" | "up_to" | "at_least" | "beyond" => " ",
            _ => ", ",
        });
        if !speaks_for_itself(field.name) && field.name != "is" {
            line.push_str(&label(field.name));
            line.push_str(if field.name == "compensate" { ": " } else { " " });
        }
        line.push_str(&text);
    }
    line
}

/// A value in a line; none for what people need not see.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Code(text) | Value::Link(text) => Some(text.clone()),
        Value::Fit(fit) => Some(fit.spoken().to_owned()),
        Value::List(all) => Some(all.join("; ")),
        Value::Links(all) | Value::Sources(all) => Some(all.join(", ")),
        Value::Rows(records) | Value::Items(records) => {
            Some(records.iter().map(|record| row(record)).collect::<Vec<_>>().join("; "))
        }
        Value::Data(_) => None,
    }
}

fn source(cited: &Cited, layout: Layout) -> Vec<String> {
    let Cited { id, url, place, version, checked_on, grade, affiliation, says, conditions } = cited;
    let style = layout.style();
    let about = format!("{place} ({version}, read {checked_on}; {grade}, {affiliation})");
    let mut lines = wrap_hanging(&format!("  {id}: "), 4, &about, layout.width);
    if !url.is_empty() {
        lines.push(style.faint(&format!("    {url}")));
    }
    lines.extend(wrap("    ", says, layout.width));
    if !conditions.is_empty() {
        lines.extend(wrap_hanging("    conditions: ", 6, conditions, layout.width));
    }
    lines
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
