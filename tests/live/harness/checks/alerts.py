"""prometheus-rules.yaml: checked and tested by Prometheus' own tool, and each expression held against what brokers expose.

A selector that finds no sample passes only where the broker declares the metric: some appear with the first event alone.
"""

import subprocess
import time
from contextlib import contextmanager

from .. import metrics
from ..compare import cover

RULES, TESTS = "prometheus-rules.yaml", "prometheus-rules.test.yaml"
# So many queues of one file get a message and a consumer.
TRIED = 6
# Families of the detailed endpoint; without names it answers nothing.
_FAMILIES = (
    "queue_coarse_metrics", "queue_delivery_metrics", "queue_metrics", "queue_consumer_count", "queue_exchange_metrics", "exchange_metrics",
    "exchange_names", "vhost_status", "connection_coarse_metrics", "connection_metrics", "connection_churn_metrics", "channel_metrics",
    "channel_exchange_metrics", "channel_queue_metrics", "channel_queue_exchange_metrics", "channel_process_metrics", "auth_attempt_metrics",
    "ra_metrics", "node_coarse_metrics", "node_metrics", "node_persister_metrics", "alarm_metrics", "cluster_labels", "stream_consumer_metrics",
    "global_metrics", "raft_metrics", "node_memory_metrics", "node_disk_metrics",
)
RABBITMQ_PATHS = ("metrics", "metrics/per-object", "metrics/detailed?" + "&".join(f"family={name}" for name in _FAMILIES), "metrics/memory-breakdown")
# What Prometheus makes itself.
_OWN = {"up", "ALERTS", "scrape_duration_seconds"}


@contextmanager
def traffic(node):
    """A consumer and a message on every queue of the default virtual host, as long as the block runs."""
    import pika

    from ..rabbitmq import PASSWORD, USER

    connection = pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", node.amqp_port, "/", pika.PlainCredentials(USER, PASSWORD)))
    channel = connection.channel()
    channel.basic_qos(prefetch_count=10)
    for queue in node.api("GET", "queues/%2F")[:TRIED]:
        channel.basic_publish("", queue["name"], b"x", pika.BasicProperties(delivery_mode=2))
        stream = queue.get("type") == "stream"
        channel.basic_consume(queue["name"], lambda on, method, *_: on.basic_ack(method.delivery_tag),
                              arguments={"x-stream-offset": "first"} if stream else None)
    try:
        _wait_until_shown(node, connection)
        yield
    finally:
        connection.close()


def _wait_until_shown(node, connection) -> None:
    # Numbers of a queue come with its next statistics, not at once.
    queues = {queue["name"] for queue in node.api("GET", "queues/%2F")}
    end = time.monotonic() + 30
    while time.monotonic() < end:
        connection.process_data_events(time_limit=0.5)
        shown = metrics.series(node.metrics("metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count"))
        if queues <= {of.get("queue") for name, of in shown if name == "rabbitmq_detailed_queue_messages_ready"}:
            return


def kafka_traffic(kafka, cluster, names: list, export) -> None:
    """A record in every topic and a reader of it: some metrics begin with these."""
    share = "share" in export.option
    # A group that was a consumer group once is never a share group on the same brokers.
    group = f"{export.example}.group-{2 if share else 1}"
    for topic in names:
        kafka.probe.ask("records", bootstrap=cluster.bootstrap, topic=topic, group=group, share=share)


def check_files(exports: list, promtool, findings) -> None:
    """Has promtool check all rules, and run the tests that were written beside them.

    A test plays days of series and takes seconds: run are as few files as hold each alert once.
    """
    for export in exports:
        findings.holds(export.name, TESTS, (export.folder / TESTS).exists(), "the program wrote no such file")
    _promtool("all", [promtool, "check", "rules", *(export.folder / RULES for export in exports)], None, findings)
    findings.files += len(exports)
    for export in representative(exports):
        findings.files += 1
        _promtool(export.name, [promtool, "test", "rules", TESTS], export.folder, findings)


def representative(exports: list) -> list:
    """As few exports as hold each alert of each option once: between others of the option only names and numbers differ."""
    import yaml

    alerts = {}
    for number, export in enumerate(exports):
        groups = (yaml.safe_load(export.text(RULES)) or {}).get("groups", [])
        alerts[number] = {(export.option, rule["alert"]): True for group in groups for rule in group["rules"] if "alert" in rule}
    return [exports[number] for number in cover(alerts)]


def _promtool(name: str, command: list, folder, findings) -> None:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, timeout=300)
    findings.holds(name, f"promtool {command[1]} rules", done.returncode == 0, (done.stdout + done.stderr).strip()[-800:])


def check_series(name: str, text: str, scrapes: list, findings, exporters: dict = {}) -> None:
    """Holds every expression against scrapes of the real broker."""
    import yaml

    samples = [sample for scrape in scrapes for sample in metrics.series(scrape)]
    declared = set().union(*(metrics.families(scrape) for scrape in scrapes)) if scrapes else set()
    rules = [rule for group in (yaml.safe_load(text) or {}).get("groups", []) for rule in group.get("rules", [])]
    recorded = {rule["record"]: metrics.selectors(rule["expr"]) for rule in rules if "record" in rule}
    findings.holds(name, RULES, bool(rules), "it holds no rule")
    for rule in rules:
        called = rule.get("alert") or rule.get("record")
        for metric, conditions in _resolved(rule["expr"], recorded):
            if metric in _OWN:
                continue
            absent = next((reason for prefix, reason in exporters.items() if metric.startswith(prefix)), None)
            if absent:
                findings.missing(absent)
                continue
            shown = metric + ("{" + ",".join("".join(one) for one in conditions) + "}" if conditions else "")
            if metrics.selected(metric, conditions, samples):
                findings.keys += 1
            elif _declared(metric, declared) and not any(sample == metric for sample, _ in samples):
                findings.keys += 1
                findings.note(f"declared by the broker, without a sample while idle: {metric}")
            else:
                findings.holds(name, called, False, f"`{shown}` selects nothing that the broker exposes")


def _resolved(expression: str, recorded: dict):
    """The selectors of an expression; for a recorded series those that it is made of, with the conditions on it."""
    for metric, conditions in metrics.selectors(expression):
        if metric in recorded:
            yield from ((source, [*own, *conditions]) for source, own in recorded[metric])
        else:
            yield metric, conditions


def _declared(metric: str, declared: set) -> bool:
    stems = [metric] + [metric.removesuffix(end) for end in ("_total", "_count", "_sum", "_bucket") if metric.endswith(end)]
    return any(stem in declared for stem in stems)
