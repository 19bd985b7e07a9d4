"""Everything that is proved on one line of Kafka, in turn.

A cluster of three small brokers serves all that needs one; a single broker is booted for each server.properties that is
chosen to be.
"""

from . import inject
from .checks import kafka_topic, server_properties, topics
from .compare import cover
from .exports import options_of
from .installs import Unavailable
from .kafka import Cluster, Kafka

PARTS = ("server.properties", "topics", "kafka-topic")
_ON_CLUSTER = ("topics", "kafka-topic")


def run(line: str, parts: list, program, examples: list, installs, report, keep: bool) -> None:
    """Runs the parts that are wanted."""
    name = f"kafka {line}"
    try:
        kafka = Kafka(installs, line)
    except Unavailable as reason:
        report.miss(name, str(reason))
        return
    report.say(f"{name}: the broker is {kafka.release}, the tools are {kafka.tool_release}")
    try:
        with report.check(name, "export") as findings:
            exports = [program.export(profile, option, line, findings) for profile in examples for option in options_of("kafka", line)]
        exports = [export for export in exports if export]
        if exports and "server.properties" in parts:
            _server_properties(name, kafka, exports, report, keep)
        if exports and set(parts) & set(_ON_CLUSTER):
            _on_cluster(name, kafka, parts, exports, installs, report, keep)
    finally:
        kafka.close()


def _server_properties(name, kafka, exports, report, keep) -> None:
    pairs = {}
    with report.check(name, "server.properties", "read by the release's classes") as findings:
        for number, export in enumerate(exports):
            pairs[number] = server_properties.declared(
                export.name, export.folder / "server.properties", kafka.probe, export.advice.get("broker", {}), findings)
    for number in cover(pairs):
        export = exports[number]
        with report.check(name, "server.properties", f"booted with {export.example} {export.option}") as findings:
            findings.files += 1
            text = export.text("server.properties")
            left = {key: value for key, value in pairs[number].items() if f"# {key}={value}" in text.splitlines()}
            uncommented = text + "\n" + "".join(f"{key}={value}\n" for key, value in left.items())
            cluster = Cluster(kafka, "conf", uncommented, remote="remote.log.storage.system.enable" in left)
            with cluster.running(keep):
                server_properties.on_broker(export.name, pairs[number], cluster, kafka.probe, findings)
    report.faults(name, "server.properties", inject.into_server_properties(exports, kafka))


def _on_cluster(name, kafka, parts, exports, installs, report, keep) -> None:
    largest = max(exports, key=lambda export: int(export.advice.get("topic", {}).get("replication.factor", 1)))
    cluster = Cluster(kafka, "main", largest.text("server.properties"), nodes=3, remote=True)
    with report.check(name, "start"):
        cluster.start()
    if not cluster.alive():
        cluster.stop()
        return
    with cluster.running(keep):
        with report.check(name, "server.properties", "two nodes join the first as the file's head says") as findings:
            cluster.join_controllers()
            findings.keys += 2
        if "topics" in parts:
            with report.check(name, "topics") as findings:
                for number, export in enumerate(exports):
                    topics.check(export.name, export.folder / "create-topics.sh", kafka, cluster, export.advice, findings, again=number == 0)
            report.faults(name, "create-topics.sh", inject.into_topics(exports, kafka, cluster))
        if "kafka-topic" in parts:
            with report.check(name, "kafka-topic") as findings:
                served = kafka_topic.schemas(installs.topic_crds())
                for export in exports:
                    kafka_topic.check(export.name, export.text("kafka-topic.yaml"), served, cluster, kafka.probe, findings)
                report.faults(name, "kafka-topic.yaml", inject.into_kafka_topic(exports, served, kafka, cluster))
