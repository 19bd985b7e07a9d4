//! The files that can be asked for, and whose they are.

use super::File;
use super::order::{Order, Unfit};
use super::targets;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// RabbitMQ: the node's configuration, with the plugins that it needs
    RabbitmqConf,
    /// RabbitMQ: exchanges, queues, bindings and policies, to be imported
    Definitions,
    /// Kafka: a node's configuration (KRaft)
    ServerProperties,
    /// Kafka: a script that creates the topics and sets what belongs to groups
    Topics,
    /// Kafka on Kubernetes: the topics as `KafkaTopic` resources of Strimzi
    KafkaTopic,
    /// A compose file with all that it mounts, to try the option out on one machine
    Compose,
    /// A starter kit: a compose file, and programs in Python that publish and process
    Kit,
    /// What client libraries are told, under their own names
    Clients,
    /// Alerts for Prometheus, with thresholds from the workload, their tests, and the JMX exporter's rules for Kafka
    Prometheus,
    /// A workload and a driver for the OpenMessaging Benchmark
    Openmessaging,
    /// A script that puts the flow's load on a broker by the broker's own tools
    PerfTest,
}

/// The brokers whose files and tools the templates are written for.
const WRITTEN_FOR: [&str; 2] = ["rabbitmq", "kafka"];

impl Target {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::RabbitmqConf,
        Self::Definitions,
        Self::ServerProperties,
        Self::Topics,
        Self::KafkaTopic,
        Self::Compose,
        Self::Kit,
        Self::Clients,
        Self::Prometheus,
        Self::Openmessaging,
        Self::PerfTest,
    ];

    /// Whose it is; none where either broker has it.
    pub fn broker(self) -> Option<&'static str> {
        match self {
            Self::RabbitmqConf | Self::Definitions => Some("rabbitmq"),
            Self::ServerProperties | Self::Topics | Self::KafkaTopic => Some("kafka"),
            Self::Compose | Self::Kit | Self::Clients | Self::Prometheus | Self::Openmessaging | Self::PerfTest => None,
        }
    }

    /// Whether it is a folder of files of which none stands for the others.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Compose | Self::Kit | Self::Clients | Self::Openmessaging)
    }

    /// Its name, as a call gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::RabbitmqConf => "rabbitmq.conf",
            Self::Definitions => "definitions.json",
            Self::ServerProperties => "server.properties",
            Self::Topics => "topics",
            Self::KafkaTopic => "kafka-topic",
            Self::Compose => "compose",
            Self::Kit => "kit",
            Self::Clients => "clients",
            Self::Prometheus => "prometheus",
            Self::Openmessaging => "openmessaging",
            Self::PerfTest => "perf-test",
        }
    }

    /// What it is, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::RabbitmqConf => "RabbitMQ: the node's configuration, with the plugins that it needs",
            Self::Definitions => "RabbitMQ: exchanges, queues, bindings and policies, to be imported",
            Self::ServerProperties => "Kafka: a node's configuration (KRaft)",
            Self::Topics => "Kafka: a script that creates the topics and sets what belongs to groups",
            Self::KafkaTopic => "Kafka on Kubernetes: the topics as `KafkaTopic` resources of Strimzi",
            Self::Compose => "A compose file with all that it mounts, to try the option out on one machine",
            Self::Kit => "A starter kit: a compose file, and programs in Python that publish and process",
            Self::Clients => "What client libraries are told, under their own names",
            Self::Prometheus => {
                "Alerts for Prometheus, with thresholds from the workload, their tests, and the JMX exporter's rules for Kafka"
            }
            Self::Openmessaging => "A workload and a driver for the OpenMessaging Benchmark",
            Self::PerfTest => "A script that puts the flow's load on a broker by the broker's own tools",
        }
    }

    /// Its files, in the order in which they are read.
    ///
    /// # Errors
    /// When the option has no such file, and why.
    pub fn files(self, order: &Order<'_>) -> Result<Vec<File>, Unfit> {
        let broker = order.broker_name();
        if !WRITTEN_FOR.contains(&broker) && self != Self::Clients {
            let message = format!("no file of the kind `{}` is known for {}", self.name(), order.title());
            let help = "`brokerfit tune` says its settings, by who applies them".to_owned();
            return Err(Unfit { message, help });
        }
        match self {
            Self::RabbitmqConf => targets::rabbitmq_conf::files(order),
            Self::Definitions => targets::definitions::files(order),
            Self::ServerProperties => targets::server_properties::files(order),
            Self::Topics => targets::topics::files(order),
            Self::KafkaTopic => targets::kafka_topic::files(order),
            Self::Compose => targets::compose::files(order),
            Self::Kit => targets::kit::files(order),
            Self::Clients => targets::clients::files(order),
            Self::Prometheus => targets::prometheus::files(order),
            Self::Openmessaging => targets::openmessaging::files(order),
            Self::PerfTest => targets::perf_test::files(order),
        }
    }
}
