//! What holds whatever a pack says.

use brokerfit::knowledge::KnowledgeBase;
use brokerfit::knowledge::load::declared::is_table;
use brokerfit::knowledge::load::{load, load_with_packs};
use brokerfit::rules;
use brokerfit::source::{Format, Source};

use super::HEAD;

/// The built-in rules, and a pack of texts behind them.
fn with_pack(files: &[(String, String)]) -> KnowledgeBase<'static> {
    let mut all: Vec<Source> = rules::texts().unwrap();
    all.retain(|source| !is_table(source));
    let begin = all.len();
    all.push(Source::new("pack.toml", HEAD, Format::Toml));
    all.extend(files.iter().map(|(path, text)| Source::new(path, text.clone(), Format::Toml)));
    load_with_packs("test", &all, &[begin]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The built-in rules by themselves.
fn built_in() -> Vec<Source> {
    let mut all = rules::texts().unwrap();
    all.retain(|source| !is_table(source));
    all
}

#[test]
fn the_texts_that_are_embedded_are_those_that_were_compiled() {
    let texts = load(rules::KNOWLEDGE_VERSION, &built_in()).unwrap();
    let compiled = rules::built_in().unwrap();
    let bytes = |knowledge| postcard::to_allocvec(&knowledge).unwrap();
    assert!(bytes(texts) == bytes(compiled));
}

#[test]
fn a_pack_that_says_nothing_changes_nothing_but_its_source() {
    let plain = rules::built_in().unwrap();
    let packed = with_pack(&[]);
    assert_eq!(packed.needs.len(), plain.needs.len());
    assert_eq!(packed.sources.len(), plain.sources.len() + 1);
    assert!(packed.packs[0].adds.is_empty() && packed.packs[0].overrides.is_empty());
}

/// Every block of every file in a pack of its own kind: all are known, and each takes the place of exactly itself.
#[test]
fn what_is_there_already_can_take_its_own_place() {
    let plain = rules::built_in().unwrap();
    let count = |knowledge: &KnowledgeBase<'_>| {
        [
            knowledge.facts.len(),
            knowledge.needs.len(),
            knowledge.conflicts.len(),
            knowledge.catalogue.len(),
            knowledge.tuning.len(),
            knowledge.limits.len(),
            knowledge.practices.len(),
            knowledge.alerts.len(),
            knowledge.misconceptions.len(),
            knowledge.pitfalls.len(),
            knowledge.checklist.len(),
            knowledge.sources.len(),
            knowledge.quantities.len(),
        ]
    };
    let mut expected = count(&plain);
    expected[11] += 1;
    // What has no id is added, and so is left out here.
    let alone = ["clients.toml", "files.toml", "sizing.toml", "reading.toml", "idle.toml", "portfolio.toml"];
    let copied = |source: &&Source| !alone.iter().any(|name| source.name.ends_with(name));
    let texts = built_in();
    let files: Vec<(String, String)> =
        texts.iter().filter(copied).map(|source| (source.name.clone(), source.text.clone())).collect();
    let packed = with_pack(&files);
    assert_eq!(count(&packed), expected);
    let pack = &packed.packs[0];
    let kinds = |entries: &[brokerfit::knowledge::PackEntry]| {
        entries.iter().map(|entry| format!("{} {}", packed.text(entry.kind), packed.text(entry.id))).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&pack.adds), Vec::<String>::new());
    assert!(pack.overrides.len() > 2000, "{}", pack.overrides.len());
}
