"""Holds what a broker says against what a file says, key by key.

Takes two maps of texts; gives problems with the file, the key and both values. Knows nothing of files or brokers but how
each writes the same value.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

_UNITS = {
    "": 1, "b": 1, "k": 1024, "kib": 1024, "ki": 1024, "kb": 1000, "m": 1024**2, "mib": 1024**2, "mi": 1024**2,
    "mb": 1000**2, "g": 1024**3, "gib": 1024**3, "gi": 1024**3, "gb": 1000**3, "t": 1024**4, "tib": 1024**4, "tb": 1000**4,
}


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold."""

    where: str
    key: str
    message: str

    def __str__(self):
        return f"{self.where}: {self.key}: {self.message}" if self.key else f"{self.where}: {self.message}"


@dataclass
class Findings:
    """What one check found."""

    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    not_run: list = field(default_factory=list)
    files: int = 0
    keys: int = 0

    def problem(self, where: str, key: str, message: str) -> None:
        """Something does not hold."""
        self.problems.append(Problem(str(where), str(key), message))

    def note(self, text: str) -> None:
        """Something a reader should know, said once."""
        if text not in self.notes:
            self.notes.append(text)

    def missing(self, reason: str) -> None:
        """A part that could not be run."""
        if reason not in self.not_run:
            self.not_run.append(reason)

    def holds(self, where: str, key: str, true: bool, message: str) -> bool:
        """Counts one comparison that is not of two values."""
        self.keys += 1
        if not true:
            self.problem(where, key, message)
        return true

    def same(self, where: str, key: str, expected, actual, whose: str = "the broker") -> bool:
        """Counts one comparison of two values."""
        return self.holds(
            where, key, alike(expected, actual), f"the file says `{text(expected)}`, {whose} says `{text(actual)}`"
        )

    def same_maps(self, where: str, expected: dict, actual: dict, whose: str = "the broker") -> None:
        """Every key that is expected is there with its value; further ones do not matter."""
        for key, value in expected.items():
            if key in actual:
                self.same(where, key, value, actual[key], whose)
            else:
                self.holds(where, key, False, f"{whose} knows no such key")


def cover(files: dict) -> list:
    """Names of files, as few as a greedy choice gives, that hold every pair of a key and a value of any of them."""
    open_pairs = {pair for pairs in files.values() for pair in pairs.items()}
    chosen = []
    while open_pairs:
        best = max(files, key=lambda name: len(open_pairs & set(files[name].items())))
        chosen.append(best)
        open_pairs -= set(files[best].items())
    return chosen


def text(value) -> str:
    """A value as a broker's file would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(text(one) for one in value)
    return str(value)


def alike(expected, actual) -> bool:
    """Whether two spellings are of the same value: `true` and True, `5` and 5.0, `a, b` and `a,b`, `64KiB` and 65536."""
    left, right = text(expected).strip(), text(actual).strip()
    if left == right:
        return True
    one, other = number(left), number(right)
    if one is not None and other is not None:
        return one == other
    if "," in left or "," in right:
        return [part.strip() for part in left.split(",")] == [part.strip() for part in right.split(",")]
    return False


def number(value: str):
    """A number with or without a unit of size, or nothing."""
    match = re.fullmatch(r"(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*([A-Za-z]*)", value)
    if not match or match.group(2).lower() not in _UNITS:
        return None
    try:
        return Decimal(match.group(1)) * _UNITS[match.group(2).lower()]
    except InvalidOperation:
        return None
