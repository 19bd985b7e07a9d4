"""Drive the RabbitMQ starter kit against a real broker: restarts, kills, poison, failures, a graceful stop.

`run` takes a directory with the files of one kit, whose definitions.json the broker has loaded already, and
a way to restart the broker. It raises AssertionError where a message was lost, where one was handled twice
although the kit keeps a store against that, where order broke, or where a dead letter is missing.
Needs the Python standard library and pika.
"""
from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pika

HANDLER = '''
import os, sqlite3, threading, time
from flow import Permanent, Transient
TABLES = "CREATE TABLE IF NOT EXISTS effect (id INTEGER PRIMARY KEY, n INTEGER, k TEXT, at REAL);"
_local = threading.local()

def _own():
    if not hasattr(_local, "db"):
        _local.db = sqlite3.connect(os.environ["PROBE_DB"], timeout=30, isolation_level=None)
        _local.db.execute("PRAGMA journal_mode = WAL")
        _local.db.execute("PRAGMA synchronous = NORMAL")
        _local.db.executescript(TABLES + "CREATE TABLE IF NOT EXISTS attempt (n INTEGER, at REAL);")
    return _local.db

def handle(message, transaction=None):
    body = message.body
    n, kind = body["n"], body["kind"]
    before = _own().execute("SELECT count(*) FROM attempt WHERE n = ?", (n,)).fetchone()[0] if kind == "flaky" else 0
    _own().execute("INSERT INTO attempt VALUES (?, ?)", (n, time.time()))
    if kind == "poison":
        raise Permanent("poison")
    if kind == "flaky" and before < 1:
        raise Transient("away")
    if kind == "bug" and before < 1:
        raise KeyError("bug")
    time.sleep(body.get("sleep", 0.001))
    row = (n, body.get("k"), time.time())
    if transaction is None:
        _own().execute("INSERT INTO effect (n, k, at) VALUES (?, ?, ?)", row)
    else:
        with transaction() as database:
            database.execute("INSERT INTO effect (n, k, at) VALUES (?, ?, ?)", row)
    return {"n": n}
'''

PUBLISH = '''
import json, sys, threading, time
from publisher import Publisher
start, count, rate, kind, sleep, twice = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], float(sys.argv[5]), sys.argv[6] == "twice"
lock = threading.Lock()
def done(n):
    def tell(future):
        with lock:
            print(json.dumps({"n": n, "ok": future.exception() is None, "error": str(future.exception() or "")}), flush=True)
    return tell
with Publisher() as publisher:
    begin = time.monotonic()
    for i in range(count):
        time.sleep(max(0, begin + i / rate - time.monotonic()))
        n = start + i
        k = f"k{n % 40}"
        for _ in range(2 if twice and n % 10 == 0 else 1):
            publisher.publish({"n": n, "kind": kind, "k": k, "sleep": sleep}, key=k, message_id=f"probe-{n}", patience=400).add_done_callback(done(n))
'''

PUBLISH_PLAIN_KEY = PUBLISH.replace("key=k, ", "")

ASK = '''
import json, sys, time
from publisher import Requester
count = int(sys.argv[1])
requester = Requester()
for n in range(count):
    try:
        answer = requester.ask({"n": n, "kind": "plain", "k": "k"}, patience=3)
        ok = answer.get("n") == n
    except Exception as error:
        ok, answer = False, f"{type(error).__name__}: {error}"
    print(json.dumps({"n": n, "ok": ok, "answer": answer}), flush=True)
    time.sleep(0.005)
requester.close(patience=2)
'''


class Kit:
    """One kit with its probe: a handler that notes what it does, and publishers that note what was confirmed."""

    def __init__(self, kit_dir: str, port: int, user: str, password: str, log) -> None:
        self.dir, self.log = Path(kit_dir).resolve(), log
        self.work = Path(tempfile.mkdtemp(prefix="kit-rabbitmq-"))
        (self.work / "probe.py").write_text(HANDLER)
        secret = self.work / "password"
        secret.write_text(password)
        text = (self.dir / "flow.py").read_text()
        self.flow = re.search(r"^FLOW = ['\"](.+)['\"]", text, re.M)[1]
        self.groups = int(re.search(r"^GROUPS = (\d+)", text, re.M)[1])
        self.partitions = int(re.search(r"^PARTITIONS = (\d+)", text, re.M)[1])
        self.stream = "OPTION = 'stream'" in text or 'OPTION = "stream"' in text
        self.ordered = bool(re.search(r"^ORDERED = True", text, re.M))
        worker, publisher = (self.dir / "worker.py").read_text(), (self.dir / "publisher.py").read_text()
        self.no_ack = "auto_ack=True" in worker
        self.may_lose = self.no_ack or "confirm_delivery" not in publisher
        self.reply = "class Requester" in publisher
        self.stored = (self.dir / "store.py").exists()
        self.once = self.stored and "done_message" in (self.dir / "store.py").read_text()
        # a key that is no routing pattern: with a direct exchange the flow's own key is the bound one
        self.keyed = "a key is needed" in publisher or "topic" in re.findall(r"^EXCHANGE_TYPE = '(\w+)'", text, re.M)
        definitions = json.loads((self.dir / "definitions.json").read_text())
        self.queues = [q["name"] for q in definitions["queues"]]
        policies = [p["definition"] for p in definitions.get("policies", [])]
        self.delay = max([p.get("delayed-retry-min", 0) for p in policies] + [p.get("message-ttl", 0) for p in policies if p.get("dead-letter-exchange") == ""] + [0]) / 1000
        self.env = {
            **os.environ,
            "PYTHONPATH": f"{self.dir}{os.pathsep}{self.work}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "AMQP_HOSTS": f"127.0.0.1:{port}",
            "AMQP_USER": user,
            "AMQP_PASSWORD_FILE": str(secret),
            "AMQP_VHOST": "/",
            "HANDLER": "probe:handle",
            "WORKER_GROUP": "1",
            "STORE": str(self.work / "store.sqlite"),
            "PROBE_DB": str(self.work / "probe.sqlite"),
        }
        self.parameters = pika.ConnectionParameters("127.0.0.1", port, "/", pika.PlainCredentials(user, password), heartbeat=30)
        self.processes: list[subprocess.Popen] = []
        self.next = 0

    # --- processes ---

    def spawn(self, arguments: list[str], name: str, **more) -> subprocess.Popen:
        with open(self.work / f"{name}.log", "a") as errors:
            process = subprocess.Popen([sys.executable, *arguments], env={**self.env, **more}, cwd=self.work, stdout=subprocess.PIPE if name != "worker" else errors, stderr=errors, text=True)
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen:
        return self.spawn([str(self.dir / "worker.py")], "worker")

    def publish(self, count: int, rate: float, kind: str = "plain", sleep: float = 0.001, twice: bool = False) -> tuple[subprocess.Popen, range]:
        start, self.next = self.next, self.next + count
        code = PUBLISH if self.keyed else PUBLISH_PLAIN_KEY
        process = self.spawn(["-c", code, str(start), str(count), str(rate), kind, str(sleep), "twice" if twice else "once"], "publisher")
        return process, range(start, start + count)

    def confirmed(self, process: subprocess.Popen, timeout: float = 600) -> set[int]:
        out, _ = process.communicate(timeout=timeout)
        rows = [json.loads(line) for line in out.splitlines()]
        failed = [row for row in rows if not row["ok"]]
        if not self.may_lose:
            assert not failed, f"{self.flow}: {len(failed)} messages were not confirmed, first {failed[:2]}"
            assert process.returncode == 0, f"{self.flow}: the publisher failed; see {self.work}/publisher.log"
        return {row["n"] for row in rows if row["ok"]}

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()

    # --- what happened ---

    def effects(self) -> list[tuple[int, str]]:
        path = self.env["STORE"] if self.stored else self.env["PROBE_DB"]
        if not os.path.exists(path):
            return []
        database = sqlite3.connect(path, timeout=30)
        try:
            return database.execute("SELECT n, k FROM effect ORDER BY id").fetchall()
        except sqlite3.OperationalError:
            return []
        finally:
            database.close()

    def attempts(self) -> list[int]:
        if not os.path.exists(self.env["PROBE_DB"]):
            return []
        database = sqlite3.connect(self.env["PROBE_DB"], timeout=30)
        try:
            return [n for (n,) in database.execute("SELECT n FROM attempt")]
        except sqlite3.OperationalError:
            return []
        finally:
            database.close()

    def wait_for(self, wanted: set[int], timeout: float, what: str) -> None:
        end = time.monotonic() + timeout
        while True:
            missing = wanted - {n for n, _ in self.effects()}
            if not missing:
                return
            if time.monotonic() > end:
                raise AssertionError(f"{self.flow}: {what}: {len(missing)} of {len(wanted)} messages were lost or not handled in {timeout:.0f} s, for example {sorted(missing)[:5]}; logs in {self.work}")
            time.sleep(0.3)

    def check_repeats(self, what: str) -> int:
        numbers = [n for n, _ in self.effects()]
        repeats = len(numbers) - len(set(numbers))
        if self.once:
            assert repeats == 0, f"{self.flow}: {what}: {repeats} messages had their effect twice although the kit keeps message ids"
        return repeats

    def check_order(self, what: str) -> None:
        if not self.ordered:
            return
        last: dict[str, int] = {}
        seen: set[int] = set()
        for n, key in self.effects():
            if n in seen:
                continue
            seen.add(n)
            assert n > last.get(key, -1), f"{self.flow}: {what}: key {key} saw {n} after {last[key]}"
            last[key] = n

    def count(self, queue: str) -> int:
        connection = pika.BlockingConnection(self.parameters)
        try:
            return connection.channel().queue_declare(queue, passive=True).method.message_count
        finally:
            connection.close()

    def take(self, queue: str) -> list[int]:
        connection = pika.BlockingConnection(self.parameters)
        channel, found = connection.channel(), []
        while True:
            method, _, body = channel.basic_get(queue, auto_ack=True)
            if method is None:
                connection.close()
                return found
            found.append(json.loads(body)["n"])

    def empty_others(self) -> None:
        """Groups without a worker here would fill their queues."""
        connection = pika.BlockingConnection(self.parameters)
        channel = connection.channel()
        for queue in self.queues:
            if re.search(r"\.group-(?!1(-|$))", queue):
                channel.queue_purge(queue)
        connection.close()


def stop(process: subprocess.Popen, timeout: float) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=timeout)


def restarts(kit: Kit, restart_broker) -> dict:
    """A broker restart while messages are published and handled."""
    worker = kit.worker()
    publisher, _ = kit.publish(1500, 150, twice=kit.once)
    time.sleep(4)
    restart_broker()
    sent = kit.confirmed(publisher)
    if kit.may_lose:
        time.sleep(5)
        publisher, _ = kit.publish(50, 100)
        sent = kit.confirmed(publisher)
    kit.wait_for(sent, 240, "broker restart")
    kit.check_order("broker restart")
    result = {"published": len(sent), "repeats": kit.check_repeats("broker restart")}
    stop(worker, 30)
    return result


def kills(kit: Kit, _restart) -> dict:
    """A worker killed without warning, twice, while messages come."""
    if kit.no_ack:
        return {"skipped": "without acknowledgements what a killed worker held is gone"}
    worker = kit.worker()
    publisher, _ = kit.publish(1500, 250, twice=kit.once)
    for _ in range(2):
        time.sleep(2.5)
        worker.kill()
        worker.wait()
        worker = kit.worker()
    sent = kit.confirmed(publisher)
    kit.wait_for(sent, 240, "worker killed")
    kit.check_order("worker killed")
    result = {"published": len(sent), "repeats": kit.check_repeats("worker killed")}
    stop(worker, 30)
    return result


def poison(kit: Kit, _restart) -> dict:
    """Messages that can never work, among good ones."""
    dead_letters = f"{kit.flow}.dead-letter"
    if dead_letters not in kit.queues:
        return {"skipped": "the flow keeps no dead letters"}
    kit.take(dead_letters)
    worker = kit.worker()
    bad, numbers = kit.publish(20, 100, kind="poison")
    good, _ = kit.publish(100, 100)
    kit.confirmed(bad)
    kit.wait_for(kit.confirmed(good), 60, "good messages among poison")
    end = time.monotonic() + 60
    found: list[int] = []
    while set(found) != set(numbers):
        assert time.monotonic() < end, f"{kit.flow}: of {len(numbers)} poison messages {len(set(found))} became dead letters; logs in {kit.work}"
        time.sleep(0.5)
        found += kit.take(dead_letters)
    stop(worker, 30)
    return {"dead": len(found)}


def failures(kit: Kit, _restart) -> dict:
    """Messages that fail once and work then, and code that breaks once."""
    if kit.no_ack:
        return {"skipped": "nothing is tried again without acknowledgements"}
    if kit.delay > 60:
        return {"skipped": f"a retry waits {kit.delay:.0f} s"}
    worker = kit.worker()
    flaky, _ = kit.publish(30, 100, kind="flaky")
    plain, _ = kit.publish(60, 100)
    wanted = kit.confirmed(flaky) | kit.confirmed(plain)
    kit.wait_for(wanted, 60 + 3 * kit.delay, "transient failures")
    result = {"published": len(wanted), "repeats": kit.check_repeats("transient failures")}
    stop(worker, 30)
    return result


def graceful(kit: Kit, _restart) -> dict:
    """SIGTERM in the middle of slow work: what was begun is finished, and the rest waits for the next worker."""
    worker = kit.worker()
    time.sleep(1)
    publisher, numbers = kit.publish(12, 100, sleep=1.5)
    sent = kit.confirmed(publisher)
    end = time.monotonic() + 20
    while not set(kit.attempts()) & set(numbers):
        assert time.monotonic() < end, f"{kit.flow}: no slow message was begun; logs in {kit.work}"
        time.sleep(0.1)
    begun_at = time.monotonic()
    code = stop(worker, 60)
    took = time.monotonic() - begun_at
    assert code == 0, f"{kit.flow}: the worker ended with {code} after SIGTERM; logs in {kit.work}"
    begun = set(kit.attempts()) & set(numbers)
    unfinished = begun - {n for n, _ in kit.effects()}
    assert not unfinished, f"{kit.flow}: {len(unfinished)} of {len(begun)} messages were cut off by a graceful stop; logs in {kit.work}"
    result = {"begun": len(begun), "seconds": round(took, 1)}
    if not kit.no_ack:
        worker = kit.worker()
        kit.wait_for(sent, 60, "graceful stop")
        kit.check_repeats("graceful stop")
        stop(worker, 30)
    return result


def answers(kit: Kit, restart_broker) -> dict:
    """Questions and answers; a restart may cost some, and then they come again."""
    worker = kit.worker()
    time.sleep(1.5)
    calm = kit.spawn(["-c", ASK, "300"], "publisher")
    rows = [json.loads(line) for line in calm.communicate(timeout=120)[0].splitlines()]
    bad = [row for row in rows if not row["ok"]]
    assert len(rows) == 300 and not bad, f"{kit.flow}: {len(bad)} of {len(rows)} questions had no right answer: {bad[:3]}; logs in {kit.work}"
    asking = kit.spawn(["-c", ASK, "1500"], "publisher")
    time.sleep(2)
    restart_broker()
    rows = [json.loads(line) for line in asking.communicate(timeout=600)[0].splitlines()]
    assert len(rows) == 1500 and all(row["ok"] for row in rows[-100:]), f"{kit.flow}: no answers after a restart: {rows[-3:]}; logs in {kit.work}"
    stop(worker, 30)
    return {"asked": 1800, "unanswered_during_restart": sum(not row["ok"] for row in rows)}


def run(kit_dir: str, amqp_port: int, user: str, password: str, restart_broker, log=print) -> dict:
    """Run what applies to this kit; returns a dict for each scenario. AssertionError on loss or repeats."""
    kit = Kit(kit_dir, amqp_port, user, password, log)
    scenarios = [answers] if kit.reply else [restarts, kills, poison, failures, graceful]
    results: dict = {}
    try:
        for scenario in scenarios:
            kit.empty_others()
            begin = time.monotonic()
            results[scenario.__name__] = scenario(kit, restart_broker)
            results[scenario.__name__]["took"] = round(time.monotonic() - begin, 1)
            log(f"{kit.flow} {scenario.__name__}: {results[scenario.__name__]}")
    finally:
        kit.end()
    return results
