//! Which exchanges, queues, bindings and policies a flow has: one plan for every file that declares them.
//!
//! A group of consumers has queues of its own, named after the flow. Where a group has several, an exchange that hashes
//! spreads messages over them: bound one by one, each would get every message.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::export::order::{Order, Unfit};
use crate::knowledge::{KeyType, Scope};

/// The virtual host of everything.
const VHOST: &str = "/";
/// More queues than these are declared by services as they come, not by a file.
const MOST: u64 = 10_000;
/// Exchanges that spread by a hash of the routing key.
const HASHES: [&str; 2] = ["x-modulus-hash", "x-consistent-hash"];
/// Where the setting says to send what failed, and the exchange's own name for it.
const DEAD_LETTERS: &str = "x-dead-letter-exchange";
/// The first line that deletes a dead letter after twenty returns to its queue, unless that is switched off.
const LIMITS_RETURNS: (u16, u16) = (4, 0);
/// The first line whose hash by modulus may stand before a super stream.
const MODULUS_STREAMS: (u16, u16) = (4, 3);

/// Everything that is declared.
#[derive(Debug, Default, Serialize)]
pub(in crate::export) struct Topology {
    vhosts: Vec<Value>,
    pub(in crate::export) exchanges: Vec<Exchange>,
    pub(in crate::export) queues: Vec<Queue>,
    pub(in crate::export) bindings: Vec<Binding>,
    pub(in crate::export) policies: Vec<Policy>,
}

/// Where messages are published to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::export) struct Exchange {
    pub(in crate::export) name: String,
    vhost: &'static str,
    #[serde(rename = "type")]
    kind: String,
    durable: bool,
    auto_delete: bool,
    internal: bool,
    arguments: Map<String, Value>,
}

/// Where messages wait.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::export) struct Queue {
    pub(in crate::export) name: String,
    vhost: &'static str,
    durable: bool,
    auto_delete: bool,
    arguments: Map<String, Value>,
}

/// How messages get from an exchange to a queue, or to another exchange.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::export) struct Binding {
    source: String,
    vhost: &'static str,
    destination: String,
    destination_type: &'static str,
    routing_key: String,
    arguments: Map<String, Value>,
}

/// What holds for all queues whose names match.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::export) struct Policy {
    vhost: &'static str,
    pub(in crate::export) name: String,
    pattern: String,
    #[serde(rename = "apply-to")]
    apply_to: &'static str,
    definition: Map<String, Value>,
    priority: i32,
}

/// What is declared for an order.
pub(in crate::export) fn topology(order: &Order<'_>) -> Result<Topology, Unfit> {
    let planner = Planner::new(order);
    let queues = u64::from(planner.groups) * u64::from(planner.shares);
    if queues > MOST {
        let message = format!("{queues} queues are more than a file should declare");
        return Err(Unfit {
            message,
            help: "let each service declare its own, with the policies of this file".to_owned(),
        });
    }
    Ok(planner.plan())
}

/// How many queues share the work of one group.
pub(in crate::export) fn shares(order: &Order<'_>) -> u32 {
    order.count(Scope::Queue, "partitions", 1).max(1)
}

/// The plugins without which an exchange of the plan has no type.
pub(in crate::export) fn hashes(order: &Order<'_>) -> bool {
    topology(order).is_ok_and(|plan| {
        plan.exchanges.iter().any(|exchange| HASHES.last().is_some_and(|kind| exchange.kind == *kind))
    })
}

struct Planner<'p> {
    order: &'p Order<'p>,
    id: &'p str,
    /// What one of the flow's queues is.
    of: Of,
    /// A stream is read by any number of groups.
    groups: u32,
    shares: u32,
    /// The type of the exchange that is published to.
    kind: String,
    may_lose: bool,
    topology: Topology,
}

/// The types of queues, as policies tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Classic,
    Quorum,
    Stream,
}

impl Of {
    fn named(short: &str) -> Self {
        match short {
            "classic" => Self::Classic,
            "stream" => Self::Stream,
            _ => Self::Quorum,
        }
    }

    fn applies(self) -> &'static str {
        match self {
            Self::Classic => "classic_queues",
            Self::Quorum => "quorum_queues",
            Self::Stream => "streams",
        }
    }
}

impl<'p> Planner<'p> {
    fn new(order: &'p Order<'_>) -> Self {
        let of = Of::named(order.short());
        let groups = order.amount("consumers.groups").unwrap_or(1.0).clamp(1.0, 1e6);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to what fits")]
        let groups = if of == Of::Stream { 1 } else { groups as u32 };
        let shares = shares(order);
        let kind = match order.setting(Scope::Exchange, "type") {
            Some(setting) => setting.value.clone(),
            None if of == Of::Stream && shares > 1 => {
                let [modulus, consistent] = HASHES;
                let may = (order.version.major, order.version.minor) >= MODULUS_STREAMS;
                if may { modulus } else { consistent }.to_owned()
            }
            None => by_style(order.word("routing.style")).unwrap_or("direct").to_owned(),
        };
        let may_lose = order.holds("availability.may_lose");
        Self { order, id: &order.id, of, groups, shares, kind, may_lose, topology: Topology::default() }
    }

    fn plan(mut self) -> Topology {
        self.topology.vhosts.push(json!({ "name": VHOST }));
        self.entry();
        for group in 1..=self.groups {
            self.group(group);
        }
        if self.order.lists("clients.protocols", "mqtt") {
            // Clients of MQTT publish there.
            self.bind("amq.topic", self.id.to_owned(), "exchange", "#", Map::new());
        }
        self.work_policy();
        self.dead_letters();
        self.retries();
        self.unroutable();
        self.topology
    }

    fn is_hash(&self) -> bool {
        HASHES.contains(&self.kind.as_str())
    }

    /// The exchange that is published to.
    fn entry(&mut self) {
        let mut arguments = Map::new();
        if let Some(setting) = self.order.setting(Scope::Exchange, "alternate-exchange") {
            arguments.insert(setting.key.clone(), json!(setting.value));
        }
        if self.of == Of::Stream && self.shares > 1 {
            arguments.insert("x-super-stream".to_owned(), json!(true));
        }
        let kind = if self.is_hash() && self.groups > 1 {
            by_style(self.order.word("routing.style")).unwrap_or("fanout").to_owned()
        } else {
            self.kind.clone()
        };
        self.exchange(self.id.to_owned(), kind, arguments);
    }

    /// The queues of one group, and how they are reached.
    fn group(&mut self, number: u32) {
        let base = if self.groups == 1 { self.id.to_owned() } else { format!("{}.group-{number}", self.id) };
        let mut names = vec![base.clone()];
        if self.shares > 1 {
            // Partitions of a super stream are counted from 0.
            let first = u32::from(self.of != Of::Stream);
            names = (first..first + self.shares).map(|place| format!("{base}-{place}")).collect();
        }
        let key = match self.kind.as_str() {
            "topic" => "#",
            "direct" => self.id,
            _ => "",
        }
        .to_owned();
        let from = if self.is_hash() && self.groups > 1 {
            let key = if by_style(self.order.word("routing.style")) == Some("topic") { "#" } else { "" };
            self.exchange(base.clone(), self.kind.clone(), Map::new());
            self.bind(self.id, base.clone(), "exchange", key, Map::new());
            base
        } else if self.is_hash() || self.shares == 1 {
            self.id.to_owned()
        } else {
            let spread = format!("{base}.spread");
            let arguments = Map::from_iter([("hash-property".to_owned(), json!("message_id"))]);
            let [_, consistent] = HASHES;
            self.exchange(spread.clone(), consistent.to_owned(), arguments);
            self.bind(self.id, spread.clone(), "exchange", &key, Map::new());
            spread
        };
        let hash = self.topology.exchanges.iter().find(|exchange| exchange.name == from).map(|it| it.kind.clone());
        let arguments = self.arguments();
        for (place, name) in (0_u32..).zip(names) {
            let key = match hash.as_deref() {
                // What is bound counts as often as the key says.
                Some("x-consistent-hash") => "1".to_owned(),
                Some("x-modulus-hash") => name.clone(),
                _ => key.clone(),
            };
            let mut order = Map::new();
            if self.of == Of::Stream && self.shares > 1 {
                order.insert("x-stream-partition-order".to_owned(), json!(place));
            }
            self.queue(name.clone(), arguments.clone());
            self.bind(&from, name, "queue", &key, order);
        }
    }

    /// What a queue of the flow is declared with.
    fn arguments(&self) -> Map<String, Value> {
        let real = self.order.of(Scope::Queue).filter(|setting| setting.key.starts_with("x-"));
        real.map(|setting| (setting.key.clone(), self.value(Scope::Queue, &setting.key, &setting.value))).collect()
    }

    fn work_policy(&mut self) {
        let mut definition = Map::new();
        for setting in self.order.of(Scope::Policy) {
            let key = setting.key.strip_prefix("x-").unwrap_or(&setting.key);
            definition.insert(key.to_owned(), self.value(Scope::Policy, &setting.key, &setting.value));
        }
        if self.order.setting(Scope::Policy, DEAD_LETTERS).is_some() {
            definition.insert("dead-letter-routing-key".to_owned(), json!(self.named("dead-letter")));
        }
        let groups = if self.groups > 1 { r"\.group-[0-9]+" } else { "" };
        let shares = if self.shares > 1 { "-[0-9]+" } else { "" };
        self.policy(self.id.to_owned(), format!("^{}{groups}{shares}$", self.id), self.of.applies(), definition);
    }

    /// What failed for good: one queue for all groups, since each letter says where it comes from.
    fn dead_letters(&mut self) {
        let exchange = self.order.setting(Scope::Policy, DEAD_LETTERS).map(|setting| setting.value.clone());
        if exchange.is_none() && self.may_lose {
            return;
        }
        let exchange = exchange.unwrap_or_else(|| "dead-letters".to_owned());
        let name = self.named("dead-letter");
        self.exchange(exchange.clone(), "direct".to_owned(), Map::new());
        self.queue(name.clone(), self.aside());
        self.bind(&exchange, name.clone(), "queue", &name, Map::new());
        if !self.may_lose && (self.order.version.major, self.order.version.minor) >= LIMITS_RETURNS {
            let definition = Map::from_iter([("delivery-limit".to_owned(), json!(-1))]);
            let pattern = format!(r"^{}\.(dead-letter|unroutable)$", self.id);
            self.policy(self.named("aside"), pattern, Of::Quorum.applies(), definition);
        }
    }

    /// What waits to be tried again, where queues do not wait by themselves: its time over, a message goes back to the queue
    /// that its routing key names.
    fn retries(&mut self) {
        let delay = self.order.amount("handling.retry_delay").filter(|delay| *delay > 0.0 && delay.is_finite());
        let by_itself = self.order.setting(Scope::Policy, "x-delayed-retry-type").is_some();
        let Some(delay) = delay else { return };
        if by_itself || self.of == Of::Stream || self.order.holds("ordering.survives_retry") {
            return;
        }
        let name = self.named("retry");
        self.exchange(name.clone(), "fanout".to_owned(), Map::new());
        self.queue(name.clone(), self.aside());
        self.bind(&name, name.clone(), "queue", "", Map::new());
        #[expect(clippy::cast_possible_truncation, reason = "held to what the broker takes")]
        let milliseconds = (delay * 1000.0).ceil().clamp(1.0, 4_294_967_295.0) as i64;
        let mut definition = Map::from_iter([
            ("message-ttl".to_owned(), json!(milliseconds)),
            ("dead-letter-exchange".to_owned(), json!("")),
        ]);
        let mut of = Of::Classic;
        if !self.may_lose {
            of = Of::Quorum;
            definition.insert("dead-letter-strategy".to_owned(), json!("at-least-once"));
            definition.insert("overflow".to_owned(), json!("reject-publish"));
        }
        let pattern = format!(r"^{}\.retry$", self.id);
        self.policy(name, pattern, of.applies(), definition);
    }

    /// What no queue wanted.
    fn unroutable(&mut self) {
        let Some(setting) = self.order.setting(Scope::Exchange, "alternate-exchange") else { return };
        let name = self.named("unroutable");
        self.exchange(setting.value.clone(), "fanout".to_owned(), Map::new());
        self.queue(name.clone(), self.aside());
        self.bind(&setting.value.clone(), name, "queue", "", Map::new());
    }

    /// What a queue beside the flow is declared with: as safe as the flow asks for, and with as many members.
    fn aside(&self) -> Map<String, Value> {
        if self.may_lose {
            return Map::from_iter([("x-queue-type".to_owned(), json!("classic"))]);
        }
        let mut arguments = Map::from_iter([("x-queue-type".to_owned(), json!("quorum"))]);
        let members = ["x-quorum-initial-group-size", "x-initial-cluster-size"];
        let members = members.into_iter().find_map(|key| self.order.setting(Scope::Queue, key));
        if let Some(count) = members.and_then(|setting| setting.value.parse::<u64>().ok()) {
            arguments.insert("x-quorum-initial-group-size".to_owned(), json!(count));
        }
        arguments
    }

    fn named(&self, what: &str) -> String {
        format!("{}.{what}", self.id)
    }

    /// A value with the type that the broker declares for its key.
    fn value(&self, scope: Scope, key: &str, text: &str) -> Value {
        let knowledge = self.order.knowledge;
        let broker = knowledge.broker_of(self.order.option);
        let is = |it: &&crate::knowledge::CatalogueKey| {
            it.broker == broker && it.scope == scope && knowledge.text(it.id) == key
        };
        let read = match knowledge.catalogue.iter().find(is).map(|it| it.kind) {
            Some(KeyType::Integer) => text.parse::<i64>().ok().map(|number| json!(number)),
            Some(KeyType::Number) => text.parse::<f64>().ok().map(|number| json!(number)),
            Some(KeyType::Boolean) => text.parse::<bool>().ok().map(|truth| json!(truth)),
            _ => None,
        };
        read.unwrap_or_else(|| json!(text))
    }

    fn exchange(&mut self, name: String, kind: String, arguments: Map<String, Value>) {
        let exchange =
            Exchange { name, vhost: VHOST, kind, durable: true, auto_delete: false, internal: false, arguments };
        self.topology.exchanges.push(exchange);
    }

    fn queue(&mut self, name: String, arguments: Map<String, Value>) {
        self.topology.queues.push(Queue { name, vhost: VHOST, durable: true, auto_delete: false, arguments });
    }

    fn bind(&mut self, source: &str, destination: String, of: &'static str, key: &str, arguments: Map<String, Value>) {
        self.topology.bindings.push(Binding {
            source: source.to_owned(),
            vhost: VHOST,
            destination,
            destination_type: of,
            routing_key: key.to_owned(),
            arguments,
        });
    }

    fn policy(&mut self, name: String, pattern: String, apply_to: &'static str, definition: Map<String, Value>) {
        if !definition.is_empty() {
            self.topology.policies.push(Policy { vhost: VHOST, name, pattern, apply_to, definition, priority: 0 });
        }
    }
}

/// The type of exchange that a style of routing asks for, where it does.
fn by_style(style: &str) -> Option<&'static str> {
    match style {
        "fan-out" => Some("fanout"),
        "topic" => Some("topic"),
        "headers" => Some("headers"),
        _ => None,
    }
}
