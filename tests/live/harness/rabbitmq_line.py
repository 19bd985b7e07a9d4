"""Everything that is proved on one line of RabbitMQ, in turn.

One node serves all that needs a broker; a node of its own is booted for each rabbitmq.conf that is chosen to be.
"""

from . import inject
from .checks import definitions, rabbitmq_conf
from .compare import cover
from .exports import options_of
from .installs import Unavailable
from .rabbitmq import PLUGINS, Node

PARTS = ("rabbitmq.conf", "definitions.json")


def run(line: str, parts: list, program, examples: list, installs, report, keep: bool) -> None:
    """Runs the parts that are wanted."""
    name = f"rabbitmq {line}"
    try:
        root = installs.rabbitmq(line)
    except Unavailable as reason:
        report.miss(name, str(reason))
        return
    report.say(f"{name}: the broker is {installs.rabbitmq_version(line)}")
    if not installs.rabbitmq_version(line).startswith(f"{line}."):
        report.say(f"NOTE: the suite has {installs.rabbitmq_version(line)} in place of {line}: what follows is of that version")
    with report.check(name, "export") as findings:
        exports = [program.export(profile, option, line, findings) for profile in examples for option in options_of("rabbitmq", line)]
    exports = [export for export in exports if export]
    if not exports:
        return
    if "rabbitmq.conf" in parts:
        _conf(name, line, root, exports, report, keep)
    rest = [part for part in parts if part != "rabbitmq.conf"]
    if rest:
        _on_one_node(name, line, root, rest, exports, installs, report, keep)


def _conf(name, line, root, exports, report, keep) -> None:
    texts = {str(number): export.text("rabbitmq.conf") for number, export in enumerate(exports)}
    pairs, mapped = {}, {}
    with report.check(name, "rabbitmq.conf", "read by the broker's schemas") as findings:
        mapped = rabbitmq_conf.read_all(root, texts)
        for number, export in enumerate(exports):
            pairs[str(number)] = rabbitmq_conf.declared(
                export.name, texts[str(number)], mapped[str(number)], export.advice.get("broker", {}), findings)
    for number in cover(pairs):
        export = exports[int(number)]
        with report.check(name, "rabbitmq.conf", f"booted with {export.example} {export.option}") as findings:
            findings.files += 1
            node = Node(root, line, "conf", texts[number], plugins_of([export]))
            with node.running(keep):
                rabbitmq_conf.on_node(export.name, texts[number], pairs[number], mapped[number], node, findings)
    report.faults(name, "rabbitmq.conf", inject.into_conf(root, exports))


def _on_one_node(name, line, root, parts, exports, installs, report, keep) -> None:
    node = Node(root, line, "main", "", plugins_of(exports))
    with report.check(name, "start"):
        node.start()
    if not node.alive():
        return
    with node.running(keep):
        if "definitions.json" in parts:
            with report.check(name, "definitions.json") as findings:
                for export in exports:
                    definitions.check(export.name, export.text("definitions.json"), export.advice, node, findings)
            report.faults(name, "definitions.json", inject.into_definitions(exports, node))


def plugins_of(exports: list) -> tuple:
    """The harness's plugins and those that exported files ask for."""
    asked = set(PLUGINS)
    for export in exports:
        for file in export.find("**/enabled_plugins"):
            asked |= {name.strip() for name in file.read_text().strip().strip("[].").split(",") if name.strip()}
    return tuple(sorted(asked))
