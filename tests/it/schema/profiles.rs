//! Whole profiles: those that are there, those that are broken, and generated ones.

use std::path::Path;

use brokerfit::profile::written;
use brokerfit::source::Format;
use proptest::prelude::*;
use serde_json::Value;

use super::{errors, of_profiles, refused};
use crate::support::{KNOWLEDGE, law, profile};

/// Files under `tests/invalid` that the program refuses and a schema cannot, each with the reason.
const BEYOND: [(&str, &str); 2] = [
    ("duplicate_name.yaml", "a schema sees one document at a time"),
    ("not_a_map.yaml", "a list of flows is right in JSON, and a schema does not see in which format it stands"),
];

/// What the program says where a schema cannot know.
const UNTELLABLE: [&str; 6] = [
    "runs backwards",       // a range whose ends are in order only for who knows numbers and units
    "is too large",         // nor how large an amount is
    "is assumed twice",     // two keys with one meaning
    "two flows are named",  // other documents
    "is listed twice",      // names that are the same in other letters
    "more than 1000 notes", // all of a document together
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<(String, String, Format)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let format = path.extension().and_then(|it| Format::from_extension(it.to_str().unwrap()));
        if let Some(format) = format {
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            found.push((name, std::fs::read_to_string(&path).unwrap(), format));
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

/// Profiles between fences, in the pages for people.
fn in_pages() -> Vec<(String, String, Format)> {
    let mut found = Vec::new();
    let pages = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    for page in pages.chain([root().join("README.md")]).filter(|page| page.extension().is_some_and(|it| it == "md")) {
        let text = std::fs::read_to_string(&page).unwrap();
        for block in text.split("\n```yaml").skip(1) {
            let block = block.split_once('\n').map_or("", |(_, block)| block);
            let block = block.split("\n```").next().unwrap_or(block);
            if errors(block, Format::Yaml).is_empty() {
                found.push((page.display().to_string(), block.to_owned(), Format::Yaml));
            }
        }
    }
    found
}

#[test]
fn every_profile_that_is_there_is_valid() {
    let schema = of_profiles();
    let all = ["examples", "tests/decisions", "rules/scenarios"].into_iter().flat_map(files).chain(in_pages());
    let mut held = 0;
    let mut wrong = Vec::new();
    for (name, text, format) in all {
        assert!(errors(&text, format).is_empty(), "{name}");
        wrong.extend(refused(&schema, &text, format).map(|problem| format!("{name}: {problem}")));
        held += 1;
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(held > 40, "{held}");
}

#[test]
fn every_broken_profile_is_refused() {
    let schema = of_profiles();
    let mut differ = Vec::new();
    for (name, text, format) in files("tests/invalid") {
        let program = !errors(&text, format).is_empty();
        let schema = refused(&schema, &text, format);
        let beyond = BEYOND.iter().any(|(known, _)| name.rsplit('/').next() == Some(known));
        if program != schema.is_some() && !beyond {
            differ.push(format!("{name}: the program refuses: {program}; the schema says {schema:?}"));
        }
        assert!(!(beyond && schema.is_some()), "{name} is within reach of the schema");
    }
    assert_eq!(differ, Vec::<String>::new());
}

#[test]
fn every_profile_that_is_written_is_valid() {
    let schema = of_profiles();
    law(200, profile(), |profile| {
        let tree = written(&KNOWLEDGE, &profile);
        let text = tree.to_string();
        // What generated profiles may have and written ones not is no matter here.
        prop_assume!(errors(&text, Format::Json).is_empty());
        prop_assert_eq!(refused(&schema, &text, Format::Json), None);
        Ok(())
    });
}

/// What may take the place of anything.
const JUNK: [&str; 22] = [
    "\"\"",
    "\"unknown\"",
    "null",
    "true",
    "\"true\"",
    "0",
    "1",
    "-1",
    "1.5",
    "\"1..2\"",
    "[]",
    "{}",
    "[\"a\"]",
    "\"10ms\"",
    "\"2k/s\"",
    "\"9 MB/s\"",
    "\"80%\"",
    "\"4.1\"",
    "\"none\"",
    "\"high\"",
    "{\"x-own\":1}",
    "[[\"java\"], \"java\"]",
];

/// The paths to every value of a tree.
fn paths(tree: &Value, path: &str, all: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match tree {
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let path = format!("{path}/{key}");
        all.push(path.clone());
        paths(value, &path, all);
    }
}

#[test]
fn what_is_broken_is_refused_by_both_or_by_neither() {
    let schema = of_profiles();
    let place = any::<prop::sample::Index>;
    let mutation = (place(), place(), 0..4_u8);
    law(1500, (profile(), mutation), |(profile, (where_to, with, how))| {
        let mut tree = written(&KNOWLEDGE, &profile);
        tree["decision"] = serde_json::json!({
            "broker": "rabbitmq", "option": "quorum", "date": "2026-01-01", "knowledge": "2026.1.1",
            "assumes": { "throughput.peak": "0/s..9k/s", "latency": { "p99": "1s" }, "ordering.scope": ["none", "per-key"] },
            "waiver": [{ "finding": "mismatch", "reason": "because", "expires": "2027-01-31" }],
        });
        tree["artifacts"] = serde_json::json!(["a.conf", { "file": "b.conf", "only": ["q*"] }]);
        let mut all = Vec::new();
        paths(&tree, "", &mut all);
        let at = &all[where_to.index(all.len())];
        if how == 0 {
            // A key that nobody knows, in the place of one that is known.
            let (above, key) = at.rsplit_once('/').unwrap();
            let map = tree.pointer_mut(above).and_then(Value::as_object_mut);
            if let Some((map, value)) =
                map.and_then(|map| map.remove(&key.replace("~1", "/")).map(|value| (map, value)))
            {
                map.insert(format!("{key}-other"), value);
            }
        } else {
            *tree.pointer_mut(at).unwrap() = serde_json::from_str(JUNK[with.index(JUNK.len())]).unwrap();
        }
        let text = tree.to_string();
        let wrong = errors(&text, Format::Json);
        let untold = |message: &str| UNTELLABLE.iter().any(|it| message.contains(it));
        let refusal = refused(&schema, &text, Format::Json);
        if wrong.is_empty() {
            prop_assert!(refusal.is_none(), "{at}: {}\n{}", refusal.unwrap_or_default(), text);
        } else if !wrong.iter().all(|problem| untold(&problem.message)) {
            prop_assert!(refusal.is_some(), "{at}: {:?}\n{}", wrong, text);
        }
        Ok(())
    });
}
