//! What Kafka's tools print: `kafka-topics.sh --describe` and `--list --describe`-like listings of every version since 0.8,
//! `kafka-configs.sh --describe` of topics, and `kafka-consumer-groups.sh --describe`, alone or one after the other, with
//! whatever else a terminal shows between them.

use std::collections::BTreeMap;

use super::readers::Readers;
use super::{Config, Told, Topic};

/// A table of consumer groups begins so.
const TABLE: [&str; 3] = ["GROUP", "TOPIC", "PARTITION"];

/// Whether a text has a line that only these tools print.
pub(in crate::import) fn is_described(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        fields(line).is_some_and(|fields| fields.contains_key("PartitionCount") || fields.contains_key("Leader"))
            || configs_of(line).is_some()
            || columns(line).is_some()
    })
}

/// Everything that is told.
pub(in crate::import) fn read(text: &str) -> Told {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line.trim());
    }
    let mut topics = reader.topics;
    let known: std::collections::BTreeSet<String> = topics.iter().map(|topic| topic.name.clone()).collect();
    let others = reader.readers.topics().filter(|name| !known.contains(*name));
    topics.extend(others.map(|name| Topic { name: name.to_owned(), ..Topic::default() }));
    Told { topics, readers: reader.readers, origin: "as Kafka's tools print it,", on_kubernetes: false }
}

#[derive(Debug, Default)]
struct Reader {
    topics: Vec<Topic>,
    places: BTreeMap<String, usize>,
    readers: Readers,
    /// The columns of the table that is open.
    table: Option<Columns>,
    /// The topic whose configuration follows, a key a line.
    configs: Option<usize>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(columns) = columns(line) {
            (self.table, self.configs) = (Some(columns), None);
        } else if let Some(name) = configs_of(line) {
            (self.table, self.configs) = (None, Some(self.topic(name)));
        } else if let Some(fields) = fields(line) {
            (self.table, self.configs) = (None, None);
            self.described(&fields);
        } else if let Some(columns) = &self.table {
            match columns.row(line) {
                Some(row) => self.readers.add(row.topic, row.group, row.member),
                None => self.table = None,
            }
        } else if let Some(topic) = self.configs.and_then(|place| self.topics.get_mut(place)) {
            config_line(line, &mut topic.config);
        }
    }

    /// A topic's line, or one of its partitions.
    fn described(&mut self, fields: &BTreeMap<&str, &str>) {
        let Some(name) = fields.get("Topic").filter(|name| !name.is_empty()) else { return };
        let place = self.topic(name);
        let Some(topic) = self.topics.get_mut(place) else { return };
        let count = |key: &str| fields.get(key).and_then(|text| text.parse::<f64>().ok()).filter(|count| *count >= 0.0);
        if let Some(partitions) = count("PartitionCount") {
            topic.partitions = Some(partitions);
            topic.replicas = count("ReplicationFactor").or(topic.replicas);
            configs(fields.get("Configs").copied().unwrap_or_default(), &mut topic.config);
        } else if fields.contains_key("Partition") {
            // A listing may have been cut, or filtered to what is unhealthy: partitions alone are counted by their number.
            let number = count("Partition").map_or(0.0, |number| number + 1.0);
            topic.partitions = Some(topic.partitions.unwrap_or_default().max(number));
            let replicas = fields.get("Replicas").map(|list| list.split(',').filter(|it| !it.is_empty()).count());
            #[expect(clippy::cast_precision_loss, reason = "replicas are few")]
            let replicas = replicas.map(|count| count as f64);
            topic.replicas = topic.replicas.or(replicas);
        }
    }

    fn topic(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.topics.len();
        self.places.insert(name.to_owned(), place);
        self.topics.push(Topic { name: name.to_owned(), declared: true, ..Topic::default() });
        place
    }
}

/// The labels of a line about a topic or a partition.
const LABELS: [&str; 12] = [
    "Topic",
    "TopicId",
    "PartitionCount",
    "ReplicationFactor",
    "Configs",
    "Partition",
    "Leader",
    "Replicas",
    "Isr",
    "Elr",
    "LastKnownElr",
    "Offline",
];

/// `Topic: orders  PartitionCount: 3 …`, with tabs or spaces, and `Topic:orders` as old versions write it. What stands before
/// the first label is passed over: a terminal may show a time or a prompt there.
fn fields(line: &str) -> Option<BTreeMap<&str, &str>> {
    let start = line.find("Topic:").filter(|at| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    })?;
    let line = line.get(start..)?;
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    for label in LABELS {
        let found = line.match_indices(label).find(|(at, _)| {
            let starts = *at == 0 || line.get(..*at).is_some_and(|before| before.ends_with(char::is_whitespace));
            starts && line.get(at + label.len()..).is_some_and(|rest| rest.starts_with(':'))
        });
        marks.extend(found.map(|(at, _)| (at, at + label.len() + 1, label)));
    }
    marks.sort_unstable();
    let ends = marks.iter().skip(1).map(|mark| mark.0).chain(std::iter::once(line.len()));
    let mut fields = BTreeMap::new();
    for ((_, start, label), end) in marks.iter().zip(ends) {
        let value = line.get(*start..end).unwrap_or_default().trim();
        fields.entry(*label).or_insert(value);
    }
    let told = fields.contains_key("PartitionCount") || fields.contains_key("Partition");
    told.then_some(fields)
}

/// `retention.ms=60000,cleanup.policy=compact,delete`: a part without `=` belongs to the value before it.
fn configs(text: &str, config: &mut Config) {
    let mut last: Option<String> = None;
    for part in text.split(',') {
        match (part.split_once('='), &last) {
            (Some((key, value)), _) => {
                let key = key.trim().to_owned();
                config.insert(key.clone(), value.trim().to_owned());
                last = Some(key);
            }
            (None, Some(key)) => {
                if let Some(value) = config.get_mut(key) {
                    value.push(',');
                    value.push_str(part.trim());
                }
            }
            (None, None) => {}
        }
    }
}

/// The topic of `Dynamic configs for topic orders are:`, `All configs for topic orders are:`, or of
/// `Configs for topic 'orders' are retention.ms=…`.
fn configs_of(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("onfigs for topic ")?;
    let (name, _) = rest.split_once(" are")?;
    let name = name.trim().trim_matches(['\'', '"']);
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

/// `  retention.ms=60000 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:retention.ms=60000, …}`: only what was set on the topic
/// itself is taken, and what else stands there is a default.
fn config_line(line: &str, config: &mut Config) {
    let Some((key, rest)) = line.split_once('=') else { return };
    if key.contains(char::is_whitespace) {
        return;
    }
    let (value, more) = rest.split_once(" sensitive=").unwrap_or((rest, ""));
    let is_secret = more.starts_with("true");
    let is_own = !more.contains("synonyms={") || more.contains("DYNAMIC_TOPIC_CONFIG:");
    if is_own && !is_secret {
        config.insert(key.to_owned(), value.trim().to_owned());
    }
}

/// Where the columns of a table of consumer groups stand.
#[derive(Debug)]
struct Columns {
    group: usize,
    topic: usize,
    member: Option<usize>,
    count: usize,
}

/// A row of it.
struct Row<'l> {
    group: &'l str,
    topic: &'l str,
    member: Option<&'l str>,
}

fn columns(line: &str) -> Option<Columns> {
    let heads: Vec<&str> = line.split_whitespace().collect();
    let place = |name: &str| heads.iter().position(|head| *head == name);
    if !TABLE.iter().all(|name| place(name).is_some()) {
        return None;
    }
    Some(Columns { group: place("GROUP")?, topic: place("TOPIC")?, member: place("CONSUMER-ID"), count: heads.len() })
}

impl Columns {
    /// A row: as many words as there are columns, `-` where there is nothing.
    fn row<'l>(&self, line: &'l str) -> Option<Row<'l>> {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.len() + 1 < self.count {
            return None;
        }
        let word = |place: usize| words.get(place).copied().filter(|word| *word != "-");
        Some(Row { group: word(self.group)?, topic: word(self.topic)?, member: self.member.and_then(word) })
    }
}
