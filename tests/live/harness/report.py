"""What is said to people: one line a check with its time, a table at the end, and what could not be run.

Takes the outcome of every check; gives the exit code. What was not run never counts as passed.
"""

import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field

from .compare import Findings
from .installs import Unavailable

# So many problems of one check are shown; the rest is counted.
SHOWN = 12


@dataclass
class Row:
    """One line of the closing table."""

    line: str
    target: str
    files: int = 0
    keys: int = 0
    problems: int = 0
    seconds: float = 0.0
    missing: bool = False


@dataclass
class Report:
    """Everything that was checked so far."""

    began: float = field(default_factory=time.monotonic)
    rows: dict = field(default_factory=dict)
    not_run: list = field(default_factory=list)
    # What failed and was run once more.
    repeated: list = field(default_factory=list)
    injected: int = 0
    noticed: int = 0
    # When nothing more is begun, in seconds since the start.
    within: float = float("inf")

    def say(self, text: str) -> None:
        """One line, with the time since the start."""
        print(f"[{time.monotonic() - self.began:6.1f} s] {text}", flush=True)

    def miss(self, what: str, why: str) -> None:
        """Says aloud, now and at the end, that something was not run."""
        if (what, why) not in self.not_run:
            self.not_run.append((what, why))
            self.say(f"NOT RUN: {what}: {why}")

    def failed(self) -> list:
        """The lines and targets with problems."""
        return [pair for pair, row in self.rows.items() if row.problems]

    def again(self, line: str, target: str) -> bool:
        """Takes a failure back where there is time to look once more; it is told as one all the same."""
        if time.monotonic() - self.began > self.within:
            return False
        self.say(f"AGAIN: {line}: {target} failed, and is run once more")
        self.repeated.append(f"{line}: {target}")
        del self.rows[line, target]
        return True

    def is_due(self, line: str, part: str, parts: list) -> bool:
        """Whether a part is wanted, and time is left to begin it."""
        if part not in parts:
            return False
        if time.monotonic() - self.began < self.within:
            return True
        self.miss(f"{line}: {part}", "the time of --within is over")
        return False

    @contextmanager
    def check(self, line: str, target: str, what: str = ""):
        """Runs one check; what it adds to the findings is counted, an exception in it is a problem."""
        findings = Findings()
        row = self.rows.setdefault((line, target), Row(line, target))
        start = time.monotonic()
        try:
            yield findings
        except Unavailable as reason:
            row.missing = True
            self.miss(f"{line}: {target}", str(reason))
            return
        except Exception as error:  # a broken check must not stop the others
            findings.problem(what or target, "", f"{type(error).__name__}: {error}")
            if not isinstance(error, AssertionError):
                traceback.print_exc(file=sys.stdout)
        took = time.monotonic() - start
        row.files += findings.files
        row.keys += findings.keys
        row.problems += len(findings.problems)
        row.seconds += took
        self._show(line, target, what, findings, took)
        for reason in findings.not_run:
            self.miss(f"{line}: {target}", reason)

    def faults(self, line: str, kind: str, inject, *arguments) -> None:
        """Has faults injected; `inject` gives, for each, whether it was noticed."""
        outcomes = {}
        with self.check(line, "injected faults", f"into {kind}") as findings:
            outcomes = inject(*arguments)
            findings.files += 1
            for fault, noticed in outcomes.items():
                findings.holds(kind, fault, noticed, "it was not noticed")
        self.injected += len(outcomes)
        self.noticed += sum(outcomes.values())

    def close(self) -> int:
        """Prints the table and what was not run; gives the exit code."""
        rows = sorted(self.rows.values(), key=lambda row: (row.line, row.target))
        if rows:
            print(f"\n{'broker':<16}{'target':<22}{'files':>7}{'compared':>10}{'problems':>10}{'seconds':>9}")
            for row in rows:
                counts = f"{row.files:>7}{row.keys:>10}{row.problems:>10}{row.seconds:>9.1f}"
                print(f"{row.line:<16}{row.target:<22}" + (counts if row.files or not row.missing else "    not run"))
        if self.injected:
            print(f"\n{self.noticed} of {self.injected} injected faults were noticed")
        for what, why in self.not_run:
            print(f"NOT RUN: {what}: {why}")
        for what in self.repeated:
            print(f"RUN TWICE: {what}: it failed at first")
        ran = [row for row in rows if row.files]
        failed = sum(row.problems > 0 for row in rows)
        passed = sum(row.problems == 0 for row in ran)
        print(f"\n{time.monotonic() - self.began:.0f} s in all")
        print(f"{passed} passed, {failed} failed, {len(self.not_run)} skipped", flush=True)
        if failed:
            return 1
        return 0 if ran else 2

    def _show(self, line, target, what, findings, took) -> None:
        good = not findings.problems
        name = f"{line}: {target}" + (f", {what}" if what else "")
        counts = ", ".join(f"{n} {unit}" for n, unit in ((findings.files, "files"), (findings.keys, "compared")) if n)
        self.say(f"{'ok    ' if good else 'FAILED'} {name}: {counts or 'nothing'} ({took:.1f} s)")
        for problem in findings.problems[:SHOWN]:
            print(f"           {problem}", flush=True)
        if len(findings.problems) > SHOWN:
            print(f"           and {len(findings.problems) - SHOWN} more", flush=True)
        for note in findings.notes:
            print(f"           note: {note}", flush=True)
