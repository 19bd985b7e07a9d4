//! What the configuration of a topic says of a workload; the same wherever it is written.

use std::collections::BTreeMap;

use super::super::sheet::Sheet;
use super::super::words::{amount, short};
use crate::effective;
use crate::knowledge::{CatalogueKey, KnowledgeBase, Scope};
use crate::quantity::Kind;

/// What a topic is given, key by key, as written.
pub(in crate::import) type Config = BTreeMap<String, String>;

/// States what follows from what a topic is given. `place` says where: `of topic "orders"`.
///
/// - `cleanup.policy`: `compact` keeps the newest value of each key, which somebody must have wanted, as the default deletes.
/// - `retention.ms`: how long messages stay, where they are deleted; -1 is for ever. Compaction alone does not look at it.
/// - `retention.bytes`: a size is no time, so it is a question.
/// - `max.message.bytes`: what is raised or lowered is the largest message that is meant to pass.
pub(in crate::import) fn state(knowledge: &KnowledgeBase<'_>, sheet: &mut Sheet, config: &Config, place: &str) {
    let given = |key: &str| config.get(key).map(|text| text.trim()).filter(|text| !text.is_empty());
    let from = |key: &str| format!("\"{key}\" {place}");
    let policies: Vec<String> =
        given("cleanup.policy").unwrap_or_default().split(',').map(|it| it.trim().to_ascii_lowercase()).collect();
    let compacts = policies.iter().any(|it| it == "compact");
    let deletes = !compacts || policies.iter().any(|it| it == "delete");
    if compacts {
        sheet.find("retention.latest_per_key", "true", from("cleanup.policy"));
        sheet.ask("ordering.keys", "messages are kept by key: how many keys are there?");
    }
    let held = given("retention.bytes").and_then(|text| read(knowledge, "retention.bytes", text));
    if let Some(text) = given("retention.ms").filter(|_| deletes) {
        let time = read(knowledge, "retention.ms", text);
        // For ever, but only so much of it: how long that is nobody can read from it.
        let by_size = time.is_some_and(f64::is_infinite) && held.is_some_and(f64::is_finite);
        let value = time.map(|time| amount(time, Kind::Duration));
        if !by_size {
            sheet.find("retention.period", value.unwrap_or_else(|| text.to_owned()), from("retention.ms"));
        }
    }
    if let Some(bytes) = held.filter(|bytes| bytes.is_finite()) {
        let (size, from) = (amount(bytes, Kind::Bytes), from("retention.bytes"));
        sheet.ask(
            "retention.period",
            format!("messages go once a partition holds {size} ({from}): how long must they stay?"),
        );
    }
    if let Some(text) = given("max.message.bytes") {
        let value = read(knowledge, "max.message.bytes", text).filter(|size| size.is_finite());
        let value = value.map_or_else(|| text.to_owned(), |size| amount(size, Kind::Bytes));
        sheet.find("message.max_size", value, from("max.message.bytes"));
    }
    if let Some(text) = given("min.insync.replicas") {
        let copies = short(text, 10);
        sheet.ask(
            "availability.may_lose",
            format!(
                "{copies} copies must be written where a producer waits for all ({}): is no loss acceptable?",
                from("min.insync.replicas")
            ),
        );
    }
}

/// A value of a topic's key as an amount.
fn read(knowledge: &KnowledgeBase<'_>, id: &str, text: &str) -> Option<f64> {
    effective::amount(key(knowledge, id)?, text)
}

fn key<'k>(knowledge: &'k KnowledgeBase<'_>, id: &str) -> Option<&'k CatalogueKey> {
    knowledge.catalogue.iter().find(|key| key.scope == Scope::Topic && knowledge.text(key.id) == id)
}
