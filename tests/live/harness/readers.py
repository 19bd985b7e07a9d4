"""Readers of exported files, written apart from the program that wrote them.

Take texts, give maps in the order of the file. A key that a file holds twice is an error: the broker would take one of them
in silence.
"""

import re


class Unreadable(Exception):
    """A file that does not follow its own grammar."""


def conf(text: str) -> dict:
    """rabbitmq.conf: `key = value`, comments from `#`."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r"([^\s=]+)\s*=\s*(.*?)(?:\s+#.*)?", line)
        if not match:
            raise Unreadable(f"line {number} is no `key = value`: {line}")
        value = match.group(2)
        if len(value) > 1 and value[0] == value[-1] == "'":
            value = value[1:-1]
        _put(found, match.group(1), value, number)
    return found


def properties(text: str) -> dict:
    """Java properties, with continued lines and escapes."""
    found = {}
    for number, line in _logical_lines(text):
        match = re.match(r"((?:\\.|[^\\=:\s])+)\s*[=:\s]?\s*(.*)", line, re.S)
        if not match:
            raise Unreadable(f"line {number} has no key: {line}")
        _put(found, _unescape(match.group(1)), _unescape(match.group(2)), number)
    return found


def flat_properties(text: str) -> dict:
    """`key=value` as librdkafka's tools read it: no escapes, no continued lines."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, equals, value = line.partition("=")
        if not equals:
            raise Unreadable(f"line {number} is no `key=value`: {line}")
        _put(found, key.strip(), value.strip(), number)
    return found


def without_comments(text: str) -> str:
    """The lines that count, to see which files say the same."""
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


def _put(found: dict, key: str, value: str, number: int) -> None:
    if key in found:
        raise Unreadable(f"line {number} repeats `{key}`")
    found[key] = value


def _logical_lines(text: str):
    pending, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.lstrip()
        if not pending and (not stripped or stripped[0] in "#!"):
            continue
        start = start or number
        backslashes = len(stripped) - len(stripped.rstrip("\\"))
        if backslashes % 2:
            pending += stripped[:-1]
            continue
        yield start, pending + stripped
        pending, start = "", 0
    if pending:
        yield start, pending


def _unescape(text: str) -> str:
    words = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|(.))",
        lambda m: chr(int(m.group(1), 16)) if m.group(1) else words.get(m.group(2), m.group(2)),
        text, flags=re.S,
    )
