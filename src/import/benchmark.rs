//! Workloads of the OpenMessaging Benchmark. It publishes at one steady rate from each of its producers' sides to all topics
//! together, and every subscription reads all of it.
// Sources: `Workload.java`, `WorkloadGenerator.java`, `KeyDistributor.java` of openmessaging/benchmark.

use super::sheet::{Gathered, Sheet};
use super::tree::{number, text_at};
use super::words::{amount, quoted};
use crate::quantity::Kind;
use crate::source::Node;

/// Keys by which a workload is known: a file with two of them is one.
const OWN: [&str; 8] = [
    "topics",
    "partitionsPerTopic",
    "messageSize",
    "subscriptionsPerTopic",
    "consumerPerSubscription",
    "producersPerTopic",
    "producerRate",
    "testDurationMinutes",
];

/// From this rate on the benchmark's own tools say that the highest rate is looked for.
const HIGHEST: f64 = 10_000_000.0;
const GIB: f64 = 1_073_741_824.0;

pub(super) fn is_workload(node: &Node<'_>) -> bool {
    OWN.iter().filter(|key| node.get(key).is_some()).count() >= 2
}

/// The settings of a driver name a class, and no workload.
pub(super) fn is_driver(node: &Node<'_>) -> bool {
    node.get("driverClass").is_some()
}

pub(super) fn gather(documents: &[Node<'_>], source: &str) -> Gathered {
    let workloads = documents.iter().filter(|node| is_workload(node));
    Gathered { sheets: workloads.map(|node| sheet(node, source)).collect(), left_out: Vec::new() }
}

fn sheet(node: &Node<'_>, source: &str) -> Sheet {
    let name = text_at(node, "name").filter(|name| !name.trim().is_empty());
    let mut sheet = Sheet::new(name.unwrap_or("workload"));
    sheet.about(match name {
        Some(name) => format!("OpenMessaging Benchmark workload {} of {source}", quoted(name)),
        None => format!("OpenMessaging Benchmark workload of {source}"),
    });
    let topics = positive(node, "topics").unwrap_or(1.0);
    rates(&mut sheet, node);
    clients(&mut sheet, node, topics);
    if let Some(topics) = positive(node, "topics") {
        sheet.find("routing.destinations", amount(topics, Kind::Count), "`topics`");
    }
    if let Some(partitions) = positive(node, "partitionsPerTopic") {
        let what = if partitions > 1.0 { "partitions" } else { "partition" };
        let partitions = amount(partitions, Kind::Count);
        sheet.about(format!("{partitions} {what} a topic: the broker's means, no needs of the workload"));
    }
    keys(&mut sheet, node);
    backlog(&mut sheet, node);
    sheet
        .ask("throughput.average", "the benchmark publishes at one rate: what is published over a day it does not say");
    sheet.ask("retention.period", "a benchmark does not say how long messages must stay");
    sheet.ask_the_usual("the benchmark");
    sheet
}

fn rates(sheet: &mut Sheet, node: &Node<'_>) {
    if let Some(size) = positive(node, "messageSize") {
        sheet.find("message.size", amount(size, Kind::Bytes), "`messageSize`");
    }
    match number(node, "producerRate") {
        // What no broker can take is asked of every broker.
        Some(rate) if rate <= 0.0 || rate >= HIGHEST => {
            sheet.ask(
                "throughput.peak",
                "`producerRate` asks for the highest rate that the broker can take, not for one that is needed",
            );
        }
        Some(rate) => {
            sheet.find("throughput.peak", amount(rate, Kind::Rate), "`producerRate`, over all topics and producers");
        }
        None => {}
    }
}

/// Producers and consumers are started for each topic.
fn clients(sheet: &mut Sheet, node: &Node<'_>, topics: f64) {
    let mut count = |fact, key, each: f64| {
        if let Some(value) = positive(node, key) {
            let from = if each > 1.0 { format!("`{key}` of each of `topics`") } else { format!("`{key}`") };
            sheet.find(fact, amount(value * each, Kind::Count), from);
        }
    };
    count("consumers.groups", "subscriptionsPerTopic", 1.0);
    count("consumers.per_group", "consumerPerSubscription", topics);
    count("clients.producers", "producersPerTopic", topics);
}

fn keys(sheet: &mut Sheet, node: &Node<'_>) {
    let why = match text_at(node, "keyDistributor") {
        Some("NO_KEY") | None => "messages have no key in the benchmark: is no order needed?",
        Some(_) => "messages have a key in the benchmark: must those of one key stay in order?",
    };
    sheet.ask("ordering.scope", why);
}

/// Consumers are stopped until so much waits, and must then catch up.
fn backlog(sheet: &mut Sheet, node: &Node<'_>) {
    let Some(gib) = positive(node, "consumerBacklogSizeGB") else { return };
    let from = "`consumerBacklogSizeGB` (in GiB) by `messageSize`";
    match positive(node, "messageSize") {
        Some(size) => sheet.find("backlog.messages", amount((gib * GIB / size).round().max(1.0), Kind::Count), from),
        None => sheet.ask("backlog.messages", format!("{gib} GiB are left to wait: how many messages is that?")),
    }
}

fn positive(node: &Node<'_>, key: &str) -> Option<f64> {
    number(node, key).filter(|number| *number > 0.0)
}
