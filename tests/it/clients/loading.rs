//! A client that forgets a key, names one twice or names what does not exist does not build.

use crate::conflicts::changed;

const KAFKA: &str = "brokers/kafka/clients.toml";
const RABBITMQ: &str = "brokers/rabbitmq/clients.toml";

/// Whether the rules with a change are refused for a reason; another may follow from it.
fn refused(file: &str, from: &str, to: &str, code: &str) {
    let found = changed(file, from, to);
    assert!(found.iter().any(|it| it == code), "`{from}` as `{to}`: {found:?}, not {code}");
}

#[test]
fn a_key_that_may_be_advised_is_named_once_by_every_client() {
    let keys = "\"retries\", \"compression.type\"";
    assert_eq!(changed(KAFKA, keys, "\"compression.type\""), ["client-key-missing"]);
    assert_eq!(changed(KAFKA, keys, "\"retries\", \"acks\", \"compression.type\""), ["duplicate-id"]);
    // With one option it is named, with the other it is not.
    let absent = "options = [\"classic\", \"quorum\"]\nkeys = [\"max-outstanding-confirms\"]";
    assert_eq!(changed(RABBITMQ, absent, &absent.replace(", \"quorum\"", "")), ["client-key-missing"]);
}

#[test]
fn names_go_to_keys_clients_and_units_that_exist() {
    refused(KAFKA, "key = \"message.max.bytes\"", "key = \"message.max.byte\"", "unknown-key");
    refused(KAFKA, "client = \"java\"\nkey", "client = \"jav\"\nkey", "rule-value");
    refused(KAFKA, "unit = \"KiB\"", "unit = \"ms\"", "rule-value");
    refused(KAFKA, "over = \"clients.languages\"", "over = \"clients.producers\"", "rule-value");
    refused(RABBITMQ, "channel.basicQos({value})", "channel.basicQos(5)", "rule-value");
}

#[test]
fn an_extra_has_a_source_a_default_and_a_name_of_its_own() {
    refused(KAFKA, "as = \"enable.auto.offset.store\"", "as = \"isolation.level\"", "duplicate-id");
    refused(RABBITMQ, "type = \"text\"\ndefault = \"\"", "type = \"text\"", "rule-field-missing");
    refused(KAFKA, "source = [\"librdkafka-at-least-once\", \"librdkafka-properties\"]", "", "client-unsourced");
}
