"""Kafka clusters in KRaft mode, and a Java process that asks them and reads files with their version's own classes.

Takes the text of a server.properties; each node gets it as it is, followed by the few lines in `overlay` that a node on this
machine must have of its own. Only loopback is listened on.
"""

import json
import os
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

from . import readers
from .installs import KAFKA_RELEASES, KAFKA_TOOLS
from .servers import Runs, Server, free_ports, tail
from .tools import Tools

JAVA = Path(__file__).resolve().parents[1] / "java"
# What a node on loopback must have of its own; these keys of a file are parsed, and not compared with the running node.
OWN = ("node.id", "listeners", "advertised.listeners", "controller.quorum.bootstrap.servers", "controller.quorum.voters",
       "log.dirs", "log.dir")
# Generous: a busy machine is slow, and only a hang should fail.
_BOOT_SECONDS = 240
_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.awt.headless=true")
# The collector of Kafka's own start script: what an exporter shows of the heap is named after it.
_EXPORTED = ("-XX:+UseG1GC", *_OPTIONS[1:])
_REMOTE = """remote.log.storage.system.enable=true
remote.log.storage.manager.class.name=NoStorage
remote.log.metadata.manager.listener.name={listener}
rlmm.config.remote.log.metadata.topic.replication.factor=1
rlmm.config.remote.log.metadata.topic.num.partitions=1
"""


class Kafka:
    """One line of Kafka on this machine: its classes, its tools, its probe."""

    def __init__(self, installs, line: str):
        self.line = line
        self.release = KAFKA_RELEASES[line]
        self.tool_release = KAFKA_TOOLS.get(line, self.release)
        self.jars = installs.kafka(line)
        self.tool_jars = installs.kafka_tools(line)
        self.classes = installs.java_classes(JAVA, self.jars, f"kafka-{line}")
        self.home = installs.cache / "run" / f"kafka-{line}"
        self.home.mkdir(parents=True, exist_ok=True)
        self._logging()
        self.probe = Probe(self, self.jars)
        self.client = Probe(self, self.tool_jars)
        self.tools = self._tools()

    def java(self, jars: str, *arguments: str, heap: str = "256m", agent: str = "") -> list:
        """A command that runs Java with these jars."""
        return ["java", f"-Xmx{heap}", *(_EXPORTED if agent else _OPTIONS), *([agent] if agent else []),
                f"-Dlog4j.configuration=file:{self.home}/log4j.properties", f"-Dlog4j2.configurationFile={self.home}/log4j2.properties",
                "-cp", f"{self.classes}:{jars}", *arguments]

    def close(self) -> None:
        """Ends its Java processes."""
        self.tools.close()
        self.probe.close()
        self.client.close()

    def _logging(self) -> None:
        pattern = "%d %p %c: %m%n"
        (self.home / "log4j.properties").write_text(
            "log4j.rootLogger=WARN, E\nlog4j.logger.kafka.server.KafkaRaftServer=INFO\nlog4j.appender.E=org.apache.log4j.ConsoleAppender\n"
            f"log4j.appender.E.Target=System.err\nlog4j.appender.E.layout=org.apache.log4j.PatternLayout\nlog4j.appender.E.layout.ConversionPattern={pattern}\n")
        (self.home / "log4j2.properties").write_text(
            "status=error\nrootLogger.level=warn\nrootLogger.appenderRef.e.ref=E\nlogger.s.name=kafka.server.KafkaRaftServer\nlogger.s.level=info\n"
            f"appender.e.type=Console\nappender.e.name=E\nappender.e.target=SYSTEM_ERR\nappender.e.layout.type=PatternLayout\nappender.e.layout.pattern={pattern}\n")

    def processes(self) -> Path:
        """A folder of the tools that must run beside each other, each a Java process of its own."""
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        for name, entry in self._classes().items():
            command = " ".join(f"'{part}'" for part in self.java(self.tool_jars, entry))
            for spelling in (name, f"{name}.sh"):
                (folder / spelling).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
                (folder / spelling).chmod(0o755)
        return folder

    def _tools(self) -> Tools:
        # A node's storage is laid by its own release; all other tools speak over the network.
        spoken = {name: (self.client, entry) for name, entry in self._classes().items()}
        return Tools({"kafka-storage": (self.probe, "kafka.tools.StorageTool"), **spoken})

    def _classes(self) -> dict:
        tools = "org.apache.kafka.tools"
        return {
            "kafka-topics": f"{tools}.TopicCommand", "kafka-configs": "kafka.admin.ConfigCommand",
            "kafka-metadata-quorum": f"{tools}.MetadataQuorumCommand", "kafka-features": f"{tools}.FeatureCommand",
            "kafka-producer-perf-test": f"{tools}.ProducerPerformance", "kafka-consumer-perf-test": f"{tools}.ConsumerPerformance",
            "kafka-share-consumer-perf-test": f"{tools}.ShareConsumerPerformance", "kafka-e2e-latency": f"{tools}.EndToEndLatency",
            "kafka-consumer-groups": f"{tools}.consumer.group.ConsumerGroupCommand",
            "kafka-share-groups": f"{tools}.consumer.group.ShareGroupCommand",
        }


class Cluster(Runs):
    """Some nodes that run with one file."""

    def __init__(self, kafka: Kafka, name: str, text: str, nodes: int = 1, remote: bool = False, agent=None):
        self.kafka, self.name = kafka, name
        self.home = kafka.home / f"{name}-{os.getpid()}"
        shutil.rmtree(self.home, ignore_errors=True)
        self._given = readers.properties(text)
        ports = free_ports(2 * nodes)
        self.brokers = [Broker(self, number + 1, ports[2 * number], ports[2 * number + 1]) for number in range(nodes)]
        for broker in self.brokers:
            broker.lay(text, self.overlay(broker, remote))
            broker.agent = agent(broker) if agent else ""

    @property
    def bootstrap(self) -> str:
        """Where clients begin."""
        return ",".join(f"127.0.0.1:{broker.port}" for broker in self.brokers)

    def overlay(self, broker: "Broker", remote: bool) -> str:
        """The lines that this machine adds: who the node is, where it listens and stores."""
        names = _listeners(self._given)
        controllers = self._given.get("controller.listener.names", "CONTROLLER").split(",")
        client = next((name for name in names if name not in controllers), "PLAINTEXT")
        places = {name: broker.controller if name in controllers else broker.port for name in names}
        if len(set(places.values())) < len(places):
            extra = dict(zip([name for name in names if name not in controllers and name != client], free_ports(len(names))))
            places.update(extra)
        lines = [f"node.id={broker.number}", f"log.dirs={broker.home / 'data'}",
                 "listeners=" + ",".join(f"{name}://127.0.0.1:{port}" for name, port in places.items())]
        advertised = [name for name in names if name not in controllers or "CONTROLLER" in self._given.get("advertised.listeners", "")]
        lines.append("advertised.listeners=" + ",".join(f"{name}://127.0.0.1:{places[name]}" for name in advertised))
        first = self.brokers[0] if hasattr(self, "brokers") else broker
        if "controller.quorum.voters" in self._given:
            lines.append("controller.quorum.voters=" + ",".join(f"{one.number}@127.0.0.1:{one.controller}" for one in self.brokers))
        else:
            lines.append(f"controller.quorum.bootstrap.servers=127.0.0.1:{first.controller}")
        return "\n".join(lines) + "\n" + (_REMOTE.format(listener=client) if remote else "")

    def start(self) -> "Cluster":
        """Formats every node's storage, starts all and waits until they answer."""
        identity = "brokerfit-live-0000000"[:22]
        for number, broker in enumerate(self.brokers):
            broker.format(identity, first=number == 0, static="controller.quorum.voters" in self._given)
        for broker in self.brokers:
            broker.launch()
        for broker in self.brokers:
            broker.wait()
        return self

    def join_controllers(self) -> None:
        """Makes every node a voter, as the head of the file says for a quorum that grows."""
        for broker in self.brokers[1:]:
            self.kafka.tools.run("kafka-metadata-quorum", "--bootstrap-controller", f"127.0.0.1:{self.brokers[0].controller}",
                            "--command-config", str(broker.file), "add-controller")

    def alive(self) -> bool:
        """Whether all nodes run."""
        return all(broker.alive() for broker in self.brokers)

    def stop(self) -> None:
        """Stops all nodes at once: the last of a quorum alone would wait for the others."""
        for broker in self.brokers:
            broker.ask_to_end()
        for broker in self.brokers:
            broker.stop()

    def purge(self) -> None:
        """Removes what they stored."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class Broker:
    """One node of a cluster."""

    def __init__(self, cluster: Cluster, number: int, port: int, controller: int):
        self.cluster, self.number, self.port, self.controller = cluster, number, port, controller
        self.home = cluster.home / f"node-{number}"
        self.file = self.home / "server.properties"
        self.log = self.home / "node.log"
        self.agent = ""
        self._server = None

    @property
    def pid(self) -> int:
        """The process, to attach to."""
        return self._server.pid

    def alive(self) -> bool:
        """Whether it runs."""
        return self._server is not None and self._server.alive()

    def lay(self, text: str, overlay: str) -> None:
        """Writes the file with the lines of this machine after it; of a key that is there twice, Java takes the last."""
        (self.home / "data").mkdir(parents=True)
        self.file.write_text(f"{text}\n# --- of this machine\n{overlay}")

    def format(self, identity: str, first: bool, static: bool) -> None:
        """Lays its storage."""
        how = [] if static else ["--standalone"] if first else ["--no-initial-controllers"]
        self.cluster.kafka.tools.run("kafka-storage", "format", "-t", identity, "-c", str(self.file), *how)

    def launch(self) -> None:
        """Starts the process."""
        kafka = self.cluster.kafka
        self._server = Server(kafka.java(kafka.jars, "kafka.Kafka", str(self.file), heap="320m", agent=self.agent), self.log, cwd=self.home)

    def wait(self) -> None:
        """Waits until it says that it has started."""
        self._server.wait_for(lambda: "Kafka Server started" in tail(self.log, 400), _BOOT_SECONDS, f"Kafka {self.cluster.kafka.line}")

    def stop(self, kill: bool = False) -> None:
        """Stops it."""
        if self._server:
            self._server.stop(kill=kill)
            self._server = None

    def ask_to_end(self) -> None:
        """Asks it to end and does not wait."""
        if self._server:
            self._server.ask_to_end()

    def restart(self) -> None:
        """Stops it as an operator would and starts it on the same data and ports."""
        self.stop()
        self.log.rename(self.log.with_suffix(f".{time.time():.0f}.log"))
        self.launch()
        self.wait()


class Probe:
    """The Java process that answers questions with one line's classes."""

    def __init__(self, kafka: Kafka, jars: str):
        self._errors = open(kafka.home / "probe.log", "ab")
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            kafka.java(jars, "Probe"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, start_new_session=True)

    def ask(self, what: str, **details):
        """One question; an `error` in the answer is raised."""
        with self._turn:
            self._process.stdin.write(json.dumps({"do": what, **details}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the Java probe ended")
        answer = json.loads(line)
        if isinstance(answer, dict) and set(answer) == {"error"}:
            raise KafkaRefused(answer["error"])
        return answer

    def close(self) -> None:
        """Ends the process: its input ends."""
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._errors.close()


class KafkaRefused(Exception):
    """Kafka's classes or the broker said no."""


def _listeners(given: dict) -> list:
    named = given.get("listeners", "PLAINTEXT://:9092")
    return [re.split(r"://", one.strip())[0] for one in named.split(",")]
