//! The tree is the architecture: layers, file sizes, purity, and knowledge that is data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every source file by its path below `src/`, with its text.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert!(found.len() > 50, "the sources are there");
    found
}

/// The lines of code with their numbers: no comments, and no tests that stand in the same file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let product = text.find("#[cfg(test)]\nmod tests {").map_or(text, |end| &text[..end]);
    (1..).zip(product.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

/// The stage or file of `src/` to which a path belongs.
fn stage(name: &str) -> &str {
    name.split_once('/').map_or(name.trim_end_matches(".rs"), |(folder, _)| folder)
}

/// From the lowest to the highest; those of one row do not know each other.
const LAYERS: [&[&str]; 17] = [
    &["source"],
    &["diagnostic", "suggestion", "pattern", "quantity", "random"],
    &["expr", "artifact", "table"],
    &["knowledge"],
    &["rules"],
    &["profile"],
    &["facts", "configuration", "effective"],
    &["engine"],
    &["sensitivity"],
    &["advice"],
    &["alerts", "sizing", "clients", "review", "import"],
    &["gate", "export", "audit", "scenario", "comparison", "portfolio", "mapping", "outline"],
    &["lint", "mutation", "reference", "transition"],
    &["diagnosis", "schema"],
    &["render"],
    &["context"],
    &["commands"],
];
/// Stages that judge: they reach nothing outside, and name no broker.
const PURE: [&str; 25] = [
    "source",
    "quantity",
    "random",
    "expr",
    "knowledge",
    "profile",
    "configuration",
    "effective",
    "facts",
    "engine",
    "sensitivity",
    "advice",
    "alerts",
    "sizing",
    "clients",
    "gate",
    "comparison",
    "diagnosis",
    "portfolio",
    "mapping",
    "outline",
    "reference",
    "review",
    "schema",
    "transition",
];
/// What reads broker files has to name brokers, and reaches nothing outside either.
const READS_BROKER_FILES: &str = "artifact";
/// Above all layers.
const TOP: [&str; 4] = ["cli", "lib", "library", "main"];

fn layer(stage: &str) -> Option<usize> {
    let found = LAYERS.iter().position(|row| row.contains(&stage));
    found.or_else(|| TOP.contains(&stage).then_some(LAYERS.len()))
}

/// The stages that a line of code names after `crate::`.
fn named(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (place, _) in line.match_indices("crate::") {
        let rest = &line[place + "crate::".len()..];
        // `use crate::{a::B, c}` names several.
        let list = rest.strip_prefix('{').map(|rest| rest.split('}').next().unwrap_or(rest));
        for part in list.map_or(vec![rest], |list| list.split(',').collect()) {
            let name: String = part.trim().chars().take_while(|it| it.is_ascii_lowercase() || *it == '_').collect();
            all.push(name);
        }
    }
    all
}

#[test]
fn every_stage_uses_only_lower_layers() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, text) in &sources() {
        let own = stage(name);
        let level = layer(own).unwrap_or_else(|| panic!("src/{name} belongs to no layer"));
        for (number, line) in code(text) {
            for used in named(line) {
                seen += 1;
                let lower = layer(&used).is_some_and(|used| used < level);
                if used != own && !lower {
                    wrong.push(format!("src/{name}:{number} uses {used}"));
                }
            }
        }
    }
    assert!(seen > 100, "uses are found");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_pure_stages_reach_nothing_outside() {
    const OUTSIDE: [&str; 8] =
        ["std::fs", "std::env", "std::time", "std::thread", "std::net", "std::process", "std::io", "SystemTime"];
    let is_pure = |name: &str| PURE.contains(&stage(name)) || stage(name) == READS_BROKER_FILES;
    let mut wrong = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| is_pure(name) && !is_test(name)) {
        for (number, line) in code(text) {
            wrong.extend(OUTSIDE.iter().filter(|it| line.contains(**it)).map(|it| format!("src/{name}:{number} {it}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn nothing_prints_past_the_context() {
    let mut wrong = Vec::new();
    for (name, text) in &sources() {
        for (number, line) in code(text) {
            let prints = ["println!", "eprintln!", "print!(", "eprint!("].iter().any(|it| line.contains(it));
            let streams = line.contains("io::stdout()") || line.contains("io::stderr()");
            if prints || (streams && name != "context.rs") {
                wrong.push(format!("src/{name}:{number}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_is_one_thing_that_says_what_it_is() {
    let mut wrong = Vec::new();
    for (name, text) in &sources() {
        let lines = text.lines().count();
        if lines > 800 {
            wrong.push(format!("src/{name} has {lines} lines"));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("src/{name} does not begin with `//!`"));
        }
        for word in ["TODO", "FIXME", "HACK", "placeholder"] {
            wrong.extend(text.contains(word).then(|| format!("src/{name} says {word}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_stage_is_a_module_of_the_library() {
    let library = sources().remove("lib.rs").unwrap();
    for name in sources().keys() {
        let stage = stage(name);
        let listed = library.contains(&format!("mod {stage};"));
        assert!(listed || ["lib", "main"].contains(&stage), "lib.rs does not list {stage}");
    }
}

#[test]
fn knowledge_about_brokers_is_data() {
    let brokers: Vec<&str> =
        super::support::KNOWLEDGE.brokers.iter().map(|broker| super::support::KNOWLEDGE.text(broker.id)).collect();
    assert!(brokers.len() >= 2);
    let mut wrong = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| PURE.contains(&stage(name)) && !is_test(name)) {
        for (number, line) in code(text) {
            let line = line.split(" // ").next().unwrap_or(line).to_lowercase();
            wrong.extend(brokers.iter().filter(|it| line.contains(**it)).map(|it| format!("src/{name}:{number} {it}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
