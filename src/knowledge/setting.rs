//! Settings: the catalogue of keys as the brokers declare them, and the rules that say when to set which to what.

use serde::{Deserialize, Serialize};

use super::broker::{BrokerId, OptionId, Version};
use super::capability::SourceId;
use super::text::{Template, Text};
use crate::expr::ExprId;
use crate::quantity::{Kind, Unit};

/// Who applies a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The broker's own configuration.
    Broker,
    /// A topic.
    Topic,
    /// A queue, when it is declared.
    Queue,
    /// A policy over queues.
    Policy,
    /// An exchange.
    Exchange,
    /// A group of consumers.
    Group,
    /// A publishing client.
    Producer,
    /// A consuming client.
    Consumer,
    /// A connection.
    Connection,
    /// The operating system.
    Os,
    /// The virtual machine that runs the broker.
    Runtime,
}

impl Scope {
    /// All scopes, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Broker,
        Self::Topic,
        Self::Queue,
        Self::Policy,
        Self::Exchange,
        Self::Group,
        Self::Producer,
        Self::Consumer,
        Self::Connection,
        Self::Os,
        Self::Runtime,
    ];

    /// The word in rules, in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::Topic => "topic",
            Self::Queue => "queue",
            Self::Policy => "policy",
            Self::Exchange => "exchange",
            Self::Group => "group",
            Self::Producer => "producer",
            Self::Consumer => "consumer",
            Self::Connection => "connection",
            Self::Os => "os",
            Self::Runtime => "runtime",
        }
    }
}

/// Whose work a setting is: several scopes are in the same hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applier {
    /// Who runs the brokers.
    Operator,
    /// Who declares topics, queues and what belongs to them.
    Topology,
    /// Who writes the publishing application.
    Producer,
    /// Who writes the consuming application.
    Consumer,
    /// Who writes either: what both say of their connections.
    Connection,
    /// Who runs the machines.
    System,
}

impl Applier {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Operator, Self::Topology, Self::Producer, Self::Consumer, Self::Connection, Self::System];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Topology => "topology",
            Self::Producer => "producer",
            Self::Consumer => "consumer",
            Self::Connection => "connection",
            Self::System => "operating-system",
        }
    }

    /// The heading for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Operator => "Broker operator",
            Self::Topology => "Topology",
            Self::Producer => "Producer",
            Self::Consumer => "Consumer",
            Self::Connection => "Connection",
            Self::System => "Operating system",
        }
    }
}

impl Scope {
    /// Whose work a setting of this scope is.
    pub fn applied_by(self) -> Applier {
        match self {
            Self::Broker | Self::Runtime => Applier::Operator,
            Self::Topic | Self::Queue | Self::Policy | Self::Exchange | Self::Group => Applier::Topology,
            Self::Producer => Applier::Producer,
            Self::Consumer => Applier::Consumer,
            Self::Connection => Applier::Connection,
            Self::Os => Applier::System,
        }
    }
}

/// How a key's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyType {
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of a few words.
    Word,
    /// Any text.
    Text,
}

impl KeyType {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Integer, Self::Number, Self::Boolean, Self::Word, Self::Text];

    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Word => "word",
            Self::Text => "text",
        }
    }
}

/// The unit in which the broker reads a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyUnit {
    /// A bare number.
    Count,
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Bytes.
    Bytes,
    /// Kibibytes.
    Kibibytes,
    /// Mebibytes.
    Mebibytes,
    /// Hundredths.
    Percent,
    /// `7D`, `12h`: a whole number and one letter of `Y M D h m s`.
    Age,
}

impl KeyUnit {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Count,
        Self::Milliseconds,
        Self::Seconds,
        Self::Minutes,
        Self::Hours,
        Self::Bytes,
        Self::Kibibytes,
        Self::Mebibytes,
        Self::Percent,
        Self::Age,
    ];

    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Milliseconds => "ms",
            Self::Seconds => "s",
            Self::Minutes => "min",
            Self::Hours => "h",
            Self::Bytes => "bytes",
            Self::Kibibytes => "KiB",
            Self::Mebibytes => "MiB",
            Self::Percent => "percent",
            Self::Age => "age",
        }
    }

    /// How much one of it is in base units, and how such amounts are shown.
    pub fn measure(self) -> (f64, Kind) {
        match self {
            Self::Count => (1.0, Kind::Factor),
            Self::Milliseconds => (0.001, Kind::Duration),
            Self::Seconds | Self::Age => (1.0, Kind::Duration),
            Self::Minutes => (60.0, Kind::Duration),
            Self::Hours => (3600.0, Kind::Duration),
            Self::Bytes => (1.0, Kind::Bytes),
            Self::Kibibytes => (1024.0, Kind::Bytes),
            Self::Mebibytes => (1024.0 * 1024.0, Kind::Bytes),
            Self::Percent => (0.01, Kind::Percentage),
        }
    }

    /// Of what its amounts are.
    pub fn dimension(self) -> Unit {
        self.measure().1.unit()
    }
}

/// How the values of a setting are written: their type, their unit, their range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// How a value is written.
    pub kind: KeyType,
    /// In which unit.
    pub unit: KeyUnit,
    /// The least value allowed, in its unit.
    pub min: Option<f64>,
    /// The greatest value allowed, in its unit.
    pub max: Option<f64>,
}

impl Measure {
    /// Whether a value is an amount.
    pub fn is_amount(&self) -> bool {
        matches!(self.kind, KeyType::Integer | KeyType::Number) || self.unit != KeyUnit::Count
    }
}

/// A key that a broker or its client declares.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CatalogueKey {
    /// Whose key it is.
    pub broker: BrokerId,
    /// The broker's own spelling.
    pub id: Text,
    /// Who applies it.
    pub scope: Scope,
    /// How its value is written.
    pub kind: KeyType,
    /// In which unit.
    pub unit: KeyUnit,
    /// The least value allowed, in its unit.
    pub min: Option<f64>,
    /// The greatest value allowed, in its unit.
    pub max: Option<f64>,
    /// The default of the oldest known line, in the broker's own writing; empty for none.
    pub default: Text,
    /// Later defaults, ascending.
    pub defaults: Vec<(Version, Text)>,
    /// The first line that has it.
    pub since: Option<Version>,
    /// The last line that has it.
    pub until: Option<Version>,
    /// The words allowed.
    pub words: Vec<Text>,
    /// The options on which it has an effect; all, where empty.
    pub options: Vec<OptionId>,
    /// What it does.
    pub about: Text,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

impl CatalogueKey {
    /// How its values are written.
    pub fn measure(&self) -> Measure {
        Measure { kind: self.kind, unit: self.unit, min: self.min, max: self.max }
    }

    /// Whether its value is an amount.
    pub fn is_amount(&self) -> bool {
        self.measure().is_amount()
    }

    /// The default of a version, in the broker's own writing; empty for none.
    pub fn default_at(&self, version: f64) -> Text {
        let later = self.defaults.iter().rev().find(|(since, _)| version >= since.as_number());
        later.map_or(self.default, |(_, default)| *default)
    }
}

/// When to set which key to what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tuning {
    /// The key's place in the catalogue.
    pub key: u16,
    /// For which options; all of the broker, where empty.
    pub options: Vec<OptionId>,
    /// Where it is set at all.
    pub when: Option<ExprId>,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// The first value whose condition holds.
    pub choose: Vec<(Option<ExprId>, Choice)>,
    /// The same for every profile.
    pub constant: bool,
    /// Why.
    pub why: Template,
    /// What happens otherwise.
    pub risk: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// A value of a setting.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Choice {
    /// An amount.
    Number(ExprId),
    /// A condition.
    Boolean(ExprId),
    /// A text with computed holes.
    Text(Template),
}
