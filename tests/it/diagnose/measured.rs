//! Metrics and tables of brokers in real trouble, and well; and that what is observed has a name that brokers use.

use std::collections::BTreeSet;
use std::path::Path;

use brokerfit::diagnosis::{Diagnosis, Likelihood};

use super::{diagnosed, ids, of};
use crate::support::{KNOWLEDGE, stating};

fn taken(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/symptoms/measured").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Two samples, one after the other.
fn twice(first: &str, second: &str) -> Diagnosis {
    diagnosed(&format!("{}\n{}", taken(first), taken(second)), "")
}

#[test]
fn every_metric_of_an_observation_is_one_that_brokers_expose() {
    let mut known = BTreeSet::new();
    for broker in ["rabbitmq", "kafka"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/brokers/{broker}/declared-metrics.tsv"));
        let text = std::fs::read_to_string(path).unwrap();
        let first = |line: &str| line.split('\t').next().map(str::to_owned);
        known.extend(text.lines().filter_map(first));
    }
    assert!(known.len() > 100);
    let mut missing = Vec::new();
    for observation in &KNOWLEDGE.observations {
        for metric in &observation.metrics {
            let name = KNOWLEDGE.text(*metric);
            if !known.contains(name) {
                missing.push(format!("{}: {name}", KNOWLEDGE.text(observation.id)));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn brokers_in_trouble_have_their_cause_first() {
    for (state, wanted) in [
        ("memory-alarm-blocked", "memory-alarm"),
        ("disk-alarm-blocked", "disk-alarm"),
        ("consumer-gone", "nobody-consumes"),
        ("unroutable", "unroutable"),
        ("redelivery-loop", "requeue-loop"),
        ("connection-churn", "connection-churn"),
        ("slow-consumer", "consumers-too-slow"),
    ] {
        let (first, second) = (format!("rabbitmq-{state}-1.prom"), format!("rabbitmq-{state}-2.prom"));
        let found = twice(&first, &second);
        assert_eq!(ids(&found).first(), Some(&wanted), "{state}: {:?}", ids(&found));
        assert_eq!(found.causes[0].likelihood, Likelihood::Named, "{state}");
    }
    for (name, wanted) in [
        ("kafka-no-active-members.groups-describe.txt", "group-without-members"),
        ("kafka-broker-down.topics-describe.txt", "partition-offline"),
    ] {
        let found = diagnosed(&taken(name), "");
        assert_eq!(ids(&found).first(), Some(&wanted), "{name}: {:?}", ids(&found));
    }
    let lag = twice("kafka-growing-lag-1.groups-describe.txt", "kafka-growing-lag-2.groups-describe.txt");
    assert_eq!(ids(&lag).first(), Some(&"consumers-too-slow"), "{:?}", ids(&lag));
}

#[test]
fn brokers_that_are_well_have_no_cause_that_is_named() {
    let texts = [
        taken("rabbitmq-healthy-1.prom"),
        taken("rabbitmq-healthy-2.prom"),
        taken("kafka-healthy.groups-describe.txt"),
        taken("kafka-healthy.groups-state.txt"),
    ];
    for text in texts {
        let found = diagnosed(&text, "");
        let named = found.causes.iter().filter(|cause| cause.likelihood == Likelihood::Named);
        assert_eq!(named.map(super::id).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}

#[test]
fn thresholds_come_from_the_workload() {
    let text = "# TYPE rabbitmq_detailed_queue_messages_ready gauge\n\
                rabbitmq_detailed_queue_messages_ready{vhost=\"/\",queue=\"orders\"} 30000\n\
                rabbitmq_detailed_queue_consumers{vhost=\"/\",queue=\"orders\"} 4\n";
    let slow = stating(&["throughput.peak=10/s", "latency.p99=1s"]);
    let fast = stating(&["throughput.peak=50k/s", "latency.p99=10s"]);
    let without = ids(&diagnosed(text, ""));
    let (tight, wide) = (ids(&of(&slow, true, text, "")), ids(&of(&fast, true, text, "")));
    assert!(tight.len() > wide.len(), "{tight:?} {wide:?}");
    assert!(without.len() <= tight.len(), "{without:?}");
}

#[test]
fn what_grows_is_seen_by_two_samples_alone() {
    let at = |ready: u32| {
        format!(
            "rabbitmq_detailed_queue_messages_ready{{vhost=\"/\",queue=\"orders\"}} {ready}\n\
             rabbitmq_detailed_queue_consumers{{vhost=\"/\",queue=\"orders\"}} 0\n"
        )
    };
    let once = diagnosed(&at(200), "");
    let growing = diagnosed(&format!("{}{}", at(200), at(900)), "");
    assert!(growing.causes.len() >= once.causes.len(), "{:?} {:?}", ids(&once), ids(&growing));
    assert_eq!(growing.amounts, 4);
}
