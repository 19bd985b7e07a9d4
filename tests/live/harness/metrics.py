"""Series that a broker exposes, and the selectors of PromQL expressions.

Takes the text of a scrape or an expression; tells which series an expression would select. No value is computed: a rule that
does not fire today must still read something that exists.
"""

import re

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_TEXT = r'"(?:\\.|[^"\\])*"'
_BRACES = r'\{(?:[^{}"]|' + _TEXT + r")*\}"
_GROUPING = re.compile(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")
_RANGE = re.compile(r"\[[^\]]*\]")
_WORDS = {"and", "or", "unless", "offset", "bool", "inf", "nan", "by", "without", "on", "ignoring", "group_left", "group_right", "start", "end"}


def series(text: str) -> list:
    """Name and labels of every sample of a scrape."""
    found = []
    for line in text.splitlines():
        match = re.match(rf"({_NAME})({_BRACES})?\s", line)
        if match and not line.startswith("#"):
            found.append((match.group(1), labels(match.group(2) or "")))
    return found


def families(text: str) -> set:
    """Names that a scrape declares, with or without samples."""
    return set(re.findall(rf"^# TYPE ({_NAME}) ", text, re.M))


def labels(braces: str) -> dict:
    """The labels of one sample."""
    return {name: re.sub(r"\\(.)", r"\1", value[1:-1]) for name, value in re.findall(rf"({_NAME})\s*=\s*({_TEXT})", braces)}


def selectors(expression: str) -> list:
    """Each vector selector of an expression, as a name and its matchers."""
    bare = _outside_braces(_RANGE, _outside_braces(_GROUPING, expression))
    names = {
        name for name, call in re.findall(rf"(?<![\w.:])({_NAME})\s*(\()?", re.sub(_BRACES, " ", bare)) if not call and name.lower() not in _WORDS
    }
    return [(name, conditions) for name in sorted(names) for conditions in matchers(bare, name)]


def _outside_braces(pattern, expression: str) -> str:
    parts = re.split(rf"({_BRACES})", expression)
    return "".join(part if part.startswith("{") else pattern.sub(" ", part) for part in parts)


def matchers(expression: str, name: str) -> list:
    """The matchers of each place where a name stands."""
    found = []
    for match in re.finditer(rf"(?<![\w:]){re.escape(name)}(?![\w:])\s*({_BRACES})?", expression):
        found.append(re.findall(rf"({_NAME})\s*(=~|!~|!=|=)\s*({_TEXT})", match.group(1) or ""))
    return found


def selected(name: str, conditions: list, samples: list) -> bool:
    """Whether any sample is selected."""
    return any(sample == name and all(_holds(condition, of) for condition in conditions) for sample, of in samples)


def _holds(condition: tuple, of: dict) -> bool:
    label, operator, text = condition
    wanted, actual = re.sub(r"\\(.)", r"\1", text[1:-1]), of.get(label, "")
    if label in ("job", "instance"):
        # Prometheus itself adds these.
        return True
    if operator in ("=", "!="):
        return (actual == wanted) is (operator == "=")
    return bool(re.fullmatch(wanted, actual)) is (operator == "=~")
