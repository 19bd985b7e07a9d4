//! A broker that the program does not know is a folder of a pack, and no line of code.

use super::{advised, pack, run};
use crate::support::KNOWLEDGE;

const BROKER: &str = r#"
[broker]
id = "sandpiper"
name = "Sandpiper"
versions = ["1.0", "1.1"]
options = ["lane"]
about = "A broker of a test."
source = ["own"]
"#;

const LANE: &str = r#"
[option]
id = "lane"
name = "lane"
title = "Sandpiper lanes"
about = "Where messages wait."
source = ["own"]

[capability.replay]
fit = "native"
how = "A lane is read from any place."
source = ["own"]

[capability.key-order]
fit = "ruled-out"
how = "A lane has no order."
compensate = "Another system."
source = ["own"]
"#;

fn sandpiper(name: &str) -> std::path::PathBuf {
    pack(name, &[("brokers/sandpiper/broker.toml", BROKER), ("brokers/sandpiper/lane.toml", LANE)])
}

#[test]
fn it_is_scored_beside_the_others_and_what_it_leaves_open_is_said() {
    let folder = sandpiper("third");
    let flow = advised(&folder, &["throughput=1k/s", "retention.replay=true", "environment.versions.sandpiper=1.0"]);
    assert_eq!(flow["brokers"].as_object().unwrap().len(), KNOWLEDGE.brokers.len() + 1);
    assert_eq!(flow["brokers"]["sandpiper"]["option"], "sandpiper/lane");
    let total: f64 = flow["shares"].as_object().unwrap().values().map(|share| share.as_f64().unwrap()).sum();
    assert!((total - 1.0).abs() < 1e-3, "{total}");
    let run = run(&folder, &["rules", "list", "--rules", "own"]);
    let open = KNOWLEDGE.needs.len() - 2;
    assert!(
        run.stderr.contains(&format!("{open} of {} needs are not answered for sandpiper/lane", KNOWLEDGE.needs.len()))
    );
}

#[test]
fn what_it_answers_takes_it_out_and_what_it_does_not_never_does() {
    let folder = sandpiper("third-out");
    let out = |facts: &[&str]| {
        let flow = advised(&folder, facts);
        let options = flow["options"].as_array().unwrap().clone();
        options.iter().find(|it| it["option"] == "sandpiper/lane").unwrap()["ruled_out_by"].clone()
    };
    assert_eq!(out(&["throughput=1k/s", "ordering=per-key"]), serde_json::json!(["key-order"]));
    assert_eq!(
        out(&["throughput=900k/s", "retention=forever", "latency=1ms", "delivery=exactly-once"]),
        serde_json::json!([])
    );
}

#[test]
fn what_is_not_known_never_makes_its_verdict_clear() {
    let folder = sandpiper("third-clear");
    // Everybody else is out, by what may be used.
    let flow = advised(
        &folder,
        &[
            "retention.replay=true",
            "throughput=1k/s",
            "routing=topic",
            "handling.dead_letter=true",
            "environment.allowed=[sandpiper, rabbitmq]",
        ],
    );
    let verdict = &flow["verdict"];
    assert!(verdict["broker"] != "sandpiper" || verdict["strength"] != "clear", "{verdict}");
}

#[test]
fn every_command_takes_it() {
    let folder = sandpiper("third-commands");
    std::fs::write(
        folder.join("profile.yaml"),
        "name: a\nworkload: { throughput: 1k/s, retention: { period: 7d, replay: true } }\n",
    )
    .unwrap();
    for command in [
        &["advise", "profile.yaml"][..],
        &["advise", "profile.yaml", "--format", "markdown"],
        &["advise", "profile.yaml", "--format", "adr"],
        &["check", "profile.yaml"],
        &["compare"],
        &["compare", "sandpiper/lane", "kafka/log", "--differences"],
        &["diff", "profile.yaml", "rabbitmq/quorum", "sandpiper/lane"],
        &["map", "profile.yaml", "--x", "throughput.peak"],
        &["tune", "profile.yaml"],
        &["checklist", "profile.yaml", "--option", "sandpiper/lane"],
        &["explain", "sandpiper"],
        &["explain", "sandpiper/lane"],
        &["rules", "list"],
        &["rules", "audit"],
        &["rules", "lint"],
    ] {
        let run = run(&folder, &[command, &["--rules", "own"]].concat());
        assert_eq!(run.code, 0, "{command:?}: {}{}", run.stdout, run.stderr);
    }
}
