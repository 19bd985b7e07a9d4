//! What holds for an item where several places speak of it, and which items are a flow's.

use brokerfit::artifact::Shape;
use brokerfit::gate::{Finding, judge_files};
use brokerfit::pattern::Pattern;

use super::files::{artifact, artifacts};
use super::{decided, found, shown};
use crate::support::{KNOWLEDGE, option, roughly, stating};

/// What files say of one key with an option, for a profile of the name `stated`.
fn of_key(name: &str, facts: &[&str], files: &str, key: &str) -> Vec<String> {
    let broker = if name.starts_with("kafka") { "kafka" } else { "rabbitmq" };
    let all = found(&decided(&stating(facts), option(name)), &artifacts(broker, files));
    let own = all.iter().filter(|it| it.which.as_deref() == Some(key));
    own.map(|it| format!("{} {} {}", it.level.word(), it.id, it.about)).collect()
}

const LONG: [&str; 4] = [
    "backlog.longest_outage=10d",
    "retention.period=until-consumed",
    "retention.latest_per_key=false",
    "delivery.guarantee=at-least-once",
];

#[test]
fn a_topics_own_value_stands_before_the_brokers_and_milliseconds_before_hours() {
    let retention = |files: &str| of_key("kafka/log", &LONG, files, "retention.ms");
    let found = ["error unfit-value stated"];
    assert_eq!(retention("topic stated retention.ms=864000000"), [""; 0]);
    assert_eq!(retention("topic stated retention.ms=3600000; broker log.retention.ms=864000000"), found);
    assert_eq!(retention("topic stated; broker log.retention.ms=864000000 log.retention.hours=1"), [""; 0]);
    assert_eq!(retention("topic stated; broker log.retention.hours=1 log.retention.minutes=14400"), [""; 0]);
    assert_eq!(retention("topic stated; broker log.retention.hours=239"), found);
    assert_eq!(retention("topic stated; broker log.retention.hours=240"), [""; 0]);
    assert_eq!(retention("topic stated; broker log.retention.hours=-1"), [""; 0]);
    assert_eq!(retention("topic stated; broker log.retention.hours=?"), [""; 0]);
    assert_eq!(retention("topic stated retention.ms=?; broker log.retention.hours=1"), [""; 0]);
    assert_eq!(retention("topic stated retention.ms=1h"), found);
    assert_eq!(retention("topic stated retention.ms=soon"), [""; 0]);
}

#[test]
fn a_default_counts_in_full_only_where_the_brokers_file_is_at_hand() {
    let retention = |files: &str| of_key("kafka/log", &LONG, files, "retention.ms");
    assert_eq!(retention("topic stated; broker num.partitions=3"), ["error unfit-default stated"]);
    assert_eq!(retention("topic stated"), ["warning unfit-default stated"]);
}

#[test]
fn what_brokers_give_is_judged_where_no_file_declares_a_topic() {
    let retention = |files: &str| of_key("kafka/log", &LONG, files, "retention.ms");
    assert_eq!(retention("broker log.retention.hours=1"), ["warning unfit-value "]);
    assert_eq!(retention("broker log.retention.hours=240"), [""; 0]);
    assert_eq!(retention("broker num.partitions=3"), [""; 0]);
    assert_eq!(of_key("kafka/log", &LONG, "topic stated", "offsets.retention.minutes"), [""; 0]);
    assert_eq!(
        of_key("kafka/log", &LONG, "broker num.partitions=3", "offsets.retention.minutes"),
        ["error unfit-default "]
    );
}

/// A queue that may hold too little.
const DEEP: [&str; 4] =
    ["backlog.messages=1000", "delivery.guarantee=at-least-once", "availability.may_lose=false", "message.size=1 KiB"];

#[test]
fn of_an_argument_and_a_policy_the_lower_limit_holds() {
    let length = |files: &str| of_key("rabbitmq/quorum", &DEEP, files, "x-max-length");
    let found = ["error unfit-value stated"];
    let queue = "queue stated x-queue-type=quorum";
    assert_eq!(length(&format!("{queue} x-max-length=1000")), [""; 0]);
    assert_eq!(length(&format!("{queue} x-max-length=999")), found);
    assert_eq!(length(&format!("{queue} x-max-length=1000; policy own max-length=10")), found);
    assert_eq!(length(&format!("{queue} x-max-length=10; policy own max-length=1000")), found);
    assert_eq!(length(&format!("{queue}; policy own max-length=10; operator-policy cap max-length=5000")), found);
    assert_eq!(length(&format!("{queue}; policy own max-length=5000; operator-policy cap max-length=10")), found);
    assert_eq!(length(&format!("{queue}; policy own max-length=5000; operator-policy cap max-length=6000")), [""; 0]);
}

#[test]
fn of_several_policies_the_one_with_the_highest_priority_is_taken_whole() {
    let length = |files: &str| of_key("rabbitmq/quorum", &DEEP, files, "x-max-length");
    let queue = "queue stated x-queue-type=quorum";
    let found = ["error unfit-value stated"];
    assert_eq!(
        length(&format!("{queue}; policy a max-length=10 priority=1; policy b max-length=5000 priority=2")),
        [""; 0]
    );
    assert_eq!(
        length(&format!("{queue}; policy a max-length=10 priority=1; policy b expires=90000 priority=2")),
        [""; 0]
    );
    assert_eq!(length(&format!("{queue}; policy a max-length=10 pattern=^orders")), [""; 0]);
    assert_eq!(length(&format!("{queue}; policy a max-length=10 pattern=tate")), found);
    assert_eq!(length(&format!("{queue}; policy a max-length=10 apply-to=classic_queues")), [""; 0]);
    assert_eq!(length(&format!("{queue}; policy a max-length=10 apply-to=all")), found);
    assert_eq!(length(&format!("{queue}; policy a max-length=10 apply-to=exchanges")), [""; 0]);
    // Two of one priority: which is taken, nobody can say.
    assert_eq!(length(&format!("{queue}; policy a max-length=10; policy b max-length=5000")), [""; 0]);
}

#[test]
fn a_policy_with_a_key_that_the_queue_type_does_not_know_passes_over_it() {
    let length = |files: &str| of_key("rabbitmq/quorum", &DEEP, files, "x-max-length");
    let queue = "queue stated x-queue-type=quorum";
    assert_eq!(length(&format!("{queue}; policy a max-length=10 ha-mode=all")), [""; 0]);
    assert_eq!(length(&format!("{queue}; policy a max-length=10 delivery-limit=9")), ["error unfit-value stated"]);
}

#[test]
fn a_pattern_for_one_name_is_for_that_name_alone() {
    let length = |pattern: &str, name: &str| {
        let files = format!("queue {name} x-queue-type=quorum; policy p pattern={pattern} max-length=5");
        of_key("rabbitmq/quorum", &DEEP, &files, "x-max-length").len()
    };
    assert_eq!(length("^stated$", "stated"), 1);
    assert_eq!(length("^stated$", "stated.new"), 0);
    assert_eq!(length("^stated\\.new$", "stated.new"), 1);
    assert_eq!(length("^stated\\.new$", "stated-new"), 0);
    assert_eq!(length("^stated.new$", "stated-new"), 1, "a dot stands for any sign");
    assert_eq!(length("stated", "stated.new"), 1, "without ends it may stand anywhere");
}

#[test]
fn thousands_of_queues_and_policies_are_judged_each_by_its_own() {
    let deep = [&["backlog.messages=10000"], DEEP.get(1..).unwrap()].concat();
    let one = |at| format!("queue stated.{at} x-queue-type=quorum; policy p{at} pattern=^stated\\.{at}$ max-length=1");
    let files: Vec<String> = (1..=3000).map(one).collect();
    let all = of_key("rabbitmq/quorum", &deep, &files.join("; "), "x-max-length");
    // What they hold together is told once.
    assert_eq!(all, ["error unfit-value stated.1"]);
    let all = of_key("rabbitmq/quorum", &deep, &files.join("; ").replace('$', ""), "x-max-length");
    assert!(all.len() <= 1, "{all:?}");
}

#[test]
fn a_pattern_that_only_the_broker_can_read_may_match() {
    let length = |files: &str| of_key("rabbitmq/quorum", &DEEP, files, "x-max-length");
    let queue = "queue stated x-queue-type=quorum";
    assert_eq!(length(&format!("{queue}; policy a max-length=10 pattern=^(?!amq)")), [""; 0]);
    assert_eq!(length(&format!("{queue} x-max-length=10; policy a max-length=10 pattern=^(?!amq)")), [""; 0]);
    assert_eq!(
        length(&format!("{queue} x-max-length=10; policy a expires=1 pattern=^(?!amq)")),
        ["error unfit-value stated"]
    );
    let huge = format!("{queue} x-max-length=10; policy a max-length=9 pattern=(a{{1000}}){{1000}}");
    assert_eq!(length(&huge), [""; 0]);
}

#[test]
fn overflow_is_the_arguments_on_classic_queues_and_the_policys_on_quorum_queues() {
    let facts = [DEEP.as_slice(), &["backlog.when_full=block"]].concat();
    let overflow = |kind: &str| {
        let argument = format!(
            "queue stated x-queue-type={kind} x-max-length=5000 x-overflow=drop-head; policy a overflow=reject-publish"
        );
        of_key(&format!("rabbitmq/{kind}"), &facts, &argument, "x-overflow")
    };
    assert_eq!(overflow("classic"), ["error unfit-value stated"]);
    assert_eq!(overflow("quorum"), [""; 0]);
}

#[test]
fn queues_that_share_a_flow_share_its_backlog() {
    let length = |files: &str| of_key("rabbitmq/quorum", &DEEP, files, "x-max-length");
    let queues = |most: u32| {
        let all = (0..4).map(|place| format!("queue stated-{place} x-queue-type=quorum x-max-length={most}"));
        all.collect::<Vec<_>>().join(";")
    };
    assert_eq!(length(&queues(250)), [""; 0]);
    assert_eq!(length(&queues(249)), ["error unfit-value stated-0"]);
}

#[test]
fn a_type_comes_from_the_argument_the_virtual_host_the_node_or_the_default() {
    let declared = |files: &str| {
        let all = found(&decided(&stating(&DEEP), option("rabbitmq/quorum")), &artifacts("rabbitmq", files));
        all.iter().filter(|it| it.id == "other-option-declared").count()
    };
    assert_eq!(declared("queue stated x-queue-type=quorum"), 0);
    assert_eq!(declared("queue stated type=quorum"), 0);
    assert_eq!(declared("queue stated x-queue-type=classic"), 1);
    assert_eq!(declared("queue stated"), 1);
    assert_eq!(declared("queue stated; vhost / default_queue_type=quorum"), 0);
    assert_eq!(declared("queue stated; broker default_queue_type=quorum"), 0);
    assert_eq!(declared("queue stated; vhost / default_queue_type=classic; broker default_queue_type=quorum"), 1);
    assert_eq!(declared("queue stated x-queue-type=?"), 0);
}

fn about(files: &str, name: &str, only: &[&str]) -> Vec<String> {
    let mut profile = decided(&stating(&DEEP), option("rabbitmq/quorum"));
    name.clone_into(&mut profile.name);
    let (advice, artifacts) = (roughly(&profile), artifacts("rabbitmq", files));
    let only: Vec<Pattern> = only.iter().map(|it| Pattern::over_names(it).unwrap()).collect();
    let all = judge_files(&KNOWLEDGE, &advice, &artifacts.iter().collect::<Vec<_>>(), &only);
    let mut about: Vec<String> =
        all.iter().filter(|it| it.which.as_deref() == Some("x-expires")).map(|it| it.about.clone()).collect();
    about.sort();
    about
}

/// A queue that goes too soon.
fn short(name: &str) -> String {
    format!("queue {name} x-queue-type=quorum x-expires=1000")
}

#[test]
fn items_are_a_flows_by_glob_else_by_name_else_all_that_carry_messages() {
    let files = [short("orders"), short("orders.eu"), short("orders.dlq"), short("ordersx"), short("mail")].join(";");
    assert_eq!(about(&files, "orders", &[]), ["orders", "orders.eu"]);
    assert_eq!(about(&files, "Orders", &[]), ["orders", "orders.eu"]);
    assert_eq!(about(&files, "orders", &["orders.dlq", "m*"]), ["mail", "orders.dlq"]);
    assert_eq!(about(&files, "orders", &["orders.??"]), ["orders.eu"]);
    assert_eq!(about(&files, "orders", &["nothing"]), [""; 0]);
    assert_eq!(about(&files, "invoices", &[]), ["mail", "orders", "orders.eu", "ordersx"]);
    let others =
        [short("amq.gen-1"), short("mail-retry-3"), short("mail-dlt"), short("dlq.mail"), short("mail")].join(";");
    assert_eq!(about(&others, "invoices", &[]), ["mail"]);
}

#[test]
fn queues_of_dead_letters_are_nobodys_own_and_the_queue_of_a_retry_loop_is_its_flows() {
    let dead = format!("{} x-dead-letter-exchange=x; {}; bind x lost stated", short("work"), short("lost"));
    assert_eq!(about(&dead, "invoices", &[]), ["work"]);
    let ring = format!(
        "{} x-dead-letter-exchange=later; {} x-dead-letter-exchange=again x-message-ttl=5000; bind later pause; bind again work",
        short("work"),
        short("pause"),
    );
    assert_eq!(about(&ring, "invoices", &[]), ["work"]);
}

#[test]
fn a_file_of_another_broker_or_version_is_found() {
    let facts = [DEEP.as_slice(), &["environment.versions.rabbitmq=4.3"]].concat();
    let profile = decided(&stating(&facts), option("rabbitmq/quorum"));
    let mut kafka = artifact("kafka", Shape::ServerProperties, 1, "broker num.partitions=1");
    let mut node = artifact("rabbitmq", Shape::Compose, 2, "broker heartbeat=60");
    node.version =
        Some((brokerfit::quantity::Version::parse("3.13.7").unwrap(), brokerfit::source::Span { start: 1, end: 4 }));
    let ids = |all: &[Finding]| -> Vec<String> {
        let own = all.iter().filter(|it| it.id.starts_with("other-"));
        own.map(|it| format!("{} {}", it.level.word(), it.full_id())).collect()
    };
    let all = found(&profile, &[kafka.clone(), node.clone()]);
    assert_eq!(ids(&all), ["warning other-broker-declared", "warning other-version-declared"], "{:?}", shown(&all));
    // One file may run both.
    kafka.source = 2;
    assert_eq!(ids(&found(&profile, &[kafka, node])), ["warning other-version-declared"]);
}

#[test]
fn brokers_of_several_lines_are_judged_each_by_its_own() {
    let profile = decided(&stating(&["availability.may_lose=false"]), option("rabbitmq/classic"));
    let node = |version, source| {
        let mut node = artifact("rabbitmq", Shape::Compose, source, "broker heartbeat=60");
        let version = brokerfit::quantity::Version::parse(version).unwrap();
        node.version = Some((version, brokerfit::source::Span { start: 1, end: 4 }));
        node
    };
    let without_partition_handling = |nodes: &[_]| -> Vec<usize> {
        let all = found(&profile, nodes);
        let own = all.iter().filter(|it| it.which.as_deref() == Some("cluster_partition_handling"));
        own.flat_map(|it| &it.places).filter_map(|place| place.source).collect()
    };
    // From 4.2 on there is nothing to set.
    assert_eq!(without_partition_handling(&[node("4.0", 1), node("4.3", 2)]), [1]);
    assert_eq!(without_partition_handling(&[node("4.3", 1), node("4.0", 2)]), [2]);
    let unversioned = artifact("rabbitmq", Shape::Definitions, 1, "queue stated");
    assert_eq!(without_partition_handling(&[unversioned, node("4.0", 2)]), [2]);
}

#[test]
fn assumptions_and_ranges_make_a_finding_less_grave_and_are_named() {
    let after = |millis: u32, facts: &[&str]| {
        let files = artifacts("kafka", &format!("topic stated retention.ms={millis}"));
        let all = found(&decided(&stating(facts), option("kafka/log")), &files);
        let own = all.into_iter().find(|it| it.which.as_deref() == Some("retention.ms"));
        own.map(|it| (it.level.word(), it.message))
    };
    let level = |facts: &[&str]| after(3_600_000, facts);
    let kept = "retention.latest_per_key=false";
    assert_eq!(level(&["retention.period=7d", kept]).unwrap().0, "error");
    let (word, message) = level(&["retention.period=30min..7d", "backlog.longest_outage=1min", kept]).unwrap();
    assert_eq!(word, "warning");
    assert!(message.contains("rests on `retention.period`"), "{message}");
    assert_eq!(level(&["retention.period=2h..7d", "backlog.longest_outage=1min", kept]).unwrap().0, "error");
    assert_eq!(level(&["retention.period=until-consumed", "backlog.longest_outage=1min", kept]), None);
    let (word, message) = after(60_000, &[]).unwrap();
    assert_eq!(word, "warning");
    assert!(message.contains("`backlog.longest_outage` (assumed"), "{message}");
}
