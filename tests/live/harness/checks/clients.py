"""clients/: real clients are built from every file, and every key must be one that this client knows.

Java's by the release's own classes, librdkafka's by confluent-kafka, pika's by pika; none of them connects to anybody.
"""

import ast
import inspect

from .. import readers
from ..compare import alike
from ..kafka import KafkaRefused

# Where clients find their cluster and log in is their operators' business.
_PLACE = {"bootstrap.servers"}


def kafka(name: str, export, probe, findings) -> None:
    """Every file of Java and librdkafka clients."""
    found = export.find("clients/**/*.properties")
    findings.holds(name, "clients", bool(found), "the program wrote no file for a client")
    for path in found:
        findings.files += 1
        where, kind = f"{name}: {path.relative_to(export.folder)}", path.stem
        try:
            if path.parent.name == "java":
                java(where, path, kind, probe, findings)
                advised(where, readers.properties(path.read_text()), export.advice.get(kind.split("-")[-1], {}), findings)
            else:
                librdkafka(where, path.read_text(), kind, findings)
        except readers.Unreadable as error:
            findings.problem(where, "", str(error))


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

    pairs = {**readers.flat_properties(text), "bootstrap.servers": "127.0.0.1:9"}
    findings.keys += len(pairs)
    try:
        if kind == "producer":
            confluent_kafka.Producer(pairs)
        elif kind == "share-consumer":
            findings.missing("confluent-kafka has no share consumer to build")
        else:
            confluent_kafka.Consumer({"group.id": "harness", **pairs}).close()
    except (confluent_kafka.KafkaException, TypeError, ValueError) as error:
        findings.problem(where, "", f"librdkafka refuses it: {error}")


def advised(where: str, pairs: dict, advice: dict, findings) -> None:
    """Every setting that is advised for this kind of client is in the file, with its value."""
    for key, value in advice.items():
        if key in pairs:
            findings.holds(where, key, alike(value, pairs[key]), f"`{value}` is advised, the file says `{pairs[key]}`")
        else:
            findings.holds(where, key, False, f"it is advised as `{value}`, and the file lacks it")


def pika_files(name: str, export, findings) -> None:
    """Files for pika: Python that can be compiled, whose keywords pika's own functions take."""
    import pika

    takes = {
        "ConnectionParameters": pika.ConnectionParameters.__init__, "URLParameters": pika.URLParameters.__init__,
        "BasicProperties": pika.BasicProperties.__init__, "SSLOptions": pika.SSLOptions.__init__, "PlainCredentials": pika.PlainCredentials.__init__,
        **{method: getattr(pika.adapters.blocking_connection.BlockingChannel, method)
           for method in ("basic_publish", "basic_consume", "basic_qos", "basic_ack", "basic_nack", "basic_reject", "queue_declare", "exchange_declare", "queue_bind")},
    }
    for path in export.find("clients/pika/**/*.py"):
        findings.files += 1
        where = f"{name}: {path.relative_to(export.folder)}"
        try:
            tree = ast.parse(path.read_text())
        except SyntaxError as error:
            findings.problem(where, "", f"no Python: {error}")
            continue
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if called in takes:
                taken = set(inspect.signature(takes[called]).parameters)
                for keyword in call.keywords:
                    findings.holds(where, f"{called} {keyword.arg}", keyword.arg in taken or keyword.arg is None, f"pika's {called} takes no such keyword")
