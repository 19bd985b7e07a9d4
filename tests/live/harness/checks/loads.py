"""perf-test.sh, workload.yaml and driver.yaml: run against the broker for a few seconds, or held against what tools take.

The scripts run as they are with a small part of the rate. Where a workload has more clients than one machine bears, the
options alone are held against what the tool says it takes.
"""

import os
import re
import subprocess
from functools import lru_cache

# More clients than this are not started on one machine that the brokers share.
MOST_CLIENTS = 24
SECONDS = 6

# The fields that the OpenMessaging Benchmark reads, from its classes Workload, DriverConfiguration, Config of driver-kafka
# and RabbitMqConfig, at commit 85599891321cafa2fb7065a63f009b4bb5374288. It is on no package registry.
WORKLOAD = {
    "name": str, "topics": int, "partitionsPerTopic": int, "keyDistributor": ("NO_KEY", "KEY_ROUND_ROBIN", "RANDOM_NANO"),
    "messageSize": int, "useRandomizedPayloads": bool, "randomBytesRatio": float, "randomizedPayloadPoolSize": int,
    "payloadFile": str, "subscriptionsPerTopic": int, "producersPerTopic": int, "consumerPerSubscription": int,
    "producerRate": int, "consumerBacklogSizeGB": int, "backlogDrainRatio": float, "testDurationMinutes": int,
    "warmupDurationMinutes": int,
}
DRIVERS = {
    "io.openmessaging.benchmark.driver.kafka.KafkaBenchmarkDriver": {
        "replicationFactor": int, "topicConfig": str, "commonConfig": str, "producerConfig": str, "consumerConfig": str},
    "io.openmessaging.benchmark.driver.rabbitmq.RabbitMqBenchmarkDriver": {
        "amqpUris": list, "messagePersistence": bool, "queueType": ("CLASSIC", "QUORUM"), "producerCreationDelay": int,
        "producerCreationBatchSize": int, "consumerCreationDelay": int, "consumerCreationBatchSize": int},
}


def openmessaging(name: str, workload: str, driver: str, findings) -> dict:
    """Holds both files against the fields that the benchmark reads; gives the driver's parsed parts."""
    import yaml

    findings.files += 2
    _fields(f"{name}: workload.yaml", yaml.safe_load(workload), WORKLOAD, findings)
    parsed = yaml.safe_load(driver)
    fields = DRIVERS.get(parsed.get("driverClass"))
    if findings.holds(f"{name}: driver.yaml", "driverClass", fields is not None, f"no driver `{parsed.get('driverClass')}`"):
        _fields(f"{name}: driver.yaml", parsed, {"name": str, "driverClass": str, **fields}, findings)
    return parsed


def _fields(where: str, given: dict, known: dict, findings) -> None:
    for key, value in given.items():
        kind = known.get(key)
        if not findings.holds(where, key, kind is not None, "the benchmark reads no such field"):
            continue
        if isinstance(kind, tuple):
            findings.holds(where, key, value in kind, f"`{value}` is none of {kind}")
        else:
            right = isinstance(value, (int, float)) if kind is float else isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
            findings.holds(where, key, right, f"`{value}` is no {kind.__name__}")
            findings.holds(where, key, kind is not int or not isinstance(value, int) or value <= 2**31 - 1, f"`{value}` is too large for the field")


def clients(text: str) -> int:
    """How many clients a script would start by itself."""
    counts = [int(number) for number in re.findall(r"^(?:producers|consumers|readers|shares)=(\d+)$", text, re.M)]
    return sum(counts)


def options_of(script, arguments: dict, folder) -> list:
    """The calls that a script makes of its tool, without running the tool: each a list of arguments."""
    calls = folder / "calls"
    calls.unlink(missing_ok=True)
    recorder = folder / "recorder"
    recorder.write_text('#!/bin/sh\nprintf "%s\\n" "$@" "" >> "$CALLS"\n')
    recorder.chmod(0o755)
    environment = {**os.environ, "CALLS": str(calls), **{key: value.replace("RECORDER", str(recorder)) for key, value in arguments.items()}}
    done = subprocess.run(["bash", str(script)], env=environment, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout).strip()[-400:])
    return [call.split("\n") for call in calls.read_text().strip("\n").split("\n\n")]


def known_options(name: str, calls: list, help_text: str, findings) -> None:
    """Every option of every call is one that the tool names in its help."""
    known = set(re.findall(r"(?<![\w-])(--?[a-zA-Z][\w-]*)", help_text))
    for option in sorted({argument for call in calls for argument in call if re.fullmatch(r"--[a-z][\w-]*", argument)}):
        findings.holds(name, option, option in known, "the tool names no such option in its help")


def perf_test(export, command: list, node, uri: str, management: str, runs: bool, folder, findings) -> None:
    """perf-test.sh of RabbitMQ: run for a few seconds, or its options held against PerfTest's help."""
    script = export.folder / "perf-test.sh"
    text = export.text("perf-test.sh")
    if "STREAM_PERF_TEST" in text:
        findings.missing("Stream PerfTest is on no package registry: its options are not held against anything")
        return
    place = {"AMQP_URI": uri, "MANAGEMENT_URL": management, "DURATION": str(SECONDS), "HANDLING": "0"}
    if runs and clients(text) <= MOST_CLIENTS:
        rate = int(re.search(r"^rate=(\d+)", text, re.M).group(1))
        place["RATE_FACTOR"] = f"{min(1.0, 200 / max(rate, 1)):.6f}"
        run_script(export.name, script, {**place, "PERF_TEST": " ".join(command)}, r"sending rate avg: (\d+)", r"receiving rate avg: (\d+)", findings)
        return
    findings.files += 1
    calls = options_of(script, {**place, "MANAGEMENT_URL": "", "PERF_TEST": "RECORDER", "KEEP": "yes"}, folder)
    known_options(export.name, calls, _help(tuple(command)), findings)


@lru_cache
def _help(command: tuple) -> str:
    done = subprocess.run([*command, "--help"], capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def kafka_perf_test(export, kafka, cluster, findings) -> None:
    """perf-test.sh of Kafka: run for a few seconds with tools in processes of their own."""
    text = export.text("perf-test.sh")
    rate = int(re.search(r"^rate=(\d+)", text, re.M).group(1))
    environment = {
        "PATH": f"{kafka.processes()}:{os.environ['PATH']}", "BOOTSTRAP_SERVERS": cluster.bootstrap, "DURATION": str(SECONDS), "WARM_UP": "2",
        "PRODUCERS": "1", "READERS": "1", "PROBES": "5", "RATE_FACTOR": f"{min(1.0, 200 / max(rate, 1)):.6f}"}
    run_script(export.name, export.folder / "perf-test.sh", environment, r"producer 1: .*?([\d.]+) records/sec", r"reader 1: .*?, (\d+\.\d+)", findings)


def run_script(name: str, script, environment: dict, sent: str, received: str, findings) -> None:
    """Runs one script; what it prints must show that messages were sent and received."""
    findings.files += 1
    done = subprocess.run(["bash", str(script)], env={**os.environ, **environment}, capture_output=True, text=True, timeout=180, stdin=subprocess.DEVNULL)
    out = done.stdout + done.stderr
    findings.holds(name, "exit code", done.returncode == 0, f"it ended with {done.returncode}: {out.strip()[-500:]}")
    for what, pattern in (("sent", sent), ("received", received)):
        rates = [float(rate.replace(",", "")) for rate in re.findall(pattern, out)]
        findings.holds(name, what, any(rate > 0 for rate in rates), f"nothing was {what}: {out.strip()[-500:]}")
