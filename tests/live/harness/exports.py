"""Exports every example for every option and line, and keeps what was advised beside it.

Takes the program and the profiles; gives a folder of files each. The advice is asked for apart from the export, so that a
value that got lost or changed on the way into a file is seen.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OPTIONS = {"rabbitmq": ("rabbitmq/classic", "rabbitmq/quorum", "rabbitmq/stream"), "kafka": ("kafka/log", "kafka/share-group")}
# Share groups are there for production from this line on.
SINCE = {"kafka/share-group": (4, 2)}
TARGETS = {
    "rabbitmq": ("rabbitmq.conf", "definitions.json", "compose", "clients", "prometheus", "perf-test",
                 "openmessaging", "kit"),
    "kafka": ("server.properties", "topics", "kafka-topic", "compose", "clients", "prometheus", "openmessaging",
              "perf-test", "kit"),
}


@dataclass
class Export:
    """What the program wrote for one profile, one option and one line of a broker."""

    example: str
    profile: Path
    option: str
    line: str
    folder: Path
    advice: dict
    """Scope to key to value, in the broker's own spelling."""

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"{self.example} {self.option} {self.line}"

    @property
    def broker(self) -> str:
        """Whose option it is."""
        return self.option.split("/")[0]

    def find(self, pattern: str) -> list:
        """The files whose path below the folder fits a pattern."""
        return sorted(self.folder.glob(pattern))

    def text(self, name: str) -> str:
        """A file that must be there."""
        path = self.folder / name
        if not path.exists():
            raise AssertionError(f"{self.name}: the program wrote no {name}")
        return path.read_text()


class Program:
    """The program under test."""

    def __init__(self, binary: Path, folder: Path):
        self.binary, self.folder, self._targets = binary, folder, None

    def export(self, profile: Path, option: str, line: str, findings, targets=None):
        """Has one profile exported; gives nothing, with a problem noted, where the program refused."""
        broker = option.split("/")[0]
        folder = self.folder / f"{broker}-{line}" / profile.stem / option.split("/")[1]
        wanted = targets or [target for target in TARGETS[broker] if target in self.targets()]
        where = f"{profile.stem} {option} {line}"
        # What an earlier run left must not look like a part of this export.
        shutil.rmtree(folder, ignore_errors=True)
        while True:
            done = self._run("export", str(profile), "--to", ",".join(wanted), "--option", option, "--at", f"{broker}={line}",
                             "--output", str(folder), "--force")
            unfit = re.findall(r"error\[unfit-target\]: `([^`]+)`: (.*)", done.stderr)
            if not unfit:
                break
            # A target that this option cannot have: the program says why, and the rest is asked for again.
            for target, why in unfit:
                findings.note(f"no {target} for {option}: {why}")
            wanted = [target for target in wanted if target not in dict(unfit)]
        if not findings.holds(where, "", done.returncode == 0, f"export failed: {(done.stderr or done.stdout).strip()[-600:]}"):
            return None
        findings.files += sum(path.is_file() for path in folder.rglob("*"))
        return Export(profile.stem, profile, option, line, folder, self.advice(profile, option, line))

    def export_all(self, name: str, examples: list, options: list, line: str, report) -> list:
        """Every example for every option, with what was refused reported."""
        with report.check(name, "export") as findings:
            found = [self.export(profile, option, line, findings) for profile in examples for option in options]
            return [export for export in found if export]
        return []

    def written(self, name: str, parts: list, report) -> list:
        """The parts whose target this build of the program has; what it lacks is said aloud."""
        for part in parts:
            if part not in self.targets():
                report.miss(f"{name}: {part}", "this build of brokerfit has no such target")
        return [part for part in parts if part in self.targets()]

    def targets(self) -> list:
        """The targets that this build of the program names."""
        if self._targets is None:
            words = re.findall(r"^ +- ([a-z.-]+):", self._run("export", "--help").stdout, re.M)
            self._targets = words
        return self._targets

    def advice(self, profile: Path, option: str, line: str) -> dict:
        """The settings that are advised for this option, by scope."""
        broker = option.split("/")[0]
        done = self._run("advise", str(profile), "--format", "json", "--depth", "quick", "--among", option, "--at", f"{broker}={line}")
        if done.returncode != 0:
            raise RuntimeError(f"advise {profile.name}: {done.stderr.strip()[-600:]}")
        scopes = {}
        for setting in json.loads(done.stdout)["flows"][0]["settings"].get(broker, []):
            scopes.setdefault(setting["scope"], {})[setting["key"]] = setting["value"]
        return scopes

    def _run(self, *arguments: str):
        return subprocess.run([str(self.binary), *arguments], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)


def options_of(broker: str, line: str) -> list:
    """The options of a broker that this line has."""
    return [option for option in OPTIONS[broker] if numbers(line) >= SINCE.get(option, (0,))]


def profiles(folder: Path) -> list:
    """The examples."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".json", ".toml"))


def numbers(version: str) -> tuple:
    """A version as numbers that compare."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
