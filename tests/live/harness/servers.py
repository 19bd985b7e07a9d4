"""Processes that the harness starts, and their end.

Every process is started here, on loopback and on ports that were free, and stopped by its process id: when it is no longer
needed, when the harness ends, and when the harness is interrupted or terminated.
"""

import atexit
import ctypes
import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

_PDEATHSIG = 1


def free_ports(count: int) -> list:
    """Ports that nobody uses; all are held until all are found, so none is given twice."""
    held = []
    try:
        for _ in range(count):
            one = socket.socket()
            one.bind(("127.0.0.1", 0))
            held.append(one)
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def answers(port: int) -> bool:
    """Whether something listens on this port of loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def tail(path: Path, lines: int = 15) -> str:
    """The end of a log, for a message."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"


def essence(output: str, characters: int = 500) -> str:
    """What a program said, without the places in its code."""
    lines = [line for line in output.strip().splitlines() if not line.lstrip().startswith("at ")]
    return "\n".join(lines)[-characters:]


class Runs:
    """What can be started, stopped and purged, and says whether it is alive."""

    @contextmanager
    def running(self, keep: bool = False):
        """Has it run as long as the block does; its logs stay where the block failed."""
        if not self.alive():
            self.start()
        try:
            yield self
        except BaseException:
            keep = True
            raise
        finally:
            self.stop()
            if not keep:
                self.purge()


class Server:
    """One process that runs until it is stopped."""

    def __init__(self, command, log: Path, env=None, cwd=None, inner: bool = False):
        self.log = log
        self._inner = inner
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=env, cwd=cwd,
                preexec_fn=_die_with_parent, start_new_session=True,
            )
        _RUNNING.append(self)

    @property
    def pid(self) -> int:
        """The process that takes signals: in a namespace of its own it is the child."""
        if self._inner:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            found = children.read_text().split() if children.exists() else []
            if found:
                return int(found[0])
        return self.process.pid

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def wait_for(self, ready, seconds: float, what: str) -> None:
        """Waits until `ready()`; raises with the end of the log when it dies or takes too long."""
        end = time.monotonic() + seconds
        while not ready():
            if not self.alive():
                raise RuntimeError(f"{what} ended while it started:\n{tail(self.log)}")
            if time.monotonic() > end:
                raise RuntimeError(f"{what} did not answer within {seconds:.0f} s:\n{tail(self.log)}")
            time.sleep(0.1)

    def ask_to_end(self) -> None:
        """Asks it to end and does not wait."""
        if self.alive():
            self._signal(signal.SIGTERM)

    def stop(self, seconds: float = 30, kill: bool = False) -> None:
        """Asks it to end, and ends it when it does not."""
        if self.alive():
            self._signal(signal.SIGKILL if kill else signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self.process.kill()
                self.process.wait(10)
        if self in _RUNNING:
            _RUNNING.remove(self)

    def _signal(self, number: int) -> None:
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass


_RUNNING = []


def _die_with_parent() -> None:
    # Whatever happens to the harness, even SIGKILL, its servers go with it.
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)


def stop_all() -> None:
    """Stops everything that still runs, the youngest first."""
    for server in reversed(list(_RUNNING)):
        try:
            server.stop(seconds=10)
        except (OSError, subprocess.SubprocessError):
            pass


def stop_all_on_exit() -> None:
    """Has everything stopped on every way out: the end, an exception, SIGINT, SIGTERM, SIGHUP."""
    atexit.register(stop_all)

    def leave(number, _frame):
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
