"""rabbitmq.conf: read by the broker's own schemas, booted, and compared with the environment of the running node.

Every file is read as at boot in one Erlang process. So many distinct files are booted that each pair of a key and a value
that occurs is on a running node once.
"""

import re
import shutil
import subprocess
from pathlib import Path

from .. import readers
from ..rabbitmq import Node, enter

ERLANG = Path(__file__).resolve().parents[2] / "erlang"
# The harness says where the node listens and who may log in; these lines of a file are read and not compared.
OWN = ("listeners.tcp", "management.tcp", "prometheus.tcp", "stream.listeners", "stream.advertised", "mqtt.listeners", "stomp.listeners",
       "web_mqtt.tcp", "web_stomp.tcp", "default_user", "default_pass")


class Mapped:
    """What one file becomes in the environment of the node."""

    def __init__(self):
        self.environment, self.keys, self.refused = {}, {}, []


def read_all(root: Path, texts: dict) -> dict:
    """Has the broker's schemas read every text; gives what each becomes, by name."""
    folder = root / "live" / "conf-map"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.conf").write_text(text)
    shutil.copy(ERLANG / "conf_map.erl", folder)
    subprocess.run(["chroot", root, "chown", "-R", "rabbitmq:rabbitmq", "/live/conf-map"], check=True)
    script = "cd /live/conf-map && export HOME=/live/conf-map LANG=C.UTF-8 && erlc conf_map.erl && exec erl -noinput -boot start_clean " \
             "-pa . /usr/lib/rabbitmq/lib/*/plugins/*/ebin -eval 'conf_map:main(init:get_plain_arguments()), halt(0)' -extra *.conf"
    done = subprocess.run(enter(root, script), capture_output=True, text=True, timeout=300)
    shutil.rmtree(folder, ignore_errors=True)
    found = {name: Mapped() for name in texts}
    for line in done.stdout.splitlines():
        kind, _, rest = line.partition("\t")
        if kind not in ("env", "key", "bad"):
            continue
        file, *cells = rest.split("\t")
        mapped = found.get(file.removesuffix(".conf"))
        if mapped is None:
            continue
        if kind == "env":
            mapped.environment[(cells[0], cells[1])] = cells[2]
        elif kind == "key":
            mapped.keys[cells[0]] = cells[1]
        else:
            mapped.refused.append(cells[0])
    if done.returncode != 0 or not any(m.keys or m.refused for m in found.values()):
        raise RuntimeError(f"the broker's schemas could not be asked: {(done.stderr or done.stdout)[-600:]}")
    return found


def declared(name: str, text: str, mapped: Mapped, advice: dict, findings) -> dict:
    """Holds one file against the schemas and against what was advised; gives its pairs that count."""
    findings.files += 1
    for reason in mapped.refused:
        findings.problem(name, "", f"the broker refuses the file: {reason}")
    try:
        pairs = readers.conf(text)
    except readers.Unreadable as error:
        findings.problem(name, "", str(error))
        return {}
    for key in pairs:
        if not mapped.refused:
            findings.holds(name, key, bool(mapped.keys.get(key)), "the broker's schemas map it to nothing")
    for key, value in advice.items():
        if key in pairs:
            findings.same(name, key, pairs[key], value, "the advice")
        else:
            findings.holds(name, key, False, f"it is advised as `{value}`, and the file lacks it")
    return {key: value for key, value in pairs.items() if not key.startswith(OWN)}


def on_node(name: str, text: str, pairs: dict, mapped: Mapped, node: Node, findings) -> None:
    """Compares the environment of a node that runs with this file, key by key."""
    wanted = {}
    for key in pairs:
        application, _, rest = mapped.keys[key].partition(".")
        variable = rest.split(".")[0]
        expected = _as_cell(mapped.environment.get((application, variable), ""))
        if expected:
            wanted[(application, variable)] = expected
    actual = environment(node, wanted)
    if "default_queue_type" in pairs:
        node.api("PUT", "queues/%2F/harness-untyped", {"durable": True})
        of_type = node.api("GET", "queues/%2F/harness-untyped")["type"]
        findings.same(name, "default_queue_type", pairs["default_queue_type"], of_type, "a queue declared without a type")
    for key in pairs:
        application, _, rest = mapped.keys[key].partition(".")
        variable = rest.split(".")[0]
        if (application, variable) in wanted:
            expected, found = wanted[(application, variable)], actual[(application, variable)]
            findings.holds(name, key, expected == found, f"`{pairs[key]}` should make {application} {variable} {expected}, the node has {found}")
        else:
            findings.problem(name, key, f"the schemas give {application} {variable} no value")


def environment(node: Node, wanted) -> dict:
    """Values of the environment of the running node, as terms in text."""
    if not wanted:
        return {}
    names = sorted(wanted)
    asked = ",".join(f"{{'{application}','{variable}'}}" for application, variable in names)
    answer = node.eval(
        f"unicode:characters_to_binary([[case application:get_env(A, K) of {{ok, V}} -> io_lib:format(\"~0tp\", [V]); "
        f"undefined -> \"(not set)\" end, 10] || {{A, K}} <- [{asked}]])"
    )
    return {name: _as_cell(value) for name, value in zip(names, answer.splitlines())}


def _as_cell(term: str) -> str:
    # Whether the console has colours is decided at boot, by the terminal. The offline reader prints texts bare.
    term = re.sub(r"use_colors => \w+", "use_colors => _", term)
    if len(term) > 1 and term[0] == term[-1] == '"':
        return term[1:-1]
    return term
