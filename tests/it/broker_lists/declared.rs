//! The brokers' own lists of their keys, as `tests/broker-lists/` keeps them, and what a declaration accepts.

use std::path::Path;

use brokerfit::knowledge::{BrokerId, KeyType, Version};

use crate::support::KNOWLEDGE;

/// A key as a broker declares it, over the lines in which it does so alike.
pub(super) struct Declared {
    pub(super) broker: BrokerId,
    pub(super) scope: String,
    pub(super) key: String,
    pub(super) first: Version,
    pub(super) last: Version,
    /// The broker's own word for its type; alternatives are parted by `|`.
    kind: String,
    min: Option<f64>,
    max: Option<f64>,
    words: Vec<String>,
    /// Whether words count whatever their case.
    any_case: bool,
    /// The default; `None` where the list does not say it.
    pub(super) default: Option<String>,
}

/// An argument or a policy's key, and which queue types take it.
pub(super) struct Accepted {
    pub(super) row: Declared,
    pub(super) queues: Vec<String>,
}

/// The cells of a list, without its head.
fn rows(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broker-lists").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

/// The words of a cell; none in an empty one.
fn words(cell: &str) -> Vec<String> {
    if cell == "-" { Vec::new() } else { cell.split('|').map(str::to_owned).collect() }
}

/// A row's declaration; the default is not known, where there is no cell for it.
fn read(broker: BrokerId, span: [&String; 4], form: [&String; 4], default: &str) -> Declared {
    let ([scope, key, first, last], [kind, min, max, word]) = (span, form);
    Declared {
        broker,
        scope: scope.clone(),
        key: key.clone(),
        first: version(first),
        last: version(last),
        kind: kind.clone(),
        min: min.parse().ok(),
        max: max.parse().ok(),
        words: words(word.trim_start_matches('~')),
        any_case: word.starts_with('~'),
        default: (default != "?").then(|| default.to_owned()),
    }
}

/// Every declaration of every list.
pub(super) fn declared() -> Vec<Declared> {
    let mut all = Vec::new();
    for (broker, details) in KNOWLEDGE.broker_ids() {
        for row in rows(&format!("{}.tsv", KNOWLEDGE.text(details.id))) {
            let [scope, key, first, last, kind, min, max, word, default] = &row[..] else {
                panic!("nine cells: {row:?}")
            };
            all.push(read(broker, [scope, key, first, last], [kind, min, max, word], default));
        }
    }
    all
}

/// Every argument of a queue or a consumer and every key of a policy in the list that RabbitMQ keeps by queue type.
pub(super) fn accepted() -> Vec<Accepted> {
    let rabbitmq = KNOWLEDGE.find_broker("rabbitmq").unwrap();
    let read = |row: Vec<String>| {
        let [scope, key, first, last, queues, kind, min, max, word] = &row[..] else { panic!("nine cells: {row:?}") };
        let row = read(rabbitmq, [scope, key, first, last], [kind, min, max, word], "?");
        Accepted { row, queues: words(queues) }
    };
    rows("rabbitmq-arguments.tsv").into_iter().map(read).collect()
}

/// The lines that a broker's list speaks of: from its oldest row to its newest.
pub(super) fn lines(declared: &[Declared], broker: BrokerId) -> Vec<Version> {
    let own = || declared.iter().filter(|row| row.broker == broker);
    let (oldest, newest) = (own().map(|row| row.first).min().unwrap(), own().map(|row| row.last).max().unwrap());
    let all = &KNOWLEDGE.broker(broker).unwrap().versions;
    all.iter().copied().filter(|line| (oldest..=newest).contains(line)).collect()
}

/// A default in one writing: case, quotes and class paths aside, `null` is nothing, `50MB` is a number of bytes (the
/// broker's `MB` is a million), and `0.50` is `0.5`.
pub(super) fn normal(default: &str) -> String {
    let text = default.trim().trim_matches('"').to_lowercase();
    let bytes = text.strip_suffix("mb").and_then(|number| number.parse::<f64>().ok()).map(|number| number * 1e6);
    match text.as_str() {
        "-" | "null" => String::new(),
        _ => bytes
            .or_else(|| text.parse().ok().filter(|number: &f64| number.abs() < 1e15))
            .map_or(text, |number| number.to_string()),
    }
}

impl Declared {
    /// Whether it speaks of a line.
    pub(super) fn covers(&self, line: Version) -> bool {
        (self.first..=self.last).contains(&line)
    }

    fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kind.split('|')
    }

    /// Whether the catalogue may call it so.
    pub(super) fn is_of(&self, kind: KeyType) -> bool {
        let fitting: &[&str] = match kind {
            KeyType::Integer => &["short", "int", "long", "integer"],
            KeyType::Number => &["double", "float"],
            KeyType::Boolean => &["boolean"],
            KeyType::Word => &["string", "list", "enum", "atom"],
            KeyType::Text => &["string", "list", "class"],
        };
        self.kinds().any(|own| fitting.contains(&own))
    }

    /// The least and the greatest number, by the declared range and by what its type can hold.
    pub(super) fn range(&self) -> (f64, f64) {
        let (least, most) = match self.kind.as_str() {
            "short" => (f64::from(i16::MIN), f64::from(i16::MAX)),
            "int" => (f64::from(i32::MIN), f64::from(i32::MAX)),
            "long" => (-2.0_f64.powi(63), 2.0_f64.powi(63)),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        (self.min.unwrap_or(least), self.max.unwrap_or(most))
    }

    /// Whether it is one of the words; a word such as `by_duration:…` stands for what begins so.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.is_empty()
            || self.words.iter().any(|known| match known.split_once(':') {
                Some((start, _)) => word.strip_prefix(start).is_some_and(|rest| rest.starts_with(":P")),
                None if self.any_case => known.eq_ignore_ascii_case(word),
                None => known == word,
            })
    }

    /// Why it would refuse a value.
    pub(super) fn refuses(&self, value: &str) -> Option<String> {
        let answers: Vec<Option<String>> = self.kinds().map(|kind| self.refuses_as(kind, value)).collect();
        if answers.iter().any(Option::is_none) { None } else { answers.into_iter().flatten().next() }
    }

    fn refuses_as(&self, kind: &str, value: &str) -> Option<String> {
        match kind {
            "boolean" => (!["true", "false"].contains(&value)).then(|| "no boolean".to_owned()),
            "short" | "int" | "long" | "integer" => match value.parse::<i64>() {
                Ok(_) => self.outside(value),
                Err(_) => Some("no integer".to_owned()),
            },
            // RabbitMQ's reader refuses `1` where it wants `1.0`.
            "float" if !value.contains('.') => Some("no point".to_owned()),
            "float" | "double" => self.outside(value),
            "infinity" => (value != "infinity").then(|| "not infinity".to_owned()),
            "list" => value.split(',').find(|word| !self.knows(word.trim())).map(|word| format!("unknown {word}")),
            "string" | "class" | "enum" | "atom" => (!self.knows(value)).then(|| "an unknown word".to_owned()),
            other => panic!("no such type: {other}"),
        }
    }

    fn outside(&self, value: &str) -> Option<String> {
        let (least, most) = self.range();
        match value.parse::<f64>() {
            Ok(number) => (!(least..=most).contains(&number)).then(|| format!("outside {least}..{most}")),
            Err(_) => Some("no number".to_owned()),
        }
    }
}
