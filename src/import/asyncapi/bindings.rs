//! What the bindings of a channel, its operations and its messages say, protocol by protocol.
//!
//! - Kafka: the configuration of the topic is read as a topic's; `groupId`s of operations are readers, where there are several;
//!   a `key` of a message says that messages are keyed, and not that those of a key must stay in order, so it is a question.
//! - AMQP: the type of the exchange; `ack` of who receives; `expiration` is a message's own expiry.
//! - MQTT: `qos` is a guarantee by definition; `retain` keeps the newest message of a topic for who comes later.
//! - Others: only what has the very meaning of a fact.

use std::collections::BTreeSet;

use super::super::sheet::Sheet;
use super::super::topics;
use super::super::tree::{boolean, number, text, text_at};
use super::super::words::{amount, list, quoted, short};
use super::document::{Channel, Document, Operation};
use crate::knowledge::KnowledgeBase;
use crate::quantity::Kind;
use crate::source::Node;

/// The bindings of one protocol, and of what.
struct Bound<'n> {
    node: &'n Node<'n>,
    owner: String,
    /// Who receives says how, and who sends does not know.
    receives: bool,
}

/// States what bindings of a channel and its operations say.
pub(super) fn state<'n>(
    sheet: &mut Sheet,
    knowledge: &KnowledgeBase<'_>,
    document: &Document<'n>,
    channel: &Channel<'n>,
    node: &'n Node<'n>,
) {
    let owner = format!("channel {}", quoted(channel.id));
    let of_channel = |protocol: &str| {
        let node = document.get(document.get(node, "bindings")?, protocol)?;
        Some(Bound { node, owner: owner.clone(), receives: false })
    };
    let of_operations = |protocol: &str| -> Vec<Bound<'n>> {
        let all = channel.operations.iter();
        all.flat_map(|operation| {
            let parts = parts(document, operation);
            parts
                .into_iter()
                .filter_map(|part| {
                    let node = document.get(document.get(part, "bindings")?, protocol)?;
                    let owner = format!("operation {}", quoted(operation.id));
                    // In version 2, who reads the document receives what it may subscribe to.
                    Some(Bound { node, owner, receives: operation.action != "send" })
                })
                .collect::<Vec<_>>()
        })
        .collect()
    };
    if let Some(bound) = of_channel("kafka") {
        kafka(sheet, knowledge, document, &bound);
    }
    groups(sheet, document, &of_operations("kafka"));
    if let Some(bound) = of_channel("amqp") {
        exchange(sheet, document, &bound);
    }
    for bound in &of_operations("amqp") {
        amqp(sheet, bound);
    }
    for protocol in ["mqtt", "mqtt5"] {
        for bound in &of_operations(protocol) {
            mqtt(sheet, bound);
        }
    }
    others(sheet, document, &of_channel);
}

/// An operation, and its traits where it says nothing itself.
fn parts<'n>(document: &Document<'n>, operation: &Operation<'n>) -> Vec<&'n Node<'n>> {
    let traits = operation.node.get("traits").and_then(Node::as_list).unwrap_or_default();
    std::iter::once(operation.node).chain(traits.iter().take(20).filter_map(|one| document.here(one))).collect()
}

fn kafka<'n>(sheet: &mut Sheet, knowledge: &KnowledgeBase<'_>, document: &Document<'n>, bound: &Bound<'n>) {
    let count = |key: &str| number(bound.node, key).filter(|count| *count > 0.0);
    if let Some(topic) = text_at(bound.node, "topic") {
        sheet.about(format!("topic {}", quoted(topic)));
    }
    let partitions = count("partitions").map(|count| format!("{count} partitions"));
    let copies = count("replicas").map(|count| format!("{count} copies"));
    let means: Vec<String> = partitions.into_iter().chain(copies).collect();
    if !means.is_empty() {
        sheet.about(format!("{}: Kafka's means, no needs of the workload", means.join(", ")));
    }
    let mut config = topics::Config::new();
    for (key, value) in Document::entries(document.get(bound.node, "topicConfiguration")) {
        let value = match value.as_list() {
            Some(items) => items.iter().filter_map(text).collect::<Vec<_>>().join(","),
            None => text(value).unwrap_or_default().to_owned(),
        };
        config.insert(key.to_owned(), value);
    }
    topics::state(knowledge, sheet, &config, &format!("in bindings of {}", bound.owner));
}

/// Groups that operations name. One alone is one application's, and says nothing of others.
fn groups<'n>(sheet: &mut Sheet, document: &Document<'n>, bound: &[Bound<'n>]) {
    let mut names = BTreeSet::new();
    for bound in bound {
        let Some(group) = document.get(bound.node, "groupId") else { continue };
        let listed = group.get("enum").and_then(Node::as_list).unwrap_or_default().iter().filter_map(text);
        names.extend(listed.chain(text_at(group, "const")).chain(text(group)));
    }
    match names.len() {
        0 => {}
        1 => sheet.ask(
            "consumers.groups",
            format!("the document names one group, {}: do others read the channel too?", list(names)),
        ),
        count => {
            let from = format!("\"groupId\" of operations: {}", list(names));
            sheet.find("consumers.groups", count.to_string(), from);
        }
    }
}

fn exchange<'n>(sheet: &mut Sheet, document: &Document<'n>, bound: &Bound<'n>) {
    let is = text_at(bound.node, "is").unwrap_or_default();
    if let Some(exchange) = document.get(bound.node, "exchange") {
        let name = text_at(exchange, "name").unwrap_or_default();
        let from = |kind: &str| format!("\"exchange.type\" {kind} in bindings of {}", bound.owner);
        match text_at(exchange, "type") {
            Some("direct" | "default") => sheet.find("routing.style", "direct", from("direct")),
            Some("fanout") => sheet.find("routing.style", "fan-out", from("fanout")),
            Some("topic") => sheet.find("routing.style", "topic", from("topic")),
            Some("headers") => sheet.find("routing.style", "headers", from("headers")),
            Some(other) => {
                sheet.ask("routing.style", format!("exchange {} is of the type {}", quoted(name), quoted(other)));
            }
            None => {}
        }
    }
    let Some(queue) = document.get(bound.node, "queue") else { return };
    if is == "queue" {
        sheet.find("routing.style", "direct", format!("\"is: queue\" in bindings of {}", bound.owner));
    }
    let queue_is = |key| boolean(queue, key) == Some(true);
    if queue_is("exclusive") || queue_is("autoDelete") {
        let key = if queue_is("exclusive") { "exclusive" } else { "autoDelete" };
        sheet.find(
            "routing.dynamic",
            "true",
            format!("\"queue.{key}\" in bindings of {}: the queue goes with its client", bound.owner),
        );
    }
    if boolean(queue, "durable") == Some(false) {
        sheet.ask(
            "availability.may_lose",
            format!("the queue of {} is not durable, so a restart loses it: may messages be lost?", bound.owner),
        );
    }
}

fn amqp(sheet: &mut Sheet, bound: &Bound<'_>) {
    let from = |key: &str| format!("\"{key}\" in bindings of {}", bound.owner);
    match boolean(bound.node, "ack").filter(|_| bound.receives) {
        Some(true) => sheet.find(
            "delivery.guarantee",
            "at-least-once",
            format!("{}: what is not acknowledged comes again", from("ack")),
        ),
        Some(false) => sheet.find(
            "delivery.guarantee",
            "at-most-once",
            format!("{} is false: what is sent counts as handled", from("ack")),
        ),
        None => {}
    }
    if number(bound.node, "expiration").is_some_and(|time| time > 0.0) {
        sheet.find("handling.per_message_ttl", "true", from("expiration"));
    }
    if let Some(priority) = number(bound.node, "priority").filter(|priority| *priority > 0.0) {
        sheet
            .ask("handling.priority_levels", format!("{} is {priority}: how many levels are there?", from("priority")));
    }
    if number(bound.node, "deliveryMode").is_some_and(|mode| mode < 2.0) {
        sheet.ask(
            "availability.may_lose",
            format!("{} is 1, so a restart loses what waits: may messages be lost?", from("deliveryMode")),
        );
    }
    if text_at(bound.node, "replyTo").is_some_and(|queue| !queue.is_empty()) {
        sheet.find("routing.reply", "true", from("replyTo"));
    }
}

fn mqtt(sheet: &mut Sheet, bound: &Bound<'_>) {
    let from = |key: &str| format!("\"{key}\" in bindings of {}", bound.owner);
    if let Some(level) = text_at(bound.node, "qos") {
        match level.trim() {
            "0" => sheet.find("delivery.guarantee", "at-most-once", from("qos")),
            "1" => sheet.find("delivery.guarantee", "at-least-once", from("qos")),
            "2" => sheet.find("delivery.guarantee", "exactly-once", from("qos")),
            other => sheet.ask("delivery.guarantee", format!("{} is {}", from("qos"), quoted(other))),
        }
    }
    if boolean(bound.node, "retain") == Some(true) {
        sheet.find(
            "retention.latest_per_key",
            "true",
            format!("{}: the newest message of a topic is kept for who comes later", from("retain")),
        );
    }
    if number(bound.node, "messageExpiryInterval").is_some_and(|time| time > 0.0) {
        sheet.find("handling.per_message_ttl", "true", from("messageExpiryInterval"));
    }
}

/// Services beside the two brokers: what their settings say in the words of facts.
fn others<'n>(sheet: &mut Sheet, document: &Document<'n>, of_channel: &dyn Fn(&str) -> Option<Bound<'n>>) {
    if let Some(bound) = of_channel("sqs")
        && let Some(queue) = document.get(bound.node, "queue")
    {
        let from = |key: &str| format!("\"queue.{key}\" in bindings of {}", bound.owner);
        let why = format!("a queue of SQS in bindings of {}: what was processed goes", bound.owner);
        sheet.find("retention.period", "until-consumed", why);
        if let Some(delay) = number(queue, "deliveryDelay").filter(|delay| *delay > 0.0) {
            sheet.find("handling.longest_delay", amount(delay, Kind::Duration), from("deliveryDelay"));
        }
        if let Some(redrive) = document.get(queue, "redrivePolicy") {
            sheet.find("handling.dead_letter", "true", from("redrivePolicy"));
            if let Some(count) = number(redrive, "maxReceiveCount").filter(|count| *count >= 1.0) {
                sheet.find(
                    "handling.retries",
                    amount(count - 1.0, Kind::Count),
                    format!("{} counts the first try too", from("redrivePolicy.maxReceiveCount")),
                );
            }
        }
        if boolean(queue, "fifoQueue") == Some(true) {
            sheet.ask(
                "ordering.scope",
                format!("{} keeps messages of one group in order: is that needed?", from("fifoQueue")),
            );
        }
    }
    if let Some(bound) = of_channel("googlepubsub")
        && let Some(time) = text_at(bound.node, "messageRetentionDuration")
    {
        sheet.find("retention.period", time, format!("\"messageRetentionDuration\" in bindings of {}", bound.owner));
    }
    if let Some(bound) = of_channel("pulsar") {
        let from = |key: &str| format!("\"{key}\" in bindings of {}", bound.owner);
        if let Some(minutes) =
            document.get(bound.node, "retention").and_then(|it| number(it, "time")).filter(|time| *time > 0.0)
        {
            sheet.find("retention.period", amount(minutes * 60.0, Kind::Duration), from("retention.time"));
        }
        if boolean(bound.node, "deduplication") == Some(true) {
            sheet.find("handling.deduplicate", "true", from("deduplication"));
        }
        let regions = bound.node.get("geo-replication").and_then(Node::as_list).map_or(0, <[_]>::len);
        if regions > 1 {
            sheet.find("availability.regions", regions.to_string(), from("geo-replication"));
        }
    }
}

/// States what the bindings of a message and its traits say.
pub(super) fn of_message<'n>(sheet: &mut Sheet, document: &Document<'n>, name: &str, message: &'n Node<'n>) {
    let traits = message.get("traits").and_then(Node::as_list).unwrap_or_default();
    let parts = std::iter::once(message).chain(traits.iter().take(20).filter_map(|one| document.here(one)));
    for part in parts {
        let Some(bindings) = document.get(part, "bindings") else { continue };
        if let Some(kafka) = document.get(bindings, "kafka") {
            if kafka.get("key").is_some() {
                sheet.ask(
                    "ordering.scope",
                    format!("message {} has a key: must messages of one key stay in order?", quoted(name)),
                );
                let count = document
                    .get(kafka, "key")
                    .and_then(|key| key.get("enum"))
                    .and_then(Node::as_list)
                    .map_or(0, <[_]>::len);
                if count > 0 {
                    sheet.find("ordering.keys", count.to_string(), format!("keys that message {} lists", quoted(name)));
                }
            }
            if kafka.get("schemaIdLocation").is_some() || kafka.get("schemaLookupStrategy").is_some() {
                sheet.find(
                    "integration.schema_registry",
                    "true",
                    format!("\"schemaIdLocation\" of message {}", quoted(name)),
                );
            }
        }
        if document.get(bindings, "googlepubsub").is_some_and(|it| it.get("orderingKey").is_some()) {
            sheet.ask(
                "ordering.scope",
                format!("message {} has an ordering key: must messages of one key stay in order?", quoted(name)),
            );
        }
        if let Some(encoding) = document.get(bindings, "amqp").and_then(|amqp| text_at(amqp, "messageType")) {
            sheet.about(format!("message {} is of the type {}", quoted(name), short(encoding, 60)));
        }
    }
}
