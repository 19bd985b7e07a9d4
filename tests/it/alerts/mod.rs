//! Alerts: thresholds follow from the workload, expressions name only what the exporters of that line show, and the files
//! are sound.

#![expect(clippy::float_cmp, reason = "whole numbers, which are exact")]

mod declared;

use std::collections::BTreeSet;

use brokerfit::alerts::prometheus::{Head, rules, tests};
use brokerfit::alerts::{Alert, Alerts, Names, alerts};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::Severity;
use brokerfit::profile::{Profile, read_profiles, set_facts};
use brokerfit::source::{Format, Limits, Source, read_foreign};

use crate::examples::sources;
use crate::support::{KNOWLEDGE, option, stating};

/// The alerts of a profile with an option.
fn of(profile: &Profile, name: &str) -> Alerts {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let job = name.split('/').next().unwrap();
    alerts(&KNOWLEDGE, profile, &facts, option(name), &Names::of("order-events", job))
}

/// The same in one line of the option's broker.
fn at(profile: &Profile, name: &str, version: &str) -> Alerts {
    let mut profile = profile.clone();
    let broker = name.split('/').next().unwrap();
    assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &[format!("environment.versions.{broker}={version}")]), []);
    of(&profile, name)
}

#[track_caller]
fn one(found: &Alerts, id: &str) -> Alert {
    let ids: Vec<&str> = found.alerts.iter().map(|alert| alert.id.as_str()).collect();
    let alert = found.alerts.iter().find(|alert| alert.id == id);
    alert.cloned().unwrap_or_else(|| panic!("no `{id}`, but {ids:?}"))
}

fn examples() -> Vec<Profile> {
    read_profiles(&KNOWLEDGE, &sources("examples")).profiles
}

/// Every profile that this project keeps, and a few that nobody would: of each alert one must hold and one must not.
fn kept() -> Vec<Profile> {
    let folders = ["examples", "rules/scenarios", "tests/decisions"];
    let kept = folders.into_iter().flat_map(|folder| read_profiles(&KNOWLEDGE, &sources(folder)).profiles);
    let rare = [stating(&["latency.p99=1ms"]), stating(&["environment.hosting=managed"])];
    kept.chain(rare).collect()
}

/// Every option with every line of its broker.
fn lines() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (_, broker) in KNOWLEDGE.broker_ids() {
        for own in &broker.options {
            let versions = broker.versions.iter().map(|version| (KNOWLEDGE.option_name(*own), version.to_string()));
            all.extend(versions);
        }
    }
    all
}

fn head(name: &str, version: &str) -> Head {
    Head {
        flow: "order-events".to_owned(),
        broker: name.split('/').next().unwrap().to_owned(),
        option: name.to_owned(),
        version: version.to_owned(),
        knowledge: KNOWLEDGE.text(KNOWLEDGE.version).to_owned(),
        rules_file: "prometheus-rules.yaml".to_owned(),
    }
}

/// Worked out by hand from examples/order-events.yaml: 400/s at the peak, 50/s on average, a budget of a second.
#[test]
fn the_thresholds_of_order_events_are_those_worked_out_by_hand() {
    let profile = examples().into_iter().find(|profile| profile.name == "order-events").unwrap();
    let found = at(&profile, "rabbitmq/quorum", "4.3");
    let deep = one(&found, "queue-too-deep");
    assert_eq!((deep.threshold, deep.lasting), (400.0 * 30.0, 60.0));
    assert_eq!(one(&found, "dead-letters-growing").threshold, 180.0);
    assert_eq!(one(&found, "members-missing").threshold, 3.0);
    let lag = one(&at(&profile, "kafka/log", "4.3"), "consumer-lag");
    assert_eq!((lag.threshold, lag.shown.as_str(), lag.severity), (60.0, "1min", Severity::Warning));
    assert!(lag.expr.contains("offset 1m)"), "{}", lag.expr);
}

/// By hand from examples/image-thumbnails.yaml: 20/s to 150/s, whose geometric middle is 54.77/s, a third of that on average;
/// two seconds, handlers of up to six.
#[test]
fn the_thresholds_of_image_thumbnails_are_those_worked_out_by_hand() {
    let profile = examples().into_iter().find(|profile| profile.name == "image-thumbnails").unwrap();
    let found = at(&profile, "rabbitmq/quorum", "4.3");
    assert_eq!(one(&found, "queue-too-deep").threshold, 1644.0);
    assert_eq!(one(&found, "deliveries-stuck").window, 600.0);
    assert_eq!(one(&found, "dead-letters-growing").threshold, 65.0);
}

#[test]
fn a_larger_rate_allows_a_deeper_queue() {
    let mut last = 0.0;
    for rate in ["1/s", "10/s", "500/s", "20k/s"] {
        let profile = stating(&[&format!("throughput.peak={rate}"), "latency.p99=5s"]);
        let depth = one(&of(&profile, "rabbitmq/quorum"), "queue-too-deep").threshold;
        assert!(depth > last, "{rate}: {depth} after {last}");
        last = depth;
    }
}

#[test]
fn a_tighter_budget_never_gives_a_looser_threshold() {
    let budgets = ["6h", "10min", "61s", "30s", "1s", "50ms"];
    for (name, id) in
        [("rabbitmq/quorum", "queue-too-deep"), ("kafka/log", "consumer-lag"), ("rabbitmq/stream", "stream-lag")]
    {
        let mut last = f64::INFINITY;
        for budget in budgets {
            let profile = stating(&["throughput.peak=1k/s", &format!("latency.p99={budget}")]);
            let threshold = one(&of(&profile, name), id).threshold;
            assert!(threshold <= last, "{name} {id} at {budget}: {threshold} after {last}");
            last = threshold;
        }
    }
}

/// What is deleted unread is told while there is time, and never only after it.
#[test]
fn what_is_left_of_the_retention_is_less_than_the_retention() {
    for period in ["15min", "1h", "7d", "1y"] {
        let profile = stating(&[&format!("retention.period={period}"), "backlog.longest_outage=1min"]);
        let alert = one(&of(&profile, "kafka/log"), "lag-against-retention");
        assert!(alert.threshold > 0.0 && alert.threshold <= 86_400.0, "{period}: {}", alert.threshold);
        let retention: f64 = alert.expr.split(' ').next().unwrap().parse().unwrap();
        assert!(alert.threshold <= retention / 2.0, "{period}: {} of {retention}", alert.threshold);
    }
}

#[test]
fn thresholds_are_amounts_and_texts_are_whole() {
    for profile in examples() {
        for (name, version) in lines() {
            let found = at(&profile, name, &version);
            let mut names = BTreeSet::new();
            for alert in &found.alerts {
                let place = format!("{} {name} {version} {}", profile.name, alert.id);
                assert!(alert.threshold.is_finite() && alert.threshold >= 0.0, "{place}: {}", alert.threshold);
                assert!(alert.lasting >= 0.0 && alert.window > 0.0, "{place}");
                assert!(!alert.fires.is_empty() && !alert.quiet.is_empty() && !alert.sources.is_empty(), "{place}");
                assert!(names.insert(alert.name.clone()), "{place}: twice `{}`", alert.name);
                assert!(!alert.expr.contains('$'), "{place}: {}", alert.expr);
                for text in [&alert.summary, &alert.description, &alert.runbook, &alert.why, &alert.shown] {
                    let text = text.replace("{{ $value", "").replace("{{ $labels.", "");
                    for word in ["$", "unknown", "NaN", "inf "] {
                        assert!(!text.contains(word), "{place}: {text}");
                    }
                    assert!(!text.is_empty(), "{place}");
                }
            }
        }
    }
}

/// An alert that never holds is none, and one that always does must say so by having no condition.
#[test]
fn every_alert_holds_somewhere_and_not_everywhere() {
    let all: BTreeSet<(&str, &str)> =
        KNOWLEDGE.alerts.iter().map(|rule| (KNOWLEDGE.option_name(rule.option), KNOWLEDGE.text(rule.id))).collect();
    let conditional: BTreeSet<(&str, &str)> = KNOWLEDGE
        .alerts
        .iter()
        .filter(|rule| rule.when.is_some())
        .map(|rule| (KNOWLEDGE.option_name(rule.option), KNOWLEDGE.text(rule.id)))
        .collect();
    let (mut holds, mut silent) = (BTreeSet::new(), BTreeSet::new());
    for profile in kept() {
        for (id, _) in KNOWLEDGE.option_ids() {
            let name = KNOWLEDGE.option_name(id);
            let found = of(&profile, name);
            let here: BTreeSet<&str> = found.alerts.iter().map(|alert| alert.id.as_str()).collect();
            for it in all.iter().filter(|(option, _)| *option == name) {
                if here.contains(it.1) {
                    holds.insert(*it)
                } else {
                    silent.insert(*it)
                };
            }
        }
    }
    assert_eq!(all.difference(&holds).collect::<Vec<_>>(), [&("", ""); 0], "never raised");
    assert_eq!(conditional.difference(&silent).collect::<Vec<_>>(), [&("", ""); 0], "always raised, with a condition");
}

#[test]
fn ids_are_situations_and_names_are_of_one_word() {
    for rule in &KNOWLEDGE.alerts {
        let (id, name) = (KNOWLEDGE.text(rule.id), KNOWLEDGE.text(rule.name));
        assert!(id.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{id}");
        assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric()), "{name}");
        assert!(name.starts_with(|letter: char| letter.is_ascii_uppercase()), "{name}");
    }
}

#[test]
fn the_files_are_yaml_with_every_alert_in_them() {
    for profile in examples() {
        for (name, version) in lines() {
            let found = at(&profile, name, &version);
            let head = head(name, &version);
            for text in [rules(&found, &head), tests(&found, &head)] {
                let source = Source::new("file.yaml", &text, Format::Yaml);
                let mut documents = 0;
                let problems = read_foreign(&source, &Limits::default(), &mut |_| documents += 1);
                assert!(problems.is_empty(), "{} {name} {version}: {problems:?}", profile.name);
                assert_eq!(documents, 1);
                for alert in &found.alerts {
                    assert!(text.contains(&alert.name), "{}", alert.name);
                }
            }
        }
    }
}

/// A flow's name with quotes in it ends no scalar, and no comment.
#[test]
fn a_hostile_name_stays_a_name() {
    let found = of(&stating(&["throughput.peak=1k/s"]), "rabbitmq/quorum");
    let mut head = head("rabbitmq/quorum", "4.3");
    head.flow = "a\"b\n- alert: c".to_owned();
    let text = rules(&found, &head);
    assert!(!text.lines().any(|line| line.trim_start().starts_with("- alert: c")), "{text}");
}
