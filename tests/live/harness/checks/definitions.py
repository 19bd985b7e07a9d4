"""definitions.json: imported as it is, read back over the management API, and tried with messages.

Beyond what the broker itself refuses: every argument must be one that the queue's type declares, every key of a policy must
work on every queue it matches, and what was advised must be in force on the queues that hold the work.
"""

import json
import re
import time
from contextlib import contextmanager

from ..compare import alike
from ..rabbitmq import USER, Node, Refused, quoted
from . import messages

SECTIONS = {
    "rabbit_version", "rabbitmq_version", "product_name", "product_version", "rabbitmq_definition_format", "original_vhost_name",
    "original_cluster_name", "explanation", "metadata", "description", "default_queue_type", "limits", "users", "vhosts", "permissions",
    "topic_permissions", "parameters", "global_parameters", "policies", "queues", "exchanges", "bindings", "operator_policies",
}
_OF_TYPE = {"classic": "classic_queues", "quorum": "quorum_queues", "stream": "streams"}
# How exported files call queues for what is set aside: not for these is what is advised for the flow.
_ASIDE = re.compile(r"(^|[.-])(dead-letters?|dlq|unroutable|retry|aside)([.-]|$)")
# What every queue may be declared with, whatever its type's module lists.
COMMON_ARGUMENTS = {"x-queue-type"}


def check(name: str, text: str, advice: dict, node: Node, findings, traffic: bool = True) -> None:
    """Imports one file into the node, compares, and removes what it declared."""
    findings.files += 1
    try:
        data = json.loads(text)
    except ValueError as error:
        findings.problem(name, "", f"no JSON: {error}")
        return
    for section in data:
        findings.holds(name, section, section in SECTIONS, "no section that the broker reads; it would be passed over in silence")
    try:
        with loaded(text, node):
            _compare(name, data, advice, node, findings)
            if traffic and not findings.problems:
                for vhost in vhosts_of(data):
                    messages.pass_through(name, vhost, data, _settled(node, vhost), node, findings)
    except Refused as error:
        findings.problem(name, "", f"the broker refuses it: {error}")


@contextmanager
def loaded(text: str, node: Node):
    """Has one file imported into the node as long as the block runs."""
    data = json.loads(text)
    try:
        node.api("POST", "definitions", text.encode())
        for vhost in vhosts_of(data):
            node.api("PUT", f"permissions/{quoted(vhost)}/{USER}", {"configure": ".*", "write": ".*", "read": ".*"})
        yield data
    finally:
        clean(data, node)


def clean(data: dict, node: Node) -> None:
    """Removes the virtual hosts and users that a file declares, policies first: workers of theirs end in order."""
    for vhost in vhosts_of(data):
        for kind in ("policies",):
            for one in data.get(kind, []):
                if one.get("vhost") == vhost and one.get("name"):
                    _quietly(node, "DELETE", f"{kind}/{quoted(vhost)}/{quoted(one['name'])}")
    for vhost in vhosts_of(data):
        _quietly(node, "DELETE", f"vhosts/{quoted(vhost)}")
    for user in data.get("users", []):
        if user.get("name") != USER:
            _quietly(node, "DELETE", f"users/{quoted(str(user.get('name')))}")
    _quietly(node, "PUT", "vhosts/%2F", {})
    _quietly(node, "PUT", f"permissions/%2F/{USER}", {"configure": ".*", "write": ".*", "read": ".*"})


def vhosts_of(data: dict) -> list:
    """Every virtual host that a file names."""
    named = {one.get("name") for one in data.get("vhosts", [])}
    for section in ("queues", "exchanges", "bindings", "policies", "operator_policies", "permissions"):
        named |= {one.get("vhost") for one in data.get(section, [])}
    return sorted(vhost for vhost in named if vhost)


def _compare(name: str, data: dict, advice: dict, node: Node, findings) -> None:
    types = capabilities(node)
    for vhost in vhosts_of(data):
        mine = {section: [one for one in data.get(section, []) if one.get("vhost") == vhost]
                for section in ("queues", "exchanges", "bindings", "policies", "operator_policies")}
        queues = _settled(node, vhost)
        exchanges = {one["name"]: one for one in node.api("GET", f"exchanges/{quoted(vhost)}")}
        for queue in mine["queues"]:
            _same_object(name, "queue", queue, queues.get(queue["name"]), findings)
            _arguments_of_type(name, queue, queues.get(queue["name"]), types, findings)
        for exchange in mine["exchanges"]:
            _same_object(name, "exchange", exchange, exchanges.get(exchange["name"]), findings)
        _bindings(name, mine["bindings"], node.api("GET", f"bindings/{quoted(vhost)}"), findings)
        _policies(name, mine["policies"], node.api("GET", f"policies/{quoted(vhost)}"), findings)
        _effective(name, mine["policies"], queues, exchanges, types, findings)
        if queues:
            _advised(name, advice, mine, queues, findings)
    _vhosts(name, data, node, findings)


def _queues(node: Node, vhost: str) -> dict:
    return {one["name"]: one for one in node.api("GET", f"queues/{quoted(vhost)}")}


def _settled(node: Node, vhost: str) -> dict:
    """The queues, each with the policy that is in force: from the node itself, since the API's listing comes late."""
    queues = _queues(node, vhost)
    answer = json.loads(node.eval(
        "rabbit_json:encode(maps:from_list([{element(4, amqqueue:get_name(Q)), case rabbit_policy:effective_definition(Q) "
        f"of undefined -> #{{}}; D -> maps:from_list(D) end}} || Q <- rabbit_amqqueue:list({_binary(vhost)})]))"
    ))
    for name, queue in queues.items():
        queue["effective_policy_definition"] = answer.get(name, {})
    return queues


def _binary(text: str) -> str:
    return f"<<{','.join(map(str, text.encode()))}>>"


def _same_object(name: str, kind: str, declared: dict, found, findings) -> None:
    what = f"{kind} {declared['name']}"
    if not findings.holds(name, what, found is not None, "the broker has no such thing after the import"):
        return
    for key in ("type", "durable", "auto_delete", "internal"):
        if key in declared:
            findings.same(name, f"{what} {key}", declared[key], found.get(key))
    # No file that is exported declares anything that a restart ends: a broker takes it, and says nothing.
    findings.holds(name, f"{what} durable", declared.get("durable") is True, "it is gone after a restart of the node")
    findings.same_maps(f"{name}: {what}", declared.get("arguments", {}), found.get("arguments", {}))


def _arguments_of_type(name: str, queue: dict, found, types: dict, findings) -> None:
    if found is None:
        return
    known = types.get(found.get("type"), {}).get("queue_arguments", set()) | COMMON_ARGUMENTS
    for argument in queue.get("arguments", {}):
        findings.holds(name, f"queue {queue['name']} {argument}", argument in known,
                       f"a {found.get('type')} queue declares no such argument; the broker takes no notice of it")


def _bindings(name: str, declared: list, found: list, findings) -> None:
    parts = ("source", "destination", "destination_type", "routing_key", "arguments")
    there = [tuple(json.dumps(one.get(part), sort_keys=True) for part in parts) for one in found]
    for binding in declared:
        wanted = tuple(json.dumps(binding.get(part, {} if part == "arguments" else ""), sort_keys=True) for part in parts)
        findings.holds(name, f"binding {binding.get('source')} to {binding.get('destination')}", wanted in there, "it is not there after the import")


def _policies(name: str, declared: list, found: list, findings) -> None:
    there = {one["name"]: one for one in found}
    for policy in declared:
        other = there.get(policy["name"])
        what = f"policy {policy['name']}"
        if not findings.holds(name, what, other is not None, "the broker has no such policy after the import"):
            continue
        for key in ("pattern", "apply-to", "priority"):
            if key in policy:
                findings.holds(name, f"{what} {key}", policy[key] == other.get(key), f"the file says `{policy[key]}`, the broker `{other.get(key)}`")
        findings.same_maps(f"{name}: {what}", policy.get("definition", {}), other.get("definition", {}))


def applies(policy: dict, kind: str, of_type: str) -> bool:
    """Whether a policy speaks of queues or exchanges of this type."""
    to = policy.get("apply-to", "all")
    return to in ("all", kind) or (kind == "queues" and to == _OF_TYPE.get(of_type))


def _effective(name: str, policies: list, queues: dict, exchanges: dict, types: dict, findings) -> None:
    matched = set()
    for queue in queues.values():
        policy = _strongest(policies, "queues", queue.get("type"), queue["name"])
        matched.add(policy and policy["name"])
        expected = policy.get("definition", {}) if policy else {}
        findings.same_maps(f"{name}: effective on queue {queue['name']}", expected, queue.get("effective_policy_definition") or {})
        idle = types.get(queue.get("type"), {}).get("unsupported_policies", set())
        for key in expected:
            findings.holds(name, f"policy {policy['name']} {key}", key not in idle,
                           f"it has no effect on the {queue.get('type')} queue {queue['name']}, which it matches")
    for exchange in exchanges.values():
        policy = _strongest(policies, "exchanges", "", exchange["name"]) if exchange["name"] else None
        matched.add(policy and policy["name"])
        if policy:
            findings.same(name, f"policy of exchange {exchange['name']}", policy["name"], exchange.get("policy"))
    for policy in policies:
        findings.holds(name, f"policy {policy['name']}", policy["name"] in matched,
                       f"pattern `{policy.get('pattern')}` with apply-to `{policy.get('apply-to', 'all')}` is in force on nothing in the file")


def _strongest(policies: list, kind: str, of_type: str, called: str):
    matching = [one for one in policies if applies(one, kind, of_type) and re.search(one["pattern"], called)]
    return max(matching, key=lambda one: one.get("priority", 0), default=None)


def _advised(name: str, advice: dict, mine: dict, queues: dict, findings) -> None:
    work = work_queues(mine, queues)
    findings.holds(name, "queues", bool(work), "no queue that holds the work: all are bound to dead-letter or alternate exchanges")
    for scope in ("queue", "policy"):
        for key, value in advice.get(scope, {}).items():
            if key == "partitions":
                findings.holds(name, key, len(work) % int(value) == 0, f"`{value}` is advised, and the file has {len(work)} queues for the work")
                continue
            for queue in work:
                found = setting(queue, key)
                findings.holds(name, f"{scope} {key} on queue {queue['name']}", found is not None and alike(value, found),
                               f"`{value}` is advised, `{found}` is in force")
    for key, value in advice.get("exchange", {}).items():
        held = [one.get("type") if key == "type" else (one.get("arguments", {}).get(key) or _policy_value(mine, one, key))
                for one in mine["exchanges"]]
        findings.holds(name, f"exchange {key}", value in held, f"`{value}` is advised, and no exchange in the file has it: {held}")


def _policy_value(mine: dict, exchange: dict, key: str):
    policy = _strongest(mine["policies"], "exchanges", "", exchange["name"])
    return policy and policy["definition"].get(key)


def work_queues(mine: dict, queues: dict) -> list:
    """The queues that messages of the flow come to, not those that dead letters or unroutable messages come to."""
    aside = {setting(queue, "x-dead-letter-exchange") for queue in queues.values()}
    aside |= {one.get("arguments", {}).get("alternate-exchange") for one in mine["exchanges"]}
    aside |= {policy["definition"].get("alternate-exchange") for policy in mine["policies"]}
    elsewhere = {one["destination"] for one in mine["bindings"] if one["source"] in aside - {None, ""}}
    elsewhere |= {setting(queue, "x-dead-letter-routing-key") for queue in queues.values() if setting(queue, "x-dead-letter-exchange") == ""}
    return [queue for name, queue in queues.items() if name not in elsewhere and not _ASIDE.search(name)]


def setting(queue: dict, key: str):
    """What is in force on a queue, from its arguments or its policy."""
    arguments, policy = queue.get("arguments", {}), queue.get("effective_policy_definition") or {}
    return arguments.get(key, policy.get(key.removeprefix("x-")))


def _vhosts(name: str, data: dict, node: Node, findings) -> None:
    for vhost in data.get("vhosts", []):
        found = node.api("GET", f"vhosts/{quoted(vhost['name'])}")
        for key in ("default_queue_type", "description", "tags"):
            declared = vhost.get(key, vhost.get("metadata", {}).get(key))
            if declared:
                findings.same(name, f"vhost {vhost['name']} {key}", declared, found.get(key, found.get("metadata", {}).get(key)))


_CAPABILITIES = {}


def capabilities(node: Node) -> dict:
    """What the node's queue types declare: their arguments, and the policies without effect on them."""
    if id(node) not in _CAPABILITIES:
        answer = node.eval(
            "rabbit_json:encode(maps:from_list([{N, maps:map(fun(_, L) -> [if is_binary(X) -> X; "
            "true -> atom_to_binary(X) end || X <- L] end, maps:with([queue_arguments, unsupported_policies], M:capabilities()))} || "
            "{N, M} <- [{classic, rabbit_classic_queue}, {quorum, rabbit_quorum_queue}, {stream, rabbit_stream_queue}]]))"
        )
        _CAPABILITIES[id(node)] = {kind: {what: set(names) for what, names in of.items()} for kind, of in json.loads(answer).items()}
    return _CAPABILITIES[id(node)]


def _quietly(node: Node, method: str, path: str, body=None) -> None:
    # A node that has hundreds of queues to delete may end the call first, and goes on with the work.
    for _ in range(5):
        try:
            node.api(method, path, body)
            return
        except Refused as error:
            if error.code == 404:
                return
            time.sleep(0.3)
        except (ConnectionError, TimeoutError):
            time.sleep(2)
