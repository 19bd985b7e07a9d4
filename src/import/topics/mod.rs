//! Topics of Kafka: from Strimzi's resources, and from what Kafka's own tools print. What a topic is given is stated; what it
//! is not given says nothing, as a default is nobody's wish. Partitions and replicas are means by which Kafka carries a flow:
//! neither says how parallel the work is, or what may be lost.

mod described;
mod facts;
mod readers;

pub(super) use described::{is_described, read};
pub(super) use facts::{Config, state};

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Gathered, Sheet};
use super::words::{counted, list, quoted};
use crate::artifact::{Artifact, Declared, Item, ItemKind, Typed};
use crate::effective::{is_called_aside, is_internal, plain};
use crate::knowledge::{FileRules, KnowledgeBase};
use readers::Readers;

/// What is known of one topic.
#[derive(Debug, Default)]
pub(super) struct Topic {
    pub(super) name: String,
    pub(super) partitions: Option<f64>,
    pub(super) replicas: Option<f64>,
    /// What it is given, key by key.
    pub(super) config: Config,
    /// Whether its partitions and configuration were told, and not only its readers.
    pub(super) declared: bool,
}

/// All that a file tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) topics: Vec<Topic>,
    pub(super) readers: Readers,
    /// By what: `KafkaTopic "orders"`, a line of what a tool printed.
    pub(super) origin: &'static str,
    /// The resources are of a cluster that Strimzi runs.
    pub(super) on_kubernetes: bool,
}

/// Topics as Strimzi's resources declare them.
pub(super) fn of_resources(artifacts: &[Artifact]) -> Told {
    let mut told = Told { origin: "`KafkaTopic` resource", ..Told::default() };
    for artifact in artifacts {
        for item in artifact.items.iter().filter(|item| item.kind == ItemKind::Topic) {
            told.on_kubernetes |= artifact.name.is_some();
            told.topics.push(topic(item));
        }
    }
    told
}

fn topic(item: &Item) -> Topic {
    let mut topic = Topic { name: item.name.clone(), declared: true, ..Topic::default() };
    for entry in item.entries.iter().filter(|entry| !entry.secret) {
        let Declared::Literal(literal) = &entry.value else { continue };
        let text = literal.text.trim();
        match entry.key.as_str() {
            "partitions" => topic.partitions = text.parse().ok(),
            "replication.factor" => topic.replicas = text.parse().ok(),
            key if literal.typed != Typed::Other => {
                topic.config.insert(key.to_owned(), text.to_owned());
            }
            _ => {}
        }
    }
    topic
}

/// The flows that topics are, and what is none.
pub(super) fn gather(knowledge: &KnowledgeBase<'_>, told: &Told, source: &str) -> Gathered {
    let broker = knowledge.find_broker("kafka");
    let rules = knowledge.files.iter().find(|rules| Some(rules.broker) == broker);
    let sorted = Sorted::of(knowledge, rules, &told.topics);
    let mut gathered = Gathered::default();
    for topic in &sorted.own {
        gathered.sheets.push(sheet(knowledge, told, topic, &sorted.beside(topic), source));
    }
    gathered.left_out = sorted.left_out();
    gathered
}

/// Topics by whose they are.
#[derive(Debug, Default)]
struct Sorted<'t> {
    own: Vec<&'t Topic>,
    /// What takes failed or waiting messages, by the name of the topic that it belongs to, without signs.
    beside: BTreeMap<String, Vec<&'t str>>,
    internal: Vec<&'t str>,
    /// What only its name tells to be no flow of its own.
    aside: Vec<&'t str>,
    nameless: usize,
}

impl<'t> Sorted<'t> {
    fn of(knowledge: &KnowledgeBase<'_>, rules: Option<&FileRules>, topics: &'t [Topic]) -> Self {
        let mut sorted = Self::default();
        let mut seen = BTreeSet::new();
        let (mut own, mut asides): (Vec<&Topic>, Vec<&Topic>) = (Vec::new(), Vec::new());
        for topic in topics {
            let name = topic.name.as_str();
            if name.trim().is_empty() {
                sorted.nameless += 1;
            } else if !seen.insert(name) {
                // NOTE: of two of one name a cluster has only one.
            } else if rules.is_some_and(|rules| is_internal(knowledge, rules, name)) {
                sorted.internal.push(name);
            } else if rules.is_some_and(|rules| is_called_aside(knowledge, rules, name)) {
                asides.push(topic);
            } else {
                own.push(topic);
            }
        }
        // Where all are called so, they are what the file is of.
        if own.is_empty() {
            own = std::mem::take(&mut asides);
        }
        let mains: BTreeMap<String, &str> = own.iter().map(|topic| (plain(&topic.name), topic.name.as_str())).collect();
        for topic in asides {
            match main_of(&mains, &topic.name) {
                Some(main) => sorted.beside.entry(main).or_default().push(&topic.name),
                None => sorted.aside.push(&topic.name),
            }
        }
        sorted.own = own;
        sorted
    }

    fn beside(&self, topic: &Topic) -> Vec<&'t str> {
        self.beside.get(&plain(&topic.name)).cloned().unwrap_or_default()
    }

    fn left_out(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.internal.is_empty() {
            let count = counted(self.internal.len(), "topic");
            lines.push(format!(
                "left out: {count} that the broker keeps for itself: {}",
                list(self.internal.iter().copied())
            ));
        }
        if !self.aside.is_empty() {
            let count = counted(self.aside.len(), "topic");
            let names = list(self.aside.iter().copied());
            lines.push(format!(
                "left out: {count} called like what takes failed or waiting messages, or like a tool's own: {names}"
            ));
        }
        if self.nameless > 0 {
            lines.push(format!("left out: {} without a name", counted(self.nameless, "topic")));
        }
        lines
    }
}

/// The longest name of a main topic at either end of another's name, between signs.
fn main_of(mains: &BTreeMap<String, &str>, name: &str) -> Option<String> {
    let name = plain(name);
    let signs = || name.match_indices('-').map(|(at, _)| at);
    let heads = signs().collect::<Vec<_>>().into_iter().rev().filter_map(|at| name.get(..at));
    let tails = signs().filter_map(|at| name.get(at + 1..));
    heads.chain(tails).find(|part| mains.contains_key(*part)).map(str::to_owned)
}

fn sheet(knowledge: &KnowledgeBase<'_>, told: &Told, topic: &Topic, beside: &[&str], source: &str) -> Sheet {
    let mut sheet = Sheet::new(&topic.name);
    let name = quoted(&topic.name);
    let how = if topic.declared { told.origin } else { "consumer groups" };
    sheet.about(format!("topic {name}, {how} of {source}"));
    if let Some(means) = means(topic) {
        sheet.about(format!("{means}: Kafka's means, no needs of the workload"));
    }
    if !beside.is_empty() {
        sheet.about(format!("beside it: {}", list(beside.iter().copied())));
    }
    state(knowledge, &mut sheet, &topic.config, &format!("of topic {name}"));
    failures(&mut sheet, beside);
    told.readers.state(&mut sheet, &topic.name);
    if let Some(partitions) = topic.partitions {
        let why = format!("{}: at most so many share the work; how many do?", counted_of(partitions, "partition"));
        sheet.ask("consumers.per_group", why);
    }
    if told.on_kubernetes {
        sheet.find(
            "environment.hosting",
            "kubernetes",
            "the `strimzi.io/cluster` label: Strimzi runs Kafka on Kubernetes",
        );
    }
    if told.readers.is_empty() {
        sheet.ask("consumers.groups", "topics do not say who reads them");
    }
    sheet.ask("retention.replay", "Kafka lets readers rewind; whether they do, a topic does not say");
    sheet.ask("retention.period", "the topic sets no time of its own: how long must messages stay?");
    sheet.ask_the_usual("a topic");
    sheet.ask("availability.may_lose", "copies of a partition do not say what may be lost");
    sheet
}

fn counted_of(count: f64, one: &str) -> String {
    if count <= 1.0 { format!("{count} {one}") } else { format!("{count} {one}s") }
}

fn means(topic: &Topic) -> Option<String> {
    let partitions = topic.partitions.map(|count| counted_of(count, "partition"));
    let replicas =
        topic.replicas.map(|count| if count <= 1.0 { format!("{count} copy") } else { format!("{count} copies") });
    let parts: Vec<String> = partitions.into_iter().chain(replicas).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A topic beside it that takes what failed tells that failures are set aside; one for retries tells that they are tried again,
/// and not how often.
fn failures(sheet: &mut Sheet, beside: &[&str]) {
    let says =
        |name: &str, words: &[&str]| plain(name).split('-').any(|part| words.iter().any(|word| part.starts_with(word)));
    if let Some(name) = beside.iter().find(|name| says(name, &["dlq", "dlt", "dead", "error"])) {
        sheet.find("handling.dead_letter", "true", format!("topic {} beside it", quoted(name)));
    }
    let retries: Vec<&str> = beside.iter().copied().filter(|name| says(name, &["retr"])).collect();
    if !retries.is_empty() {
        let topics = list(retries.iter().copied());
        sheet.ask("handling.retries", format!("failed messages are tried again by {topics}: how often?"));
        sheet.ask("handling.retry_delay", format!("failed messages wait in {topics}: how long?"));
    }
}
