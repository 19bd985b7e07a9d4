"""Everything that is proved on one line of RabbitMQ, in turn.

One node serves all that needs a broker; a node of its own is booted for each rabbitmq.conf that is chosen to be.
"""

from . import inject
from .checks import alerts, clients, compose, definitions, kits, loads, rabbitmq_conf
from .compare import cover
from .exports import options_of
from .installs import PERF_TEST, Unavailable
from .rabbitmq import PASSWORD, PLUGINS, USER, Node

PARTS = ("rabbitmq.conf", "compose", "clients", "definitions.json", "prometheus", "perf-test", "openmessaging", "kit")
# perf-test.sh of these is run; of all others its options are held against the tool's help.
LOADS = (("payment-orders", "rabbitmq/quorum"), ("image-thumbnails", "rabbitmq/classic"), ("audit-log", "rabbitmq/stream"))


def run(line: str, parts: list, program, examples: list, installs, report, keep: bool) -> None:
    """Runs the parts that are wanted."""
    name = f"rabbitmq {line}"
    try:
        root = installs.rabbitmq(line)
    except Unavailable as reason:
        report.miss(name, str(reason))
        return
    release = installs.rabbitmq_version(line)
    report.say(f"{name}: the broker is {release}")
    if not release.startswith(f"{line}."):
        report.miss(name, f"the Debian suite has {release}; what follows is proved of that release")
    exports = program.export_all(name, examples, options_of("rabbitmq", line), line, report)
    parts = program.written(name, parts, report)
    if not exports:
        return
    checks = _Line(name, line, root, exports, installs, report, keep)
    checks.without_node(parts)
    if set(parts) & {"definitions.json", "prometheus", "perf-test", "kit"}:
        checks.on_one_node(parts)


class _Line:
    def __init__(self, name, line, root, exports, installs, report, keep):
        self.name, self.line, self.root, self.exports = name, line, root, exports
        self.installs, self.report, self.keep = installs, report, keep

    def without_node(self, parts: list) -> None:
        """What needs no broker that runs, and what boots its own."""
        if self.report.is_due(self.name, "rabbitmq.conf", parts):
            self._conf()
        if self.report.is_due(self.name, "compose", parts):
            self._compose()
        if self.report.is_due(self.name, "clients", parts):
            with self.report.check(self.name, "clients") as findings:
                methods = clients.factory_methods(self.installs.jar(PERF_TEST))
                for export in self.exports:
                    clients.pika_files(export.name, export, findings)
                    clients.java_files(export.name, export, methods, findings)
            self.report.faults(self.name, "clients", inject.into_parameters, self.exports)
        if self.report.is_due(self.name, "openmessaging", parts):
            with self.report.check(self.name, "openmessaging") as findings:
                findings.missing("the OpenMessaging Benchmark is on no package registry: its files are held against its fields alone")
                for export in self.exports:
                    if export.find("workload.yaml"):
                        loads.openmessaging(export.name, export.text("workload.yaml"), export.text("driver.yaml"), findings)

    def on_one_node(self, parts: list) -> None:
        """What one node serves."""
        # Nothing of this node is under test: what it counts is shown sooner than by default.
        node = Node(self.root, self.line, "main", "collect_statistics_interval = 1000\n", plugins_of(self.exports))
        with self.report.check(self.name, "start"):
            node.start()
        if not node.alive():
            return
        with node.running(self.keep):
            if self.report.is_due(self.name, "definitions.json", parts):
                self._definitions(node)
            if self.report.is_due(self.name, "prometheus", parts):
                self._alerts(node)
            if self.report.is_due(self.name, "perf-test", parts):
                self._loads(node)
            if self.report.is_due(self.name, "kit", parts):
                self._kits(node)

    def _conf(self) -> None:
        texts = {str(number): export.text("rabbitmq.conf") for number, export in enumerate(self.exports)}
        pairs, mapped = {}, {}
        with self.report.check(self.name, "rabbitmq.conf", "read by the broker's schemas") as findings:
            mapped = rabbitmq_conf.read_all(self.root, texts)
            for number, export in enumerate(self.exports):
                pairs[str(number)] = rabbitmq_conf.declared(
                    export.name, texts[str(number)], mapped[str(number)], export.advice.get("broker", {}), findings)
        for number in cover(pairs):
            export = self.exports[int(number)]
            with self.report.check(self.name, "rabbitmq.conf", f"booted with {export.example} {export.option}") as findings:
                findings.files += 1
                with Node(self.root, self.line, "conf", texts[number], plugins_of([export])).running(self.keep) as node:
                    rabbitmq_conf.on_node(export.name, texts[number], pairs[number], mapped[number], node, findings)
        self.report.faults(self.name, "rabbitmq.conf", inject.into_conf, self.root, self.exports)

    def _compose(self) -> None:
        held, schema = {}, {}
        with self.report.check(self.name, "compose") as findings:
            schema = compose.schema_of(self.installs.compose_schema())
            for number, export in enumerate(self.exports):
                data = compose.parsed(export.name, export.text("compose.yaml"), schema, findings)
                if data:
                    held[str(number)] = compose.rabbitmq_conf_of(data)
            for number, mapped in rabbitmq_conf.read_all(self.root, held).items():
                for reason in mapped.refused:
                    findings.problem(self.exports[int(number)].name, "configs", f"the broker refuses it: {reason}")
        if held:
            self.report.faults(self.name, "compose.yaml", inject.into_compose, self.exports, schema)

    def _definitions(self, node) -> None:
        for option in options_of("rabbitmq", self.line):
            with self.report.check(self.name, "definitions.json", option) as findings:
                for export in self.exports:
                    if export.option == option:
                        definitions.check(export.name, export.text("definitions.json"), export.advice, node, findings)
        self.report.faults(self.name, "definitions.json", inject.into_definitions, self.exports, node)

    def _alerts(self, node) -> None:
        with self.report.check(self.name, "prometheus", "promtool") as findings:
            alerts.check_files(self.exports, self.installs.promtool(), findings)
        scrapes, chosen = {}, alerts.representative(self.exports)
        with self.report.check(self.name, "prometheus", "series of the broker") as findings:
            for export in chosen:
                with definitions.loaded(export.text("definitions.json"), node), alerts.traffic(node):
                    scrapes[export.name] = [node.metrics(path) for path in alerts.RABBITMQ_PATHS]
                alerts.check_series(export.name, export.text(alerts.RULES), scrapes[export.name], findings)
        self.report.faults(self.name, "prometheus-rules.yaml", inject.into_alerts, chosen, scrapes, {})

    def _loads(self, node) -> None:
        with self.report.check(self.name, "perf-test") as findings:
            command = ["java", "-Xmx256m", "-cp", self.installs.jar(PERF_TEST), "com.rabbitmq.perf.PerfTest"]
            for export in self.exports:
                loads.perf_test(export, command, node, f"amqp://{USER}:{PASSWORD}@127.0.0.1:{node.amqp_port}/%2f",
                                f"http://{USER}:{PASSWORD}@127.0.0.1:{node.ports['management']}",
                                (export.example, export.option) in LOADS, self.installs.cache, findings)

    def _kits(self, node) -> None:
        for export in kits.chosen(self.exports, kits.RABBITMQ):
            with self.report.check(self.name, "kit", f"{export.example} {export.option}") as findings:
                with definitions.loaded(export.text("definitions.json"), node):
                    kits.run(export, "kit_rabbitmq", "worker.py", findings, self.report.say, amqp_port=node.amqp_port,
                             user=USER, password=PASSWORD, restart_broker=node.restart)


def plugins_of(exports: list) -> tuple:
    """The harness's plugins and those that exported files ask for."""
    asked = set(PLUGINS)
    for export in exports:
        for file in export.find("**/enabled_plugins"):
            asked |= {name.strip() for name in file.read_text().strip().strip("[].").split(",") if name.strip()}
    return tuple(sorted(asked))
