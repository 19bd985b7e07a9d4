"""Faults that are put into exported files, each of which the checks must notice.

Takes good files; gives, for each fault, whether the same check that passed the file found a problem in it. A fault whose
place no file has is not tried and not counted.
"""

import json
import re

from .checks import alerts, clients, compose, definitions, kafka_topic, rabbitmq_conf, server_properties, topics
from .compare import Findings


def put(text: str, pattern: str, replacement: str):
    """The text with the first match replaced, or nothing where it has none."""
    changed, count = re.subn(pattern, replacement, text, count=1, flags=re.M)
    return changed if count and changed != text else None


def _first(exports: list, file: str, pattern: str, replacement: str):
    """The first export whose file has a place for the fault, and the faulty text."""
    # Every fault is tried on a broker: the smallest file that has a place for it will do.
    size = lambda export: (export.folder / file).stat().st_size if (export.folder / file).exists() else 0
    for export in sorted(exports, key=size):
        path = export.folder / file
        faulty = put(path.read_text(), pattern, replacement) if path.exists() else None
        if faulty is not None:
            return export, faulty
    return None, None


CONF = {
    "a letter dropped from a key": (r"^heartbeat\b", "hearbeat"),
    "a key of another broker": (r"^heartbeat\b", "session.timeout.ms"),
    "a unit that does not exist": (r"^(disk_free_limit\.absolute = \d+)", r"\1GBB"),
    "a wrong unit": (r"^(disk_free_limit\.absolute = \d+)", r"\1kB"),
    "a misspelt queue type": (r"^default_queue_type = quorum", "default_queue_type = qorum"),
    "a value of the wrong kind": (r"^(vm_memory_high_watermark\.relative) = .*", r"\1 = lots"),
    "a value that is off by a digit": (r"^(channel_max = \d)", r"\g<1>0"),
    "a line without its value": (r"^(heartbeat =).*", r"\1"),
    "a key twice": (r"^(heartbeat = )(\d+)$", r"\1\2\n\g<1>600"),
    "a setting left out": (r"^heartbeat = .*\n", ""),
}


def into_conf(root, exports: list) -> dict:
    """Faults in rabbitmq.conf, held against the broker's schemas and the advice."""
    chosen = {}
    for fault, (pattern, replacement) in CONF.items():
        export, faulty = _first(exports, "rabbitmq.conf", pattern, replacement)
        if export:
            chosen[fault] = (export, faulty)
    numbered = {str(number): faulty for number, (_, faulty) in enumerate(chosen.values())}
    mapped = rabbitmq_conf.read_all(root, numbered)
    outcomes = {}
    for number, (fault, (export, faulty)) in enumerate(chosen.items()):
        findings = Findings()
        rabbitmq_conf.declared(export.name, faulty, mapped[str(number)], export.advice.get("broker", {}), findings)
        outcomes[fault] = bool(findings.problems)
    return outcomes


DEFINITIONS = {
    "a letter dropped from an argument": (r'"x-queue-leader-locator"', '"x-queue-leader-locater"'),
    "an argument that nobody declares": (r'"arguments": \{\n(\s*)"x-queue-type"', r'"arguments": {\n\1"x-max-priorty": 3,\n\1"x-queue-type"'),
    "a misspelt queue type": (r'"x-queue-type": "quorum"', '"x-queue-type": "qorum"'),
    "an argument of another queue type": (r'"x-queue-type": "quorum"', '"x-queue-type": "quorum", "x-max-age": "7D"'),
    "an argument as text": (r'"(x-quorum-initial-group-size|x-initial-cluster-size)": (\d+)', r'"\1": "\2"'),
    "a letter dropped from a policy's key": (r'"max-length": ', '"max-lenght": '),
    "a policy's key of another queue type": (r'"max-length": (\d+)', r'"max-length": \1, "max-age": "7D"'),
    "a value of a policy in the wrong unit": (r'"max-length-bytes": (\d+)', r'"max-length-bytes": \g<1>000'),
    "a policy for queues of another type": (r'"apply-to": "quorum_queues"', '"apply-to": "classic_queues"'),
    "a misspelt apply-to": (r'"apply-to": "quorum_queues"', '"apply-to": "quorum_queue"'),
    "a pattern that matches nothing": (r'"pattern": "\^', '"pattern": "^x-'),
    "an overflow that does not exist": (r'"overflow": "reject-publish"', '"overflow": "reject_publish"'),
    "a misspelt section": (r'"bindings": \[', '"bindngs": ['),
    "a binding to nothing": (r'("destination": "[^"]+)"', r'\1-gone"'),
    "a dead-letter exchange that is not there": (r'"dead-letter-exchange": "dead-letters"', '"dead-letter-exchange": "dead-leters"'),
    "a dead-letter key that leads nowhere": (r'("dead-letter-routing-key": "[^"]+)"', r'\1x"'),
    "a queue that does not survive": (r'("vhost": "/",\n\s*"durable"): true(,\n\s*"auto_delete": false,\n\s*"arguments": \{\n\s*"x-queue)', r"\1: false\2"),
}


def into_definitions(exports: list, node) -> dict:
    """Faults in definitions.json, imported into the node."""
    outcomes = {}
    for fault, (pattern, replacement) in DEFINITIONS.items():
        export, faulty = _first(exports, "definitions.json", pattern, replacement)
        if export:
            findings = Findings()
            definitions.check(export.name, faulty, export.advice, node, findings)
            outcomes[fault] = bool(findings.problems)
            # Whatever the faulty file left behind, the good one's names cover it.
            definitions.clean(json.loads(export.text("definitions.json")), node)
    return outcomes


SERVER_PROPERTIES = {
    "a letter dropped from a key": (r"^auto\.create\.topics\.enable", "auto.create.topic.enable"),
    "a value of the wrong kind": (r"^(auto\.create\.topics\.enable)=false", r"\1=no"),
    "the opposite value": (r"^(auto\.create\.topics\.enable)=false", r"\1=true"),
    "a key that is gone": (r"^process\.roles=.*", "zookeeper.connect=localhost:2181"),
    "a role that does not exist": (r"^process\.roles=broker", "process.roles=brocker"),
    "a number with a unit": (r"^node\.id=1", "node.id=1k"),
    "a listener without a protocol": (r"BROKER:PLAINTEXT,", "BROKR:PLAINTEXT,"),
    "a key twice": (r"^(auto\.create\.topics\.enable=)false", r"\1false\n\1true"),
    "a setting left out": (r"^auto\.create\.topics\.enable=.*\n", ""),
}


def into_server_properties(exports: list, kafka) -> dict:
    """Faults in server.properties, held against the release's classes and the advice."""
    outcomes = {}
    for fault, (pattern, replacement) in SERVER_PROPERTIES.items():
        export, faulty = _first(exports, "server.properties", pattern, replacement)
        if export:
            path = kafka.home / "faulty.properties"
            path.write_text(faulty)
            findings = Findings()
            server_properties.declared(export.name, path, kafka.probe, export.advice.get("broker", {}), findings)
            outcomes[fault] = bool(findings.problems)
    return outcomes


TOPICS = {
    "a letter dropped from a key": (r"retention\.ms=", "retenton.ms="),
    "a wrong unit": (r"retention\.ms=(\d+)000\b", r"retention.ms=\1"),
    "a value of the wrong kind": (r"cleanup\.policy=delete", "cleanup.policy=deleted"),
    "fewer copies": (r"--replication-factor 3", "--replication-factor 2"),
    "more copies than brokers": (r"--replication-factor 3", "--replication-factor 4"),
    "fewer partitions": (r"--partitions \d+", "--partitions 5"),
    "settings for another topic": (r"(--entity-type topics --entity-name \S+)", r"\1x"),
    "a setting left out": (r"min\.insync\.replicas=\d+,", ""),
}


def into_topics(exports: list, kafka, cluster) -> dict:
    """Faults in create-topics.sh, run against the cluster."""
    outcomes = {}
    for fault, (pattern, replacement) in TOPICS.items():
        export, faulty = _first(exports, "create-topics.sh", pattern, replacement)
        if export:
            path = kafka.home / "faulty.sh"
            path.write_text(faulty)
            findings = Findings()
            topics.check(export.name, path, kafka, cluster, export.advice, findings)
            outcomes[fault] = bool(findings.problems)
    return outcomes


KAFKA_TOPIC = {
    "a misspelt kind": (r"^kind: KafkaTopic", "kind: KafkaTopics"),
    "an API version that nobody serves": (r"^apiVersion: .*", "apiVersion: kafka.strimzi.io/v1beta3"),
    "a misspelt field": (r"^  replicas:", "  replica:"),
    "a number as text": (r"^  partitions: (\d+)", r'  partitions: "\1"'),
    "no partitions": (r"^  partitions: \d+", "  partitions: 0"),
    "a letter dropped from a key": (r"^    retention\.ms:", "    retenton.ms:"),
    "a value of the wrong kind": (r'^    cleanup\.policy: "?delete"?', "    cleanup.policy: deleted"),
    "a name that a cluster does not take": (r'^  name: "?([a-z])', r'  name: "_\1'),
    "a label left out": (r"^    strimzi\.io/cluster:", "    strimzi.io/clster:"),
}


def into_kafka_topic(exports: list, served: dict, kafka, cluster) -> dict:
    """Faults in kafka-topic.yaml, held against the operator's definition and created on the cluster."""
    outcomes = {}
    for fault, (pattern, replacement) in KAFKA_TOPIC.items():
        export, faulty = _first(exports, "kafka-topic.yaml", pattern, replacement)
        if export:
            findings = Findings()
            kafka_topic.check(export.name, faulty, served, cluster, kafka.probe, findings)
            outcomes[fault] = bool(findings.problems)
    return outcomes


COMPOSE = {
    "a misspelt section": (r"^services:", "servces:"),
    "a misspelt key of a service": (r"^    image:", "    imge:"),
    "a volume that is not declared": (r"^(\s+- )([a-z0-9-]+)(:/var/lib)", r"\1\2x\3"),
    "a default password": (r"\$\{(\w*PASS\w*):\?[^}]*\}", r"${\1:-guest}"),
    "a number where a list belongs": (r"^    ports:.*\n(?:      .*\n)+", "    ports: 5672\n"),
    "a health that nobody checks": (r"^(    |  )healthcheck:", r"\1x-healthcheck:"),
}
KAFKA_COMPOSE = {
    "a letter dropped from a variable": (r"KAFKA_AUTO_CREATE_TOPICS_ENABLE", "KAFKA_AUTO_CREATE_TOPIC_ENABLE"),
    "a role that does not exist": (r'KAFKA_PROCESS_ROLES: "broker', 'KAFKA_PROCESS_ROLES: "brocker'),
    "the opposite value": (r'(KAFKA_AUTO_CREATE_TOPICS_ENABLE: )"false"', r'\1"true"'),
}


def into_compose(exports: list, schema: dict, kafka=None) -> dict:
    """Faults in compose.yaml, held against the specification's schema and, for Kafka, the release's classes."""
    outcomes = {}
    for fault, (pattern, replacement) in {**COMPOSE, **(KAFKA_COMPOSE if kafka else {})}.items():
        export, faulty = _first(exports, "compose.yaml", pattern, replacement)
        if export:
            findings = Findings()
            data = compose.parsed(export.name, faulty, schema, findings)
            if data and kafka:
                exported = compose.pairs_of(export.text("server.properties"))
                compose.kafka(export.name, data, exported, kafka.probe, kafka.home, findings)
            outcomes[fault] = bool(findings.problems)
    return outcomes


CLIENTS = {
    ("java", "producer", "a letter dropped from a key"): (r"^delivery\.timeout\.ms", "delivery.timeut.ms"),
    ("java", "producer", "a unit in a number"): (r"^(linger\.ms=\d+)", r"\1ms"),
    ("java", "producer", "keys that exclude each other"): (r"^acks=all", "acks=1"),
    ("java", "consumer", "a misspelt word"): (r"^(isolation\.level)=read_", r"\1=red_"),
    ("java", "consumer", "a key of the other client"): (r"^(max\.poll\.records)=", "linger.ms="),
    ("librdkafka", "producer", "a key of Java's client"): (r"^(\w[\w.]*=.*)", r"\1\nbuffer.memory=33554432"),
    ("librdkafka", "consumer", "a letter dropped from a key"): (r"^enable\.auto\.commit", "enable.auto.comit"),
}


def into_clients(exports: list, kafka) -> dict:
    """Faults in files for clients, which are then built from them."""
    outcomes = {}
    for (library, kind, fault), (pattern, replacement) in CLIENTS.items():
        export, faulty = _first(exports, f"clients/{library}/{kind}.properties", pattern, replacement)
        if export:
            findings = Findings()
            if library == "java":
                path = kafka.home / "faulty.properties"
                path.write_text(faulty)
                clients.java(export.name, path, clients.kind_of(export, kind), kafka.probe, findings)
            else:
                clients.librdkafka(export.name, faulty, clients.kind_of(export, kind), findings)
            outcomes[f"{library} {kind}: {fault}"] = bool(findings.problems)
    return outcomes


PARAMETERS = {
    "a letter dropped from a parameter": (r'"blocked_connection_timeout"', '"blocked_connection_timout"'),
    "a value as text": (r'("heartbeat"): (\d+)', r'\1: "\2 s"'),
    "a parameter of another library": (r'"prefetch_count"', '"prefetchCount"'),
}


def into_parameters(exports: list) -> dict:
    """Faults in the parameters for pika, which are then held against it."""
    outcomes = {}
    for fault, (pattern, replacement) in PARAMETERS.items():
        export, faulty = _first(exports, "clients/pika/parameters.json", pattern, replacement)
        if export:
            path = export.folder / "clients" / "pika" / "parameters.json"
            good, findings = path.read_text(), Findings()
            try:
                path.write_text(faulty)
                clients.pika_files(export.name, export, findings)
            finally:
                path.write_text(good)
            outcomes[fault] = bool(findings.problems)
    return outcomes


ALERTS = {
    "a letter dropped from a metric": (r"(expr: .*?(?:rabbitmq|kafka)_\w*?)_(\w+)", r"\1\2"),
    "a metric of another release": (r"(expr: .*?)(?:rabbitmq_detailed_queue_messages_ready|kafka_server_replicamanager_\w+)", r"\1rabbitmq_queue_slave_nodes"),
    "a label's value that nobody has": (r'(expr: .*?\{queue=~)(\\?")', r"\1\2x-"),
}


def into_alerts(exports: list, scrapes: dict, exporters: dict) -> dict:
    """Faults in expressions, held against what the broker exposed."""
    outcomes = {}
    for fault, (pattern, replacement) in ALERTS.items():
        export, faulty = _first(exports, alerts.RULES, pattern, replacement)
        if export and export.name in scrapes:
            findings = Findings()
            alerts.check_series(export.name, faulty, scrapes[export.name], findings, exporters)
            outcomes[fault] = bool(findings.problems)
    return outcomes
