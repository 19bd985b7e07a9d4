//! Broker files by themselves: what real brokers refuse, take, and take without effect, as cases; and that nothing that a
//! broker takes is called refused.

use std::fmt::Write as _;

use brokerfit::artifact::{Artifact, Declared, Entry, Item, ItemKind, Literal, Selector, Shape, Stray, Typed};
use brokerfit::gate::Finding;
use brokerfit::gate::{Meant, validity};
use brokerfit::knowledge::{Level, Version};
use brokerfit::source::Span;

use crate::broker_lists::declared::DECLARED;
use crate::support::KNOWLEDGE;

/// A broker's file, in a few words: shape, version, item, what it applies to, lines `key value`, and what is found.
struct Case {
    says: &'static str,
    shape: Shape,
    version: &'static str,
    kind: ItemKind,
    applies: &'static str,
    lines: &'static str,
    found: &'static [&'static str],
}

const fn case(
    says: &'static str,
    shape: Shape,
    version: &'static str,
    kind: ItemKind,
    applies: &'static str,
    lines: &'static str,
    found: &'static [&'static str],
) -> Case {
    Case { says, shape, version, kind, applies, lines, found }
}

use ItemKind::{Broker, Exchange, OperatorPolicy, Policy, Queue, Topic, Vhost};
use Shape::{Definitions, KafkaCluster, KafkaTopic, RabbitmqConf, ServerProperties};

/// What was tried on real brokers, and the bounds between lines.
#[rustfmt::skip]
const CASES: &[Case] = &[
    // rabbitmq.conf
    case("an unknown key", RabbitmqConf, "4.3", Broker, "", "chanel_max 5", &["error unknown-key/chanel_max"]),
    case("an unknown key like no other", RabbitmqConf, "4.0", Broker, "", "unknown.key 5", &["error unknown-key/unknown.key"]),
    case("no number", RabbitmqConf, "4.3", Broker, "", "vm_memory_high_watermark.relative lots", &["error refused-value/vm_memory_high_watermark.relative"]),
    case("a number without a point", RabbitmqConf, "4.0", Broker, "", "vm_memory_high_watermark.relative 4", &["error refused-value/vm_memory_high_watermark.relative"]),
    case("a number with one", RabbitmqConf, "4.0", Broker, "", "vm_memory_high_watermark.relative 0.6", &[]),
    case("a wrong unit", RabbitmqConf, "4.3", Broker, "", "disk_free_limit.absolute 2GBB", &["error refused-value/disk_free_limit.absolute"]),
    case("right units", RabbitmqConf, "4.3", Broker, "", "disk_free_limit.absolute 2GB\nvm_memory_high_watermark.absolute 512MiB", &[]),
    case("a size without a unit", RabbitmqConf, "4.3", Broker, "", "vm_memory_high_watermark.absolute 1073741824", &[]),
    case("set twice", RabbitmqConf, "4.3", Broker, "", "heartbeat x\nheartbeat 10", &["warning idle-key/heartbeat"]),
    case("set twice to the same", RabbitmqConf, "4.3", Broker, "", "heartbeat 10\nheartbeat 10", &[]),
    case("set twice to the same, refused", RabbitmqConf, "4.3", Broker, "", "heartbeat x\nheartbeat x", &["error refused-value/heartbeat"]),
    case("a virtual host as it is exported", Definitions, "4.3", Vhost, "", "description \"a\"\ntracing false\ndescription \"a\"", &[]),
    case("set twice, the last refused", RabbitmqConf, "4.3", Broker, "", "heartbeat 10\nheartbeat x", &["error refused-value/heartbeat", "warning idle-key/heartbeat"]),
    case("below the least", RabbitmqConf, "4.3", Broker, "", "consumer_timeout 0", &["error refused-value/consumer_timeout"]),
    case("a key of 4.3 in 4.0", RabbitmqConf, "4.0", Broker, "", "quorum_queue.commands_soft_limit 32", &["error gone-key/quorum_queue.commands_soft_limit"]),
    case("a key of 4.3 in 4.3", RabbitmqConf, "4.3", Broker, "", "quorum_queue.commands_soft_limit 32", &[]),
    case("two names of one key", RabbitmqConf, "4.3", Broker, "", "channel_max 2047\nconnection_max infinity\nmax_channels_per_connection 5", &[]),
    case("mirrors in 4.x", RabbitmqConf, "4.3", Broker, "", "mirroring_sync_batch_size 4096", &["warning idle-key/mirroring_sync_batch_size"]),
    case("mirrors in 3.13", RabbitmqConf, "3.13", Broker, "", "mirroring_sync_batch_size 4096", &[]),
    case("the master locator", RabbitmqConf, "4.3", Broker, "", "queue_master_locator min-masters", &["warning idle-key/queue_master_locator"]),
    case("the master locator, permitted", RabbitmqConf, "4.3", Broker, "", "queue_master_locator min-masters\ndeprecated_features.permit.queue_master_locator true", &[]),
    case("a default type that is none", RabbitmqConf, "4.3", Broker, "", "default_queue_type qorum", &["error refused-value/default_queue_type"]),
    case("a default type", RabbitmqConf, "4.3", Broker, "", "default_queue_type quorum", &[]),
    case("a boolean in capitals", RabbitmqConf, "4.0", Broker, "", "proxy_protocol True", &["error refused-value/proxy_protocol"]),
    case("a listener by name", RabbitmqConf, "4.3", Broker, "", "listeners.tcp.default localhost:5672", &["error refused-value/listeners.tcp.default"]),
    case("listeners", RabbitmqConf, "4.3", Broker, "", "listeners.tcp.default 5672\nlisteners.tcp.1 0.0.0.0:5672\nlisteners.tcp.2 :::5673\nlisteners.ssl none", &[]),
    case("what is filled in later", RabbitmqConf, "4.3", Broker, "", "heartbeat $(HEARTBEAT)\ncluster_formation.target_cluster_size_hint ${SIZE}", &[]),
    case("partitions in 4.2", RabbitmqConf, "4.2", Broker, "", "cluster_partition_handling pause_minority", &[]),
    case("partitions in 4.3", RabbitmqConf, "4.3", Broker, "", "cluster_partition_handling pause_minority", &["warning idle-key/cluster_partition_handling"]),
    case("a delay that 4.0 took out", RabbitmqConf, "4.0", Broker, "", "cluster_formation.randomized_startup_delay_range.min 5", &["error gone-key/cluster_formation.randomized_startup_delay_range.min"]),
    case("the same in 3.13", RabbitmqConf, "3.13", Broker, "", "cluster_formation.randomized_startup_delay_range.min 5", &[]),
    case("a word", RabbitmqConf, "4.3", Broker, "", "log.console.level warn", &["error refused-value/log.console.level"]),
    case("a line before the lists", RabbitmqConf, "3.8", Broker, "", "mqtt.subscription_ttl 5\nchanel_max 5\nmanagement.enable_uaa true", &["warning unknown-key/chanel_max"]),
    case("what 3.13 refuses", RabbitmqConf, "3.13", Broker, "", "mqtt.subscription_ttl 5\nmanagement.enable_uaa true", &["error gone-key/management.enable_uaa", "error refused-value/mqtt.subscription_ttl"]),
    case("the first version of classic queues", RabbitmqConf, "4.0", Broker, "", "classic_queue.default_version 1", &["error refused-value/classic_queue.default_version"]),
    case("the second", RabbitmqConf, "4.0", Broker, "", "classic_queue.default_version 2", &["warning idle-key/classic_queue.default_version"]),
    case("the first in 3.13", RabbitmqConf, "3.13", Broker, "", "classic_queue.default_version 1", &[]),
    case("lazy queues before 3.12", Definitions, "3.10", Queue, "classic", "x-queue-mode \"lazy\"", &[]),
    case("a line that no list knows", RabbitmqConf, "4.4", Broker, "", "chanel_max 5\nheartbeat x", &["error refused-value/heartbeat", "warning unknown-key/chanel_max"]),
    // policies
    case("an unknown key", Definitions, "4.3", Policy, "queues", "max-lenght 5", &["error unknown-key/max-lenght"]),
    case("mirrors", Definitions, "4.0", Policy, "all", "ha-mode \"all\"", &["error gone-key/ha-mode"]),
    case("mirrors in 3.13", Definitions, "3.13", Policy, "all", "ha-mode \"all\"", &[]),
    case("a text for a number", Definitions, "4.3", Policy, "queues", "max-length \"5\"", &["error refused-value/max-length"]),
    case("a wrong overflow", Definitions, "4.3", Policy, "queues", "overflow \"reject\"", &["error refused-value/overflow"]),
    case("applies to nothing", Definitions, "4.3", Policy, "quorum_queue", "max-length 5", &["error refused-value/apply-to"]),
    case("ages for quorum queues", Definitions, "4.3", Policy, "quorum_queues", "max-age \"7D\"", &["warning idle-key/max-age"]),
    case("ages for streams", Definitions, "4.3", Policy, "streams", "max-age \"7D\"\nmax-length-bytes 5000", &[]),
    case("ages for all queues", Definitions, "4.3", Policy, "queues", "max-age \"7D\"", &[]),
    case("a wrong age", Definitions, "4.3", Policy, "streams", "max-age \"7d\"", &["error refused-value/max-age"]),
    case("lengths for exchanges", Definitions, "4.3", Policy, "exchanges", "max-length 5", &["warning idle-key/max-length"]),
    case("overflow of quorum queues", Definitions, "4.3", Policy, "quorum_queues", "overflow \"reject-publish-dlx\"", &["warning idle-key/overflow"]),
    case("overflow of all queues", Definitions, "4.3", Policy, "queues", "overflow \"reject-publish-dlx\"", &[]),
    case("at least once, alone", Definitions, "4.3", Policy, "quorum_queues", "dead-letter-exchange \"dlx\"\ndead-letter-strategy \"at-least-once\"", &["warning idle-key/dead-letter-strategy"]),
    case("at least once", Definitions, "4.3", Policy, "quorum_queues", "dead-letter-exchange \"dlx\"\ndead-letter-strategy \"at-least-once\"\noverflow \"reject-publish\"", &[]),
    case("retries of 4.3 in 4.2", Definitions, "4.2", Policy, "quorum_queues", "delayed-retry-type \"all\"", &["error gone-key/delayed-retry-type"]),
    case("retries of 4.3", Definitions, "4.3", Policy, "quorum_queues", "delayed-retry-type \"all\"\ndelayed-retry-min 1000", &[]),
    case("retries of classic queues", Definitions, "4.3", Policy, "classic_queues", "delayed-retry-type \"all\"", &["warning idle-key/delayed-retry-type"]),
    case("federation", Definitions, "4.3", Policy, "all", "federation-upstream-set \"all\"", &[]),
    case("a limit below nothing in 4.0", Definitions, "4.0", Policy, "quorum_queues", "delivery-limit -1", &[]),
    case("a limit below nothing in 3.13", Definitions, "3.13", Policy, "quorum_queues", "delivery-limit -1", &["error refused-value/delivery-limit"]),
    case("a user's key for operators", Definitions, "4.3", OperatorPolicy, "queues", "dead-letter-exchange \"dlx\"", &["error unknown-key/dead-letter-exchange"]),
    case("an operator's key", Definitions, "4.3", OperatorPolicy, "queues", "max-length 5", &[]),
    // queues
    case("a slip in an argument", Definitions, "4.3", Queue, "quorum", "x-delivery-limt 5", &["warning unknown-key/x-delivery-limt"]),
    case("an argument of nobody's", Definitions, "4.3", Queue, "classic", "x-our-own-thing 5", &["note unknown-key/x-our-own-thing"]),
    case("an argument of another type", Definitions, "4.3", Queue, "quorum", "x-max-priority 5", &["error refused-value/x-max-priority"]),
    case("an argument of another type", Definitions, "4.0", Queue, "stream", "x-message-ttl 5", &["error refused-value/x-message-ttl"]),
    case("a text for a number", Definitions, "4.0", Queue, "classic", "x-max-length \"5\"", &["error refused-value/x-max-length"]),
    case("a number with a point", Definitions, "4.0", Queue, "classic", "x-max-length 5.0", &["error refused-value/x-max-length"]),
    case("a wrong age", Definitions, "4.3", Queue, "stream", "x-max-age \"7 days\"", &["error refused-value/x-max-age"]),
    case("no queue type", Definitions, "4.3", Queue, "qorum", "x-max-length 5", &["error refused-value/x-queue-type"]),
    case("a quorum queue that is not durable", Definitions, "4.0", Queue, "quorum", "durable false", &["error refused-value/durable"]),
    case("a classic queue that is not durable", Definitions, "4.2", Queue, "classic", "durable false\nexclusive false", &[]),
    case("a classic queue that is not durable, 4.3", Definitions, "4.3", Queue, "classic", "durable false\nexclusive false", &["warning refused-value/durable"]),
    case("overflow of quorum queues", Definitions, "4.3", Queue, "quorum", "x-overflow \"reject-publish-dlx\"", &["warning idle-key/x-overflow"]),
    case("overflow of classic queues", Definitions, "4.3", Queue, "classic", "x-overflow \"reject-publish-dlx\"", &[]),
    case("at least once, alone", Definitions, "4.3", Queue, "quorum", "x-dead-letter-exchange \"d\"\nx-dead-letter-strategy \"at-least-once\"", &["warning idle-key/x-dead-letter-strategy"]),
    case("a key without its exchange", Definitions, "4.3", Queue, "quorum", "x-dead-letter-routing-key \"d\"", &["error refused-value/x-dead-letter-routing-key"]),
    case("a lazy queue", Definitions, "4.3", Queue, "classic", "x-queue-mode \"lazy\"", &["warning idle-key/x-queue-mode"]),
    case("the first version in 4.2", Definitions, "4.2", Queue, "classic", "x-queue-version 1", &["note idle-key/x-queue-version"]),
    case("the first version in 4.3", Definitions, "4.3", Queue, "classic", "x-queue-version 1", &["error refused-value/x-queue-version"]),
    case("a queue of unknown type", Definitions, "4.3", Queue, "", "x-max-priority 5\nx-max-age \"7D\"\ndurable true\nauto_delete false", &[]),
    case("an argument of a plugin", Definitions, "4.3", Queue, "classic", "x-message-deduplication true", &[]),
    case("a timeout in 4.2", Definitions, "4.2", Queue, "classic", "x-consumer-timeout 5", &[]),
    case("a timeout in 4.3", Definitions, "4.3", Queue, "classic", "x-consumer-timeout 5", &["error refused-value/x-consumer-timeout"]),
    case("an offset of 4.4", Definitions, "4.3", Queue, "stream", "x-stream-initial-offset \"first\"", &["warning gone-key/x-stream-initial-offset"]),
    case("an exchange", Definitions, "4.3", Exchange, "", "type \"topic\"\ndurable true\nalternate-exchange \"ae\"", &[]),
    case("an exchange of no type", Definitions, "4.3", Exchange, "", "type \"topc\"", &["error refused-value/type"]),
    case("an exchange of a plugin", Definitions, "4.3", Exchange, "", "type \"x-delayed-message\"\nx-delayed-type \"direct\"", &[]),
    case("a virtual host", Definitions, "4.3", Vhost, "", "default_queue_type \"quorum\"\ndescription \"x\"", &[]),
    case("a virtual host of no type", Definitions, "4.3", Vhost, "", "default_queue_type \"qorum\"", &["error refused-value/default_queue_type"]),
    // server.properties
    case("a slip", ServerProperties, "4.3", Broker, "", "num.network.thread 3", &["warning unknown-key/num.network.thread"]),
    case("a key of nobody's", ServerProperties, "4.3", Broker, "", "acme.auditor.endpoint here", &["note unknown-key/acme.auditor.endpoint"]),
    case("ZooKeeper in 4.x", ServerProperties, "4.0", Broker, "", "zookeeper.connect zoo:2181", &["warning gone-key/zookeeper.connect"]),
    case("ZooKeeper in 3.9", ServerProperties, "3.9", Broker, "", "zookeeper.connect zoo:2181", &[]),
    case("a host that 3.0 took out", ServerProperties, "3.8", Broker, "", "advertised.host.name here", &["warning gone-key/advertised.host.name"]),
    case("no threads", ServerProperties, "4.3", Broker, "", "num.io.threads 0", &["error refused-value/num.io.threads"]),
    case("a wrong word", ServerProperties, "4.3", Broker, "", "log.cleanup.policy compacted", &["error refused-value/log.cleanup.policy"]),
    case("two words", ServerProperties, "4.3", Broker, "", "log.cleanup.policy compact, delete\nauto.create.topics.enable TRUE", &[]),
    case("of a listener", ServerProperties, "4.3", Broker, "", "listener.name.internal.ssl.keystore.location /x\nsuper.users User:a\nconfluent.license.topic x", &[]),
    case("overruled", ServerProperties, "4.3", Broker, "", "log.retention.hours 168\nlog.retention.ms 1000", &["warning idle-key/log.retention.hours"]),
    case("a topic's key", ServerProperties, "4.3", Broker, "", "retention.ms 1000", &["warning unknown-key/retention.ms"]),
    case("the format of messages", ServerProperties, "3.9", Broker, "", "log.message.format.version 2.8", &["warning idle-key/log.message.format.version"]),
    case("what the operator sets", KafkaCluster, "4.3", Broker, "", "listeners PLAINTEXT://:9092\nnum.partitions 3\nssl.cipher.suites x\nsuper.users User:a", &["warning idle-key/listeners", "warning idle-key/super.users"]),
    // topics
    case("a slip", KafkaTopic, "4.3", Topic, "", "retension.ms 1000", &["error unknown-key/retension.ms"]),
    case("the format in 3.8", KafkaTopic, "3.8", Topic, "", "message.format.version 3.0", &["warning idle-key/message.format.version"]),
    case("the format in 4.3", KafkaTopic, "4.3", Topic, "", "message.format.version 3.0", &["error gone-key/message.format.version"]),
    case("a wrong word", KafkaTopic, "4.3", Topic, "", "cleanup.policy compacted", &["error refused-value/cleanup.policy"]),
    case("more in sync than copies", KafkaTopic, "4.3", Topic, "", "min.insync.replicas 3\nreplication.factor 1\npartitions 1", &[]),
    case("a small segment in 4.0", KafkaTopic, "4.0", Topic, "", "segment.bytes 1024", &[]),
    case("a small segment in 4.1", KafkaTopic, "4.1", Topic, "", "segment.bytes 1024", &["error refused-value/segment.bytes"]),
    case("dead letters in 4.3", KafkaTopic, "4.3", Topic, "", "errors.deadletterqueue.group.enable true", &["error gone-key/errors.deadletterqueue.group.enable"]),
    case("dead letters in 4.4", KafkaTopic, "4.4", Topic, "", "errors.deadletterqueue.group.enable true", &[]),
    case("a compacted topic with an age", KafkaTopic, "4.3", Topic, "", "cleanup.policy compact\nretention.ms 1000", &["warning idle-key/retention.ms"]),
    case("local retention without tiers", KafkaTopic, "4.3", Topic, "", "local.retention.ms 1000", &["warning idle-key/local.retention.ms"]),
    case("too large a number", KafkaTopic, "4.3", Topic, "", "max.message.bytes 3000000000", &["error refused-value/max.message.bytes"]),
    case("a level of the wrong codec", KafkaTopic, "4.3", Topic, "", "compression.type zstd\ncompression.gzip.level -1\ncompression.zstd.level 3", &["note idle-key/compression.gzip.level"]),
    case("a level that is none", KafkaTopic, "4.3", Topic, "", "compression.type gzip\ncompression.gzip.level 12", &["error refused-value/compression.gzip.level"]),
];

/// The file of a case, and its text: each line is `key value`.
fn file(case: &Case) -> (Artifact, String) {
    let typed = case.shape == Definitions;
    let mut text = String::from("name\n");
    let mut entries = Vec::new();
    if case.kind == Queue && !case.applies.is_empty() {
        entries.push(entry(&mut text, "x-queue-type", &format!("\"{}\"", case.applies), typed));
    }
    for line in case.lines.lines() {
        let (key, value) = line.split_once(' ').unwrap();
        entries.push(entry(&mut text, key, value, typed));
    }
    let policy = matches!(case.kind, Policy | OperatorPolicy);
    let selector = policy.then(|| Selector {
        pattern: ".*".to_owned(),
        pattern_span: Span::new(0, 4),
        apply_to: case.applies.to_owned(),
        priority: 0,
    });
    let vhost = typed.then(|| "/".to_owned());
    let name = if case.kind == Broker { String::new() } else { "name".to_owned() };
    let item = Item { kind: case.kind, name, vhost, span: Span::new(0, 4), entries, selector };
    let broker = if matches!(case.shape, Definitions | RabbitmqConf) { "rabbitmq" } else { "kafka" };
    let artifact = Artifact {
        source: 3,
        shape: case.shape,
        broker,
        name: None,
        version: None,
        prefix: None,
        items: vec![item],
        bindings: Vec::new(),
        strays: Vec::new(),
        more: None,
    };
    (artifact, text)
}

fn entry(text: &mut String, key: &str, value: &str, typed: bool) -> Entry {
    let key_span = Span::new(text.len(), text.len() + key.len());
    let start = key_span.end as usize + 1;
    let value_span = Span::new(start, start + value.len());
    writeln!(text, "{key} {value}").unwrap();
    let kind = match value {
        _ if !typed => Typed::Untyped,
        "true" | "false" => Typed::Boolean,
        _ if value.starts_with('"') => Typed::Text,
        _ => Typed::Number,
    };
    let literal = Literal { text: value.trim_matches('"').to_owned(), typed: kind };
    Entry { key: key.to_owned(), key_span, value: Declared::Literal(literal), value_span, secret: false }
}

fn judged(artifact: &Artifact, version: &str) -> Vec<Finding> {
    validity(&KNOWLEDGE, &DECLARED, artifact, Meant { version: Version::parse(version).unwrap(), is_taken: false })
}

fn names(findings: &[Finding]) -> Vec<String> {
    let mut all: Vec<String> = findings.iter().map(|it| format!("{} {}", it.level.word(), it.full_id())).collect();
    all.sort();
    all
}

#[test]
fn real_brokers_answers_are_found() {
    let mut wrong = String::new();
    for case in CASES {
        let (artifact, _) = file(case);
        let found = names(&judged(&artifact, case.version));
        if found != case.found {
            writeln!(wrong, "{} ({} {:?}): {found:?}, not {:?}", case.says, case.version, case.shape, case.found)
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn findings_point_at_the_key_or_the_value_and_say_whose() {
    for case in CASES {
        let (artifact, text) = file(case);
        for finding in judged(&artifact, case.version) {
            let place = &finding.places[0];
            let key = finding.which.as_deref().unwrap();
            assert_eq!(place.source, Some(3));
            let shown = place.span.text(&text);
            let mut lines = text.lines().filter(|line| line.split(' ').next() == Some(key));
            let is_of_key = shown == "name" || lines.any(|line| line.contains(shown));
            assert!(!shown.is_empty() && is_of_key, "{}: `{shown}` is not of `{key}`", case.says);
            assert!(finding.about.starts_with(case.kind.called()), "{}", finding.about);
            assert!(!finding.message.ends_with('.') && !finding.message.starts_with(char::is_uppercase));
        }
    }
}

#[test]
fn what_may_be_meant_is_proposed() {
    let helps = |version, lines, shape, kind| {
        let (artifact, _) = file(&case("", shape, version, kind, "", lines, &[]));
        judged(&artifact, version).into_iter().map(|it| (it.message, it.help)).collect::<Vec<_>>()
    };
    let text = |text: &str| text.to_owned();
    assert_eq!(
        helps("4.3", "retension.ms 5", KafkaTopic, Topic),
        [(
            text("`retension.ms` is not a key of a topic in Apache Kafka 4.3; brokers refuse the topic"),
            vec![text("did you mean `retention.ms`?")]
        )]
    );
    assert_eq!(
        helps("4.3", "cleanup.policy compacted", KafkaTopic, Topic),
        [(
            text(
                "`compacted` is not taken for `cleanup.policy`: it wants some of `compact`, `delete`; brokers refuse the topic"
            ),
            vec![text("did you mean `compact`?")]
        )]
    );
    assert_eq!(
        helps("4.3", "acks 1", ServerProperties, Broker),
        [(
            text("`acks` is not a key of a broker in Apache Kafka 4.3; the broker takes no notice of it"),
            vec![text("`acks` is a key of a producer")]
        )]
    );
}

#[test]
fn a_secret_is_never_shown() {
    let (mut artifact, _) =
        file(&case("", RabbitmqConf, "4.3", Broker, "", "heartbeat hunter2\ndefault_queue_type hunter2", &[]));
    for entry in &mut artifact.items[0].entries {
        entry.secret = true;
    }
    let findings = judged(&artifact, "4.3");
    assert_eq!(findings.len(), 2);
    assert!(!format!("{findings:?}").contains("hunter2"));
}

#[test]
fn a_value_from_elsewhere_is_not_judged() {
    let (mut artifact, _) = file(&case("", RabbitmqConf, "4.3", Broker, "", "heartbeat x", &[]));
    artifact.items[0].entries[0].value = Declared::Elsewhere;
    assert_eq!(judged(&artifact, "4.3"), []);
}

#[test]
fn a_section_that_nobody_knows_is_found() {
    let (mut artifact, _) = file(&case("", Definitions, "4.3", Exchange, "", "type \"topic\"", &[]));
    artifact.strays.push(Stray {
        key: "quees".to_owned(),
        span: Span::new(0, 4),
        near: Some("queues"),
        refused: false,
    });
    let findings = judged(&artifact, "4.3");
    assert_eq!(names(&findings), ["warning unknown-section/quees"]);
    assert_eq!(findings[0].help, ["did you mean `queues`?"]);
}

#[test]
fn a_queue_takes_the_type_that_its_virtual_host_gives() {
    let (mut artifact, _) = file(&case("", Definitions, "4.3", Queue, "", "x-max-priority 5", &[]));
    let (host, _) = file(&case("", Definitions, "4.3", Vhost, "", "default_queue_type \"quorum\"", &[]));
    artifact.items.extend(host.items);
    assert_eq!(names(&judged(&artifact, "4.3")), [""; 0], "another virtual host");
    artifact.items[1].name = "/".to_owned();
    assert_eq!(names(&judged(&artifact, "4.3")), ["error refused-value/x-max-priority"]);
}

#[test]
fn a_policy_that_helps_a_queue_is_seen() {
    let lines = "x-dead-letter-exchange \"d\"\nx-dead-letter-strategy \"at-least-once\"";
    let (mut artifact, _) = file(&case("", Definitions, "4.3", Queue, "quorum", lines, &[]));
    let (policy, _) = file(&case("", Definitions, "4.3", Policy, "queues", "overflow \"reject-publish\"", &[]));
    artifact.items.extend(policy.items);
    assert_eq!(names(&judged(&artifact, "4.3")), [""; 0]);
}

#[test]
fn a_dead_letter_exchange_that_is_not_declared_is_found_where_others_are() {
    let found = |kind, key: &str, exchange: &str, declared: &str| {
        let (mut artifact, _) = file(&case("", Definitions, "4.3", kind, "queues", "", &[]));
        artifact.items.retain(|item| item.kind == kind);
        let mut text = String::new();
        artifact.items[0].entries = vec![entry(&mut text, key, &format!("\"{exchange}\""), true)];
        artifact.items[0].selector.iter_mut().for_each(|it| it.apply_to = "queues".to_owned());
        if !declared.is_empty() {
            let (other, _) = file(&case("", Definitions, "4.3", Exchange, "", "type \"topic\"", &[]));
            artifact.items.extend(other.items.into_iter().map(|item| Item { name: declared.to_owned(), ..item }));
        }
        names(&judged(&artifact, "4.3"))
    };
    let lost = ["warning idle-key/dead-letter-exchange"];
    assert_eq!(found(Policy, "dead-letter-exchange", "dlx", "orders"), lost);
    assert_eq!(found(Policy, "dead-letter-exchange", "dlx", "dlx"), [""; 0]);
    assert_eq!(found(Policy, "dead-letter-exchange", "dlx", ""), [""; 0], "it may be declared by a program");
    assert_eq!(found(Policy, "dead-letter-exchange", "", "orders"), [""; 0], "the default exchange is always there");
    assert_eq!(found(Policy, "dead-letter-exchange", "amq.topic", "orders"), [""; 0]);
}

#[test]
fn a_pattern_that_no_engine_takes_is_refused() {
    let found = |pattern: &str| {
        let (mut artifact, _) = file(&case("", Definitions, "4.3", Policy, "queues", "max-length 5", &[]));
        artifact.items[0].selector.iter_mut().for_each(|it| pattern.clone_into(&mut it.pattern));
        names(&judged(&artifact, "4.3"))
    };
    for pattern in ["*", "+", "?x", "^(orders", "orders)"] {
        assert_eq!(found(pattern), ["error refused-value/pattern"], "{pattern}");
    }
    for pattern in ["", ".*", "^(orders|bills)$", "(?=a)", "\\(", "[(]", "(*UTF8)a", "a{2}", "orders.*"] {
        assert_eq!(found(pattern), [""; 0], "{pattern}");
    }
}

#[test]
fn a_finding_on_an_item_that_is_declared_twice_is_one_with_both_places() {
    let (mut artifact, _) = file(&case("", Definitions, "4.3", Queue, "", "x-max-lenght 5\nx-max-lenght 6", &[]));
    let mut item = artifact.items.remove(0);
    let other = Item { entries: item.entries.split_off(1), ..item.clone() };
    artifact.items = vec![item, other];
    let findings = judged(&artifact, "4.3");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].places.len(), 2);
}

#[test]
fn a_file_of_nothing_but_unknown_keys_is_read_in_time() {
    let lines: String = (0..20_000).fold(String::new(), |mut all, turn| {
        writeln!(all, "retention.millis.{turn} 5").unwrap();
        all
    });
    let (artifact, _) = file(&Case { lines: lines.leak(), ..case("", ServerProperties, "4.3", Broker, "", "", &[]) });
    let started = std::time::Instant::now();
    let findings = judged(&artifact, "4.3");
    assert_eq!(findings.len(), 20_000);
    assert!(findings.iter().all(|it| it.level <= Level::Warning));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
