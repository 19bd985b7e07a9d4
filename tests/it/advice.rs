//! What follows from a verdict: settings as the brokers read them, and contradictions that hold whatever a range means.

use brokerfit::advice::Formulas;
use brokerfit::facts::{Origin, detail};
use brokerfit::knowledge::Level;
use brokerfit::profile::Profile;

use super::support::{KNOWLEDGE, advised, fact, stating};

/// The advised value of a key of one broker.
fn value(profile: &Profile, broker: &str, key: &str) -> Option<String> {
    let broker = KNOWLEDGE.find_broker(broker)?;
    let settings = advised(profile).settings(&KNOWLEDGE, broker, Formulas::LeftOut);
    settings.into_iter().find(|setting| setting.key == key).map(|setting| setting.value)
}

fn errors(profile: &Profile) -> Vec<String> {
    let found = advised(profile).conflicts;
    found.into_iter().filter(|conflict| conflict.level == Level::Error).map(|conflict| conflict.id).collect()
}

#[test]
fn a_history_without_end_is_kept_without_limit() {
    let profile = stating(&["retention=forever", "retention.replay=true", "ordering=per-key"]);
    assert_eq!(value(&profile, "kafka", "retention.ms").as_deref(), Some("-1"));
}

#[test]
fn a_period_is_kept_to_the_millisecond() {
    let profile = stating(&["retention=7d", "retention.replay=true"]);
    assert_eq!(value(&profile, "kafka", "retention.ms").as_deref(), Some("604800000"));
}

#[test]
fn ranges_that_overlap_contradict_nobody() {
    let overlapping = stating(&["throughput.average=500..900/s", "throughput.peak=2..5k/s"]);
    assert_eq!(errors(&overlapping), Vec::<String>::new());
    let apart = stating(&["throughput.average=500..900/s", "throughput.peak=2..400/s"]);
    assert_eq!(errors(&apart), ["average-above-peak"]);
}

#[test]
fn both_brokers_get_settings_whatever_is_considered() {
    let profile = stating(&["throughput=1k/s"]);
    for broker in ["rabbitmq", "kafka"] {
        let id = KNOWLEDGE.find_broker(broker).unwrap();
        assert!(!advised(&profile).settings(&KNOWLEDGE, id, Formulas::Traced).is_empty(), "{broker}");
    }
}

#[test]
fn the_driving_fact_changes_the_value() {
    let slow = ["ordering=none", "delivery=at-least-once", "retention=until-consumed", "consumers.processing_time=2s"];
    let fast = ["ordering=none", "delivery=at-least-once", "retention=until-consumed", "consumers.processing_time=2ms"];
    for (broker, key) in [("rabbitmq", "prefetch"), ("rabbitmq", "consumers"), ("kafka", "consumers")] {
        assert_ne!(value(&stating(&slow), broker, key), value(&stating(&fast), broker, key), "{key}");
    }
    let patient = value(&stating(&["latency=10s"]), "kafka", "linger.ms");
    let hasty = value(&stating(&["latency=20ms"]), "kafka", "linger.ms");
    assert_ne!(patient, hasty);
}

#[test]
fn a_flow_stated_in_bytes_has_both_rates() {
    let profile = stating(&["throughput.peak=5 MB/s", "message.size=2500 B"]);
    let facts = advised(&profile).facts;
    let shown = |name| detail(&KNOWLEDGE, &profile, &facts, fact(name)).value;
    assert_eq!(
        (shown("throughput.peak"), facts.origin(fact("throughput.peak"))),
        ("2000/s".to_owned(), Origin::Derived)
    );
    let bytes = "throughput.peak_bytes";
    assert_eq!((shown(bytes), facts.origin(fact(bytes))), ("5000000B/s".to_owned(), Origin::Stated));
}
