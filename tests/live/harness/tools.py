"""Kafka's command-line tools under their own names, for scripts that call them.

Each name is a small program that hands its arguments to the harness and prints the answer. The harness runs the tool's own
class in a Java process that stays, which saves a start of Java for each call, and keeps a list of the calls.
"""

import json
import os
import shutil
import socketserver
import sys
import tempfile
import threading
from pathlib import Path

from .servers import essence

_SHIM = """#!{python} -IS
import json, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect({door!r})
with door.makefile("rw") as talk:
    talk.write(json.dumps([{name!r}, sys.argv[1:]]) + "\\n")
    talk.flush()
    code, said = json.loads(talk.readline())
(sys.stdout if code == 0 else sys.stderr).write(said)
sys.exit(code)
"""


class Tools:
    """Programs in a folder for PATH, as long as the harness runs."""

    def __init__(self, classes: dict):
        """`classes` maps a tool's name to the probe that runs it and the class that it is."""
        self.calls = []
        self._classes = classes
        self._home = Path(tempfile.mkdtemp(prefix="live-tools-"))
        self.folder = self._home / "bin"
        self.folder.mkdir()
        self._serve()
        for name in classes:
            for spelling in (name, f"{name}.sh"):
                shim = self.folder / spelling
                shim.write_text(_SHIM.format(python=sys.executable, door=str(self._home / "door"), name=name))
                shim.chmod(0o755)

    def environment(self, **variables: str) -> dict:
        """An environment in which the tools are found by their names."""
        return {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", **variables}

    def run(self, name: str, *arguments: str) -> str:
        """Runs one tool; gives what it said, raises where it failed."""
        code, said = self._answer(name, list(arguments))
        if code != 0:
            raise RuntimeError(f"{name}: {essence(said)}")
        return said

    def close(self) -> None:
        """Removes the programs."""
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _answer(self, name: str, arguments: list) -> tuple:
        self.calls.append((name, arguments))
        probe, entry = self._classes[name]
        answer = probe.ask("tool", **{"class": entry, "arguments": arguments})
        if name == "kafka-topics" and "--create" in arguments and answer["code"] == 0:
            self._settle(probe, arguments)
        return answer["code"], answer["out"]

    def _settle(self, probe, arguments: list) -> None:
        # As a process, the next tool would take a second to start, in which every broker hears of the topic.
        options = dict(zip(arguments, arguments[1:]))
        for broker in options["--bootstrap-server"].split(","):
            probe.ask("topics", bootstrap=broker, names=[options["--topic"]])

    def _serve(self) -> None:
        tools = self

        class Call(socketserver.StreamRequestHandler):
            def handle(self):
                name, arguments = json.loads(self.rfile.readline())
                try:
                    answer = tools._answer(name, arguments)
                except Exception as error:  # the caller must hear of it, whatever it was
                    answer = (70, f"{type(error).__name__}: {error}\n")
                self.wfile.write((json.dumps(answer) + "\n").encode())

        class Door(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        self._server = Door(str(self._home / "door"), Call)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
