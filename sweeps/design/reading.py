"""Reading a sweep file: values of a tree, each held against what is wanted, every fault noted with its line."""

import re
from collections.abc import Collection
from typing import Any

from model.configuration.problems import ConfigProblems, Problem, suggestion
from model.configuration.yaml_tree import Node, plain

_SECONDS = {"s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_MEGABYTES = {"MB": 1.0, "GB": 1024.0}


def amount(text: str, units: dict[str, float]) -> float | None:
    """Return a number with a unit (`120s`, `2GB`) in the base unit, None if it is none."""
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]+)", text.strip())
    return float(match[1]) * units[match[2]] if match and match[2] in units else None


def seconds(text: str) -> float | None:
    """Return a span of time such as `90s`, `15min` or `2h` in seconds."""
    return amount(text, _SECONDS)


def megabytes(text: str) -> float | None:
    """Return an amount of memory such as `500MB` or `2GB` in megabytes."""
    return amount(text, _MEGABYTES)


def share(value: Any) -> float | None:
    """Return a share: `5%`, or a number between 0 and 1."""
    if isinstance(value, str) and value.strip().endswith("%"):
        number = amount(value.strip()[:-1] + " s", _SECONDS)
        return None if number is None or number > 100 else number / 100
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 else None


class Reader:
    """Takes values from the mappings of a file and notes what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def complain(self, node: Node | None, path: str, message: str) -> None:
        """Note a fault at a value."""
        self.problems.append(Problem(self.file, node.line if node else 0, path, message))

    def refuse(self) -> None:
        """Raise ConfigProblems if there is any fault."""
        if self.problems:
            raise ConfigProblems(self.problems)

    def entries(self, node: Node | None, path: str, allowed: Collection[str] | None = None) -> dict[str, Node]:
        """Return the entries of a mapping; keys that are not allowed are faults."""
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.complain(node, path, "should be a mapping (key: value)")
            return {}
        for key, child in node.value.items():
            if allowed is not None and key not in allowed:
                self.complain(child, f"{path}.{key}" if path else key, f"no such key{suggestion(key, sorted(allowed))}")
        return {key: child for key, child in node.value.items() if allowed is None or key in allowed}

    def number(
        self, node: Node | None, path: str, *, least: float | None = None, most: float | None = None, whole: bool = False
    ) -> float | None:
        """Return a number, or None and a fault."""
        if node is None:
            return None
        value = node.value
        kind = "a whole number" if whole else "a number"
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            self.complain(node, path, f"should be {kind}, not {shown_value(node)}")
            return None
        if least is not None and value < least:
            self.complain(node, path, f"should be at least {least:g}, is {value:g}")
            return None
        if most is not None and value > most:
            self.complain(node, path, f"should be at most {most:,.0f}, is {value:g}")
            return None
        return value

    def whole(self, node: Node | None, path: str, default: int, *, least: int = 0) -> int:
        """Return a whole number, the default where none is given or it is faulty."""
        value = self.number(node, path, least=least, whole=True)
        return default if value is None else int(value)

    def word(self, node: Node | None, path: str, default: str, allowed: Collection[str] = ()) -> str:
        """Return a word, one of those allowed if any are named."""
        if node is None:
            return default
        if not isinstance(node.value, str) or not node.value:
            self.complain(node, path, f"should be a word, not {shown_value(node)}")
            return default
        if allowed and node.value not in allowed:
            self.complain(node, path, f"no such choice as '{node.value}'{suggestion(node.value, sorted(allowed))}")
            return default
        return node.value

    def words(self, node: Node | None, path: str) -> tuple[str, ...]:
        """Return a word or a list of words."""
        if node is None:
            return ()
        items = node.value if isinstance(node.value, list) else [node]
        return tuple(self.word(item, path, "") for item in items)

    def list_of(self, node: Node | None, path: str) -> list[Node]:
        """Return the items of a list that is not empty."""
        if node is None:
            return []
        if not isinstance(node.value, list) or not node.value:
            self.complain(node, path, "should be a list with at least one entry")
            return []
        return node.value


def shown_value(node: Node) -> str:
    """Return a value as a message shows it."""
    value = plain(node)
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f"'{value}'" if isinstance(value, str) else str(value)
