//! What the variables of a container mean to the broker in it: each image has its own rules by which a variable becomes
//! a key of the broker, and names that steer the image or the machine below it and are no keys.

/// By which rules an image reads its environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// Those of Apache's and Confluent's images: `_` for a dot, `__` for `_`, `___` for `-`.
    // Sources: core/src/main/scala/kafka/docker/KafkaDockerWrapper.scala of apache/kafka;
    // `env_to_props` in confluent/docker_utils/dub.py of confluentinc/confluent-docker-utils.
    Kafka,
    /// `_` for a dot, always.
    // Sources: start-kafka.sh of wurstmeister/kafka-docker; kafka/3.7/docker-entrypoint.sh of debezium/container-images.
    KafkaDots,
    /// `KAFKA_CFG_` before the name, `_` for a dot.
    // Source: bitnami/kafka/3.4/debian-11/rootfs/opt/bitnami/scripts/libkafka.sh of bitnami/containers.
    BitnamiKafka,
    /// Of the server itself, whose settings stand in files.
    // Sources: deps/rabbit_common/src/rabbit_env.erl of rabbitmq/rabbitmq-server; docker-entrypoint.sh of
    // docker-library/rabbitmq.
    Rabbitmq,
    /// Some variables become settings.
    // Source: bitnami/rabbitmq/3.13/debian-12/rootfs/opt/bitnami/scripts/librabbitmq.sh of bitnami/containers.
    BitnamiRabbitmq,
}

/// What a variable is to the broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A key of the broker.
    Key(String),
    /// Topics to create, `name:partitions:replicas` with commas between.
    Topics,
    /// Something else: of the image, of the machine, of another program.
    Other,
    /// With this, the container does not start.
    Refused(Option<&'static str>),
}

/// Names that begin like keys and steer the image.
const STEERING: [&str; 19] = [
    "KAFKA_CREATE_TOPICS_SEPARATOR",
    "KAFKA_DEBUG",
    "KAFKA_GC_LOG_OPTS",
    "KAFKA_HEAP_OPTS",
    "KAFKA_HOME",
    "KAFKA_JMX_HOSTNAME",
    "KAFKA_JMX_OPTS",
    "KAFKA_JMX_PORT",
    "KAFKA_JVM_PERFORMANCE_OPTS",
    "KAFKA_LOG4J_LOGGERS",
    "KAFKA_LOG4J_OPTS",
    "KAFKA_LOG4J_ROOT_LOGLEVEL",
    "KAFKA_OPTS",
    "KAFKA_SSL_KEYSTORE_CREDENTIALS",
    "KAFKA_SSL_KEYSTORE_FILENAME",
    "KAFKA_SSL_KEY_CREDENTIALS",
    "KAFKA_SSL_TRUSTSTORE_CREDENTIALS",
    "KAFKA_SSL_TRUSTSTORE_FILENAME",
    "KAFKA_TOOLS_LOG4J_LOGLEVEL",
];
/// Beginnings of names of other programs in the same image.
const OTHER_PROGRAMS: [&str; 3] = ["KAFKA_REST_", "KAFKA_VERSION", "KAFKA_CONNECT_"];

/// Variables of RabbitMQ's image and server that are settings.
const RABBITMQ: [(&str, &str); 3] = [
    ("RABBITMQ_DEFAULT_USER", "default_user"),
    ("RABBITMQ_DEFAULT_PASS", "default_pass"),
    ("RABBITMQ_DEFAULT_VHOST", "default_vhost"),
];
/// Variables with which RabbitMQ's image ends with an error, and the keys that took their place.
const RABBITMQ_GONE: [(&str, Option<&str>); 15] = [
    ("RABBITMQ_DEFAULT_PASS_FILE", Some("default_pass")),
    ("RABBITMQ_DEFAULT_USER_FILE", Some("default_user")),
    ("RABBITMQ_MANAGEMENT_SSL_CACERTFILE", Some("management.ssl.cacertfile")),
    ("RABBITMQ_MANAGEMENT_SSL_CERTFILE", Some("management.ssl.certfile")),
    ("RABBITMQ_MANAGEMENT_SSL_DEPTH", Some("management.ssl.depth")),
    ("RABBITMQ_MANAGEMENT_SSL_FAIL_IF_NO_PEER_CERT", Some("management.ssl.fail_if_no_peer_cert")),
    ("RABBITMQ_MANAGEMENT_SSL_KEYFILE", Some("management.ssl.keyfile")),
    ("RABBITMQ_MANAGEMENT_SSL_VERIFY", Some("management.ssl.verify")),
    ("RABBITMQ_SSL_CACERTFILE", Some("ssl_options.cacertfile")),
    ("RABBITMQ_SSL_CERTFILE", Some("ssl_options.certfile")),
    ("RABBITMQ_SSL_DEPTH", Some("ssl_options.depth")),
    ("RABBITMQ_SSL_FAIL_IF_NO_PEER_CERT", Some("ssl_options.fail_if_no_peer_cert")),
    ("RABBITMQ_SSL_KEYFILE", Some("ssl_options.keyfile")),
    ("RABBITMQ_SSL_VERIFY", Some("ssl_options.verify")),
    ("RABBITMQ_VM_MEMORY_HIGH_WATERMARK", Some("vm_memory_high_watermark.relative")),
];
const BITNAMI_RABBITMQ: [(&str, &str); 7] = [
    ("RABBITMQ_USERNAME", "default_user"),
    ("RABBITMQ_PASSWORD", "default_pass"),
    ("RABBITMQ_VHOST", "default_vhost"),
    ("RABBITMQ_CLUSTER_PARTITION_HANDLING", "cluster_partition_handling"),
    ("RABBITMQ_DISK_FREE_ABSOLUTE_LIMIT", "disk_free_limit.absolute"),
    ("RABBITMQ_DISK_FREE_RELATIVE_LIMIT", "disk_free_limit.relative"),
    ("RABBITMQ_NODE_PORT_NUMBER", "listeners.tcp.default"),
];

impl Rules {
    /// How names of variables begin that stand for the broker's keys; none where settings stand in files.
    pub(super) fn prefix(self) -> Option<&'static str> {
        match self {
            Self::Kafka | Self::KafkaDots => Some("KAFKA_"),
            Self::BitnamiKafka => Some("KAFKA_CFG_"),
            Self::Rabbitmq | Self::BitnamiRabbitmq => None,
        }
    }

    pub(super) fn meaning(self, name: &str, value: &str) -> Meaning {
        let named = |list: &[(&str, &str)]| {
            let found = list.iter().find(|(of, _)| *of == name);
            found.map_or(Meaning::Other, |(_, key)| Meaning::Key((*key).to_owned()))
        };
        match self {
            Self::Kafka => of_kafka(name, "KAFKA_", escaped),
            Self::KafkaDots if matches!(name, "KAFKA_CREATE_TOPICS" | "CREATE_TOPICS") => Meaning::Topics,
            Self::KafkaDots => of_kafka(name, "KAFKA_", dots),
            Self::BitnamiKafka if name == "KAFKA_CFG_ZOOKEEPER_CLIENTCNXNSOCKET" => {
                Meaning::Key("zookeeper.clientCnxnSocket".to_owned())
            }
            Self::BitnamiKafka => of_kafka(name, "KAFKA_CFG_", dots),
            Self::Rabbitmq => match RABBITMQ_GONE.iter().find(|(of, _)| *of == name) {
                Some((_, near)) if !value.is_empty() => Meaning::Refused(*near),
                _ => named(&RABBITMQ),
            },
            Self::BitnamiRabbitmq if name == "RABBITMQ_VM_MEMORY_HIGH_WATERMARK" => {
                let relative = value.contains(['%', '.']);
                let kind = if relative { "relative" } else { "absolute" };
                Meaning::Key(format!("vm_memory_high_watermark.{kind}"))
            }
            Self::BitnamiRabbitmq => named(&BITNAMI_RABBITMQ),
        }
    }
}

fn of_kafka(name: &str, prefix: &str, key: fn(&str) -> String) -> Meaning {
    match name.strip_prefix(prefix) {
        Some(rest) if !rest.is_empty() => {
            let steering = STEERING.contains(&name) || OTHER_PROGRAMS.iter().any(|it| name.starts_with(it));
            if steering { Meaning::Other } else { Meaning::Key(key(rest)) }
        }
        _ => Meaning::Other,
    }
}

fn dots(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', ".")
}

fn escaped(name: &str) -> String {
    dots(name).replace("...", "-").replace("..", "_")
}

#[cfg(test)]
mod tests {
    use super::{Meaning, Rules};

    #[test]
    fn each_image_has_its_own_rules() {
        for (rules, name, expected) in [
            (Rules::Kafka, "KAFKA_LOG_RETENTION_HOURS", "log.retention.hours"),
            (Rules::Kafka, "KAFKA_A__B___C_D", "a_b-c.d"),
            (Rules::Kafka, "KAFKA_BROKER_ID", "broker.id"),
            (Rules::Kafka, "KAFKA_HEAP_OPTS", "-"),
            (Rules::Kafka, "KAFKA_REST_LISTENERS", "-"),
            (Rules::Kafka, "KAFKA_", "-"),
            (Rules::Kafka, "CLUSTER_ID", "-"),
            (Rules::Kafka, "KAFKA_CREATE_TOPICS", "create.topics"),
            (Rules::KafkaDots, "KAFKA_CREATE_TOPICS", "topics"),
            (Rules::KafkaDots, "KAFKA_A__B", "a..b"),
            (Rules::BitnamiKafka, "KAFKA_CFG_NODE_ID", "node.id"),
            (Rules::BitnamiKafka, "KAFKA_ENABLE_KRAFT", "-"),
            (Rules::Rabbitmq, "RABBITMQ_DEFAULT_VHOST", "default_vhost"),
            (Rules::Rabbitmq, "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-"),
            (Rules::Rabbitmq, "RABBITMQ_VM_MEMORY_HIGH_WATERMARK", "refused"),
            (Rules::BitnamiRabbitmq, "RABBITMQ_VM_MEMORY_HIGH_WATERMARK", "vm_memory_high_watermark.relative"),
            (Rules::BitnamiRabbitmq, "RABBITMQ_DISK_FREE_ABSOLUTE_LIMIT", "disk_free_limit.absolute"),
        ] {
            let meaning = match rules.meaning(name, "0.5") {
                Meaning::Key(key) => key,
                Meaning::Topics => "topics".to_owned(),
                Meaning::Refused(_) => "refused".to_owned(),
                Meaning::Other => "-".to_owned(),
            };
            assert_eq!(meaning, expected, "{name}");
        }
    }
}
