"""server.properties: parsed by the release's own KafkaConfig, booted, and compared with what the broker describes of itself.

Every file is parsed in one Java process. So many distinct files are booted that each pair of a key and a value that occurs
is on a running broker once.
"""

import re

from .. import readers
from ..kafka import OWN, KafkaRefused


def declared(name: str, path, probe, advice: dict, findings) -> dict:
    """Holds one file against the release's classes and against what was advised; gives its pairs that count.

    A setting that the file leaves to its reader, as a comment, is among them: it is booted too.
    """
    findings.files += 1
    text = path.read_text()
    try:
        mine = readers.properties(text)
        answer = probe.ask("broker-file", file=str(path))
    except (readers.Unreadable, KafkaRefused) as error:
        findings.problem(name, "", str(error))
        return {}
    for key in mine:
        known = key not in answer["unknown"] or re.fullmatch(r"listener\.name\..+|rlmm\.config\..+|rsm\.config\..+", key)
        findings.holds(name, key, bool(known), "the broker declares no such key and passes it over in silence")
        findings.same(name, key, mine[key], answer["read"].get(key), "the broker's reader")
    if answer["refused"]:
        findings.problem(name, "", f"the broker refuses the file: {answer['refused']}")
    left = {}
    for key, value in advice.items():
        if key in mine:
            findings.same(name, key, mine[key], value, "the advice")
        elif findings.holds(name, key, f"# {key}={value}" in text.splitlines(), f"it is advised as `{value}`, and the file lacks it"):
            findings.note(f"left to the reader as a comment, and booted uncommented: {key}")
            left[key] = value
    return {**{key: value for key, value in mine.items() if key not in OWN}, **left}


def on_broker(name: str, pairs: dict, cluster, probe, findings) -> None:
    """Compares what a running broker says of its configuration, key by key."""
    for broker in cluster.brokers:
        found = probe.ask("broker-config", bootstrap=cluster.bootstrap, broker=str(broker.number))
        for key, value in pairs.items():
            entry = found.get(key)
            if not findings.holds(name, key, entry is not None and entry["value"] is not None, "the broker describes no such key"):
                continue
            findings.same(name, key, value, entry["value"])
            findings.holds(name, key, entry["source"] == "STATIC_BROKER_CONFIG", f"its source is {entry['source']}, not the file")
