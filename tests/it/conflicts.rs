//! Contradictions with one option's own numbers: which options are looked at, in which version, and that no default of
//! one broker weighs in the verdict; and what the rules may not say of scope.

use std::path::Path;

use brokerfit::gate::judge;
use brokerfit::knowledge::load::load;
use brokerfit::profile::{Profile, read_profiles};
use brokerfit::source::{Format, Source};

use super::support::{KNOWLEDGE, advised, option, stating};

/// Work that any option's timeouts are too short for.
const SLOW: &str = "name: slow
workload:
  ordering: none
  retention: until-consumed
  delivery: at-least-once
  consumers: { processing_time: 20min, processing_time_p99: 2h }
  handling: { priority_levels: 3, retries: 3, dead_letter: true }
";

fn written(text: &str) -> Profile {
    let read = read_profiles(&KNOWLEDGE, &[Source::new("slow.yaml".to_owned(), text.to_owned(), Format::Yaml)]);
    assert_eq!(read.problems, []);
    read.profiles.into_iter().next().unwrap()
}

/// The options with which a profile contradicts itself.
fn with(profile: &Profile) -> Vec<&str> {
    let mut found: Vec<&str> =
        advised(profile).conflicts.iter().filter_map(|found| Some(KNOWLEDGE.option_name(found.option?))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The rules with some text replaced in one file.
pub(crate) fn changed(file: &str, from: &str, to: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut open = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            let mut text = std::fs::read_to_string(&path).unwrap();
            if name == file {
                assert!(text.contains(from), "{file} has no {from}");
                text = text.replacen(from, to, 1);
            }
            sources.push(Source::new(name, text, Format::Toml));
        }
    }
    load("changed", &sources).err().unwrap_or_default().into_iter().map(|problem| problem.code.into_owned()).collect()
}

#[test]
fn what_is_advised_and_what_is_decided_is_looked_at_and_nothing_else() {
    assert_eq!(with(&written(SLOW)), ["rabbitmq/quorum"]);
    let decided = format!("decision: {{ broker: kafka, option: log }}\n{SLOW}");
    assert_eq!(with(&written(&decided)), ["kafka/log", "rabbitmq/quorum"]);
    let elsewhere = format!("decision: {{ broker: other }}\n{SLOW}");
    assert_eq!(with(&written(&elsewhere)), ["rabbitmq/quorum"]);
}

#[test]
fn check_speaks_of_what_is_decided_alone() {
    let profile = written(&format!("decision: {{ broker: kafka, option: log }}\n{SLOW}"));
    let findings = judge(&KNOWLEDGE, &advised(&profile));
    let said: Vec<&str> = findings.iter().filter(|it| it.id == "conflict").map(|it| &*it.message).collect();
    assert!(said.iter().any(|message| message.starts_with("with `kafka/log`: ")), "{said:?}");
    assert!(!said.iter().any(|message| message.contains("rabbitmq")), "{said:?}");
}

#[test]
fn a_broker_that_is_decided_without_an_option_stands_for_its_best() {
    let profile = written(&format!("decision: {{ broker: rabbitmq }}\n{SLOW}"));
    let findings = judge(&KNOWLEDGE, &advised(&profile));
    assert!(findings.iter().any(|it| it.full_id() == "conflict/work-beyond-acknowledgement-timeout"));
}

#[test]
fn the_stated_version_selects_and_none_means_the_newest() {
    let classic = |version: &str| {
        let decision = "decision: { broker: rabbitmq, option: classic }\n";
        let environment = if version.is_empty() {
            String::new()
        } else {
            format!("environment: {{ versions: {{ rabbitmq: \"{version}\" }} }}\n")
        };
        with(&written(&format!("{decision}{SLOW}{environment}"))).contains(&"rabbitmq/classic")
    };
    assert!(classic("4.2") && classic("4.2.3"));
    assert!(!classic("4.3") && !classic(""));
}

#[test]
fn no_contradiction_with_an_option_is_an_error_or_weighs_in_the_verdict() {
    use brokerfit::knowledge::Level;
    let own: Vec<_> = KNOWLEDGE.conflicts.iter().filter(|conflict| conflict.option.is_some()).collect();
    assert!(own.iter().all(|conflict| conflict.level < Level::Error && !conflict.sources.is_empty()));
    let quick = written(&SLOW.replace("20min", "20s").replace("2h", "40s"));
    let slow = written(SLOW);
    let (quick, slow) = (advised(&quick), advised(&slow));
    assert!(slow.conflicts.iter().any(|found| found.option == Some(option("rabbitmq/quorum"))));
    assert_eq!(quick.judgement.verdict.held_back, slow.judgement.verdict.held_back);
}

/// With fifty keys the formula takes the busiest for a fifth of all traffic: a guess contradicts nobody.
#[test]
fn a_guess_by_formula_contradicts_nobody() {
    let ids = |settings: &[&str]| {
        let found = advised(&stating(settings)).conflicts;
        found.into_iter().map(|found| found.id).collect::<Vec<_>>()
    };
    let mut facts =
        vec!["throughput.average=200/s", "ordering=per-key", "ordering.keys=50", "consumers.processing_time=60ms"];
    assert_eq!(ids(&facts), Vec::<String>::new());
    facts.push("ordering.hottest_key=20%");
    assert_eq!(ids(&facts), ["busiest-key-at-a-rate"]);
}

#[test]
fn rules_that_would_let_a_default_weigh_do_not_build() {
    let kafka = "brokers/kafka/conflicts.toml";
    assert_eq!(changed(kafka, "level = \"warning\"", "level = \"error\""), ["conflict-weighs"]);
    assert_eq!(changed(kafka, "id = \"position-forgotten\"", "id = \"average-above-peak\""), ["conflict-twice"]);
    assert_eq!(changed("conflicts.toml", "one of the two is wrong", "ask Kafka"), ["names-broker"]);
    let by_pattern = "work-queue in pattern and retention.replay and";
    assert_eq!(changed("scope.toml", "retention.replay and retention.period >= 1d and", by_pattern), ["reads-pattern"]);
}
