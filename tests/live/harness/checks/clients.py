"""clients/: real clients are built from every file, and every key must be one that this client knows.

Java's by the release's own classes, librdkafka's by confluent-kafka, pika's by pika; none of them connects to anybody.
"""

import inspect
import json
import re
import subprocess

from .. import readers
from ..compare import alike
from ..kafka import KafkaRefused

# What librdkafka names by a word, and Java by a class.
CLASSES = {"cooperative-sticky": "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"}


def kafka(name: str, export, probe, findings) -> None:
    """Every file of Java and librdkafka clients."""
    found = export.find("clients/**/*.properties")
    findings.holds(name, "clients", bool(found), "the program wrote no file for a client")
    for path in found:
        findings.files += 1
        where, kind = f"{name}: {path.relative_to(export.folder)}", kind_of(export, path.stem)
        try:
            if path.parent.name == "java":
                java(where, path, kind, probe, findings)
                others = export.find(f"clients/librdkafka/{path.name}")
                known = readers.flat_properties(others[0].read_text()) if others else {}
                advised(where, path.read_text(), known, export.advice.get(path.stem, {}), findings)
            else:
                librdkafka(where, path.read_text(), kind, findings)
        except readers.Unreadable as error:
            findings.problem(where, "", str(error))


def kind_of(export, stem: str) -> str:
    """Which client a file is for: members of share groups are consumers of their own kind."""
    return "share-consumer" if stem == "consumer" and export.option.endswith("share-group") else stem


def java(where: str, path, kind: str, probe, findings) -> None:
    """A Java client is built; keys that no client declares are only warned of in its log."""
    try:
        answer = probe.ask("client-file", kind=kind, file=str(path))
    except KafkaRefused as error:
        findings.problem(where, "", str(error))
        return
    for key in answer["read"]:
        findings.holds(where, key, key not in answer["unknown"], f"a {kind} of this release declares no such key")
    findings.holds(where, "", answer["refused"] is None, f"the {kind} cannot be built: {answer['refused']}")


def librdkafka(where: str, text: str, kind: str, findings) -> None:
    """librdkafka refuses keys that it does not know."""
    import confluent_kafka

    pairs = {**readers.flat_properties(text), "bootstrap.servers": "127.0.0.1:9", "log_level": 0}
    findings.keys += len(pairs)
    client = {"producer": "Producer", "consumer": "Consumer", "share-consumer": "ShareConsumer"}[kind]
    if not hasattr(confluent_kafka, client):
        findings.missing(f"confluent-kafka {confluent_kafka.version()} has no {client} to build")
        return
    try:
        built = getattr(confluent_kafka, client)(pairs if kind == "producer" else {"group.id": "harness", **pairs})
        if kind != "producer":
            built.close()
    except (confluent_kafka.KafkaException, TypeError, ValueError) as error:
        findings.problem(where, "", f"librdkafka refuses it: {error}")


def advised(where: str, text: str, elsewhere: dict, advice: dict, findings) -> None:
    """Every setting that is advised for this kind of client is in the file, with its value, or left to the reader as a comment.

    A setting that only librdkafka has is in its file alone; where other clients than Java are stated, advice is in librdkafka's words.
    """
    pairs = readers.properties(text)
    for key, value in advice.items():
        if key in pairs:
            same = alike(CLASSES.get(value, value), pairs[key])
            findings.holds(where, key, same, f"`{value}` is advised, the file says `{pairs[key]}`")
        elif key in elsewhere:
            findings.holds(where, key, alike(value, elsewhere[key]), f"`{value}` is advised, librdkafka's file says `{elsewhere[key]}`")
        elif findings.holds(where, key, re.search(rf"^#.*(?<![\w.]){re.escape(key)}(?![\w.])", text, re.M) is not None,
                            f"it is advised as `{value}`, and the file lacks it"):
            findings.note(f"left to the reader, in a comment: {key}")


def pika_files(name: str, export, findings) -> None:
    """clients/pika: every parameter is one that pika takes, and the connection's can be built."""
    import pika

    channel = pika.adapters.blocking_connection.BlockingChannel
    takes = {
        "connection": (pika.ConnectionParameters.__init__,),
        "producer": (pika.BasicProperties.__init__, channel.basic_publish), "consumer": (channel.basic_qos, channel.basic_consume),
    }
    for path in export.find("clients/pika/*.json"):
        findings.files += 1
        where, given = f"{name}: {path.relative_to(export.folder)}", json.loads(path.read_text())
        for part, functions in takes.items():
            known = {parameter for function in functions for parameter in inspect.signature(function).parameters}
            for key in given.get(part, {}):
                findings.holds(where, f"{part}.{key}", key in known or hasattr(channel, key) or key.startswith("x-"), "pika takes no such parameter")
        try:
            pika.ConnectionParameters(**given.get("connection", {}))
        except (TypeError, ValueError) as error:
            findings.problem(where, "connection", f"pika refuses it: {error}")


def java_files(name: str, export, methods: set, findings) -> None:
    """clients/amqp-client: every method that is named for the connection is one of the library's factory."""
    for path in export.find("clients/amqp-client/*.json"):
        findings.files += 1
        where, given = f"{name}: {path.relative_to(export.folder)}", json.loads(path.read_text())
        for key in given.get("connection", {}):
            findings.holds(where, f"connection.{key}", key in methods, "the library's ConnectionFactory has no such method")


def factory_methods(jars: str) -> set:
    """The methods of the Java library's ConnectionFactory, as the class itself lists them."""
    done = subprocess.run(["javap", "-cp", jars, "com.rabbitmq.client.ConnectionFactory"], capture_output=True, text=True, timeout=60, check=True)
    return set(re.findall(r"(\w+)\(", done.stdout))
