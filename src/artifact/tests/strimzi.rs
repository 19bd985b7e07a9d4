//! Strimzi's resources, their places counted by hand.

use super::told;

#[test]
fn topics_of_one_cluster_are_one_artifact() {
    let text = "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  \
                name: orders\n  labels:\n    strimzi.io/cluster: main\nspec:\n  partitions: 12\n  replicas: 3\n  \
                config:\n    retention.ms: 604800000\n    cleanup.policy: \"compact,delete\"\n  replication: 3\n---\n\
                apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaTopic\nmetadata:\n  name: b\n  \
                labels: {strimzi.io/cluster: main}\nspec: {topicName: B.x, partitions: \"1\"}\n";
    let expected = "KafkaTopic kafka main\nTopic orders@7:9\n  partitions@11:3 = 12@11:15\n  \
                    replication.factor@12:3 = 3@12:13\n  retention.ms@14:5 = 604800000@14:19\n  \
                    cleanup.policy@15:5 = compact,delete@15:21\nTopic B.x@23:19\n  partitions@23:24 = \"1\"@23:36\n\
                    stray replication@16:3 near None\n";
    assert_eq!(told("topics.yaml", text), expected);
}

#[test]
fn a_cluster_says_its_version_and_settings() {
    let text = "apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata:\n  name: main\nspec:\n  kafka:\n    \
                version: 4.1.0\n    config:\n      min.insync.replicas: 2\n  entityOperator: {}\n";
    let expected = "KafkaCluster kafka main 4.1.0@7:14\nBroker @4:9\n  min.insync.replicas@9:7 = 2@9:28\n";
    assert_eq!(told("kafka.yaml", text), expected);
}

#[test]
fn slips_in_a_cluster_are_found() {
    let head = "apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: main}\nspec:\n";
    let own = |text: &str| {
        let told = told("kafka.yaml", &format!("{head}{text}"));
        told.lines().filter(|line| line.contains("stray")).map(|line| line.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(own("  kafak: {version: 4.1.0}\n"), ["stray kafak@5:3 near Some(\"kafka\")"]);
    let two = "  kafka: {versoin: 4.1.0, configs: {}, rack: {}}\n  somethingElse: {}\n";
    assert_eq!(own(two), ["stray versoin@5:11 near Some(\"version\")", "stray configs@5:27 near Some(\"config\")"]);
}

#[test]
fn lists_are_looked_into_and_other_kinds_passed_over() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: kafka.strimzi.io/v1\n  kind: KafkaTopic\n  \
                metadata: {name: a}\n- {apiVersion: v1, kind: List, items: []}\n";
    assert_eq!(told("a.yaml", text), "KafkaTopic kafka\nTopic a@6:20\n");
    let other = "apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\n";
    assert_eq!(told("a.yaml", other), "1:1 not-a-broker-file this is no broker file that is known\n");
}
