//! What a knowledge base holds: an overview and lines for people, every entry for programs (`brokerfit.rules-list/1`).

use crate::render::packs;
use serde_json::{Map, Value, json};

use comfy_table::{ContentArrangement, Table, presets};

use super::super::paragraph::{wrap, wrap_hanging};
use crate::audit::{By, Entry, Filter, Kind, contents};
use crate::knowledge::KnowledgeBase;
use crate::lint::LINTS;

/// Kinds of which the overview counts the entries only, by group: there are hundreds of them.
const COUNTED: [Kind; 10] = [
    Kind::Answers,
    Kind::Facts,
    Kind::Settings,
    Kind::Limits,
    Kind::Alerts,
    Kind::Pitfalls,
    Kind::Observations,
    Kind::Checklist,
    Kind::Criteria,
    Kind::Sources,
];
/// Below this width a table would break its words.
const NARROW: usize = 72;

/// How many there are of each kind, and the names of those that are few.
pub fn overview(knowledge: &KnowledgeBase<'_>, width: usize) -> String {
    let mut lines = vec![format!("knowledge of {}", packs::phrase(knowledge))];
    for kind in Kind::ALL {
        let entries = contents(knowledge, kind);
        if entries.is_empty() {
            continue;
        }
        lines.push(String::new());
        lines.push(format!("{}: {}", kind.word(), entries.len()));
        for (group, of_group) in By::Own.grouped(knowledge, &entries) {
            let shown = if COUNTED.contains(&kind) {
                of_group.len().to_string()
            } else {
                of_group.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>().join(", ")
            };
            lines.extend(wrap_hanging(&format!("  {group}: "), 4, &shown, width));
        }
    }
    lines.push(String::new());
    lines.extend(wrap("", &format!("lints: {}", LINTS.len()), width));
    lines.extend(wrap("", "`--kind KIND` lists every entry of a kind; `--dimension`, `--broker`, `--source` and `--older-than` those that are meant; `--format json` everything", width));
    finish(&lines)
}

/// What is to be listed.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// Which of their entries.
    pub filter: Filter,
    /// By what they are grouped.
    pub by: By,
}

/// The entries that are asked for: a table for each kind and group, or a line for each entry on a narrow screen.
pub fn entries(knowledge: &KnowledgeBase<'_>, listing: &Listing, width: usize) -> String {
    let mut lines = Vec::new();
    for kind in &listing.kinds {
        let entries = listing.filter.of(knowledge, *kind);
        if entries.is_empty() && listing.kinds.len() > 1 {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{}: {}", kind.word(), entries.len()));
        for (group, of_group) in listing.by.grouped(knowledge, &entries) {
            lines.push(String::new());
            lines.push(format!("{group} ({})", of_group.len()));
            if width < NARROW {
                let line = |entry: &&Entry| wrap_hanging(&format!("  {}: ", entry.id), 4, &described(entry), width);
                lines.extend(of_group.iter().flat_map(line));
            } else {
                lines.extend(table(&of_group, width));
            }
        }
    }
    if lines.is_empty() {
        lines.push("nothing of that is there".to_owned());
    }
    finish(&lines)
}

/// A row for each entry; columns that nobody has are left out.
fn table(entries: &[&Entry], width: usize) -> Vec<String> {
    let has_version = entries.iter().any(|entry| entry.version.is_some());
    let has_day = entries.iter().any(|entry| entry.checked_on.is_some());
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width.saturating_sub(1)).unwrap_or(80));
    for entry in entries {
        let mut cells = vec![entry.id.clone(), entry.title.clone()];
        cells.extend(has_version.then(|| entry.version.clone().unwrap_or_default()));
        cells.extend(has_day.then(|| entry.checked_on.map_or_else(String::new, |day| day.to_string())));
        table.add_row(cells);
    }
    table.to_string().lines().map(|line| format!(" {}", line.trim_end())).collect()
}

/// What an entry is, and when that was checked.
fn described(entry: &Entry) -> String {
    let mut text = entry.title.clone();
    let checked = [
        entry.version.as_ref().map(|version| format!("of {version}")),
        entry.checked_on.map(|day| format!("read on {day}")),
    ];
    let checked: Vec<String> = checked.into_iter().flatten().collect();
    if !checked.is_empty() {
        text.push_str(" [");
        text.push_str(&checked.join(", "));
        text.push(']');
    }
    text
}

/// What `rules lint` looks at.
pub fn lints(width: usize) -> String {
    let mut lines = vec![format!("lints: {}", LINTS.len())];
    for lint in LINTS {
        lines.extend(wrap_hanging(&format!("  {} ({}): ", lint.id, lint.level.word()), 4, lint.about, width));
    }
    finish(&lines)
}

fn finish(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// For programs: every entry of some kinds, and the lints.
///
/// # Errors
/// When a value cannot be written, which no entry should cause.
pub fn json(knowledge: &KnowledgeBase<'_>, listing: &Listing, with_lints: bool) -> serde_json::Result<String> {
    let mut document = Map::new();
    document.insert("schema".to_owned(), "brokerfit.rules-list/1".into());
    document.insert("knowledge".to_owned(), packs::document(knowledge));
    for kind in &listing.kinds {
        let found = listing.filter.of(knowledge, *kind);
        let mut in_order: Vec<&Entry> = Vec::new();
        for (_, of_group) in listing.by.grouped(knowledge, &found) {
            // An entry of several groups stands where it comes first.
            let new = of_group.into_iter().filter(|entry| !in_order.iter().any(|known| std::ptr::eq(*known, *entry)));
            in_order.extend(new.collect::<Vec<_>>());
        }
        let entries: Vec<Value> = in_order.into_iter().map(|found| entry(knowledge, found)).collect();
        document.insert(kind.word().to_owned(), entries.into());
    }
    if with_lints {
        let lints = LINTS.map(|lint| json!({ "id": lint.id, "level": lint.level.word(), "about": lint.about }));
        document.insert("lints".to_owned(), json!(lints));
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn entry(knowledge: &KnowledgeBase<'_>, entry: &Entry) -> Value {
    let options: Vec<&str> = entry.options.iter().map(|option| knowledge.option_name(*option)).collect();
    let dimensions: Vec<&str> = entry.dimensions.iter().map(|dimension| dimension.id()).collect();
    json!({
        "id": entry.id,
        "group": entry.group,
        "title": entry.title,
        "version": entry.version,
        "checked_on": entry.checked_on.map(|day| day.to_string()),
        "dimensions": dimensions,
        "broker": entry.broker.map(|broker| knowledge.broker_name(broker)),
        "options": options,
        "sources": knowledge.source_names(&entry.sources),
    })
}
