//! How messages come to queues: exchanges and bindings, which queues get the same messages, and what kind of routing that is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sheet::Sheet;
use super::super::words::{counted, list, quoted};
use super::subject;
use crate::artifact::{Artifact, Binding, Item, ItemKind};
use crate::effective::Found;

/// Exchanges and bindings of all files.
#[derive(Debug, Default)]
pub(super) struct Routes<'a> {
    exchanges: BTreeMap<(&'a str, &'a str), Found<'a>>,
    /// What comes to each queue of a virtual host.
    to: BTreeMap<(&'a str, &'a str), Vec<&'a Binding>>,
    /// What is bound to each exchange, queues alone.
    from: BTreeMap<(&'a str, &'a str), Vec<&'a Binding>>,
    /// Exchanges from which something is bound.
    used: BTreeSet<(&'a str, &'a str)>,
}

/// By what queues get messages: exchanges and keys.
type Ways<'a> = BTreeSet<(&'a str, &'a str)>;

impl<'a> Routes<'a> {
    pub(super) fn of(artifacts: &'a [Artifact]) -> Self {
        let mut routes = Self::default();
        for artifact in artifacts {
            for item in artifact.items.iter().filter(|item| item.kind == ItemKind::Exchange) {
                routes.exchanges.entry((host(item), &item.name)).or_insert((artifact, item));
            }
            // Every queue is bound to the exchange without a name; some listings say so.
            for binding in artifact.bindings.iter().filter(|binding| !binding.source.is_empty()) {
                routes.used.insert((&binding.vhost, &binding.source));
                if binding.to_queue {
                    routes.to.entry((&binding.vhost, &binding.destination)).or_default().push(binding);
                    routes.from.entry((&binding.vhost, &binding.source)).or_default().push(binding);
                }
            }
        }
        routes
    }

    /// Those that somebody declared.
    pub(super) fn exchanges(&self) -> impl Iterator<Item = Found<'a>> {
        self.exchanges.values().copied().filter(|(_, item)| !item.name.is_empty() && !item.name.starts_with("amq."))
    }

    pub(super) fn is_used(&self, exchange: &Item) -> bool {
        self.used.contains(&(host(exchange), exchange.name.as_str()))
    }

    /// Whether the file binds anything at all.
    pub(super) fn bind_something(&self) -> bool {
        !self.used.is_empty()
    }

    /// What comes to a queue.
    pub(super) fn to<'s>(&'s self, queue: &'s Item) -> &'s [&'s Binding] {
        self.to.get(&(host(queue), queue.name.as_str())).map_or(&[], Vec::as_slice)
    }

    /// The exchange of a binding, if it is declared.
    pub(super) fn exchange<'s>(&'s self, binding: &'s Binding) -> Option<&'s Item> {
        self.exchanges.get(&(binding.vhost.as_str(), binding.source.as_str())).map(|(_, item)| *item)
    }

    /// The type of the exchange of a binding; those that every broker has say it by their names.
    pub(super) fn kind<'s>(&'s self, binding: &'s Binding) -> Option<&'s str> {
        match self.exchange(binding) {
            Some(item) => kind(item),
            None => match binding.source.strip_prefix("amq.")? {
                "match" => Some("headers"),
                other => Some(other),
            },
        }
    }

    /// Queues by flow: those that get the same messages are one, as are those over which one exchange spreads its messages.
    pub(super) fn flows<'q>(&self, queues: &'q [Found<'a>]) -> Vec<Vec<&'q Found<'a>>> {
        let mut groups: BTreeMap<(&str, Ways<'_>), usize> = BTreeMap::new();
        let mut flows: Vec<Vec<&Found<'_>>> = Vec::new();
        for queue in queues {
            let ways = self.ways(queue.1);
            let place =
                if ways.is_empty() { flows.len() } else { *groups.entry((host(queue.1), ways)).or_insert(flows.len()) };
            match flows.get_mut(place) {
                Some(flow) => flow.push(queue),
                None => flows.push(vec![queue]),
            }
        }
        flows
    }

    /// By what a queue gets its messages, such that two that have the same get the same messages. Headers are not read, so
    /// queues behind them are told apart.
    fn ways<'s>(&'s self, queue: &'s Item) -> Ways<'s> {
        let mut ways = BTreeSet::new();
        for binding in self.to(queue) {
            match self.kind(binding) {
                Some("headers") => return BTreeSet::new(),
                Some("fanout") => ways.insert((binding.source.as_str(), "")),
                Some(kind) if is_spreading(kind) => ways.insert((binding.source.as_str(), "")),
                _ => ways.insert((binding.source.as_str(), binding.routing_key.as_str())),
            };
        }
        ways
    }

    /// What other queues get of what comes under these bindings.
    pub(super) fn others<'s>(&'s self, bindings: &'s [&'s Binding], own: &BTreeSet<&str>) -> Others<'s> {
        let mut found: BTreeMap<&str, Vec<&Binding>> = BTreeMap::new();
        let sources: BTreeSet<(&str, &str)> =
            bindings.iter().map(|it| (it.vhost.as_str(), it.source.as_str())).collect();
        for source in sources {
            let all = self.from.get(&source).map_or(&[][..], Vec::as_slice);
            if all.len() > MANY {
                return Others { many: Some(source.1), ..Others::default() };
            }
            for binding in all.iter().filter(|binding| !own.contains(binding.destination.as_str())) {
                found.entry(&binding.destination).or_default().push(binding);
            }
        }
        let mut others = Others::default();
        for (name, theirs) in found {
            let is_covered = |own: &&Binding| theirs.iter().any(|other| self.takes(other, own, subject::covers));
            if bindings.iter().all(is_covered) {
                others.all.push(name);
            } else if bindings.iter().any(|own| theirs.iter().any(|other| self.takes(other, own, subject::overlap))) {
                others.some.push(name);
            }
        }
        others
    }

    /// Whether a binding takes what another takes, by the exchange that both are of.
    fn takes(&self, other: &Binding, own: &Binding, by_key: fn(&str, &str) -> bool) -> bool {
        other.source == own.source
            && match self.kind(own) {
                Some("fanout") => true,
                Some("topic") => by_key(&other.routing_key, &own.routing_key),
                // Headers are not read.
                Some("headers") => false,
                _ => other.routing_key == own.routing_key,
            }
    }
}

/// So many bindings of one exchange are compared with one another.
const MANY: usize = 300;

/// Queues of other flows by what they get of this one.
#[derive(Debug, Default)]
pub(super) struct Others<'s> {
    /// All of it.
    all: Vec<&'s str>,
    /// Some of it, perhaps.
    some: Vec<&'s str>,
    /// The exchange that has too many to compare.
    many: Option<&'s str>,
}

fn host(item: &Item) -> &str {
    item.vhost.as_deref().unwrap_or_default()
}

/// The type of an exchange; of one that delays, the type behind it.
fn kind(item: &Item) -> Option<&str> {
    let kind = text(item, "type")?;
    if kind == DELAYED { text(item, "x-delayed-type") } else { Some(kind) }
}

pub(super) fn text<'i>(item: &'i Item, key: &str) -> Option<&'i str> {
    let entry = item.entries.iter().rev().find(|entry| entry.key == key)?;
    match &entry.value {
        crate::artifact::Declared::Literal(literal) if !entry.secret => Some(literal.text.trim()),
        _ => None,
    }
}

const DELAYED: &str = "x-delayed-message";

/// Exchanges that give each message to one of their queues.
pub(super) fn is_spreading(kind: &str) -> bool {
    matches!(kind, "x-consistent-hash" | "x-modulus-hash" | "x-random" | "x-local-random" | "random")
}

fn is_pattern(key: &str) -> bool {
    key.split('.').any(|word| matches!(word, "*" | "#"))
}

/// States what an exchange tells of a flow that comes through it under some keys.
pub(super) fn style(sheet: &mut Sheet, exchange: &Item, keys: &[&str]) {
    let name = quoted(&exchange.name);
    let from = |kind: &str| format!("type \"{kind}\" of exchange {name}");
    if text(exchange, "type") == Some(DELAYED) {
        sheet.find("handling.delay_style", "any", from(DELAYED));
        sheet.ask(
            "handling.longest_delay",
            format!("each message that exchange {name} holds back names its own time: what is the longest?"),
        );
    }
    if text(exchange, "x-delayed-type").is_none() && text(exchange, "type") == Some(DELAYED) {
        return;
    }
    match kind(exchange) {
        Some("direct") => sheet.find("routing.style", "direct", from("direct")),
        Some("fanout") => sheet.find("routing.style", "fan-out", from("fanout")),
        Some("headers") => sheet.find("routing.style", "headers", from("headers")),
        Some("topic") if !keys.is_empty() && keys.iter().all(|key| *key == "#") => {
            sheet.find(
                "routing.style",
                "fan-out",
                format!("key \"#\" at exchange {name}: its readers take everything"),
            );
        }
        Some("topic") => sheet.find("routing.style", "topic", from("topic")),
        Some(kind @ ("x-consistent-hash" | "x-modulus-hash")) => {
            sheet.find("routing.style", "direct", from(kind));
            sheet.ask(
                "ordering.scope",
                format!("exchange {name} keeps messages of one key in one queue: must those of a key stay in order?"),
            );
        }
        Some(kind) if is_spreading(kind) => sheet.find("routing.style", "direct", from(kind)),
        Some("x-message-deduplication") => sheet.find("handling.deduplicate", "true", from("x-message-deduplication")),
        Some("x-jms-topic") => {
            sheet.find("handling.selective", "true", from("x-jms-topic"));
            sheet.ask("clients.protocols", format!("exchange {name} is one of JMS: must clients speak it?"));
        }
        Some(kind) => sheet.ask("routing.style", format!("exchange {name} is of the type {}", quoted(kind))),
        None => sheet.ask("routing.style", format!("of which type exchange {name} is, the file does not say")),
    }
}

/// States how messages come to the queues of one flow, and how many readers that makes.
pub(super) fn state(sheet: &mut Sheet, routes: &Routes<'_>, queues: &[&Found<'_>], is_stream: bool) {
    let names: Vec<&str> = queues.iter().map(|(_, item)| item.name.as_str()).collect();
    let Some((_, first)) = queues.first() else { return };
    let bindings = routes.to(first);
    if bindings.is_empty() {
        if routes.bind_something() {
            sheet.find("routing.style", "direct", "no binding: it is published to by name");
            if !is_stream {
                sheet.find("consumers.groups", "1", "no binding: a message is in this queue alone, and taken once");
            }
        } else {
            sheet.ask("routing.style", "the file has no bindings: they may be made when applications run");
            sheet.ask("consumers.groups", "the file has no bindings: do other queues get the same messages?");
        }
        return;
    }
    let keys: Vec<&str> = bindings.iter().map(|binding| binding.routing_key.as_str()).collect();
    let mut told = BTreeSet::new();
    for binding in bindings.iter().filter(|binding| told.insert(binding.source.as_str())) {
        let own: Vec<&str> =
            bindings.iter().filter(|it| it.source == binding.source).map(|it| it.routing_key.as_str()).collect();
        sheet.about(format!("bound to exchange {}{}", quoted(&binding.source), under(&own)));
        match routes.exchange(binding) {
            Some(exchange) => style(sheet, exchange, &own),
            None => match routes.kind(binding) {
                Some("direct") => {
                    sheet.find("routing.style", "direct", format!("exchange {}", quoted(&binding.source)));
                }
                Some("fanout") => {
                    sheet.find("routing.style", "fan-out", format!("exchange {}", quoted(&binding.source)));
                }
                Some("headers") => {
                    sheet.find("routing.style", "headers", format!("exchange {}", quoted(&binding.source)));
                }
                Some("topic") => sheet.find("routing.style", "topic", format!("exchange {}", quoted(&binding.source))),
                _ => sheet
                    .ask("routing.style", format!("exchange {} is not declared in the file", quoted(&binding.source))),
            },
        }
    }
    let subjects = keys.iter().filter(|key| !key.is_empty()).collect::<BTreeSet<_>>().len();
    let spread = bindings.iter().any(|binding| routes.kind(binding).is_some_and(is_spreading));
    if spread {
        sheet.find(
            "routing.destinations",
            names.len().to_string(),
            "queues over which one exchange spreads the messages",
        );
        sheet.ask("consumers.groups", "an exchange spreads the messages over its queues: who else sees them?");
        return;
    }
    if subjects > 1 && keys.iter().all(|key| !is_pattern(key)) {
        sheet.find("routing.destinations", subjects.to_string(), "keys under which it is bound");
    }
    readers(sheet, routes, bindings, &names, is_stream);
}

/// How many queues get every message of a flow: its own, and those whose bindings take all of it as well.
fn readers(sheet: &mut Sheet, routes: &Routes<'_>, bindings: &[&Binding], names: &[&str], is_stream: bool) {
    let others = routes.others(bindings, &names.iter().copied().collect());
    if let Some(exchange) = others.many {
        sheet.ask(
            "consumers.groups",
            format!("much is bound to exchange {}: how many readers see every message?", quoted(exchange)),
        );
        return;
    }
    if !others.some.is_empty() {
        sheet.about(format!("some of its messages also go to {}", list(others.some.iter().copied())));
    }
    if bindings.iter().any(|binding| routes.kind(binding) == Some("headers")) {
        sheet.ask("consumers.groups", "which queues get the same messages, headers tell");
        return;
    }
    if is_stream {
        return;
    }
    let count = names.len() + others.all.len();
    let from = match (names.len(), &others.all[..]) {
        (1, []) => "the only queue of the file that gets all of these messages".to_owned(),
        (_, []) => "queues that get the same messages".to_owned(),
        (_, all) => format!(
            "{}, and {} whose bindings take them as well: {}",
            counted(names.len(), "queue"),
            all.len(),
            list(all.iter().copied())
        ),
    };
    sheet.find("consumers.groups", count.to_string(), from);
}

fn under(keys: &[&str]) -> String {
    let keys: BTreeSet<&str> = keys.iter().copied().filter(|key| !key.is_empty()).collect();
    if keys.is_empty() { String::new() } else { format!(" under {}", list(keys)) }
}
