//! How a key and its value are written in each grammar, for those who are told what to write.

use super::Shape;

impl Shape {
    /// A key with its value; `bare` where a grammar with types takes the value as it is, and not as a text.
    pub fn written(self, key: &str, value: &str, bare: bool) -> String {
        match self {
            Self::Definitions if bare => format!("\"{key}\": {value}"),
            Self::Definitions => format!("\"{key}\": \"{value}\""),
            Self::RabbitmqConf => format!("{key} = {value}"),
            Self::ServerProperties | Self::Compose => format!("{key}={value}"),
            // The resource has a field of its own for it, beside `config`.
            Self::KafkaTopic if key == "replication.factor" => format!("replicas: {value}"),
            Self::KafkaTopic | Self::KafkaCluster => format!("{key}: {value}"),
        }
    }
}
