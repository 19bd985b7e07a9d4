//! `brokerfit.toml` and rule files: what is there is valid, and what is renamed or left out is refused by both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use brokerfit::configuration::{parse, read};
use brokerfit::knowledge::load::load;
use brokerfit::rules::shapes;
use brokerfit::schema::{configuration, rules};
use brokerfit::source::{Format, Source};
use brokerfit::table::shapes::{Shape, recorded};

use super::{refused, told, validator};
use crate::support::KNOWLEDGE;

/// Every rule file, by its path below `rules/`.
fn rule_files() -> Vec<Source> {
    files_below("rules")
}

/// Every rule file of a folder, by its path below it; cases are read by those alone who test rules.
fn files_below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(open) = folders.pop() {
        for entry in std::fs::read_dir(open).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "toml") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source::new(name, std::fs::read_to_string(&path).unwrap(), Format::Toml));
            }
        }
    }
    found.retain(|source| !source.name.starts_with("cases/"));
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The kind of each file, found by reading it alone.
fn kinds(files: Vec<Source>) -> BTreeMap<String, Vec<Source>> {
    let mut all: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for source in files {
        let (_, shapes) = recorded(|| load("", std::slice::from_ref(&source)).is_ok());
        let kind = shapes.into_keys().next().unwrap();
        all.entry(kind).or_default().push(source);
    }
    all
}

#[test]
fn every_rule_file_is_valid_for_its_kind_and_among_all() {
    let shapes = shapes().unwrap();
    let any = validator(&rules(&shapes, &told(), None).unwrap());
    let mut wrong = Vec::new();
    let packs = ["house", "nats"].map(|pack| files_below(&format!("examples/packs/{pack}")));
    let kinds = kinds(packs.into_iter().chain([rule_files()]).flatten().collect());
    assert_eq!(kinds.keys().collect::<Vec<_>>(), shapes.keys().collect::<Vec<_>>());
    for (kind, files) in kinds {
        let own = validator(&rules(&shapes, &told(), Some(&kind)).unwrap());
        for file in files {
            for schema in [&own, &any] {
                wrong.extend(
                    refused(schema, &file.text, Format::Toml).map(|problem| format!("{}: {problem}", file.name)),
                );
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Fields of tables, wherever they stand.
fn fields(shape: &Shape, required: bool) -> Vec<String> {
    let own = shape.fields.iter().filter(|(_, field)| !required || field.required).map(|(key, _)| key.clone());
    let inner = shape.fields.values().chain(shape.each.as_deref()).flat_map(|inner| fields(inner, required));
    own.chain(inner).collect()
}

#[test]
fn a_field_that_is_renamed_is_refused_by_the_schema_and_by_the_loader() {
    let shapes = shapes().unwrap();
    for (kind, files) in kinds(rule_files()) {
        let schema = validator(&rules(&shapes, &told(), Some(&kind)).unwrap());
        let all: Vec<Source> = rule_files();
        // The last line of the first file of its kind that sets a field which must be there, or any.
        let file = &files[0];
        let shape = &shapes[&kind];
        let names = [fields(shape, true), fields(shape, false)].concat();
        let line = names.iter().find_map(|field| {
            let begins =
                |line: &&str| line.strip_prefix(field.as_str()).is_some_and(|rest| rest.trim_start().starts_with('='));
            file.text.lines().find(begins)
        });
        let Some(line) = line else { panic!("{kind}: no line sets a field") };
        let changed = file.text.replacen(&format!("\n{line}"), &format!("\nrenamed-{line}"), 1);
        let changed = if changed == file.text { format!("renamed-{}", file.text) } else { changed };
        assert!(refused(&schema, &changed, Format::Toml).is_some(), "{kind}: {line}");
        let all: Vec<Source> = all
            .into_iter()
            .map(|source| {
                if source.name == file.name {
                    Source::new(file.name.clone(), changed.clone(), Format::Toml)
                } else {
                    source
                }
            })
            .collect();
        let refused = load("", &all).err().unwrap_or_default();
        // What the brokers declare is loaded apart.
        let apart = matches!(kind.as_str(), "brokers/reading" | "brokers/idle");
        assert!(apart || refused.iter().any(|problem| problem.code.starts_with("rule-")), "{kind}: {line}");
    }
}

/// Every key of a configuration, with one that is right.
const WHOLE: &str = "\
paths = ['services']
exclude = ['**/old/**']
fail-on = 'warning'
rules = 'own'
baseline = 'known.json'
require = ['throughput.peak']
unlimited-waivers = true
[environment]
hosting = 'managed'
versions = { kafka = '4.1' }
[review]
answers = 'review.toml'
require = 'high'
[levels]
undecided = 'off'
[[waiver]]
flow = 'a*'
finding = 'mismatch'
reason = 'because'
owner = 'me'
expires = 2027-01-31
";

fn configuration_is_right(text: &str) -> bool {
    let source = Source::new("brokerfit.toml", text, Format::Toml);
    let mut problems = Vec::new();
    match parse(&source) {
        Ok(root) => drop(read(&KNOWLEDGE, 0, &source, &root, &mut problems)),
        Err(_) => return false,
    }
    problems.is_empty()
}

#[test]
fn a_configuration_is_right_for_the_schema_and_for_its_reader_alike() {
    let schema = validator(&configuration(&KNOWLEDGE, &told()));
    let agree = |text: &str| {
        let (own, other) = (configuration_is_right(text), refused(&schema, text, Format::Toml));
        assert_eq!(own, other.is_none(), "{text}\n{other:?}");
        own
    };
    assert!(agree(WHOLE) && agree(""));
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).unwrap();
    let mut held = 0;
    for block in page.split("```toml brokerfit.toml\n").skip(1) {
        assert!(agree(block.split("```").next().unwrap()));
        held += 1;
    }
    assert!(held > 0);
    let lines: Vec<&str> = WHOLE.lines().collect();
    for (place, line) in lines.iter().enumerate() {
        let with = |other: &str| {
            let mut lines = lines.clone();
            lines[place] = other;
            lines.join("\n")
        };
        let Some((key, _)) = line.split_once(" = ") else { continue };
        assert!(!agree(&with(&format!("other-{line}"))) || line.starts_with("undecided"), "{line}");
        for junk in [
            "'junk'",
            "''",
            "true",
            "'true'",
            "7",
            "['junk']",
            "[]",
            "{}",
            "{ junk = 1 }",
            "'2027-02-03'",
            "[7]",
            "[[7]]",
        ] {
            // Patterns are read by the program alone.
            let pattern = ["exclude", "flow"].contains(&key);
            if !pattern {
                agree(&with(&format!("{key} = {junk}")));
            }
        }
        agree(&with(""));
    }
}
