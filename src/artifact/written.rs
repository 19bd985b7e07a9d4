//! How a key and its value are written in each grammar, for those who are told what to write.

use super::{Artifact, ItemKind, Shape};

impl Artifact {
    /// A key with its value on an item of this kind, and where that goes if it is not in this file; none where the grammar
    /// has no line for it. `bare` where a grammar with types takes the value as it is, and not as a text.
    pub fn written(&self, kind: ItemKind, key: &str, value: &str, bare: bool) -> Option<(String, &'static str)> {
        let line = match self.shape {
            Shape::Definitions if bare => format!("\"{key}\": {value}"),
            Shape::Definitions => format!("\"{key}\": \"{value}\""),
            Shape::RabbitmqConf => format!("{key} = {value}"),
            Shape::ServerProperties => format!("{key}={value}"),
            // The resource has a field of its own for it, beside `config`.
            Shape::KafkaTopic if key == "replication.factor" => format!("replicas: {value}"),
            Shape::KafkaTopic | Shape::KafkaCluster => format!("{key}: {value}"),
            // What a variable lists has a grammar of its own.
            Shape::Compose if kind != ItemKind::Broker => return None,
            Shape::Compose => match self.prefix {
                Some(prefix) => format!("{prefix}{}: {value}", variable(key)),
                None => return Some((format!("{key} = {value}"), " in the configuration that the service mounts")),
            },
        };
        Some((line, ""))
    }
}

/// A key as the name of a variable, as most images read it.
fn variable(key: &str) -> String {
    key.replace('_', "__").replace('-', "___").replace('.', "_").to_ascii_uppercase()
}
