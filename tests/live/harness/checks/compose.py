"""compose.yaml: validated by the compose specification's own schema; what it gives to the image is held against the broker.

The environment is translated by the rule of the image: for Kafka KAFKA_A_B becomes a.b, `__` a `_` and `___` a `-`.
"""

import json
import re

from .. import readers

# The image reads these itself; they are no keys of server.properties.
_OF_THE_IMAGE = re.compile(r"KAFKA_(HEAP_OPTS|OPTS|JMX_.*|LOG4J_.*|GC_LOG_OPTS|JVM_PERFORMANCE_OPTS|PORT_\d+|HEAP|MODE)")
# The containers' own network and disk.
_OWN = {"node.id", "listeners", "advertised.listeners", "listener.security.protocol.map", "inter.broker.listener.name", "log.dirs",
        "controller.quorum.voters", "controller.quorum.bootstrap.servers", "controller.listener.names", "broker.rack"}


def parsed(name: str, text: str, schema, findings):
    """Validates one file and gives what it holds."""
    import jsonschema
    import yaml

    findings.files += 1
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        findings.problem(name, "", f"no YAML: {error}")
        return None
    before = len(findings.problems)
    validator = jsonschema.validators.validator_for(schema)(schema)
    for error in validator.iter_errors(data):
        findings.problem(name, ".".join(map(str, error.absolute_path)), error.message[:300])
    findings.keys += 1
    _references(name, data, findings)
    _passwords(name, data, findings)
    return data if len(findings.problems) == before else None


def _references(name: str, data: dict, findings) -> None:
    services = data.get("services", {})
    for called, service in services.items():
        for kind in ("volumes", "configs", "secrets", "networks"):
            used = service.get(kind, [])
            for one in used:
                source = one.get("source") if isinstance(one, dict) else str(one).split(":")[0]
                if kind == "volumes" and (not source or source[0] in "./~$"):
                    continue
                findings.holds(name, f"services.{called}.{kind}", source in data.get(kind, {}) or source == "default", f"`{source}` is not declared under {kind}")
        after = service.get("depends_on", [])
        for other in after:
            findings.holds(name, f"services.{called}.depends_on", other in services, f"there is no service `{other}`")
            if isinstance(after, dict) and after[other].get("condition") == "service_healthy":
                findings.holds(name, f"services.{called}.depends_on", "healthcheck" in services[other], f"`{other}` has no healthcheck to wait for")


def _passwords(name: str, data: dict, findings) -> None:
    for called, service in data.get("services", {}).items():
        environment = service.get("environment", {})
        pairs = environment.items() if isinstance(environment, dict) else (one.partition("=")[::2] for one in environment)
        for key, value in pairs:
            if re.search(r"PASS|SECRET|TOKEN", key) and not key.endswith("_FILE"):
                findings.holds(name, f"services.{called}.{key}", bool(re.fullmatch(r"\$\{\w+:\?[^}]*\}", str(value))),
                               "a password must come from a variable without a default")


def kafka(name: str, data: dict, exported: dict, probe, folder, findings) -> None:
    """Translates each broker's environment and holds it against the release's classes and the exported server.properties."""
    for called, service in data.get("services", {}).items():
        environment = service.get("environment", {})
        if "KAFKA_PROCESS_ROLES" not in environment:
            continue
        where = f"{name}: {called}"
        keys = translated(environment)
        file = folder / "from-compose.properties"
        file.write_text("".join(f"{key}={value}\n" for key, value in keys.items()))
        answer = probe.ask("broker-file", file=str(file))
        for key in keys:
            findings.holds(where, key, key not in answer["unknown"], "the broker declares no such key")
        findings.holds(where, "", answer["refused"] is None, f"the broker refuses it: {answer['refused']}")
        for key, value in exported.items():
            if key not in _OWN:
                findings.same(where, key, value, keys.get(key), "compose.yaml")


def translated(environment: dict) -> dict:
    """An environment as the image writes it into server.properties."""
    keys = {}
    for variable, value in environment.items():
        if not variable.startswith("KAFKA_") or _OF_THE_IMAGE.fullmatch(variable):
            continue
        key = re.sub(r"_{1,3}", lambda run: {1: ".", 2: "_", 3: "-"}[len(run.group())], variable.removeprefix("KAFKA_")).lower()
        keys[key] = _filled(str(value))
    return keys


def _filled(value: str) -> str:
    # What compose fills in: the default where there is one, else something harmless.
    value = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
    return re.sub(r"\$\{\w+:\?[^}]*\}", "filled", value).replace("$$", "$")


def rabbitmq_conf_of(data: dict) -> str:
    """The configuration that compose.yaml itself holds for the node."""
    return "\n".join(_filled(one.get("content", "")) for one in data.get("configs", {}).values())


def schema_of(path) -> dict:
    """The schema of the compose specification."""
    return json.loads(path.read_text())


def pairs_of(text: str) -> dict:
    """The exported server.properties, as pairs."""
    return readers.properties(text)
