"""Drives a rendered Kafka starter kit against a real broker: restarts, kills, poison, rebalances, stops.

run() takes the folder of a kit as brokerfit writes it, starts its own producer.py and stream.py (only
handler.py is replaced) and checks what comes out: nothing is lost, and where the kit promises once,
nothing counts twice. Needs the standard library and confluent-kafka. It starts processes and ends
those alone; the broker is restarted by the caller's function.

    results = run(kit_dir, "127.0.0.1:9092", restart_broker, log=print)
"""

import collections
import glob
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigEntry, AlterConfigOpType, ConfigResource, NewTopic, ResourceType

HANDLER = '''
import json, os, threading

class Transient(Exception):
    pass

tries = {}
lock = threading.Lock()

def judge(message):
    body = json.loads(message.value())
    if body.get("poison"):
        raise ValueError("poison " + str(body["id"]))
    with lock:
        tries[body["id"]] = seen = tries.get(body["id"], 0) + 1
    if seen <= body.get("transient", 0):
        raise Transient("not yet " + str(body["id"]))
    return body

def note(body):
    line = json.dumps({"id": body["id"], "key": body["key"], "n": body["n"]}) + "\\n"
    file = os.open(os.path.join(os.environ["EFFECTS"], "effects.log"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, line.encode())
    os.close(file)
'''
PLAIN = '''
def handle(message):
    note(judge(message))
'''
RESULTS = '''
def handle(message):
    body = judge(message)
    return [(message.key(), json.dumps(body).encode())]
'''
ONCE = '''
def prepare(db):
    db.execute("CREATE TABLE IF NOT EXISTS effect (id TEXT, key TEXT, n INTEGER)")

def handle(message, db):
    body = judge(message)
    db.execute("INSERT INTO effect VALUES (?, ?, ?)", (body["id"], body["key"], body["n"]))
'''
KEYS = 20
HEADERS = {"topic", "partition", "offset", "timestamp", "group", "exception", "reason", "tries", "at"}


class Kit:
    """A copy of the kit with a handler for the test, its processes, and what is known of its promise."""

    def __init__(self, kit_dir, bootstrap, log):
        self.bootstrap, self.log = bootstrap, log
        self.dir = tempfile.mkdtemp(prefix="kit-")
        for path in glob.glob(os.path.join(kit_dir, "*.py")):
            shutil.copy(path, self.dir)
        source = open(os.path.join(self.dir, "stream.py"), encoding="utf-8").read()
        spec = importlib.util.spec_from_file_location("kit_client", os.path.join(self.dir, "client.py"))
        self.client = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.client)
        self.share = "ShareConsumer(" in source
        self.transactions = "send_offsets_to_transaction" in source
        self.once = os.path.exists(os.path.join(self.dir, "store.py"))
        self.may_lose = "commit_before" in source
        self.ordered = not self.share and "ordering.scope none" not in source
        self.results = hasattr(self.client, "OUT")
        self.units = "publish_unit" in open(os.path.join(self.dir, "producer.py"), encoding="utf-8").read()
        self.exactly = self.transactions or self.once
        with open(os.path.join(self.dir, "handler.py"), "w", encoding="utf-8") as file:
            file.write(HANDLER + (ONCE if self.once else RESULTS if self.results else PLAIN))
        self.processes = []
        self.sent = {}  # id -> body of every message whose producer ended well
        self.sequence = collections.Counter()
        self.numbers = 0
        self.doubtful = set()
        self.run = os.urandom(3).hex()  # tells this run's messages from those of an earlier one

    def environment(self, instance):
        return {
            **os.environ,
            "BOOTSTRAP_SERVERS": self.bootstrap,
            "INSTANCE": str(instance),
            "EFFECTS": self.dir,
            "STORE": os.path.join(self.dir, "store.sqlite"),
            "RETRIES": "3",
            "RETRY_FIRST_S": "0.05",
            "RETRY_S": "0.05",
            "REPORT_S": "5",
            "PYTHONUNBUFFERED": "1",
        }

    def stream(self, instance):
        """Start one instance of the stream."""
        out = open(os.path.join(self.dir, f"stream-{instance}.log"), "a", encoding="utf-8")
        process = subprocess.Popen([sys.executable, "stream.py"], cwd=self.dir, env=self.environment(instance), stdout=out, stderr=out)
        process.log_name = out.name
        out.close()
        self.processes.append(process)
        return process

    def stop(self, process, within=60):
        """SIGTERM must end it in order."""
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the stream did not stop within {within} s after SIGTERM; {tail(process.log_name)}") from None
        assert code == 0, f"the stream ended with {code} after SIGTERM; {tail(process.log_name)}"

    def messages(self, phase, count, **marks):
        """Bodies with running numbers for each key."""
        for _ in range(count):
            self.numbers += 1
            key = f"k{self.numbers % KEYS}"
            self.sequence[key] += 1
            yield {"id": f"{self.run}-{phase}-{self.numbers}", "key": key, "n": self.sequence[key], **marks}

    def produce(self, bodies, rate):
        """Publish by the kit's producer, at about `rate` a second; gives a function that waits for its end."""
        path = os.path.join(self.dir, "producer.log")
        out = open(path, "a", encoding="utf-8")
        process = subprocess.Popen([sys.executable, "producer.py"], cwd=self.dir, env=self.environment(1), stdin=subprocess.PIPE, stdout=out, stderr=out)
        out.close()
        self.processes.append(process)
        bodies, log = list(bodies), self.log

        def feed():
            try:
                write()
            except BrokenPipeError:
                log("producer.py ended before its input did")

        def write():
            started = time.monotonic()
            for index, body in enumerate(bodies):
                process.stdin.write(f"{body['key']}\t{json.dumps(body)}\n".encode())
                if self.units and index % 10 == 9:
                    process.stdin.write(b"\n")
                if index % 20 == 19:
                    process.stdin.flush()
                    time.sleep(max(0, started + index / rate - time.monotonic()))
            process.stdin.close()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()

        def finish():
            code = process.wait(len(bodies) / rate + 400)
            if self.may_lose and code != 0:
                self.doubtful.update(body["id"] for body in bodies)
            else:
                assert code == 0, f"producer.py ended with {code}; {tail(path)}"
            self.sent.update((body["id"], body) for body in bodies)

        return finish

    def outcome(self):
        """What was handled so far: a list of bodies, in the order of the topic, file or table."""
        if self.once:
            import sqlite3

            path = os.path.join(self.dir, "store.sqlite")
            if not os.path.exists(path):
                return []
            db = sqlite3.connect(path, timeout=30)
            try:
                rows = db.execute("SELECT id, key, n FROM effect ORDER BY rowid").fetchall()
            except sqlite3.OperationalError:
                rows = []
            db.close()
            return [dict(zip(("id", "key", "n"), row)) for row in rows]
        if self.results:
            return [json.loads(m.value()) for m in read_all(self.bootstrap, self.client.OUT)]
        path = os.path.join(self.dir, "effects.log")
        return [json.loads(line) for line in open(path, encoding="utf-8")] if os.path.exists(path) else []

    def wait_for(self, ids, seconds, what):
        """Wait until all ids are among the handled ones or the dead letters."""
        ids, until, before = set(ids), time.monotonic() + seconds, None
        while True:
            seen = {body["id"] for body in self.outcome()}
            seen |= {json.loads(m.value())["id"] for m in read_all(self.bootstrap, self.client.DEAD_LETTER)}
            missing = ids - seen
            if not missing:
                return
            if before is not None and len(missing) < before:
                until = time.monotonic() + seconds
            before = len(missing)
            if time.monotonic() > until:
                if self.may_lose:
                    self.log(f"{what}: {len(missing)} of {len(ids)} lost, which at-most-once allows")
                    return
                logs = [tail(path) for path in glob.glob(os.path.join(self.dir, "stream-*.log"))]
                raise AssertionError(f"{what}: {len(missing)} of {len(ids)} messages lost, e.g. {sorted(missing)[:5]}; {logs}")
            time.sleep(1)

    def end(self):
        """End what is still running."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()


def tail(path):
    """The last lines of a log."""
    return path + ": " + " | ".join(open(path, encoding="utf-8").read().splitlines()[-6:])


def read_all(bootstrap, topic):
    """All committed records of a topic, from the start to the end as it is now."""
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "kit-check", "isolation.level": "read_committed",
                         "enable.auto.commit": False, "auto.offset.reset": "earliest", "enable.partition.eof": True, "log_level": 0})
    try:
        partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
        consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
        left, found = set(partitions), []
        until = time.monotonic() + 60
        while left and time.monotonic() < until:
            message = consumer.poll(1)
            if message is None:
                continue
            if message.error():
                if message.error().name() == "_PARTITION_EOF":
                    left.discard(message.partition())
                continue
            found.append(message)
        return sorted(found, key=lambda m: (m.partition(), m.offset()))
    finally:
        consumer.close()


def prepare(kit, log):
    """Topics that do not exist are made with one copy; a share group must start at the beginning."""
    admin = AdminClient({"bootstrap.servers": kit.bootstrap})
    there = admin.list_topics(timeout=30).topics
    wanted = {kit.client.TOPIC: 6, kit.client.DEAD_LETTER: 1, **({kit.client.OUT: 6} if kit.results else {})}
    new = []
    for topic, partitions in wanted.items():
        if topic not in there:
            extra = {"errors.deadletterqueue.group.enable": "true"} if topic.startswith("dlq.") else {}
            new.append(NewTopic(topic, partitions, 1, config=extra))
    if new:
        for topic, future in admin.create_topics(new).items():
            future.result(30)
            log(f"made {topic}, which was not there")
    if kit.share:
        group = ConfigResource(ResourceType.GROUP, kit.client.GROUP) if hasattr(ResourceType, "GROUP") else None
        if group:
            group.add_incremental_config(ConfigEntry("share.auto.offset.reset", "earliest", incremental_operation=AlterConfigOpType.SET))
            for future in admin.incremental_alter_configs([group]).values():
                future.result(30)


def check(kit, results):
    """Nothing lost, nothing doubled where once is promised, order kept where it is promised."""
    handled = kit.outcome()
    dead = read_all(kit.bootstrap, kit.client.DEAD_LETTER)
    mine = kit.sent
    times = collections.Counter(body["id"] for body in handled if body["id"] in mine)
    letters = collections.Counter()
    for message in dead:
        body = json.loads(message.value())
        if body["id"] not in mine:
            continue
        letters[body["id"]] += 1
        headers = {name.removeprefix("dead-letter."): value.decode() for name, value in message.headers() or [] if name.startswith("dead-letter.")}
        assert HEADERS <= set(headers), f"a dead letter lacks the headers {HEADERS - set(headers)}"
        assert headers["topic"] == kit.client.TOPIC, f"a dead letter names the topic {headers['topic']}"
        wanted = "ValueError" if body.get("poison") else ("Transient", "DeliveryLimit")
        assert headers["exception"] in wanted, f"{body['id']} is a dead letter for {headers['exception']}: {headers['reason']}"
    lost = [name for name in mine if name not in times and name not in letters and name not in kit.doubtful]
    twice = [name for name, count in times.items() if count > 1]
    twice_dead = [name for name, count in letters.items() if count > 1]
    results.update(sent=len(mine), handled=len(times), dead_letters=len(letters), lost=len(lost), doubled=len(twice), doubled_dead_letters=len(twice_dead))
    if not kit.may_lose:
        assert not lost, f"{len(lost)} messages lost, e.g. {lost[:5]}"
        for name, body in mine.items():
            if body.get("poison") or body.get("transient", 0) > 100:
                assert name in letters and name not in times, f"{name} should be a dead letter and nothing else"
            else:
                assert name in times, f"{name} was not handled but put aside"
    if kit.exactly or kit.may_lose:
        assert not twice, f"{len(twice)} messages counted twice, e.g. {twice[:5]}"
    if kit.transactions:
        assert not twice_dead, f"{len(twice_dead)} dead letters doubled, e.g. {twice_dead[:5]}"
    if kit.ordered:
        last = {}
        seen = set()
        for body in handled:
            if body["id"] in seen or body["id"] not in mine:
                continue
            seen.add(body["id"])
            assert body["n"] > last.get(body["key"], 0), f"order of {body['key']} broken: {body['n']} after {last[body['key']]}"
            last[body["key"]] = body["n"]


def run(kit_dir, bootstrap, restart_broker, log=print, rate=300, scale=1.0, only=None, patience=180):
    """Run the scenarios (all, or those named by `only`) on one kit.

    `rate` is messages a second, `scale` shortens the phases, `patience` is how many seconds may pass
    without progress after a phase's last message was sent. Gives counts and seconds; raises
    AssertionError on loss or duplication.
    """
    kit, results = Kit(kit_dir, bootstrap, log), {}
    log(f"kit {kit.client.TOPIC}: " + ", ".join(name for name in ("share", "transactions", "once", "may_lose", "results", "ordered", "units") if getattr(kit, name)))
    started = time.monotonic()

    def phase(name, count, action=None, **marks):
        if only and name not in only:
            return
        begun = time.monotonic()
        bodies = list(kit.messages(name, max(int(count * scale), 5), **marks))
        finish = kit.produce(bodies, rate)
        if action:
            action()
        finish()
        kit.wait_for((body["id"] for body in bodies), 20 if kit.may_lose else patience, name)
        results[name] = f"{len(bodies)} messages, {time.monotonic() - begun:.1f} s"
        log(f"{name}: {results[name]}")

    def restart():
        time.sleep(2)
        restart_broker()

    def kill():
        time.sleep(2)
        streams[0].kill()
        streams[0].wait()
        time.sleep(1)
        streams[0] = kit.stream(1)

    def rebalance():
        time.sleep(1)
        third = kit.stream(3)
        time.sleep(max(4, 8 * scale))
        kit.stop(third)

    try:
        prepare(kit, log)
        streams = [kit.stream(1), kit.stream(2)]
        time.sleep(6 if kit.share or kit.may_lose else 0)
        phase("steady", 1000)
        phase("failing", 10, poison=True)
        phase("flaky", 20, transient=2)
        phase("hopeless", 3, transient=1000)
        phase("rebalance", 3000, rebalance)
        phase("kill", 2000, kill)
        phase("restart", 3000, restart)
        for process in streams:
            assert process.poll() is None, f"a stream ended by itself with {process.poll()}; {tail(process.log_name)}"
            kit.stop(process)
        check(kit, results)
        results["seconds"] = round(time.monotonic() - started, 1)
        shutil.rmtree(kit.dir)
        return results
    except KafkaException as error:
        raise AssertionError(f"the check could not read the broker: {error}") from error
    finally:
        kit.end()
