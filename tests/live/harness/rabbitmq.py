"""RabbitMQ nodes: started from a Debian system in the cache, asked over their own interfaces.

Takes the root of that system and the text of a rabbitmq.conf; gives a running node with its own home, cookie, ports and
process namespace. Only loopback is listened on.
"""

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from .servers import Runs, Server, answers, free_ports

USER, PASSWORD = "harness", "harness-on-loopback"
PLUGINS = ("rabbitmq_management", "rabbitmq_prometheus", "rabbitmq_stream")
# The harness's own lines, read after the exported file: where the node listens, and as whom it is spoken to.
OVERLAY = """listeners.tcp.default = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = {prometheus}
stream.listeners.tcp.default = 127.0.0.1:{stream}
stream.advertised_host = 127.0.0.1
stream.advertised_port = {stream}
"""
# Plugins that listen, too, where a file asks for them.
_LISTENERS = {
    "rabbitmq_mqtt": "mqtt.listeners.tcp.default = 127.0.0.1:{port}\n",
    "rabbitmq_stomp": "stomp.listeners.tcp.default = 127.0.0.1:{port}\n",
    "rabbitmq_web_mqtt": "web_mqtt.tcp.ip = 127.0.0.1\nweb_mqtt.tcp.port = {port}\n",
    "rabbitmq_web_stomp": "web_stomp.tcp.ip = 127.0.0.1\nweb_stomp.tcp.port = {port}\n",
}
_OWN_USER = f"default_user = {USER}\ndefault_pass = {PASSWORD}\n"
_PORTS = ("amqp", "management", "prometheus", "stream", "distribution", "epmd")
# Generous: a busy machine is slow, and only a hang should fail.
_BOOT_SECONDS = 240
_ANSWER_SECONDS = 120


class Node(Runs):
    """One node; it exists from `start` to `stop`, and its data until `purge`."""

    def __init__(self, root: Path, line: str, name: str, conf: str = "", plugins=PLUGINS):
        self.root, self.line, self.name = root, line, name
        self.ports = dict(zip(_PORTS, free_ports(len(_PORTS))))
        self.inside = f"/live/{name}-{self.ports['amqp']}"
        self.home = root / self.inside.lstrip("/")
        self._server = None
        self._lay(conf, plugins)

    @property
    def amqp_port(self) -> int:
        """Where AMQP is spoken."""
        return self.ports["amqp"]

    @property
    def log(self) -> Path:
        """What the node says while it runs."""
        return self.home / "node.log"

    def start(self) -> "Node":
        """Starts it and waits until every listener answers."""
        self._server = Server(self._enter("rabbitmq-server"), self.log, inner=True)
        # The last listener opens only when every plugin has started.
        ports = [self.ports[name] for name in ("amqp", "management", "prometheus", "stream")]
        self._server.wait_for(lambda: all(map(answers, ports)), _BOOT_SECONDS, f"RabbitMQ {self.line}")
        return self

    def stop(self, kill: bool = False) -> None:
        """Stops it; all that it started is in its process namespace and ends with it."""
        if self._server:
            self._server.stop(kill=kill)
            self._server = None

    def restart(self) -> None:
        """Stops it as an operator would and starts it on the same data and ports."""
        self.stop()
        self.start()

    def purge(self) -> None:
        """Removes what it stored."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def alive(self) -> bool:
        """Whether it runs."""
        return self._server is not None and self._server.alive()

    def eval(self, expression: str) -> str:
        """Has the running node evaluate an Erlang expression whose value is a text in UTF-8, and gives the text."""
        # By a file: what erl_call prints of a long value ends in dots.
        answer = self.home / "log" / "answer"
        answer.unlink(missing_ok=True)
        script = f"cd {self.inside} && . ./env && exec /usr/lib/erlang/bin/erl_call -n $RABBITMQ_NODENAME -e"
        asked = f'file:write_file("{self.inside}/log/answer", {expression}).\n'
        done = subprocess.run(enter(self.root, script), input=asked, capture_output=True, text=True, timeout=180)
        if not answer.exists():
            raise RuntimeError(f"the node could not say: {(done.stdout + done.stderr)[:400]}")
        return answer.read_text()

    def api(self, method: str, path: str, body=None):
        """Asks the management API; an answer above 299 is a `Refused`."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['management']}/api/{path}", data=data, method=method,
            headers={"content-type": "application/json",
                     "authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()},
        )
        try:
            with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:
                found = answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read().decode(errors="replace")) from error
        return json.loads(found) if found else None

    def metrics(self, path: str) -> str:
        """What Prometheus would scrape."""
        url = f"http://127.0.0.1:{self.ports['prometheus']}/{path}"
        with urllib.request.urlopen(url, timeout=_ANSWER_SECONDS) as answer:
            return answer.read().decode()

    def _lay(self, conf: str, plugins) -> None:
        for folder in ("data", "log", "conf.d"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "rabbitmq.conf").write_text(conf)
        own = OVERLAY.format(**self.ports) + _OWN_USER
        for plugin, port in zip(_LISTENERS, free_ports(len(_LISTENERS))):
            if plugin in plugins:
                own += _LISTENERS[plugin].format(port=port)
        (self.home / "conf.d" / "90-harness.conf").write_text(own)
        (self.home / "enabled_plugins").write_text(f"[{','.join(plugins)}].\n")
        (self.home / "env").write_text(_environment(self.inside, self.ports))
        hosts = self.root / "etc" / "hosts"
        if not hosts.exists() or "localhost" not in hosts.read_text():
            hosts.write_text("127.0.0.1 localhost\n")
        subprocess.run(["chroot", self.root, "chown", "-R", "rabbitmq:rabbitmq", self.inside], check=True)

    def _enter(self, tool: str, *arguments: str) -> list:
        script = f'cd {self.inside} && . ./env && exec /usr/lib/rabbitmq/bin/{tool} "$@"'
        return enter(self.root, script, arguments, own_processes=tool == "rabbitmq-server")


class Refused(Exception):
    """The node's API said no."""

    def __init__(self, code: int, reason: str):
        super().__init__(f"HTTP {code}: {reason.strip()[:400]}")
        self.code = code


def enter(root: Path, script: str, arguments=(), own_processes: bool = False) -> list:
    """The command that runs a shell script as the broker's user inside that root.

    The mounts are seen by the script alone and vanish with it. With `own_processes`, so does everything it started.
    """
    mounts = 'mount -t proc proc "$1/proc"' if own_processes else 'mount --rbind /proc "$1/proc"'
    setup = f'root=$1; {mounts} && mount --rbind /dev "$1/dev" || exit 1; shift; ' \
            'exec chroot --userspec=rabbitmq:rabbitmq "$root" /bin/sh -c "$@"'
    spaces = ["--mount", "--propagation", "private"] + (["--pid", "--fork", "--kill-child"] if own_processes else [])
    return ["unshare", *spaces, "sh", "-c", setup, "sh", str(root), script, "sh", *arguments]


def _environment(inside: str, ports: dict) -> str:
    return f"""export HOME={inside} LANG=C.UTF-8 PATH=/usr/lib/rabbitmq/bin:/usr/sbin:/usr/bin:/sbin:/bin
export RABBITMQ_NODENAME=live{ports['amqp']}@localhost RABBITMQ_DIST_PORT={ports['distribution']}
export RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT={ports['amqp']}
export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_ADVANCED_CONFIG_FILE={inside}/none.config
export RABBITMQ_CONFIG_FILE={inside}/rabbitmq.conf RABBITMQ_CONFIG_FILES={inside}/conf.d
export RABBITMQ_ENABLED_PLUGINS_FILE={inside}/enabled_plugins
export RABBITMQ_MNESIA_BASE={inside}/data RABBITMQ_LOG_BASE={inside}/log
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {{127,0,0,1}}"
export ERL_EPMD_PORT={ports['epmd']} ERL_EPMD_ADDRESS=127.0.0.1
"""


def quoted(name: str) -> str:
    """A name as one segment of a path of the API."""
    return urllib.parse.quote(name, safe="")
