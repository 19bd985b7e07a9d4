//! What the lists cannot hold, and where they and the catalogue part for a reason: closed, so that nothing joins silently.

/// Why no list has a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unlisted {
    /// A key of librdkafka, which describes itself elsewhere.
    Librdkafka,
    /// A method, a field or an option of a client library or a protocol.
    Client,
    /// A size that somebody decides, and no key of any file.
    Size,
    /// A parameter of the operating system.
    System,
    /// An option of the virtual machine.
    Runtime,
}

use Unlisted::{Client, Librdkafka, Runtime, Size, System};

/// Every key that no list has: broker, scope, key.
pub(super) const UNLISTED: [(&str, &str, &str, Unlisted); 30] = [
    ("kafka", "producer", "partitioner", Librdkafka),
    ("kafka", "producer", "message.max.bytes", Librdkafka),
    ("kafka", "consumer", "fetch.wait.max.ms", Librdkafka),
    ("kafka", "group", "consumers", Size),
    ("kafka", "os", "vm.max_map_count", System),
    ("kafka", "os", "nofile", System),
    ("kafka", "os", "vm.swappiness", System),
    ("kafka", "runtime", "Xmx", Runtime),
    ("kafka", "runtime", "page-cache", Size),
    ("kafka", "runtime", "brokers", Size),
    ("rabbitmq", "queue", "partitions", Size),
    ("rabbitmq", "producer", "confirm.select", Client),
    ("rabbitmq", "producer", "max-outstanding-confirms", Client),
    ("rabbitmq", "producer", "maxUnconfirmedMessages", Client),
    ("rabbitmq", "producer", "batchPublishingDelay", Client),
    ("rabbitmq", "producer", "delivery_mode", Client),
    ("rabbitmq", "producer", "mandatory", Client),
    ("rabbitmq", "consumer", "prefetch", Client),
    ("rabbitmq", "consumer", "no-ack", Client),
    ("rabbitmq", "consumer", "single-active-consumer", Client),
    ("rabbitmq", "group", "consumers", Size),
    ("rabbitmq", "connection", "heartbeat", Client),
    ("rabbitmq", "os", "nofile", System),
    ("rabbitmq", "os", "vm.swappiness", System),
    ("rabbitmq", "os", "net.core.somaxconn", System),
    ("rabbitmq", "os", "net.ipv4.tcp_fin_timeout", System),
    ("rabbitmq", "os", "net.ipv4.tcp_keepalive_time", System),
    ("rabbitmq", "runtime", "ERL_MAX_PORTS", Runtime),
    ("rabbitmq", "runtime", "RABBITMQ_MAX_NUMBER_OF_PROCESSES", Runtime),
    ("rabbitmq", "runtime", "RABBITMQ_DISTRIBUTION_BUFFER_SIZE", Runtime),
];

/// Where one option takes a key later than others, which a catalogue with one span a key cannot say; what is advised to
/// each option is held apart: key, queue type, the first and the last line without.
pub(super) const LATER_FOR_ONE: [(&str, &str, &str, &str); 1] = [("x-queue-leader-locator", "classic", "3.13", "3.13")];

/// Keys whose default the broker's environment does not say, since the code that looks decides it.
pub(super) const DEFAULT_UNSAID: [(&str, &str, &str); 6] = [
    ("kafka", "topic", "partitions"),
    ("kafka", "topic", "replication.factor"),
    ("rabbitmq", "broker", "default_queue_type"),
    ("rabbitmq", "broker", "raft.segment_max_entries"),
    ("rabbitmq", "broker", "mqtt.durable_queue_type"),
    ("rabbitmq", "exchange", "type"),
];
