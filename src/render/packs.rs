//! Rules of one's own, as every output names them: which knowledge an answer rests on, and what packs made of it.

use serde_json::{Value, json};

use super::gate::plural;
use crate::knowledge::{KnowledgeBase, Pack, PackEntry};

/// How many entries are named before they are only counted.
const NAMED: usize = 6;

/// The knowledge on which something rests, in words: `2026-11-26 with the pack acme 1.2`.
pub(super) fn phrase(knowledge: &KnowledgeBase<'_>) -> String {
    let version = knowledge.text(knowledge.version);
    let packs: Vec<String> = knowledge.packs.iter().map(|pack| name(knowledge, pack)).collect();
    match packs.as_slice() {
        [] => version.to_owned(),
        [only] => format!("{version} with the pack {only}"),
        [most @ .., last] => format!("{version} with the packs {} and {last}", most.join(", ")),
    }
}

/// The same for JSON; `packs` stands there where there are any.
pub(super) fn document(knowledge: &KnowledgeBase<'_>) -> Value {
    let mut document = json!({ "version": knowledge.text(knowledge.version) });
    let entries = |entries: &[PackEntry]| -> Vec<Value> {
        let entry = |entry: &PackEntry| json!({ "kind": knowledge.text(entry.kind), "id": knowledge.text(entry.id) });
        entries.iter().map(entry).collect()
    };
    let packs: Vec<Value> = knowledge
        .packs
        .iter()
        .map(|pack| {
            json!({
                "name": knowledge.text(pack.name),
                "version": knowledge.text(pack.version),
                "authors": pack.authors.iter().map(|author| knowledge.text(*author)).collect::<Vec<_>>(),
                "knowledge": knowledge.text(pack.knowledge),
                "adds": entries(&pack.adds),
                "overrides": entries(&pack.overrides),
            })
        })
        .collect();
    if let Some(fields) = document.as_object_mut().filter(|_| !packs.is_empty()) {
        fields.insert("packs".to_owned(), Value::Array(packs));
    }
    document
}

/// What packs change, a line for each, and of which options little is known; empty without packs.
pub fn notice(knowledge: &KnowledgeBase<'_>) -> String {
    let mut lines = Vec::new();
    for pack in &knowledge.packs {
        let authors: Vec<&str> = pack.authors.iter().map(|author| knowledge.text(*author)).collect();
        let mut parts = vec![added(knowledge, pack), overridden(knowledge, pack)];
        parts.retain(|part| !part.is_empty());
        let does = if parts.is_empty() { "changes nothing".to_owned() } else { parts.join("; ") };
        lines.push(format!("note: rules of {} ({}): {does}\n", name(knowledge, pack), authors.join(", ")));
    }
    lines.extend(open(knowledge));
    lines.concat()
}

/// Which options leave how many needs unanswered; those that leave as many stand together.
fn open(knowledge: &KnowledgeBase<'_>) -> Vec<String> {
    let mut counts: Vec<(usize, Vec<&str>)> = Vec::new();
    for (id, option) in knowledge.option_ids() {
        let open = knowledge.open_answers(id);
        match counts.iter_mut().find(|(count, _)| *count == open) {
            Some((_, options)) => options.push(knowledge.text(option.id)),
            None => counts.push((open, vec![knowledge.text(option.id)])),
        }
    }
    let told = counts.into_iter().filter(|(open, _)| *open > 0);
    told.map(|(open, options)| {
        format!(
            "note: {open} of {} needs are not answered for {}: there it counts as workable, and may be anything from \
             native to poor\n",
            knowledge.needs.len(),
            options.join(", ")
        )
    })
    .collect()
}

fn name(knowledge: &KnowledgeBase<'_>, pack: &Pack) -> String {
    format!("{} {}", knowledge.text(pack.name), knowledge.text(pack.version))
}

/// `adds 3 needs, 2 house rules`.
fn added(knowledge: &KnowledgeBase<'_>, pack: &Pack) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for entry in &pack.adds {
        let kind = word(knowledge.text(entry.kind));
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    let counted: Vec<String> = kinds.into_iter().map(|(kind, count)| plural(count, kind)).collect();
    if counted.is_empty() { String::new() } else { format!("adds {}", counted.join(", ")) }
}

/// `overrides need replay`.
fn overridden(knowledge: &KnowledgeBase<'_>, pack: &Pack) -> String {
    if pack.overrides.is_empty() {
        return String::new();
    }
    let named = pack.overrides.iter().take(NAMED);
    let mut named: Vec<String> =
        named.map(|entry| format!("{} `{}`", word(knowledge.text(entry.kind)), knowledge.text(entry.id))).collect();
    let rest = pack.overrides.len().saturating_sub(NAMED);
    if rest > 0 {
        named.push(format!("{rest} more"));
    }
    format!("overrides {}", named.join(", "))
}

/// What people call a block of rules.
fn word(kind: &str) -> &str {
    match kind {
        "rule" => "house rule",
        "capability" => "answer",
        "item" => "checklist item",
        "scope" => "scope rule",
        "quantity" => "named amount",
        other => other,
    }
}
