//! Strimzi's custom resources `KafkaTopic` and `Kafka`, also in a `List` as `kubectl get` writes it. Other kinds are
//! passed over.

use super::layout::{Layout, stray_of, strays_of};
use super::value::{self, text_at};
use super::{Artifact, Entry, Item, ItemKind, Shape, Stray, image};
use crate::source::{Node, Span};

const GROUP: &str = "kafka.strimzi.io/";
/// Of a topic's `spec`; what else stands there, Kubernetes drops without a word.
const TOPIC: Layout = Layout { own: &["partitions", "replicas"], nested: &["config"], passed: &["topicName"] };
/// Of a cluster's `spec`, over all versions of the operator.
const SPEC: Layout = Layout {
    own: &[],
    nested: &["kafka"],
    passed: &[
        "clientsCa",
        "clusterCa",
        "cruiseControl",
        "entityOperator",
        "jmxTrans",
        "kafkaExporter",
        "maintenanceTimeWindows",
        "topicOperator",
        "zookeeper",
    ],
};
/// Of `kafka` in it.
const CLUSTER: Layout = Layout {
    own: &["version"],
    nested: &["config"],
    passed: &[
        "affinity",
        "authorization",
        "brokerRackInitImage",
        "image",
        "jmxOptions",
        "jvmOptions",
        "listeners",
        "livenessProbe",
        "logging",
        "metadataVersion",
        "metrics",
        "metricsConfig",
        "quotas",
        "rack",
        "readinessProbe",
        "replicas",
        "resources",
        "storage",
        "template",
        "tieredStorage",
        "tlsSidecar",
        "tolerations",
    ],
};

/// Takes the resources of a document, and says whether there was one that is known.
pub(super) fn read(node: &Node<'_>, whole: &str, index: usize, artifacts: &mut Vec<Artifact>) -> bool {
    if text_at(node, "kind") == Some("List") {
        let items = node.get("items").and_then(Node::as_list).unwrap_or_default();
        // NOTE: lists do not lie in one another.
        let is_list = |item: &&Node<'_>| text_at(item, "kind") == Some("List");
        let known = items.iter().filter(|item| !is_list(item)).map(|item| read(item, whole, index, artifacts));
        return known.fold(false, |any, one| any | one);
    }
    if !text_at(node, "apiVersion").is_some_and(|version| version.starts_with(GROUP)) {
        return false;
    }
    match text_at(node, "kind") {
        Some("KafkaTopic") => topic(node, index, artifacts),
        Some("Kafka") => artifacts.push(cluster(node, whole, index)),
        _ => return false,
    }
    true
}

fn artifact(index: usize, shape: Shape, name: Option<String>) -> Artifact {
    Artifact {
        source: index,
        shape,
        broker: "kafka",
        name,
        version: None,
        prefix: None,
        items: Vec::new(),
        bindings: Vec::new(),
        strays: Vec::new(),
        more: None,
    }
}

/// Adds a topic to those of its cluster.
fn topic(node: &Node<'_>, index: usize, artifacts: &mut Vec<Artifact>) {
    let metadata = node.get("metadata");
    let cluster = metadata.and_then(|it| text_at(it.get("labels")?, "strimzi.io/cluster"));
    let place = artifacts.iter().position(|it| it.shape == Shape::KafkaTopic && it.name.as_deref() == cluster);
    let place = place.unwrap_or_else(|| {
        artifacts.push(artifact(index, Shape::KafkaTopic, cluster.map(str::to_owned)));
        artifacts.len() - 1
    });
    let Some(artifact) = artifacts.get_mut(place) else { return };
    let spec = node.get("spec");
    let named = spec.and_then(|it| it.get("topicName")).or_else(|| metadata?.get("name"));
    let (mut entries, mut strays) = (Vec::new(), Vec::new());
    for entry in spec.and_then(Node::as_map).unwrap_or_default() {
        match entry.key.as_ref() {
            // A number to Kubernetes: in quotes, it is refused.
            "partitions" => entries.push(value::of("partitions", entry, entry_is_quoted(entry))),
            "replicas" => entries.push(value::of("replication.factor", entry, entry_is_quoted(entry))),
            "config" => config(&entry.value, &mut entries),
            "topicName" => {}
            key => strays.push(stray_of(&TOPIC, entry).unwrap_or_else(|| Stray {
                key: key.to_owned(),
                span: entry.key_span,
                near: None,
                refused: false,
            })),
        }
    }
    artifact.strays.append(&mut strays);
    artifact.items.push(Item {
        kind: ItemKind::Topic,
        name: named.map(value::text).unwrap_or_default().to_owned(),
        vhost: None,
        span: named.map_or_else(|| head(node), |named| named.span),
        entries,
        selector: None,
    });
}

fn entry_is_quoted(entry: &crate::source::Entry<'_>) -> bool {
    entry.value.as_scalar().is_some_and(|scalar| scalar.quoted)
}

/// The first key of a document.
fn head(node: &Node<'_>) -> Span {
    node.as_map().and_then(<[_]>::first).map_or(node.span, |entry| entry.key_span)
}

fn cluster(node: &Node<'_>, whole: &str, index: usize) -> Artifact {
    let name = node.get("metadata").and_then(|it| it.get("name"));
    let kafka = node.get("spec").and_then(|it| it.get("kafka"));
    let mut artifact = artifact(index, Shape::KafkaCluster, name.map(value::text).map(str::to_owned));
    artifact.version = kafka.and_then(|it| it.get("version")).and_then(|node| {
        let (version, length) = image::leading_version(value::text(node))?;
        Some((version, value::part(whole, node, 0, length)))
    });
    artifact.strays = strays_of(&SPEC, node.get("spec"));
    artifact.strays.append(&mut strays_of(&CLUSTER, kafka));
    let mut entries = Vec::new();
    if let Some(found) = kafka.and_then(|it| it.get("config")) {
        config(found, &mut entries);
    }
    artifact.items.push(Item {
        kind: ItemKind::Broker,
        name: String::new(),
        vhost: None,
        span: name.map_or_else(|| head(node), |name| name.span),
        entries,
        selector: None,
    });
    artifact
}

fn config(node: &Node<'_>, entries: &mut Vec<Entry>) {
    entries.extend(node.as_map().unwrap_or_default().iter().map(|entry| value::of(&entry.key, entry, false)));
}
