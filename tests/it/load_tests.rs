//! What puts the flow's load on a broker: its numbers are those of the facts, and every field and flag exists.

#![expect(clippy::float_cmp, reason = "whole numbers, which are exact")]

use brokerfit::export::{File, Order, Target, Unfit};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::Scope;
use brokerfit::profile::Profile;
use serde_json::Value;

use crate::support::{KNOWLEDGE, fact, option, profiles, stating};

const OPTIONS: [&str; 5] = ["kafka/log", "kafka/share-group", "rabbitmq/quorum", "rabbitmq/classic", "rabbitmq/stream"];

/// Fields of `Workload` and `DriverConfiguration` of the benchmark (openmessaging/benchmark, January 2026).
const WORKLOAD: [&str; 15] = [
    "name",
    "topics",
    "partitionsPerTopic",
    "keyDistributor",
    "messageSize",
    "useRandomizedPayloads",
    "randomBytesRatio",
    "randomizedPayloadPoolSize",
    "subscriptionsPerTopic",
    "producersPerTopic",
    "consumerPerSubscription",
    "producerRate",
    "consumerBacklogSizeGB",
    "testDurationMinutes",
    "warmupDurationMinutes",
];
/// Fields of the driver for Kafka, `Config`.
const KAFKA_DRIVER: [&str; 7] =
    ["name", "driverClass", "replicationFactor", "topicConfig", "commonConfig", "producerConfig", "consumerConfig"];
/// Fields of the driver for RabbitMQ, `RabbitMqConfig`.
const RABBITMQ_DRIVER: [&str; 9] = [
    "name",
    "driverClass",
    "amqpUris",
    "messagePersistence",
    "queueType",
    "producerCreationDelay",
    "producerCreationBatchSize",
    "consumerCreationDelay",
    "consumerCreationBatchSize",
];

/// Flags of Kafka's tools, as their `--help` prints them: until 4.1, and from 4.2 on.
const PRODUCER: [&str; 7] = [
    "--topic",
    "--num-records",
    "--throughput",
    "--record-size",
    "--payload-file",
    "--transactional-id",
    "--transaction-duration-ms",
];
const PRODUCER_OLD: [&str; 1] = ["--producer.config"];
const PRODUCER_NEW: [&str; 3] = ["--bootstrap-server", "--command-config", "--warmup-records"];
/// The same, from 4.4 on.
const PRODUCER_KEYS: [&str; 2] = ["--record-key-range", "--key-distribution"];
const CONSUMER: [&str; 6] =
    ["--bootstrap-server", "--topic", "--group", "--timeout", "--show-detailed-stats", "--reporting-interval"];
const CONSUMER_OLD: [&str; 2] = ["--messages", "--consumer.config"];
const CONSUMER_NEW: [&str; 2] = ["--num-records", "--command-config"];
/// Flags of `PerfTest` 2.22.1.
const PERF_TEST: [&str; 26] = [
    "--time",
    "--size",
    "--confirm",
    "--flag",
    "--autoack",
    "--qos",
    "--heartbeat",
    "--quorum-queue",
    "--stream-queue",
    "--stream-consumer-offset",
    "--max-length-bytes",
    "--stream-max-segment-size-bytes",
    "--queue-args",
    "--auto-delete",
    "--consumer-latency",
    "--use-millis",
    "--rate",
    "--publishing-interval",
    "--producer-random-start-delay",
    "--id",
    "--exchange",
    "--type",
    "--queue-pattern",
    "--queue-pattern-from",
    "--queue-pattern-to",
    "--producers",
];
/// Flags of Stream `PerfTest` (rabbitmq/rabbitmq-stream-perf-test, August 2026).
const STREAM_PERF_TEST: [&str; 17] = [
    "--streams",
    "--super-streams",
    "--super-stream-partitions",
    "--size",
    "--confirms",
    "--confirm-latency",
    "--offset",
    "--max-length-bytes",
    "--stream-max-segment-size-bytes",
    "--initial-member-count",
    "--leader-locator",
    "--heartbeat",
    "--producers",
    "--consumers",
    "--rate",
    "--time",
    "--delete-streams",
];

/// What is looked at: the order, and what is written for it.
fn ordered<T>(
    profile: &Profile,
    name: &str,
    target: Target,
    look: impl FnOnce(&Order<'_>, Result<Vec<File>, Unfit>) -> T,
) -> T {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let order = Order::new(&KNOWLEDGE, profile, &facts, option(name)).unwrap();
    let files = target.files(&order);
    look(&order, files)
}

fn script(profile: &Profile, name: &str) -> Result<String, Unfit> {
    ordered(profile, name, Target::PerfTest, |_, files| files.map(|files| files[0].text.clone()))
}

fn yaml(file: &File) -> Value {
    serde_yaml::from_str(&file.text).unwrap_or_else(|error| panic!("{error}\n{}", file.text))
}

/// The whole number that is not below a fact's amount, at least 1; twelve digits count.
fn whole(order: &Order<'_>, name: &str) -> f64 {
    match order.facts.central(fact(name)) {
        brokerfit::expr::Value::Number(range) => (range.lo * (1.0 - 1e-12)).ceil().max(1.0),
        _ => f64::NAN,
    }
}

fn advised(order: &Order<'_>, scope: Scope, key: &str) -> Option<f64> {
    let found = order.settings.iter().find(|setting| setting.scope == scope && setting.key == key);
    found.and_then(|setting| setting.value.parse().ok())
}

/// Why a load may be refused.
fn is_a_reason(unfit: &Unfit) -> bool {
    ["not known", "to which tools", "does not fit into", "driver cannot read", "reads by a share group"]
        .iter()
        .any(|part| unfit.message.contains(part))
}

fn known(document: &Value, fields: &[&str]) {
    for field in document.as_object().unwrap().keys() {
        assert!(fields.contains(&field.as_str()), "{field}");
    }
}

#[test]
fn a_workload_has_the_numbers_of_the_facts() {
    let mut written = 0;
    for profile in profiles(60) {
        for name in OPTIONS {
            ordered(&profile, name, Target::Openmessaging, |order, files| {
                let files = match files {
                    Ok(files) => files,
                    Err(unfit) => return assert!(is_a_reason(&unfit), "{unfit}"),
                };
                written += 1;
                let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
                assert_eq!(names, ["workload.yaml", "driver.yaml"]);
                let workload = yaml(&files[0]);
                known(&workload, &WORKLOAD);
                let number = |field: &str| workload[field].as_f64().unwrap_or_else(|| panic!("{field}"));
                for (field, fact) in [
                    ("producerRate", "throughput.planned"),
                    ("messageSize", "message.size"),
                    ("subscriptionsPerTopic", "consumers.groups"),
                ] {
                    assert_eq!(number(field), whole(order, fact), "{field}");
                }
                assert!(number("topics") * number("producersPerTopic") >= whole(order, "clients.producers"));
                let kafka = name == "kafka/log";
                let scope = if kafka { Scope::Topic } else { Scope::Queue };
                let shares = number("topics") * number("partitionsPerTopic");
                assert_eq!(shares, advised(order, scope, "partitions").unwrap_or(1.0));
                assert!(kafka || number("partitionsPerTopic") == 1.0, "the driver for RabbitMQ takes no other");
                let members = advised(order, Scope::Group, "consumers").unwrap();
                assert!(number("topics") * number("consumerPerSubscription") >= members);
                assert!(
                    number("messageSize") * number("randomizedPayloadPoolSize") <= 16e6 * 1.05
                        || number("randomizedPayloadPoolSize") == 1.0
                );
                let driver = yaml(&files[1]);
                known(&driver, if kafka { &KAFKA_DRIVER } else { &RABBITMQ_DRIVER });
                if kafka {
                    let text = |field: &str| driver[field].as_str().unwrap().to_owned();
                    assert!(!text("producerConfig").contains("\ntransactional.id="), "it begins no transaction");
                    assert!(!text("producerConfig").contains("message.max.bytes="), "a name of librdkafka");
                    assert!(text("consumerConfig").ends_with("auto.offset.reset=earliest\n"));
                    assert_eq!(
                        driver["replicationFactor"].as_f64(),
                        advised(order, Scope::Topic, "replication.factor")
                    );
                } else {
                    let queue = if name.ends_with("quorum") { "QUORUM" } else { "CLASSIC" };
                    assert_eq!(driver["queueType"], queue);
                    assert!(driver["messagePersistence"].is_boolean());
                    assert_eq!(driver["amqpUris"][0], "amqp://USER:PASSWORD@HOST:5672", "no password is made up");
                }
            });
        }
    }
    assert!(written > 60, "{written}");
}

/// The commands of a script, each on one line, without comments.
fn commands(script: &str) -> Vec<String> {
    let lines =
        script.lines().filter(|line| !line.trim_start().starts_with('#') && !line.trim_start().starts_with('`'));
    let text = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    text.lines().map(str::to_owned).collect()
}

/// The flags in a command.
fn flags(command: &str) -> impl Iterator<Item = &str> {
    let words = command.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-.".contains(letter)));
    words.filter(|word| word.starts_with("--") && word.len() > 2)
}

#[test]
fn every_flag_exists_in_the_line() {
    let mut written = 0;
    for line in ["3.8", "3.9", "4.0", "4.1", "4.2", "4.3", "4.4"] {
        let new = ["4.2", "4.3", "4.4"].contains(&line);
        for mut profile in profiles(12) {
            let settings = [format!("environment.versions.kafka={line}")];
            assert_eq!(brokerfit::profile::set_facts(&KNOWLEDGE, &mut profile, &settings), []);
            for name in ["kafka/log", "kafka/share-group"] {
                let script = match script(&profile, name) {
                    Ok(script) => script,
                    Err(unfit) => {
                        assert!(is_a_reason(&unfit), "{unfit}");
                        continue;
                    }
                };
                written += 1;
                let mut tools = Vec::new();
                for command in commands(&script) {
                    let Some((_, call)) = command.split_once("tool kafka-") else { continue };
                    let (tool, call) = call.split_once(' ').unwrap();
                    let tool = tool.trim_end_matches(")\"");
                    tools.push(tool.to_owned());
                    let allowed = match tool {
                        "producer-perf-test" if line == "4.4" => {
                            [&PRODUCER[..], &PRODUCER_NEW, &PRODUCER_KEYS].concat()
                        }
                        "producer-perf-test" if new => [&PRODUCER[..], &PRODUCER_NEW].concat(),
                        "producer-perf-test" => [&PRODUCER[..], &PRODUCER_OLD].concat(),
                        "consumer-perf-test" if new => [&CONSUMER[..], &CONSUMER_NEW].concat(),
                        "consumer-perf-test" => [&CONSUMER[..], &CONSUMER_OLD].concat(),
                        "share-consumer-perf-test" if new => [&CONSUMER[..], &CONSUMER_NEW, &["--threads"]].concat(),
                        "share-consumer-perf-test" => [&CONSUMER[..], &CONSUMER_OLD, &["--threads"]].concat(),
                        "e2e-latency" if new => {
                            vec![
                                "--bootstrap-server",
                                "--topic",
                                "--num-records",
                                "--producer-acks",
                                "--record-size",
                                "--command-config",
                            ]
                        }
                        "e2e-latency" => Vec::new(),
                        _ => panic!("{tool}"),
                    };
                    for flag in flags(call) {
                        assert!(allowed.contains(&flag), "{line} {tool}: {flag}");
                    }
                }
                assert_eq!(tools.len(), 3, "{tools:?}");
            }
        }
    }
    assert!(written > 60, "{written}");
    for profile in profiles(40) {
        for name in ["rabbitmq/quorum", "rabbitmq/classic", "rabbitmq/stream"] {
            let Ok(script) = script(&profile, name) else { continue };
            let streams = script.contains("STREAM_URI");
            // Those of curl and of docker stand in the script, too.
            let others = ["--config", "--request", "--fail", "--silent", "--rm", "--network", "--env", "--consumers"];
            for flag in commands(&script).iter().flat_map(|command| flags(command)) {
                let own = if streams { &STREAM_PERF_TEST[..] } else { &PERF_TEST };
                assert!(own.contains(&flag) || others.contains(&flag), "{name}: {flag}");
            }
        }
    }
}

#[test]
fn a_script_has_the_numbers_of_the_facts_and_names_of_its_own() {
    for profile in profiles(40) {
        for name in OPTIONS {
            ordered(&profile, name, Target::PerfTest, |order, files| {
                let file = match files {
                    Ok(mut files) => files.remove(0),
                    Err(unfit) => return assert!(is_a_reason(&unfit), "{unfit}"),
                };
                assert_eq!((file.path.as_str(), file.runs), ("perf-test.sh", true));
                let text = &file.text;
                let rate = text.lines().find_map(|line| line.strip_prefix("rate=")).unwrap().parse::<f64>().unwrap();
                assert!((rate / whole(order, "throughput.planned") - 1.0).abs() < 1.0, "{rate}");
                let own = if name.starts_with("kafka") { "{TEST:-generated-perf}" } else { "name=generated-perf\n" };
                assert!(text.contains(own), "{text}");
                assert!(!text.contains("guest"), "no password is made up");
                assert!(!text.contains("none)") && !text.contains("undefined"), "{text}");
            });
        }
    }
}

#[test]
fn what_no_tool_can_do_is_refused_with_the_way_out() {
    let refused = |settings: &[&str], name: &str, target: Target| {
        let profile = stating(settings);
        let unfit = ordered(&profile, name, target, |_, files| files.unwrap_err());
        (unfit.message, unfit.help)
    };
    let (message, help) = refused(&[], "rabbitmq/stream", Target::Openmessaging);
    assert!(message.contains("cannot read streams") && help.contains("perf-test"), "{message} {help}");
    let (message, _) = refused(&[], "kafka/share-group", Target::Openmessaging);
    assert!(message.contains("cannot read share groups"), "{message}");
    let (message, _) = refused(&["environment.versions.kafka=3.9"], "kafka/share-group", Target::PerfTest);
    assert!(message.contains("no tool that reads by a share group"), "{message}");
    for target in [Target::Openmessaging, Target::PerfTest] {
        for name in ["kafka/log", "rabbitmq/quorum"] {
            let (message, _) = refused(&["throughput.peak=3000000k/s"], name, target);
            assert!(message.contains("to which tools for tests count"), "{message}");
        }
    }
}

#[test]
fn a_rate_below_one_a_second_stays_a_rate() {
    let profile = stating(&["throughput.peak=0.2/s", "message.size=100 B"]);
    ordered(&profile, "kafka/log", Target::Openmessaging, |_, files| {
        assert_eq!(yaml(&files.unwrap()[0])["producerRate"], 1, "0 would search for the most");
    });
    assert!(script(&profile, "rabbitmq/quorum").unwrap().contains("\nrate=0.2\n"));
}
