//! How options grow and what they cost: each practice speaks where it should and nowhere else, in numbers, says nothing
//! that is said elsewhere, and stands below the first screen.

use std::collections::BTreeSet;
use std::process::Command;

use brokerfit::advice::{Practised, practices};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{Practice, PracticeKind};
use brokerfit::profile::{Profile, read_profiles};

use crate::conflicts::changed;
use crate::examples::sources;
use crate::support::{KNOWLEDGE, advised, option, stating};

/// Every profile that this project keeps: examples, scenarios, documented decisions.
fn kept() -> Vec<Profile> {
    let folders = ["examples", "rules/scenarios", "tests/decisions"];
    folders.into_iter().flat_map(|folder| read_profiles(&KNOWLEDGE, &sources(folder)).profiles).collect()
}

fn with(profile: &Profile, name: &str) -> Vec<Practised> {
    practices(&KNOWLEDGE, profile, &derive(&KNOWLEDGE, profile, Without::Nothing), option(name))
}

#[track_caller]
fn one(profile: &Profile, name: &str, id: &str) -> Practised {
    let found = with(profile, name);
    let ids: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
    found.iter().find(|it| it.id == id).cloned().unwrap_or_else(|| panic!("{name} has no `{id}`, but {ids:?}"))
}

fn speaks(profile: &Profile, name: &str, id: &str) -> bool {
    with(profile, name).iter().any(|it| it.id == id)
}

fn title(practice: &Practice) -> (&str, &str) {
    (KNOWLEDGE.option_name(practice.option), KNOWLEDGE.text(practice.title))
}

/// The program's words about a profile.
fn said(arguments: &[&str]) -> String {
    let program = Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(arguments)
        .env("COLUMNS", "80")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    String::from_utf8(program.stdout).unwrap()
}

#[test]
fn every_practice_speaks_for_some_workload_and_is_silent_for_another() {
    let all: BTreeSet<(&str, &str)> = KNOWLEDGE.practices.iter().map(title).collect();
    let (mut spoken, mut silent) = (BTreeSet::new(), BTreeSet::new());
    for profile in kept() {
        for (id, _) in KNOWLEDGE.option_ids() {
            let name = KNOWLEDGE.option_name(id);
            let found = with(&profile, name);
            let here: BTreeSet<&str> = found.iter().map(|it| it.title.as_str()).collect();
            for it in all.iter().filter(|(option, _)| *option == name) {
                if here.contains(it.1) {
                    spoken.insert(*it)
                } else {
                    silent.insert(*it)
                };
            }
        }
    }
    assert_eq!(all.difference(&spoken).collect::<Vec<_>>(), [&("", ""); 0], "never spoken");
    assert_eq!(all.difference(&silent).collect::<Vec<_>>(), [&("", ""); 0], "never silent");
}

/// What holds with an option that is never its broker's best would be read by nobody.
#[test]
fn every_practice_is_shown_for_some_profile() {
    let all: BTreeSet<&str> = KNOWLEDGE.practices.iter().map(|it| KNOWLEDGE.text(it.id)).collect();
    let mut shown = BTreeSet::new();
    for profile in kept() {
        let advice = advised(&profile);
        for (broker, _) in KNOWLEDGE.broker_ids() {
            shown.extend(advice.practices(&KNOWLEDGE, broker).into_iter().map(|it| it.id));
        }
    }
    assert_eq!(all.into_iter().filter(|id| !shown.contains(*id)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn both_kinds_are_told_for_most_workloads_and_few_are_told_at_once() {
    let profiles = read_profiles(&KNOWLEDGE, &sources("examples")).profiles;
    let mut with_some = 0;
    for profile in &profiles {
        let advice = advised(profile);
        let of_leader = advice.judgement.verdict.leader.map(|it| advice.practices(&KNOWLEDGE, it.broker));
        let Some(found) = of_leader else { continue };
        with_some += usize::from(!found.is_empty());
        for kind in PracticeKind::ALL {
            let count = found.iter().filter(|it| it.kind == kind).count();
            assert!(count <= 6, "{}: {count} of {}", profile.name, kind.word());
        }
    }
    assert!(with_some + 1 >= profiles.len() * 9 / 10, "{with_some} of {}", profiles.len());
}

#[test]
fn every_number_is_known() {
    for profile in kept() {
        for (id, _) in KNOWLEDGE.option_ids() {
            for it in with(&profile, KNOWLEDGE.option_name(id)) {
                let text = format!("{} {}", it.how, it.risk.unwrap_or_default());
                for word in ["unknown", "NaN", "inf", "{", "}"] {
                    assert!(!text.contains(word), "{}, {}: {text}", profile.name, it.id);
                }
                assert!(text.split(". ").count() <= 7 && it.how.len() <= 420, "{}: {}", it.id, it.how);
            }
        }
    }
}

/// A sentence that a setting or an answer says already is none that a practice needs to say.
#[test]
fn nothing_is_said_twice() {
    let sentences = |text: &str| {
        let parts = text.split(". ").flat_map(|it| it.split([';', ':']));
        parts.map(|it| it.trim().trim_end_matches('.').to_owned()).collect::<Vec<_>>()
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    for tuning in &KNOWLEDGE.tuning {
        known.extend(sentences(KNOWLEDGE.text(tuning.why.source)));
        known.extend(tuning.risk.iter().flat_map(|it| sentences(KNOWLEDGE.text(it.source))));
    }
    for reply in KNOWLEDGE.answers.iter().flatten().flat_map(brokerfit::knowledge::Answer::replies) {
        known.extend(sentences(KNOWLEDGE.text(reply.how.source)));
        known.extend(reply.compensate.iter().flat_map(|it| sentences(KNOWLEDGE.text(it.source))));
    }
    for practice in &KNOWLEDGE.practices {
        let own = [Some(practice.how.source), practice.risk.as_ref().map(|it| it.source), Some(practice.title)];
        for sentence in own.into_iter().flatten().flat_map(|it| sentences(KNOWLEDGE.text(it))) {
            let again = sentence.len() > 20 && known.contains(&sentence);
            assert!(!again, "{:?} repeats: {sentence}", title(practice));
        }
    }
}

#[test]
fn a_practice_needs_a_source_an_option_of_its_broker_and_a_kind() {
    let file = "brokers/kafka/practices.toml";
    let source = "source = [\"kafka-ops-leaders\"]";
    assert_eq!(changed(file, source, ""), ["practice-unsourced"]);
    assert_eq!(changed(file, "options = [\"log\"]", "options = [\"quorum\"]"), ["rule-value"]);
    assert_eq!(changed(file, "kind = \"scaling\"", "kind = \"growth\""), ["rule-value"]);
    let mistyped = changed(file, "availability.regions >= 2", "availability.regions >= 2s");
    assert!(!mistyped.is_empty() && mistyped.iter().all(|code| code == "rule-expression"), "{mistyped:?}");
}

#[test]
fn of_several_with_one_id_the_first_that_holds_speaks() {
    let unordered = ["availability.zones=3", "throughput.average=3k/s", "ordering=none", "environment.versions.kafka="];
    let at = |version: &str| {
        let mut facts = unordered.map(str::to_owned);
        facts[3].push_str(version);
        let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
        one(&stating(&facts), "kafka/log", "traffic-between-zones").how
    };
    assert!(at("4.4").contains("partitioner.rack.aware"));
    assert!(!at("4.3").contains("partitioner.rack.aware"));
    let keyed = stating(&["availability.zones=3", "throughput.average=3k/s", "ordering=per-key"]);
    assert!(!one(&keyed, "kafka/log", "traffic-between-zones").how.contains("partitioner.rack.aware"));
}

/// 10 MB/s over three zones: two copies cross, two thirds of what is written, and two thirds of each reader's share.
#[test]
fn traffic_between_zones_is_counted() {
    let facts =
        |groups: &str| stating(&["availability.zones=3", "throughput.average=10 MB/s", "ordering=per-key", groups]);
    let alone = one(&facts("consumers.groups=1"), "kafka/log", "traffic-between-zones").how;
    assert!(alone.contains("about 3.33 times, 86.4 TB a month"), "{alone}");
    let many = one(&facts("consumers.groups=4"), "kafka/log", "traffic-between-zones").how;
    assert!(many.contains("about 5.33 times") && many.contains("spare 69.1 TB of it"), "{many}");
    assert!(!speaks(&stating(&["availability.zones=1"]), "kafka/log", "traffic-between-zones"));
}

#[test]
fn regions_are_joined_and_not_stretched_over() {
    let two = stating(&["availability.regions=2", "throughput.average=2 MB/s"]);
    assert!(one(&two, "kafka/log", "mirror-at-its-target").how.contains("2 MB/s cross to each further region (1)"));
    assert!(one(&two, "rabbitmq/quorum", "join-regions").how.contains("in each of 2 regions"));
    let home = stating(&["availability.regions=1", "throughput.average=2 MB/s"]);
    assert!(!speaks(&home, "kafka/log", "mirror-at-its-target"));
    assert!(!speaks(&home, "rabbitmq/quorum", "join-regions"));
}

#[test]
fn a_busy_key_is_named_only_where_it_outgrows_its_share() {
    let facts = |share: &str| {
        let keyed = ["ordering=per-key", "throughput.peak=50k/s", "message.size=1 KiB"];
        stating(&[keyed[0], keyed[1], keyed[2], share])
    };
    for name in ["kafka/log", "rabbitmq/quorum"] {
        assert!(speaks(&facts("ordering.hottest_key=30%"), name, "busiest-key"), "{name}");
        assert!(!speaks(&facts("ordering.hottest_key=0.1%"), name, "busiest-key"), "{name}");
    }
}

#[test]
fn what_is_tiered_already_is_not_moved() {
    let kept = |period: &str| stating(&["throughput.average=5 MB/s", period]);
    assert!(speaks(&kept("retention.period=10d"), "kafka/log", "reassign-in-quiet-hours"));
    assert!(!speaks(&kept("retention.period=1y"), "kafka/log", "reassign-in-quiet-hours"));
    assert!(speaks(&kept("retention.period=1y"), "kafka/log", "history-off-the-brokers"));
    assert!(!speaks(&kept("retention.period=1h"), "kafka/log", "history-off-the-brokers"));
}

#[test]
fn people_read_of_what_is_advised_and_below_the_first_screen() {
    for (file, advised) in [("examples/clickstream.yaml", "Kafka"), ("examples/payment-orders.yaml", "RabbitMQ")] {
        let text = said(&["advise", file]);
        let lines: Vec<&str> = text.lines().collect();
        let heads = |title: &str| lines.iter().filter(|line| line.trim() == title).count();
        assert_eq!((heads("As it grows"), heads("What drives the cost")), (1, 1), "{file}");
        let first = lines.iter().position(|line| line.trim() == "As it grows").unwrap();
        assert!(first > 24, "{file}");
        let before = lines[..first].iter().rev().find(|line| line.starts_with("Settings for")).unwrap();
        assert!(before.contains(advised), "{file}: {before}");
        // A section of practices: told in at most six lines, and what is left in a few lines of names.
        let section = lines[first + 1..].iter().take_while(|line| line.starts_with("    "));
        assert!(section.count() <= 9, "{file}");
    }
}

#[test]
fn everything_is_told_to_whoever_asks_and_to_programs() {
    let brief = said(&["advise", "examples/clickstream.yaml"]);
    let full = said(&["advise", "examples/clickstream.yaml", "--verbose"]);
    assert!(!brief.contains("[kafka-follower-fetch]") && full.contains("[kafka-follower-fetch]"));
    assert!(!brief.contains("      mind: ") && full.contains("      mind: "));
    let markdown = said(&["advise", "examples/clickstream.yaml", "--format", "markdown"]);
    assert!(markdown.contains("### As it grows\n") && markdown.contains("### What drives the cost\n"));
    let json: serde_json::Value =
        serde_json::from_str(&said(&["advise", "examples/clickstream.yaml", "--format", "json"])).unwrap();
    let by_broker = json["flows"][0]["practices"].as_object().unwrap();
    assert_eq!(by_broker.keys().collect::<Vec<_>>(), ["rabbitmq", "kafka"]);
    let kafka = by_broker["kafka"].as_array().unwrap();
    assert!(kafka.iter().any(|it| it["id"] == "traffic-between-zones" && it["kind"] == "cost"));
    assert!(kafka.iter().all(|it| it["sources"].as_array().is_some_and(|all| !all.is_empty())));
}

#[test]
fn a_practice_explains_itself_for_each_broker() {
    let text = said(&["explain", "traffic-between-zones"]);
    assert!(text.contains("RabbitMQ: ") && text.contains("Apache Kafka: "), "{text}");
    assert!(text.contains("from 4.4 on") && text.contains("kafka-rack-aware-producing"), "{text}");
    let listed = said(&["rules", "list", "--kind", "practices"]);
    let words = listed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("mirror-at-its-target") && words.contains("scaling: Give each region"), "{listed}");
}
