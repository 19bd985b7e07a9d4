//! Which topics a flow has, and with which settings: one plan for every file that makes them.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use crate::export::order::{Order, Unfit};
use crate::knowledge::Scope;

/// A topic to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::export) struct Topic {
    /// Its name.
    pub(in crate::export) name: String,
    /// What it is for.
    pub(in crate::export) role: String,
    /// Its partitions.
    pub(in crate::export) partitions: u32,
    /// Its copies.
    pub(in crate::export) replicas: u32,
    /// Why so many partitions and copies, where a setting says it.
    pub(in crate::export) advised: bool,
    /// Its settings.
    pub(in crate::export) settings: Vec<Set>,
    /// Settings that are taken only where the brokers keep old records in a store of their own.
    pub(in crate::export) tiered: Vec<Set>,
}

/// A setting of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::export) struct Set {
    key: String,
    value: String,
    /// Why, where no setting of the flow says it.
    why: Option<String>,
}

/// More groups than these are set by services as they come, not by a file.
const MOST_GROUPS: u32 = 1000;
/// Keys that brokers refuse unless they reach a store for old records.
const TIERED: [&str; 2] = ["remote.storage.enable", "local.retention.ms"];
/// What a topic is created with beside its settings.
const CREATED_WITH: [&str; 2] = ["partitions", "replication.factor"];
/// How long dead letters are kept, in milliseconds: a fault that is found after a holiday can still be mended.
const KEPT: u64 = 14 * 86_400_000;
/// How much the headers that say why add to a record, in bytes.
const HEADERS: u64 = 65_536;
/// The key that bounds a record.
const LARGEST: &str = "max.message.bytes";
/// The setting that names the topic to which a share group's broker writes dead letters.
const DEAD_LETTERS: &str = "errors.deadletterqueue.topic.name";

/// The whole plan, as templates see it.
pub(in crate::export) fn seen(order: &Order<'_>) -> Result<Value, Unfit> {
    let settings = group_settings(order);
    let count = order.amount("consumers.groups").unwrap_or(1.0);
    if count > f64::from(MOST_GROUPS) && !settings.is_empty() {
        let message = format!("{count} groups are more than a file should set one by one");
        let help = "let each service set its own group, as `brokerfit tune` says".to_owned();
        return Err(Unfit { message, help });
    }
    Ok(minijinja::context! {
        topics => Value::from(Serde(topics(order))),
        groups => groups(order),
        group_settings => Value::from(Serde(settings)),
    })
}

/// The topics of a flow: its own, what is made of it, its dead letters.
pub(in crate::export) fn topics(order: &Order<'_>) -> Vec<Topic> {
    let main = main(order);
    let mut all = vec![main.clone()];
    if writes_back(order) {
        all.push(Topic {
            name: format!("{}.out", order.id),
            role: "what is made of it: as many partitions, so that a key keeps its place, and as durable".to_owned(),
            ..main.clone()
        });
    }
    all.push(dead_letters(order, &main));
    all
}

/// Whether processing ends in the broker again.
pub(in crate::export) fn writes_back(order: &Order<'_>) -> bool {
    order.word("delivery.effects") == "broker" || order.holds("delivery.atomic_publish")
}

/// The name under which dead letters are kept: a share group's broker writes to names of one prefix alone.
pub(in crate::export) fn dead_letters_name(order: &Order<'_>) -> String {
    match order.setting(Scope::Group, DEAD_LETTERS) {
        Some(_) => format!("dlq.{}", order.id),
        None => format!("{}.dead-letter", order.id),
    }
}

/// The groups that read the flow; the first of them, where they are more than are set one by one.
pub(in crate::export) fn groups(order: &Order<'_>) -> Vec<String> {
    let count = order.amount("consumers.groups").unwrap_or(1.0);
    (1..=MOST_GROUPS)
        .take_while(|number| f64::from(*number) <= count.max(1.0))
        .map(|number| if count <= 1.0 { order.id.clone() } else { format!("{}.group-{number}", order.id) })
        .collect()
}

/// What is set for each group, as its broker reads it.
pub(in crate::export) fn group_settings(order: &Order<'_>) -> Vec<Set> {
    let own = |key: &str, value: &str| if key == DEAD_LETTERS { dead_letters_name(order) } else { value.to_owned() };
    order
        .of(Scope::Group)
        // How many members a group has is no setting of a broker.
        .filter(|setting| setting.key != "consumers")
        .map(|setting| Set { key: setting.key.clone(), value: own(&setting.key, &setting.value), why: None })
        .collect()
}

fn main(order: &Order<'_>) -> Topic {
    let set = |keys: fn(&str) -> bool| {
        let chosen = order.of(Scope::Topic).filter(move |setting| keys(&setting.key));
        chosen.map(|it| Set { key: it.key.clone(), value: it.value.clone(), why: None }).collect()
    };
    Topic {
        name: order.id.clone(),
        role: "the flow itself".to_owned(),
        partitions: order.count(Scope::Topic, "partitions", 1),
        replicas: order.count(Scope::Topic, "replication.factor", 1),
        advised: true,
        settings: set(|key| !CREATED_WITH.contains(&key) && !TIERED.contains(&key)),
        tiered: set(|key| TIERED.contains(&key)),
    }
}

fn dead_letters(order: &Order<'_>, main: &Topic) -> Topic {
    let number = |key: &str| order.setting(Scope::Topic, key).and_then(|it| it.value.parse::<i64>().ok());
    let set = |key: &str, value: String, why: &str| Set { key: key.to_owned(), value, why: Some(why.to_owned()) };
    let source = number("retention.ms").and_then(|period| u64::try_from(period).ok());
    let (kept, why) = match source.filter(|source| order.holds("retention.erasure") && *source < KEPT) {
        Some(source) => (source, "no longer than the flow itself: a person's data must be deletable in time"),
        None => (KEPT, "two weeks: a fault that is found after a holiday can still be mended"),
    };
    let largest = number(LARGEST).and_then(|most| u64::try_from(most).ok());
    let largest = largest.or_else(|| order.default(Scope::Topic, LARGEST)?.parse().ok());
    let mut settings = Vec::new();
    if let Some(copies) = order.setting(Scope::Topic, "min.insync.replicas") {
        settings.push(set("min.insync.replicas", copies.value.clone(), "as durable as the flow itself"));
    }
    settings.push(set("cleanup.policy", "delete".to_owned(), "each dead letter stands for itself"));
    settings.push(set("retention.ms", kept.to_string(), why));
    settings.push(set(
        "segment.ms",
        "86400000".to_owned(),
        "a segment a day, so that no letter outlives its time by more",
    ));
    let why = "the largest record of the flow, with the headers that say why it failed";
    settings.extend(largest.map(|largest| set(LARGEST, (largest + HEADERS).to_string(), why)));
    if order.setting(Scope::Group, DEAD_LETTERS).is_some() {
        let why = "the brokers write dead letters of share groups only to topics that permit it";
        settings.push(set("errors.deadletterqueue.group.enable", "true".to_owned(), why));
    }
    Topic {
        name: dead_letters_name(order),
        role: "what could not be processed: few, read by people, so one partition keeps them in order".to_owned(),
        partitions: 1,
        replicas: main.replicas,
        advised: false,
        settings,
        tiered: Vec::new(),
    }
}
