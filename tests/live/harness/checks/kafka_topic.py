"""kafka-topic.yaml: validated by the operator's own definition, then created from its spec and compared.

A field that the definition does not know is a problem here, though a cluster would drop it in silence.
"""

import re

from ..kafka import KafkaRefused
from .topics import delete, described, one_topic

_DNS = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")


def schemas(crds: list) -> dict:
    """The schema of each API version that any of the definitions serves."""
    import yaml

    served = {}
    for path in crds:
        definition = yaml.safe_load(path.read_text())
        for version in definition["spec"]["versions"]:
            if version.get("served"):
                schema = _closed(version["schema"]["openAPIV3Schema"])
                served[f"{definition['spec']['group']}/{version['name']}"] = schema
    return served


def _closed(schema):
    # What a cluster prunes is forbidden here; metadata is the cluster's own and stays open.
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        if isinstance(schema.get("properties"), dict) and not schema.get("x-kubernetes-preserve-unknown-fields"):
            closed.setdefault("additionalProperties", False)
        return closed
    return [_closed(one) for one in schema] if isinstance(schema, list) else schema


def check(name: str, text: str, served: dict, cluster, probe, findings) -> None:
    """Validates every resource of one file and makes a topic of each."""
    import jsonschema
    import yaml

    findings.files += 1
    try:
        resources = [one for one in yaml.safe_load_all(text) if one is not None]
    except yaml.YAMLError as error:
        findings.problem(name, "", f"no YAML: {error}")
        return
    findings.holds(name, "", bool(resources), "the file holds no resource")
    for resource in resources:
        where = f"{name}: {resource.get('metadata', {}).get('name')}"
        version = resource.get("apiVersion")
        findings.holds(where, "kind", resource.get("kind") == "KafkaTopic", f"it is a `{resource.get('kind')}`")
        findings.holds(where, "metadata.name", bool(_DNS.fullmatch(str(resource.get("metadata", {}).get("name")))), "a cluster takes no such name")
        findings.holds(where, "metadata.labels", "strimzi.io/cluster" in resource.get("metadata", {}).get("labels", {}),
                       "without the label strimzi.io/cluster no operator takes it up")
        if not findings.holds(where, "apiVersion", version in served, f"no operator serves `{version}`: {sorted(served)}"):
            continue
        for error in jsonschema.Draft202012Validator(served[version]).iter_errors(resource):
            findings.problem(where, ".".join(map(str, error.absolute_path)), error.message)
        _create(where, resource, cluster, probe, findings)


def _create(where: str, resource: dict, cluster, probe, findings) -> None:
    spec = resource.get("spec", {})
    topic = spec.get("topicName") or resource["metadata"]["name"]
    configs = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in spec.get("config", {}).items()}
    try:
        probe.ask("create", bootstrap=cluster.bootstrap, name=topic, partitions=spec.get("partitions", -1),
                  replicas=spec.get("replicas", -1), configs=configs)
        wanted = {"partitions": spec.get("partitions"), "replicas": spec.get("replicas"), "configs": configs}
        found = described(cluster, probe, {topic: wanted})
        if findings.holds(where, "topic", topic in found, "the broker has no such topic"):
            one_topic(where, wanted, found[topic], findings)
    except KafkaRefused as error:
        findings.problem(where, "spec", f"the broker refuses it: {error}")
    finally:
        delete(cluster, probe)
