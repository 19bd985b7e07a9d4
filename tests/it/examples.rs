//! The examples are what people copy from: each reads without a word of complaint, says its verdict in its first line,
//! and gets it.

#![expect(clippy::panic, reason = "an example that states nothing fails its test")]

use std::path::{Path, PathBuf};

use brokerfit::engine::{Judgement, Kind, Strength};
use brokerfit::knowledge::Level;
use brokerfit::profile::{Profile, read_profiles};
use brokerfit::source::{Format, Source};

use crate::support::{KNOWLEDGE, advised};

/// What a comment says before the verdict, in YAML and TOML.
const COMMENT: &str = "# verdict: ";
/// The key under which JSON says it.
const KEY: &str = "x-verdict";
/// Facts that make a verdict easy: what the team calls the flow, knows and runs.
const EASY: [&str; 3] = ["pattern", "environment.team", "environment.running"];

/// One example.
struct Example {
    file: String,
    expected: String,
    profile: Profile,
}

/// Every profile file of a folder of the project, in the order of their names.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let format = Format::from_extension(path.extension()?.to_str()?)?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some(Source::new(name, std::fs::read_to_string(path).unwrap(), format))
    };
    paths.iter().filter_map(read).collect()
}

/// A verdict as the examples state it: `rabbitmq/quorum clear`, `both`, `neither`.
pub(crate) fn verdict(judgement: &Judgement) -> String {
    let verdict = &judgement.verdict;
    match (verdict.kind, verdict.leader, verdict.strength) {
        (Kind::One, Some(leader), Some(strength)) => {
            format!("{} {}", KNOWLEDGE.option_name(leader.option), strength.word())
        }
        (kind, ..) => kind.word().to_owned(),
    }
}

fn examples() -> Vec<Example> {
    let sources = sources("examples");
    let read = read_profiles(&KNOWLEDGE, &sources);
    assert_eq!(read.problems, [], "every example reads without a diagnostic");
    let example = |profile: Profile| {
        let source = &sources[profile.source.unwrap()];
        let stated = if source.format == Format::Json {
            profile.kept.iter().find(|remark| remark.key == KEY).map(|remark| remark.text.clone())
        } else {
            source.line_text(1).strip_prefix(COMMENT).map(str::to_owned)
        };
        let expected = stated.unwrap_or_else(|| panic!("{} states no verdict", source.name));
        Example { file: source.name.clone(), expected, profile }
    };
    let all: Vec<Example> = read.profiles.into_iter().map(example).collect();
    assert_eq!(all.len(), sources.len(), "one flow in each example");
    all
}

/// The options that win an example, in canonical order.
fn winners(examples: &[Example], least: Strength) -> Vec<String> {
    let won = examples.iter().filter_map(|example| {
        let verdict = advised(&example.profile).judgement.verdict;
        let firm = verdict.kind == Kind::One && verdict.strength >= Some(least);
        firm.then_some(verdict.leader)?.map(|leader| leader.option)
    });
    let won: Vec<_> = won.collect();
    let named = KNOWLEDGE.option_ids().filter(|(id, _)| won.contains(id));
    named.map(|(id, _)| KNOWLEDGE.option_name(id).to_owned()).collect()
}

#[test]
fn every_example_gets_the_verdict_that_it_states() {
    let examples = examples();
    let stated: Vec<String> = examples.iter().map(|it| format!("{}: {}", it.file, it.expected)).collect();
    let said: Vec<String> =
        examples.iter().map(|it| format!("{}: {}", it.file, verdict(&advised(&it.profile).judgement))).collect();
    assert_eq!(said, stated);
}

#[test]
fn examples_are_many_and_in_every_format() {
    let sources = sources("examples");
    assert!(sources.len() >= 12, "{} examples", sources.len());
    for format in [Format::Yaml, Format::Json, Format::Toml] {
        assert!(sources.iter().any(|source| source.format == format), "an example in {format:?}");
    }
}

#[test]
fn every_option_wins_somewhere() {
    assert_eq!(winners(&examples(), Strength::TossUp), option_names());
}

#[test]
fn every_option_wins_somewhere_on_the_workload_alone() {
    let mut examples = examples();
    for Example { profile, .. } in &mut examples {
        profile.decision = None;
        profile.statements.retain(|statement| {
            let name = KNOWLEDGE.fact_name(statement.fact);
            !EASY.iter().any(|easy| name == *easy || name.strip_prefix(easy).is_some_and(|rest| rest.starts_with('.')))
        });
    }
    assert_eq!(winners(&examples, Strength::Leaning), option_names());
}

#[test]
fn no_example_contradicts_itself() {
    for example in examples() {
        let conflicts = advised(&example.profile).conflicts;
        let errors: Vec<_> = conflicts.iter().filter(|found| found.level == Level::Error).map(|it| &it.id).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", example.file);
    }
}

fn option_names() -> Vec<String> {
    KNOWLEDGE.option_ids().map(|(id, _)| KNOWLEDGE.option_name(id).to_owned()).collect()
}
