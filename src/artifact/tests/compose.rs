//! Compose files: which services are brokers, what their variables mean, and where they come from. Places are counted by
//! hand.

use super::told;

#[test]
fn an_environment_is_a_map_or_a_list() {
    let text = "services:\n  web:\n    image: nginx\n  broker:\n    image: apache/kafka:4.1.0\n    environment:\n      \
                KAFKA_LOG_RETENTION_MS: \"1000\"\n      KAFKA_NODE_ID: 1\n      KAFKA_HEAP_OPTS: -Xmx1g\n      \
                KAFKA_LOG_DIRS:\n  mq:\n    image: 'rabbitmq:4.3-management'\n    environment:\n    \
                - RABBITMQ_DEFAULT_USER=app\n    - 'RABBITMQ_DEFAULT_PASS=x'\n    - RABBITMQ_DEFAULT_VHOST\n    \
                - RABBITMQ_VM_MEMORY_HIGH_WATERMARK=0.4\n";
    let expected = "Compose kafka broker 4.1.0@5:25\nBroker @4:3\n  log.retention.ms@7:7 = 1000@7:31\n  \
                    node.id@8:7 = 1@8:22\n  log.dirs@10:7 = ?@10:7\n\
                    Compose rabbitmq mq 4.3@12:22\nBroker @11:3\n  default_user@14:7 = app@14:29\n  \
                    default_pass@15:8 = ***@15:30\n  default_vhost@16:7 = ?@16:7\n\
                    stray RABBITMQ_VM_MEMORY_HIGH_WATERMARK@17:7 near Some(\"vm_memory_high_watermark.relative\") \
                    refused\n";
    assert_eq!(told("compose.yaml", text), expected);
}

#[test]
fn of_a_variable_that_a_list_repeats_the_last_counts() {
    let text = "services:\n  b:\n    image: apache/kafka:4.1.0\n    environment:\n    - KAFKA_A=1\n    - KAFKA_A=2\n";
    assert_eq!(told("compose.yaml", text), "Compose kafka b 4.1.0@3:25\nBroker @2:3\n  a@6:7 = 2@6:15\n");
}

#[test]
fn variables_have_their_defaults_or_come_from_elsewhere() {
    let text = "services:\n  b:\n    image: ${REGISTRY}confluentinc/cp-kafka:${TAG:-7.6.1}\n    environment:\n      \
                KAFKA_A: ${A:-x}y\n      KAFKA_B: ${B}y\n      KAFKA_C: a$$b\n";
    let expected = "Compose kafka b 3.6@3:52\nBroker @2:3\n  a@5:7 = xy@5:16\n  b@6:7 = ?@6:16\n  c@7:7 = a$b@7:16\n";
    assert_eq!(told("compose.yaml", text), expected);
}

#[test]
fn merge_keys_tags_and_extended_services_bring_variables_in() {
    let text = "x-env: &env\n  KAFKA_A: 1\n  KAFKA_B: 1\nservices:\n  base:\n    image: apache/kafka\n    \
                environment:\n      <<: *env\n      KAFKA_B: 2\n  other:\n    extends: {service: base}\n    \
                environment: !tag\n      KAFKA_C: 3\n  far:\n    image: apache/kafka\n    extends:\n      \
                file: common.yaml\n      service: base\n";
    let expected = "Compose kafka base\nBroker @5:3\n  b@9:7 = 2@9:16\n  a@2:3 = 1@2:12\n\
                    Compose kafka other\nBroker @10:3\n  c@13:7 = 3@13:16\n  b@9:7 = 2@9:16\n  a@2:3 = 1@2:12\n\
                    Compose kafka far and more@17:7\nBroker @14:3\n";
    assert_eq!(told("compose.yaml", text), expected);
}

#[test]
fn files_of_variables_and_mounted_settings_are_more() {
    for (line, more) in [
        ("env_file: .env", " and more@4:5"),
        ("volumes: [\"./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro\"]", " and more@4:15"),
        ("volumes: [{type: bind, source: a, target: /etc/rabbitmq/conf.d}]", " and more@4:15"),
        ("volumes: [\"data:/var/lib/rabbitmq\", \"./p:/etc/rabbitmq/enabled_plugins\"]", ""),
        ("ports: [5672]", ""),
    ] {
        let text = format!("services:\n  mq:\n    image: rabbitmq\n    {line}\n");
        assert_eq!(told("a.yml", &text), format!("Compose rabbitmq mq{more}\nBroker @2:3\n"), "{line}");
    }
}

#[test]
fn topics_to_create_are_topics() {
    let text = "services:\n  k:\n    image: wurstmeister/kafka:2.13-2.8.1\n    environment:\n    \
                - KAFKA_CREATE_TOPICS=a:1:2, bc:3:1:compact\n";
    let expected = "Compose kafka k 2.8.1@3:36\nBroker @2:3\nTopic a@5:27\n  partitions@5:29 = 1@5:29\n  \
                    replication.factor@5:31 = 2@5:31\nTopic bc@5:34\n  partitions@5:37 = 3@5:37\n  \
                    replication.factor@5:39 = 1@5:39\n  cleanup.policy@5:41 = compact@5:41\n";
    assert_eq!(told("a.yml", text), expected);
}

#[test]
fn an_image_that_is_not_known_is_told_by_its_variables_alone() {
    let kafka = "environment: {KAFKA_PROCESS_ROLES: broker}";
    for (service, found) in [
        (format!("build: .\n    {kafka}"), true),
        (format!("image: $IMAGE\n    {kafka}"), true),
        // A name that is known to be another's is believed.
        (format!("image: my/tool\n    {kafka}"), false),
        ("build: .\n    environment: {KAFKA_BOOTSTRAP_SERVERS: a}".to_owned(), false),
        ("build: .\n    environment: {RABBITMQ_DEFAULT_USER: a, RABBITMQ_HOST: b}".to_owned(), false),
        ("build: .\n    environment: {RABBITMQ_DEFAULT_USER: a, RABBITMQ_NODENAME: b}".to_owned(), true),
        // One that creates topics and ends.
        ("image: apache/kafka\n    command: kafka-topics.sh".to_owned(), false),
    ] {
        let text = format!("services:\n  s:\n    {service}\n");
        assert_eq!(told("a.yml", &text).starts_with("Compose"), found, "{service}");
    }
}

#[test]
fn a_service_that_extends_itself_has_an_end() {
    let text = "services:\n  a: {image: rabbitmq, extends: b}\n  b: {extends: a}\n";
    assert_eq!(told("a.yml", text), "Compose rabbitmq a\nBroker @2:3\nCompose rabbitmq b\nBroker @3:3\n");
}
