//! What a knowledge base holds: an overview and lines for people, every entry for programs (`brokerfit.rules-list/1`).

use crate::render::packs;
use serde_json::{Map, Value, json};

use super::super::paragraph::{wrap, wrap_hanging};
use crate::audit::{Entry, Kind, contents};
use crate::knowledge::KnowledgeBase;
use crate::lint::LINTS;

/// Kinds of which the overview counts the entries only, by group: there are hundreds of them.
const COUNTED: [Kind; 5] = [Kind::Answers, Kind::Facts, Kind::Settings, Kind::Criteria, Kind::Sources];

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
        for (group, of_group) in grouped(&entries) {
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
    lines.extend(wrap("", "`--kind KIND` lists every entry of a kind; `--format json` everything", width));
    finish(&lines)
}

/// Every entry of some kinds: its id, and what it is.
pub fn entries(knowledge: &KnowledgeBase<'_>, kinds: &[Kind], width: usize) -> String {
    let mut lines = Vec::new();
    for kind in kinds {
        let entries = contents(knowledge, *kind);
        lines.push(format!("{}: {}", kind.word(), entries.len()));
        for (group, of_group) in grouped(&entries) {
            lines.push(String::new());
            lines.push(format!("{group} ({})", of_group.len()));
            for entry in of_group {
                lines.extend(wrap_hanging(&format!("  {}: ", entry.id), 4, &described(entry), width));
            }
        }
    }
    finish(&lines)
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

/// Entries by group, groups in the order in which they first come.
fn grouped(entries: &[Entry]) -> Vec<(&str, Vec<&Entry>)> {
    let mut groups: Vec<(&str, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        match groups.iter_mut().find(|(group, _)| *group == entry.group) {
            Some((_, of_group)) => of_group.push(entry),
            None => groups.push((&entry.group, vec![entry])),
        }
    }
    groups
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
pub fn json(knowledge: &KnowledgeBase<'_>, kinds: &[Kind], with_lints: bool) -> serde_json::Result<String> {
    let mut document = Map::new();
    document.insert("schema".to_owned(), "brokerfit.rules-list/1".into());
    document.insert("knowledge".to_owned(), packs::document(knowledge));
    for kind in kinds {
        let entries: Vec<Value> = contents(knowledge, *kind).iter().map(entry).collect();
        document.insert(kind.word().to_owned(), entries.into());
    }
    if with_lints {
        let lints = LINTS.map(|lint| json!({ "id": lint.id, "level": lint.level.word(), "about": lint.about }));
        document.insert("lints".to_owned(), json!(lints));
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn entry(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "group": entry.group,
        "title": entry.title,
        "version": entry.version,
        "checked_on": entry.checked_on.map(|day| day.to_string()),
    })
}
