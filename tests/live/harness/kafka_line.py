"""Everything that is proved on one line of Kafka, in turn.

A cluster of three small brokers serves all that needs one; a single broker is booted for each server.properties that is
chosen to be.
"""

import urllib.request

from . import inject
from .checks import alerts, clients, compose, kafka_topic, kits, loads, server_properties, topics
from .compare import cover
from .exports import options_of
from .installs import JMX_AGENT, Unavailable
from .kafka import Cluster, Kafka
from .servers import free_ports

PARTS = ("server.properties", "compose", "clients", "topics", "kafka-topic", "prometheus", "perf-test", "openmessaging", "kit")
# perf-test.sh of these is run.
LOADS = (("payment-orders", "kafka/log"), ("image-thumbnails", "kafka/share-group"))
_NO_EXPORTER = {
    prefix: "kafka_exporter is on no package registry: what it would show of groups and topics is not there to be selected"
    for prefix in ("kafka_consumergroup", "kafka_topic_partition", "kafka_brokers")
}


def run(line: str, parts: list, program, examples: list, installs, report, keep: bool) -> None:
    """Runs the parts that are wanted."""
    name = f"kafka {line}"
    try:
        kafka = Kafka(installs, line)
    except Unavailable as reason:
        report.miss(name, str(reason))
        return
    try:
        report.say(f"{name}: the broker is {kafka.release}, the tools are {kafka.tool_release}")
        exports = program.export_all(name, examples, options_of("kafka", line), line, report)
        parts = program.written(name, parts, report)
        if exports:
            checks = _Line(name, kafka, exports, installs, report, keep)
            checks.without_cluster(parts)
            if set(parts) & {"topics", "kafka-topic", "prometheus", "perf-test", "kit"}:
                checks.on_one_cluster(parts)
    finally:
        kafka.close()


class _Line:
    def __init__(self, name, kafka, exports, installs, report, keep):
        self.name, self.kafka, self.exports = name, kafka, exports
        self.installs, self.report, self.keep = installs, report, keep
        self.jmx_ports = []

    def without_cluster(self, parts: list) -> None:
        """What needs no broker that runs, and what boots its own."""
        if self.report.is_due(self.name, "server.properties", parts):
            self._server_properties()
        if self.report.is_due(self.name, "compose", parts):
            self._compose()
        if self.report.is_due(self.name, "clients", parts):
            with self.report.check(self.name, "clients") as findings:
                for export in self.exports:
                    clients.kafka(export.name, export, self.kafka.probe, findings)
            self.report.faults(self.name, "clients", inject.into_clients, self.exports, self.kafka)
        if self.report.is_due(self.name, "openmessaging", parts):
            with self.report.check(self.name, "openmessaging") as findings:
                findings.missing("the OpenMessaging Benchmark is on no package registry: its files are held against its fields alone")
                for export in self.exports:
                    if export.find("workload.yaml"):
                        loads.openmessaging(export.name, export.text("workload.yaml"), export.text("driver.yaml"), findings)

    def on_one_cluster(self, parts: list) -> None:
        """What three brokers serve."""
        largest = max(self.exports, key=lambda export: int(export.advice.get("topic", {}).get("replication.factor", 1)))
        cluster = None
        with self.report.check(self.name, "start"):
            agent = self._agent() if "prometheus" in parts else None
            text = with_widest_limits(largest.text("server.properties"), self.exports)
            cluster = Cluster(self.kafka, "main", text, nodes=3, remote=True, agent=agent)
            cluster.start()
        if cluster is None or not cluster.alive():
            return
        with cluster.running(self.keep):
            with self.report.check(self.name, "server.properties", "two nodes join the first as the file's head says") as findings:
                cluster.join_controllers()
                findings.keys += 2
            for part, check in (("topics", self._topics), ("kafka-topic", self._kafka_topic), ("prometheus", self._alerts),
                                ("perf-test", self._loads), ("kit", self._kits)):
                if self.report.is_due(self.name, part, parts):
                    check(cluster)

    def _server_properties(self) -> None:
        pairs = {}
        with self.report.check(self.name, "server.properties", "read by the release's classes") as findings:
            for number, export in enumerate(self.exports):
                pairs[number] = server_properties.declared(
                    export.name, export.folder / "server.properties", self.kafka.probe, export.advice.get("broker", {}), findings)
        for number in cover(pairs):
            export = self.exports[number]
            with self.report.check(self.name, "server.properties", f"booted with {export.example} {export.option}") as findings:
                findings.files += 1
                text = export.text("server.properties")
                left = {key: value for key, value in pairs[number].items() if f"# {key}={value}" in text.splitlines()}
                uncommented = text + "\n" + "".join(f"{key}={value}\n" for key, value in left.items())
                cluster = Cluster(self.kafka, "conf", uncommented, remote="remote.log.storage.system.enable" in left)
                with cluster.running(self.keep):
                    server_properties.on_broker(export.name, pairs[number], cluster, self.kafka.probe, findings)
        self.report.faults(self.name, "server.properties", inject.into_server_properties, self.exports, self.kafka)

    def _compose(self) -> None:
        schema = {}
        with self.report.check(self.name, "compose") as findings:
            schema = compose.schema_of(self.installs.compose_schema())
            for export in self.exports:
                data = compose.parsed(export.name, export.text("compose.yaml"), schema, findings)
                if data:
                    exported = compose.pairs_of(export.text("server.properties"))
                    compose.kafka(export.name, data, exported, self.kafka.probe, self.kafka.home, findings)
        if schema:
            self.report.faults(self.name, "compose.yaml", inject.into_compose, self.exports, schema, self.kafka)

    def _topics(self, cluster) -> None:
        for option in sorted({export.option for export in self.exports}):
            with self.report.check(self.name, "topics", option) as findings:
                mine = [export for export in self.exports if export.option == option]
                for export in mine:
                    topics.check(export.name, export.folder / "create-topics.sh", self.kafka, cluster, export.advice, findings, again=export is mine[0])
        self.report.faults(self.name, "create-topics.sh", inject.into_topics, self.exports, self.kafka, cluster)

    def _kafka_topic(self, cluster) -> None:
        served = {}
        with self.report.check(self.name, "kafka-topic") as findings:
            served = kafka_topic.schemas(self.installs.topic_crds())
            for export in self.exports:
                kafka_topic.check(export.name, export.text("kafka-topic.yaml"), served, cluster, self.kafka.probe, findings)
        if served:
            self.report.faults(self.name, "kafka-topic.yaml", inject.into_kafka_topic, self.exports, served, self.kafka, cluster)

    def _agent(self):
        # Every file for the exporter says the same; the first is given to all brokers.
        found = [path for export in self.exports for path in export.find("jmx-exporter.yaml")]
        if not found:
            return None
        jar = self.installs.jar(JMX_AGENT)
        self.jmx_ports = free_ports(3)
        return lambda broker: f"-javaagent:{jar}=127.0.0.1:{self.jmx_ports[broker.number - 1]}:{found[0]}"

    def _alerts(self, cluster) -> None:
        with self.report.check(self.name, "prometheus", "promtool") as findings:
            alerts.check_files(self.exports, self.installs.promtool(), findings)
        scrapes, chosen = {}, alerts.representative(self.exports)
        with self.report.check(self.name, "prometheus", "series of the brokers") as findings:
            for export in chosen:
                with topics.made(export.folder / "create-topics.sh", self.kafka, cluster) as names:
                    alerts.kafka_traffic(self.kafka, cluster, names, export)
                    scrapes[export.name] = [self._scrape(port) for port in self.jmx_ports]
                    self.kafka.probe.ask("release")
                alerts.check_series(export.name, export.text(alerts.RULES), scrapes[export.name], findings, _NO_EXPORTER)
        self.report.faults(self.name, "prometheus-rules.yaml", inject.into_alerts, chosen, scrapes, _NO_EXPORTER)

    def _scrape(self, port: int) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            return answer.read().decode()

    def _loads(self, cluster) -> None:
        with self.report.check(self.name, "perf-test") as findings:
            for export in self.exports:
                if (export.example, export.option) in LOADS:
                    loads.kafka_perf_test(export, self.kafka, cluster, findings)

    def _kits(self, cluster) -> None:
        for export in kits.chosen(self.exports, kits.KAFKA):
            with self.report.check(self.name, "kit", f"{export.example} {export.option}") as findings:
                with topics.made(export.folder / "create-topics.sh", self.kafka, cluster):
                    kits.run(export, "kit_kafka", "stream.py", findings, self.report.say, bootstrap=cluster.bootstrap,
                             restart_broker=cluster.brokers[0].restart)


def with_widest_limits(text: str, exports: list) -> str:
    """A file with the limits of groups that one cluster needs to serve all exports: of each the widest that any sets."""
    widest = {}
    for export in exports:
        for key, value in export.advice.get("broker", {}).items():
            if key.startswith("group.") and value.isdigit():
                widest[key] = max(widest.get(key, 0), int(value))
    kept = [line for line in text.splitlines() if line.partition("=")[0] not in widest]
    return "\n".join([*kept, *(f"{key}={value}" for key, value in widest.items())]) + "\n"
