//! The words by which rules and people name kinds of items and shapes of files.

use super::{ItemKind, Shape};

impl ItemKind {
    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::Topic => "topic",
            Self::Queue => "queue",
            Self::Exchange => "exchange",
            Self::Policy => "policy",
            Self::OperatorPolicy => "operator-policy",
            Self::Vhost => "vhost",
            Self::Parameter => "parameter",
        }
    }

    /// The word for people.
    pub fn called(self) -> &'static str {
        match self {
            Self::OperatorPolicy => "operator policy",
            Self::Parameter => "runtime parameter",
            Self::Vhost => "virtual host",
            other => other.word(),
        }
    }
}

impl Shape {
    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Definitions => "definitions",
            Self::RabbitmqConf => "rabbitmq-conf",
            Self::ServerProperties => "server-properties",
            Self::KafkaTopic => "kafka-topic",
            Self::KafkaCluster => "kafka-cluster",
            Self::Compose => "compose",
        }
    }

    /// What a file of this shape is called.
    pub fn called(self) -> &'static str {
        match self {
            Self::Definitions => "definitions",
            Self::RabbitmqConf => "rabbitmq.conf",
            Self::ServerProperties => "server.properties",
            Self::KafkaTopic => "KafkaTopic",
            Self::KafkaCluster => "Kafka resource",
            Self::Compose => "compose file",
        }
    }
}
