//! What a broker file declares, the same for every grammar: items (the broker itself, a topic, a queue, a policy) with
//! their keys as written, and the place of each.

use crate::quantity::Version;
use crate::source::Span;

/// What one file says of one broker; a compose file says it once for each service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Which of the run's sources it is.
    pub source: usize,
    /// How it is written.
    pub shape: Shape,
    /// The broker's id in the rules.
    pub broker: &'static str,
    /// The service of a compose file, or the cluster that a file names.
    pub name: Option<String>,
    /// The version that the file itself names, as in the tag of an image.
    pub version: Option<(Version, Span)>,
    /// How names of variables begin that stand for the broker's keys, in a compose file.
    pub prefix: Option<&'static str>,
    /// What it declares, in the order of the file.
    pub items: Vec<Item>,
    /// What routes to what, where the file says so.
    pub bindings: Vec<Binding>,
    /// Keys of the file's own layout that its grammar does not know.
    pub strays: Vec<Stray>,
    /// Where the file says that it is not all: an include, another file of variables, a mounted configuration. What is
    /// not set here may be set there.
    pub more: Option<Span>,
}

/// How a broker file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// RabbitMQ's exported definitions.
    Definitions,
    /// `rabbitmq.conf`.
    RabbitmqConf,
    /// `server.properties`.
    ServerProperties,
    /// A Strimzi `KafkaTopic`.
    KafkaTopic,
    /// A Strimzi `Kafka`.
    KafkaCluster,
    /// The environment of a service of a compose file.
    Compose,
}

/// Something that a file declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its name; empty for the broker itself.
    pub name: String,
    /// The virtual host to which it belongs, where brokers have such.
    pub vhost: Option<String>,
    /// Where it is declared: its name, or the head of its block.
    pub span: Span,
    /// What is set on it, in the order of the file; a key may be repeated where the grammar allows that.
    pub entries: Vec<Entry>,
    /// For a policy: to what it applies.
    pub selector: Option<Selector>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// The broker itself.
    Broker,
    /// A topic.
    Topic,
    /// A queue or a stream.
    Queue,
    /// An exchange.
    Exchange,
    /// A policy of users.
    Policy,
    /// A policy of operators.
    OperatorPolicy,
    /// A virtual host.
    Vhost,
    /// A runtime parameter, such as a shovel; its first entry is its `component`.
    Parameter,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In the broker's own spelling: `x-max-length` of a queue, `max-length` of a policy, `retention.ms` of a topic;
    /// what an environment variable stands for.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Declared,
    /// Where the value is written; the key's place where there is none.
    pub value_span: Span,
    /// Whether the value is a secret, or may hold one: it is never shown.
    pub secret: bool,
}

/// A value as the file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declared {
    /// A value.
    Literal(Literal),
    /// Not in the file: it comes from a variable, another file, a secret.
    Elsewhere,
}

/// A value as written, with what the grammar says of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The text; of a list, its items between commas.
    pub text: String,
    /// Whether the grammar types it: JSON's `1` is a number and `"1"` a text. Grammars that know texts only say `Text`.
    pub typed: Typed,
}

/// The type that a grammar gives to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Typed {
    /// Nothing is said of the type: properties, `rabbitmq.conf`, plain YAML.
    Untyped,
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// Nothing, or a map.
    Other,
}

/// To which queues and exchanges a policy applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// A regular expression over names.
    pub pattern: String,
    /// Where it is written.
    pub pattern_span: Span,
    /// `queues`, `exchanges`, `all`, `quorum_queues`, …; empty where it is not said.
    pub apply_to: String,
    /// Of several policies that match, the one with the highest holds.
    pub priority: i64,
}

/// One exchange to one queue or exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The virtual host.
    pub vhost: String,
    /// The exchange.
    pub source: String,
    /// The queue or exchange.
    pub destination: String,
    /// Whether the destination is a queue.
    pub to_queue: bool,
    /// The routing key.
    pub routing_key: String,
    /// Where it is declared.
    pub span: Span,
}

/// A key of the file's own layout that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// As written.
    pub key: String,
    /// Where.
    pub span: Span,
    /// What may be meant.
    pub near: Option<&'static str>,
    /// Whether the program refuses to start with it; otherwise it passes over it without a word.
    pub refused: bool,
}
