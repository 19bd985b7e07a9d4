//! The files that can be asked for, and whose they are.

use clap::ValueEnum;

use super::File;
use super::order::{Order, Unfit};
use super::targets;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Target {
    /// RabbitMQ: the node's configuration, with the plugins that it needs
    #[value(name = "rabbitmq.conf")]
    RabbitmqConf,
    /// RabbitMQ: exchanges, queues, bindings and policies, to be imported
    #[value(name = "definitions.json")]
    Definitions,
    /// Kafka: a node's configuration (KRaft)
    #[value(name = "server.properties")]
    ServerProperties,
    /// Kafka: a script that creates the topics and sets what belongs to groups
    #[value(name = "topics")]
    Topics,
    /// Kafka on Kubernetes: the topics as `KafkaTopic` resources of Strimzi
    #[value(name = "kafka-topic")]
    KafkaTopic,
    /// A compose file with all that it mounts, to try the option out on one machine
    #[value(name = "compose")]
    Compose,
    /// A starter kit: a compose file, and programs in Python that publish and process
    #[value(name = "kit")]
    Kit,
    /// What client libraries are told, under their own names
    #[value(name = "clients")]
    Clients,
    /// Alerts for Prometheus, with thresholds from the workload, their tests, and the JMX exporter's rules for Kafka
    #[value(name = "prometheus")]
    Prometheus,
    /// A workload and a driver for the OpenMessaging Benchmark
    Openmessaging,
    /// A script that puts the flow's load on a broker by the broker's own tools
    PerfTest,
}

impl Target {
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
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Its files, in the order in which they are read.
    ///
    /// # Errors
    /// When the option has no such file, and why.
    pub fn files(self, order: &Order<'_>) -> Result<Vec<File>, Unfit> {
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
