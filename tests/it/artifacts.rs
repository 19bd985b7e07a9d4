//! Broker files as users write them, in `tests/artifacts/`: what is read from each.

use std::path::Path;

use brokerfit::artifact::{Artifact, Declared, format_of, read};
use brokerfit::source::Source;

fn artifacts(name: &str) -> Vec<Artifact> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/artifacts").join(name);
    let source = Source::from_bytes(name, std::fs::read(path).unwrap(), format_of(name).unwrap()).unwrap();
    read(&source, 0).unwrap()
}

/// Shape, broker, name, version; then each item with its keys and values.
fn told(artifact: &Artifact) -> Vec<String> {
    let version = artifact.version.map_or_else(|| "-".to_owned(), |(version, _)| version.to_string());
    let name = artifact.name.as_deref().unwrap_or("-");
    let mut lines = vec![format!("{:?} {} {name} {version}", artifact.shape, artifact.broker)];
    for item in &artifact.items {
        let entries = item.entries.iter().map(|entry| {
            let value = match &entry.value {
                _ if entry.secret => "***",
                Declared::Elsewhere => "?",
                Declared::Literal(literal) => literal.text.as_str(),
            };
            format!(" {}={value}", entry.key)
        });
        lines.push(format!("{:?} {}:{}", item.kind, item.name, entries.collect::<String>()));
    }
    lines
}

#[track_caller]
fn holds(name: &str, expected: &[&[&str]]) {
    let found: Vec<Vec<String>> = artifacts(name).iter().map(told).collect();
    assert_eq!(found, expected);
}

#[test]
fn definitions() {
    let expected = [
        "Definitions rabbitmq - 4.3.1",
        "Vhost shop: default_queue_type=quorum description= tags=",
        "Policy bounded: max-length=100000 overflow=reject-publish dead-letter-exchange=orders.dlx",
        "Queue orders.placed: durable=true auto_delete=false x-queue-type=quorum x-delivery-limit=5",
        "Queue orders.history: durable=true auto_delete=false x-queue-type=stream x-max-age=30D",
        "Exchange orders: type=topic durable=true auto_delete=false",
    ];
    holds("definitions.json", &[&expected]);
    let artifact = artifacts("definitions.json").remove(0);
    assert_eq!((artifact.bindings.len(), artifact.strays), (1, vec![]));
    assert!(!format!("{:?}", artifact.items).contains("bm90IGEgcmVhbCBoYXNo"), "no hash of a password is kept");
}

#[test]
fn lines_of_settings() {
    let conf = "Broker : listeners.tcp.default=5672 heartbeat=30 vm_memory_high_watermark.relative=0.6 \
                disk_free_limit.absolute=5GB cluster_formation.peer_discovery_backend=classic_config \
                cluster_formation.classic_config.nodes.1=rabbit@a.example.org \
                cluster_formation.classic_config.nodes.2=rabbit@b.example.org default_user=orders default_pass=*** \
                load_definitions=?";
    holds("rabbitmq.conf", &[&["RabbitmqConf rabbitmq - -", conf]]);
    let properties = "Broker : process.roles=broker,controller node.id=1 \
                      controller.quorum.bootstrap.servers=a.example.org:9093,b.example.org:9093 \
                      listeners=SASL_SSL://:9092,CONTROLLER://:9093 log.dirs=/var/lib/kafka num.partitions=12 \
                      default.replication.factor=3 min.insync.replicas=2 log.retention.hours=168 \
                      ssl.keystore.password=***";
    holds("server.properties", &[&["ServerProperties kafka - -", properties]]);
}

#[test]
fn custom_resources() {
    let topics = [
        "KafkaTopic kafka shop -",
        "Topic orders.placed: partitions=12 replication.factor=3 retention.ms=604800000 min.insync.replicas=2",
        "Topic customers: partitions=6 replication.factor=3 cleanup.policy=compact",
    ];
    holds("topics.yaml", &[&topics]);
    let cluster = "Broker : default.replication.factor=3 min.insync.replicas=2 auto.create.topics.enable=false";
    holds("kafka.yaml", &[&["KafkaCluster kafka shop 4.1.0", cluster]]);
}

#[test]
fn compose() {
    let kafka = "Broker : node.id=1 process.roles=broker,controller advertised.listeners=? \
                 offsets.topic.replication.factor=1 log.retention.hours=24";
    let rabbitmq = "Broker : default_user=orders default_pass=***";
    holds("compose.yaml", &[&["Compose kafka kafka 4.1.0", kafka], &["Compose rabbitmq rabbitmq 4.3", rabbitmq]]);
    let more: Vec<bool> = artifacts("compose.yaml").iter().map(|artifact| artifact.more.is_some()).collect();
    assert_eq!(more, [false, true], "a mounted `rabbitmq.conf` may say more");
}
