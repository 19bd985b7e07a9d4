//! Criteria of published guides: each is decided or left with a reason, and who disagrees can be read.

use std::path::Path;

use brokerfit::knowledge::load::load;
use brokerfit::knowledge::{Citing, Criterion, Decider, Outcome};
use brokerfit::source::{Format, Source};

use super::support::{KNOWLEDGE, advised, stating};

fn criterion(id: &str) -> &'static Criterion {
    KNOWLEDGE.criteria.iter().find(|criterion| KNOWLEDGE.text(criterion.id) == id).unwrap_or_else(|| panic!("no {id}"))
}

fn need(id: &str) -> usize {
    KNOWLEDGE.needs.iter().position(|need| KNOWLEDGE.text(need.id) == id).unwrap()
}

#[test]
fn every_criterion_is_decided_or_left_with_a_reason() {
    assert!(KNOWLEDGE.criteria.len() >= 90, "{} criteria", KNOWLEDGE.criteria.len());
    for criterion in &KNOWLEDGE.criteria {
        let id = KNOWLEDGE.text(criterion.id);
        match &criterion.outcome {
            Outcome::Decided(deciders) => assert!(!deciders.is_empty(), "{id} is decided by nothing"),
            Outcome::Left(reason) => assert!(KNOWLEDGE.text(*reason).len() > 40, "{id} is left without a reason"),
        }
    }
    let left = KNOWLEDGE.criteria.iter().filter(|criterion| criterion.left().is_some()).count();
    assert!(left * 8 < KNOWLEDGE.criteria.len(), "{left} criteria are left");
}

#[test]
fn nearly_every_criterion_is_named_by_somebody() {
    let unnamed: Vec<&str> = KNOWLEDGE
        .criteria
        .iter()
        .filter(|criterion| criterion.guides.is_empty())
        .map(|criterion| KNOWLEDGE.text(criterion.id))
        .collect();
    assert_eq!(unnamed, ["delete-one-persons-data"]);
}

/// Where guides contradict one another: the subject, the criterion that tells it, and whose words it must give.
const DISPUTES: [(&str, &str, &[&str]); 13] = [
    ("latency", "lowest-latency", &["2017", "Confluent", "StackShare", "tech-watch", "RabbitMQ's makers"]),
    ("order", "order-by-key", &["Stiller", "AWS", "RabbitMQ's documentation"]),
    ("replay", "read-again", &["AWS", "Pivotal", "CloudAMQP", "RabbitMQ's makers"]),
    ("rates of RabbitMQ", "rate-of-one-replicated-queue", &["Pivotal", "Confluent", "RabbitMQ's makers"]),
    ("durability", "power-loss-everywhere", &["Kafka's documents", "Vanlightly", "RabbitMQ's makers"]),
    ("exactly once", "exactly-once-in-the-broker", &["Kafka's side", "RabbitMQ's makers", "articles"]),
    ("where to start", "where-to-start", &["RabbitMQ's makers", "Waehner", "Morling", "Particular"]),
    ("stream processing", "stream-processing", &["RabbitMQ's makers", "everybody else"]),
    ("memory", "backlog-of-millions", &["articles", "makers"]),
    ("jobs in Kafka", "one-handler-for-each-message", &["before 2026", "Kafka's documents", "RabbitMQ's makers"]),
    ("operations", "small-team", &["Pivotal", "alldata", "Stack Overflow", "Energinet"]),
    ("editions", "pure-open-source", &["RabbitMQ's makers", "Kafka's side"]),
    ("thresholds", "thousands-a-second", &["tech-watch", "RabbitMQ's post on sizing"]),
];

#[test]
fn each_dispute_among_guides_is_told_with_names_and_with_what_is_held_here() {
    for (subject, id, names) in DISPUTES {
        let told = criterion(id).disagreement.map(|text| KNOWLEDGE.text(text)).unwrap_or_default();
        for name in names {
            assert!(told.contains(name), "{subject}: {id} does not name {name}: {told}");
        }
    }
    for criterion in &KNOWLEDGE.criteria {
        let Some(told) = criterion.disagreement.map(|text| KNOWLEDGE.text(text)) else { continue };
        assert!(told.contains("Held here"), "{}: {told}", KNOWLEDGE.text(criterion.id));
    }
}

#[test]
fn nearly_every_need_answers_to_a_guide() {
    let unasked: Vec<&str> = (0..KNOWLEDGE.needs.len())
        .filter(|need| KNOWLEDGE.criteria_of_need(*need).next().is_none())
        .map(|need| KNOWLEDGE.text(KNOWLEDGE.needs[need].id))
        .collect();
    assert!(unasked.len() * 10 <= KNOWLEDGE.needs.len(), "needs that no guide names: {unasked:?}");
}

#[test]
fn a_need_gives_the_criteria_that_it_decides() {
    let ids: Vec<&str> = KNOWLEDGE.criteria_of_need(need("replay")).map(|found| KNOWLEDGE.text(found.id)).collect();
    assert_eq!(ids, ["read-again"]);
    let told: Vec<&str> = KNOWLEDGE.disagreements_of_need(need("replay")).collect();
    assert!(told.len() == 1 && told[0].contains("CloudAMQP"), "{told:?}");
    let pacing = KNOWLEDGE.criteria_of(Decider::Need(u16::try_from(need("latency-budget")).unwrap()));
    assert!(pacing.count() >= 3);
}

#[test]
fn what_several_needs_decide_is_told_at_the_first_of_them() {
    let profile = stating(&["retention=forever", "retention.replay=true", "throughput=20k/s", "message=2 KiB"]);
    let advice = advised(&profile);
    let assessment = &advice.judgement.assessment;
    let told: Vec<&str> = (0..assessment.needs.len())
        .flat_map(|place| brokerfit::advice::disagreements(&KNOWLEDGE, assessment, place))
        .collect();
    let once: std::collections::BTreeSet<&str> = told.iter().copied().collect();
    assert_eq!(told.len(), once.len(), "{told:#?}");
    let history = "for its tiered storage";
    assert!(told.iter().any(|text| text.contains(history)), "{told:#?}");
}

#[test]
fn who_disagrees_is_shown_on_request_alone() {
    let said = |arguments: &[&str]| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"));
        let output = command.args(arguments).current_dir(folder).env("COLUMNS", "80").output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let file = "examples/audit-log.yaml";
    for format in ["human", "markdown"] {
        assert!(!said(&["advise", file, "--format", format]).contains("guides disagree"), "{format}");
        let verbose = said(&["advise", file, "--format", format, "--verbose"]);
        assert!(verbose.contains("guides disagree: AWS's guide"), "{format}");
        let first = verbose.lines().position(|line| line.contains("guides disagree")).unwrap();
        assert!(first > 24, "{format}: the first screen is for what decides");
    }
}

#[test]
fn what_names_a_criterion_counts_as_relied_on() {
    let cited: Vec<_> = KNOWLEDGE.citations().filter(|(citing, _)| matches!(citing, Citing::Criterion(_))).collect();
    assert_eq!(cited.len(), KNOWLEDGE.criteria.len());
    let (first, sources) = cited[0];
    assert_eq!(KNOWLEDGE.citing_name(first), KNOWLEDGE.text(KNOWLEDGE.criteria[0].id));
    assert_eq!(sources, KNOWLEDGE.criteria[0].guides);
}

#[test]
fn a_criterion_is_explained_and_stands_under_what_decides_it() {
    let said = |id: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"));
        let output = command.args(["explain", id, "--format", "markdown"]).output().unwrap();
        assert!(output.status.success(), "{id}");
        String::from_utf8(output.stdout).unwrap()
    };
    for id in ["urgent-first", "priorities", "priority-against-order"] {
        let text = said(id);
        assert!(text.contains("urgent-first") && text.contains("Confluent calls topics"), "{id}: {text}");
    }
    let setting = said("linger.ms");
    assert!(setting.contains("time-to-batch"), "{setting}");
    assert!(said("way-out").contains("nobody has a measure"), "what is left says why");
    assert!(said("guide-tech-watch").contains("thousands-a-second"), "a guide says what it names");
}

/// The problems of the rules with another text for their criteria.
fn problems(criteria: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                let text = std::fs::read_to_string(&path).unwrap();
                let text = if name == "criteria.toml" { criteria.to_owned() } else { text };
                files.push(Source::new(name, text, Format::Toml));
            }
        }
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    let found = load("2026.01.01", &files).err().unwrap_or_default();
    found.into_iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}

#[test]
fn what_is_wrong_with_a_criterion_is_said() {
    let text = r#"
[[criterion]]
id = "one"
title = "One"
guides = ["guide-rabbitmq-compare"]
decided_by = ["replay", "rabbitmq:prefetch", "no-such-need", "kafka:no.such.key", "nobody:prefetch"]

[[criterion]]
id = "one"
title = "Another"
guides = ["no-such-guide"]
left = "nobody can tell"

[[criterion]]
id = "two"
title = "One"
guides = []
decided_by = ["replay"]
left = "decided and left"

[[criterion]]
id = "three"
title = "Three"
guides = []
"#;
    let found = problems(text);
    let wanted = [
        "criterion-decider: nothing that is called `no-such-need` decides anything",
        "criterion-decider: nothing that is called `kafka:no.such.key` decides anything",
        "criterion-decider: nothing that is called `nobody:prefetch` decides anything",
        "duplicate-id: criterion `one` has the id of another",
        "unknown-source: no source is called `no-such-guide`",
        "criterion-outcome: a criterion is either decided or left",
        "criterion-outcome: a criterion is either decided or left",
    ];
    assert_eq!(found, wanted);
}
