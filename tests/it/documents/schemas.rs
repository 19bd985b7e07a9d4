//! The JSON that programs get is what the published schemas say, for every example and for every kind of verdict.

use brokerfit::reference::{Kind, Reference};
use brokerfit::render::explain::{Book, Page, json};
use serde_json::Value;

use super::{examples, program, read, root, workshop};
use crate::support::KNOWLEDGE;

/// Flows beside the examples, so that every kind of verdict is there.
const MORE: &str = "\
name: a table will do
workload: { throughput: 5/s, latency: 2s, retention: until-consumed, consumers: { groups: 1 }, routing: { reply: false } }
environment: { footprint: small }
---
name: two flows
workload:
  retention: { period: 7d, replay: true }
  ordering: none
  handling: { priority_levels: 5, retries: 3 }
decision: { broker: both }
---
name: nothing may be used
environment: { allowed: [] }
decision: { broker: none }
---
name: kafka alone
x-team: logistics
owner: somebody
priorities: { latency: high, integration: ignore }
wants: [retention.replay, priorities]
workload: { throughput: 200 MB/s, message: unknown, retention: { period: 30d, replay: true }, latency: 20ms..80ms }
environment: { versions: { kafka: \"3.8\" }, allowed: [kafka], team: { kafka: expert } }
decision: { broker: other, option: a cloud queue }
---
name: contradicting itself
workload: { retention: { period: until-consumed, replay: true }, throughput: { average: 2k/s, peak: 1k/s } }
";

fn validator(name: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&read(name)).unwrap();
    jsonschema::meta::validate(&schema).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    jsonschema::validator_for(&schema).unwrap()
}

/// What a command says in JSON about every example, and about flows of every kind of verdict.
fn said(command: &str) -> Vec<Value> {
    let folder = workshop();
    std::fs::write(folder.join("more.yaml"), MORE).unwrap();
    let mut profiles = examples();
    profiles.push("more.yaml".to_owned());
    profiles
        .into_iter()
        .map(|profile| {
            let arguments = [command, "--format", "json", &profile].map(str::to_owned);
            let output = program(&folder, &arguments);
            serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|error| panic!("{profile}: {error}\n{}", String::from_utf8_lossy(&output.stderr)))
        })
        .collect()
}

#[track_caller]
fn hold_to(schema: &str, documents: &[Value]) {
    let validator = validator(schema);
    for document in documents {
        let problems: Vec<String> = validator
            .iter_errors(document)
            .map(|problem| format!("{} at {}", problem, problem.instance_path()))
            .take(5)
            .collect();
        assert!(problems.is_empty(), "{schema}: {}", problems.join("\n"));
    }
}

#[test]
fn advice_in_json_follows_its_schema() {
    let documents = said("advise");
    hold_to("docs/advice.schema.json", &documents);
    let kinds: Vec<&str> = documents
        .iter()
        .flat_map(|document| document["flows"].as_array().unwrap())
        .filter_map(|flow| flow["verdict"]["kind"].as_str())
        .collect();
    for kind in ["one", "both", "neither"] {
        assert!(kinds.contains(&kind), "no flow of kind `{kind}` was held against the schema");
    }
}

#[test]
fn findings_in_json_follow_their_schema() {
    hold_to("docs/check.schema.json", &said("check"));
}

#[test]
fn comparisons_in_json_follow_their_schema() {
    let calls: [&[&str]; 5] = [
        &[],
        &["kafka@3.8", "kafka/share-group@4.1", "rabbitmq"],
        &["kafka/share-group", "--at", "kafka=4.0,kafka=4.4", "--differences"],
        &["rabbitmq/stream", "rabbitmq/stream", "--differences"],
        &["--dimension", "integration", "--need", "replay", "--verbose"],
    ];
    let documents: Vec<Value> = calls
        .iter()
        .map(|call| {
            let arguments: Vec<String> =
                ["compare", "--format", "json"].iter().chain(*call).map(|it| (*it).to_owned()).collect();
            serde_json::from_slice(&program(root(), &arguments).stdout).unwrap()
        })
        .collect();
    hold_to("docs/compare.schema.json", &documents);
    let mut document = documents.into_iter().next().unwrap();
    document["needs"][0]["cells"][0]["score"] = Value::from(1);
    assert!(!validator("docs/compare.schema.json").is_valid(&document));
}

#[test]
fn maps_in_json_follow_their_schema() {
    let calls: [&[&str]; 6] = [
        &["examples/payment-orders.yaml", "--x", "throughput.peak=10/s..1M/s", "--y", "retention.period"],
        &["examples/clickstream.yaml", "--x", "pattern", "--y", "consumers.groups"],
        &["--x", "environment.versions.kafka", "--y", "handling.priority_levels"],
        &["more.yaml", "--flow", "nothing may be used", "--x", "latency"],
        &["more.yaml", "--flow", "two flows", "--x", "handling.retries", "--y", "routing.style"],
        &["more.yaml", "--flow", "contradicting itself", "--x", "throughput.average", "--y", "ordering.hottest_key"],
    ];
    let folder = workshop();
    std::fs::write(folder.join("more.yaml"), MORE).unwrap();
    let documents: Vec<Value> = calls
        .iter()
        .map(|call| {
            let arguments: Vec<String> =
                ["map", "--format", "json"].iter().chain(*call).map(|it| (*it).to_owned()).collect();
            let output = program(&folder, &arguments);
            serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|error| panic!("{call:?}: {error}\n{}", String::from_utf8_lossy(&output.stderr)))
        })
        .collect();
    hold_to("docs/map.schema.json", &documents);
    let seen = |kind: &str| documents.iter().any(|it| it["legend"].to_string().contains(kind));
    assert!(["one", "both", "neither", "contradiction"].into_iter().all(seen));
    let mut document = documents.into_iter().next().unwrap();
    document["cells"][0]["score"] = Value::from(1);
    assert!(!validator("docs/map.schema.json").is_valid(&document));
}

#[test]
fn moves_in_json_follow_their_schema() {
    let folder = workshop();
    std::fs::write(folder.join("more.yaml"), MORE).unwrap();
    let moves = [
        ("more.yaml", "rabbitmq", "kafka"),
        ("more.yaml", "kafka/share-group@3.8", "rabbitmq/classic@3.13"),
        ("examples/payment-orders.yaml", "rabbitmq/quorum", "kafka/log"),
        ("examples/clickstream.yaml", "kafka/log@3.9", "kafka/log"),
        ("examples/order-events.yaml", "kafka", "kafka"),
    ];
    let said = |(profile, from, to): (&str, &str, &str)| -> Value {
        let output = program(&folder, &["diff", profile, from, to, "--format", "json"].map(str::to_owned));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let documents: Vec<Value> = moves.into_iter().map(said).collect();
    hold_to("docs/diff.schema.json", &documents);
    let mut document = documents.into_iter().next().unwrap();
    document["flows"][0]["before"]["price"] = Value::from(1);
    assert!(!validator("docs/diff.schema.json").is_valid(&document));
}

#[test]
fn tuning_in_json_follows_its_schema() {
    let mut documents = said("tune");
    let folder = workshop();
    std::fs::write(folder.join("more.yaml"), MORE).unwrap();
    for option in KNOWLEDGE.options.iter().map(|option| KNOWLEDGE.text(option.id)) {
        let output =
            program(&folder, &["tune", "more.yaml", "--option", option, "--format", "json"].map(str::to_owned));
        documents.push(serde_json::from_slice(&output.stdout).unwrap());
    }
    hold_to("docs/tuning.schema.json", &documents);
    let mut document = documents.into_iter().next().unwrap();
    document["flows"][0]["tuned"]["price"] = Value::from(1);
    assert!(!validator("docs/tuning.schema.json").is_valid(&document));
}

#[test]
fn reviews_in_json_follow_their_schema() {
    let mut documents = said("checklist");
    let folder = workshop();
    std::fs::write(folder.join("more.yaml"), MORE).unwrap();
    for option in KNOWLEDGE.options.iter().map(|option| KNOWLEDGE.text(option.id)) {
        let call = ["checklist", "more.yaml", "--option", option, "--format", "json"].map(str::to_owned);
        documents.push(serde_json::from_slice(&program(&folder, &call).stdout).unwrap());
    }
    hold_to("docs/review.schema.json", &documents);
    let mut document = documents.into_iter().next().unwrap();
    document["flows"][0]["review"]["price"] = Value::from(1);
    assert!(!validator("docs/review.schema.json").is_valid(&document));
}

#[test]
fn diagnoses_in_json_follow_their_schema() {
    let folder = workshop();
    let examples: Vec<&str> = KNOWLEDGE.pitfalls.iter().map(|pitfall| KNOWLEDGE.text(pitfall.examples[0])).collect();
    std::fs::write(folder.join("all.log"), examples.join("\n") + "\n[error] nobody knows this\n").unwrap();
    let measured =
        "rabbitmq_alarms_memory_used_watermark 1\nrabbitmq_queue_messages_ready{queue=\"a\",vhost=\"/\"} 9\n";
    std::fs::write(folder.join("metrics.prom"), measured).unwrap();
    let calls: [&[&str]; 4] = [
        &["all.log", "metrics.prom"],
        &["all.log", "--profile", "examples/payment-orders.yaml"],
        &["consumers", "keep", "rebalancing", "--at", "kafka=3.9"],
        &["nothing", "of", "the", "kind"],
    ];
    let documents: Vec<Value> = calls
        .iter()
        .map(|call| {
            let call: Vec<String> =
                ["diagnose", "--format", "json"].iter().chain(*call).map(|it| (*it).to_owned()).collect();
            serde_json::from_slice(&program(&folder, &call).stdout).unwrap()
        })
        .collect();
    hold_to("docs/diagnosis.schema.json", &documents);
    let mut document = documents.into_iter().next().unwrap();
    document["causes"][0]["certainty"] = Value::from(1);
    assert!(!validator("docs/diagnosis.schema.json").is_valid(&document));
}

#[test]
fn entries_in_json_follow_their_schema() {
    let book = Reference::new(&KNOWLEDGE, Vec::new());
    let mut documents = Vec::new();
    for kind in Kind::ALL {
        let names = book.names(kind);
        let page = Page::Entries(names.iter().map(|name| book.entry(name)).collect(), names.clone());
        documents.extend([page, Page::Kind(kind, names)]);
    }
    documents.push(Page::Index(Kind::ALL.into_iter().map(|kind| (kind, book.names(kind))).collect()));
    let written = documents.into_iter().map(|page| json::page(&Book { reference: &book, page }).unwrap());
    let documents: Vec<Value> = written.map(|text| serde_json::from_str(&text).unwrap()).collect();
    hold_to("docs/explain.schema.json", &documents);
    let at = program(root(), &["explain", "replay", "--at", "kafka=3.9", "--format", "json"].map(str::to_owned));
    hold_to("docs/explain.schema.json", &[serde_json::from_slice(&at.stdout).unwrap()]);
}

#[test]
fn a_schema_refuses_what_nobody_promised() {
    let mut document = said("advise").remove(0);
    document["flows"][0]["verdict"]["certainty"] = Value::from(1);
    assert!(!validator("docs/advice.schema.json").is_valid(&document));
}

#[test]
fn every_part_of_the_documented_json_is_in_the_page_about_it() {
    let page = read("docs/output.md");
    let schema: Value = serde_json::from_str(&read("docs/advice.schema.json")).unwrap();
    let flow = schema["$defs"]["flow"]["properties"].as_object().unwrap();
    for key in flow.keys() {
        assert!(page.contains(&format!("`{key}`")), "docs/output.md says nothing of `{key}`");
    }
    for part in ["portfolio", "plan", "placed", "place", "cost"] {
        for key in schema["$defs"][part]["properties"].as_object().unwrap().keys() {
            assert!(page.contains(&format!("`{key}`")), "docs/output.md says nothing of a {part}'s `{key}`");
        }
    }
    assert!(root().join("docs/check.schema.json").exists());
}
