"""create-topics.sh: run as it is with Kafka's own tools, then the topics and groups are described and compared.

What the script asked for is taken from the calls that the tools received: no part of its text is interpreted here.
"""

import re
import shutil
import subprocess
import time
from contextlib import contextmanager

from ..compare import Findings, alike
from ..kafka import KafkaRefused
from ..servers import essence

# Made by the broker itself.
_INTERNAL = re.compile(r"^__")
# Generous, for a busy machine: brokers hear of a change within a second.
_SETTLES = 40
# Counts of people and processes, not keys of a topic or group.
_NO_KEYS = ("partitions", "replication.factor", "consumers")


def check(name: str, script, kafka, cluster, advice: dict, findings, again: bool = False) -> None:
    """Runs one script, compares, and deletes what it made."""
    findings.files += 1
    probe = kafka.probe
    try:
        asked = _run(name, script, kafka, cluster, findings)
        if asked is None:
            return
        if again and _run(name, script, kafka, cluster, findings) is None:
            findings.problem(name, "", "it fails when it is run a second time")
        found = described(cluster, probe, asked["topics"])
        _compare(name, asked, found, findings)
        _groups(name, asked["groups"], cluster, probe, findings)
        _advised(name, asked, advice, found, findings)
    finally:
        delete(cluster, probe)


@contextmanager
def made(script, kafka, cluster):
    """Has one script's topics there as long as the block runs; gives their names."""
    findings = Findings()
    asked = _run(script.parent.name, script, kafka, cluster, findings)
    if asked is None:
        raise AssertionError(str(findings.problems[0]))
    try:
        yield sorted(described(cluster, kafka.probe, asked["topics"]))
    finally:
        delete(cluster, kafka.probe)


def _run(name: str, script, kafka, cluster, findings):
    before = len(kafka.tools.calls)
    done = subprocess.run(
        [shutil.which("bash"), str(script)], capture_output=True, text=True, timeout=240, stdin=subprocess.DEVNULL, cwd=script.parent,
        env=kafka.tools.environment(BOOTSTRAP_SERVERS=cluster.bootstrap, TIERED_STORAGE="yes"),
    )
    if done.returncode != 0:
        findings.problem(name, "", f"the script failed: {essence(done.stderr or done.stdout)}")
        return None
    return asked_for(kafka.tools.calls[before:])


def asked_for(calls: list) -> dict:
    """Topics and groups, as the tools were asked for them."""
    asked = {"topics": {}, "groups": {}}
    for tool, arguments in calls:
        options = dict(zip(arguments, arguments[1:] + [""]))
        if tool == "kafka-topics" and "--create" in arguments:
            topic = asked["topics"].setdefault(options["--topic"], {"configs": {}})
            topic.update(partitions=options.get("--partitions"), replicas=options.get("--replication-factor"))
            for at, argument in enumerate(arguments):
                if argument == "--config":
                    key, _, value = arguments[at + 1].partition("=")
                    topic["configs"][key] = value
        elif tool == "kafka-configs" and "--add-config" in arguments:
            kind = options.get("--entity-type")
            of = options.get("--entity-name") or options.get("--topic") or options.get("--group")
            if kind in asked:
                asked[kind].setdefault(of, {"configs": {}})["configs"].update(_pairs(options["--add-config"]))
    return asked


def _pairs(text: str) -> dict:
    found = re.findall(r"([^=,]+)=(\[[^\]]*\]|[^,]*)", text)
    return {key: value.strip("[]") for key, value in found}


def described(cluster, probe, expected: dict) -> dict:
    """Every topic that people made, as the cluster describes it.

    Brokers hear of a change one after the other: what is expected is waited for, a while.
    """
    end = time.monotonic() + _SETTLES
    while True:
        found = probe.ask("topics", bootstrap=cluster.bootstrap, names=[])
        mine = {name: topic for name, topic in found.items() if not _INTERNAL.match(name)}
        if all(_settled(wanted, mine.get(name)) for name, wanted in expected.items()) or time.monotonic() > end:
            return mine
        time.sleep(0.1)


def _settled(wanted: dict, topic) -> bool:
    return topic is not None and not topic["leaderless"] and all(
        key in topic["configs"] and alike(value, topic["configs"][key]["value"])
        and topic["configs"][key]["source"] == "DYNAMIC_TOPIC_CONFIG" for key, value in wanted["configs"].items())


def delete(cluster, probe) -> None:
    """Removes every topic that people made."""
    for _ in range(10):
        names = list(described(cluster, probe, {}))
        if not names:
            return
        try:
            probe.ask("delete", bootstrap=cluster.bootstrap, names=names)
            return
        except KafkaRefused:
            # One broker may not know yet what another has deleted, or made.
            time.sleep(0.5)


def _compare(name: str, asked: dict, found: dict, findings) -> None:
    findings.holds(name, "topics", set(asked["topics"]) == set(found), f"asked for {sorted(asked['topics'])}, there are {sorted(found)}")
    for topic, wanted in asked["topics"].items():
        if topic in found:
            one_topic(f"{name}: topic {topic}", wanted, found[topic], findings)


def one_topic(where: str, wanted: dict, found: dict, findings) -> None:
    """One topic as it was asked for against the topic as it is."""
    for key in ("partitions", "replicas"):
        if wanted.get(key) is not None:
            findings.same(where, key, wanted[key], found[key])
    findings.holds(where, "leaders", found["leaderless"] == 0, f"{found['leaderless']} partitions have no leader")
    for key, value in wanted["configs"].items():
        entry = found["configs"].get(key)
        if findings.holds(where, key, entry is not None, "the broker describes no such key"):
            findings.same(where, key, value, entry["value"])
            findings.holds(where, key, entry["source"] == "DYNAMIC_TOPIC_CONFIG", f"its source is {entry['source']}, not the topic")


def _groups(name: str, groups: dict, cluster, probe, findings) -> None:
    if not groups:
        return
    try:
        found = probe.ask("groups", bootstrap=cluster.bootstrap, names=sorted(groups))
    except KafkaRefused as error:
        findings.problem(name, "groups", str(error))
        return
    for group, wanted in groups.items():
        for key, value in wanted["configs"].items():
            entry = found.get(group, {}).get(key)
            if findings.holds(f"{name}: group {group}", key, entry is not None, "the broker describes no such key"):
                findings.same(f"{name}: group {group}", key, value, entry["value"])


def _advised(name: str, asked: dict, advice: dict, found: dict, findings) -> None:
    settings = {key: value for key, value in advice.get("topic", {}).items()}

    def of(topic, key):
        if key in _NO_KEYS:
            return topic.get({"partitions": "partitions", "replication.factor": "replicas"}.get(key))
        entry = topic["configs"].get(key)
        return entry and entry["value"]

    if settings and found:
        # The topic of the flow is the one that has most of what is advised.
        best = max(found, key=lambda topic: sum(alike(value, of(found[topic], key)) for key, value in settings.items()))
        for key, value in settings.items():
            held = of(found[best], key)
            findings.holds(f"{name}: topic {best}", key, held is not None and alike(value, held), f"`{value}` is advised, `{held}` is in force")
    for key, value in advice.get("group", {}).items():
        if key in _NO_KEYS:
            continue
        for group, wanted in asked["groups"].items():
            held = wanted["configs"].get(key)
            findings.holds(f"{name}: group {group}", key, held is not None and _of_flow(value, held), f"`{value}` is advised, `{held}` is set")
        findings.holds(name, key, bool(asked["groups"]), f"`{value}` is advised for groups, and the script sets none")


def _of_flow(advised: str, held: str) -> bool:
    # Advice calls the flow `flow` in names that are only examples.
    return alike(advised, held) or (advised.endswith("flow") and held.startswith(advised.removesuffix("flow")))
