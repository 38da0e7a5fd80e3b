"""Simple comparisons as words: `rules.air.ru_sorties >= 10`, for filters of points and for the end of a run. Never executed."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_WORD = r"[A-Za-z_][\w.\-]*"
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_TERM = re.compile(rf"\s*({_WORD}|{_NUMBER})\s*(==|!=|<=|>=|<|>)\s*({_WORD}|{_NUMBER}|'[^']*'|\"[^\"]*\")\s*")
FORM = "should read like 'name >= 3', several joined by 'and'"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a name with a number, a word or another name."""

    left: str
    sign: str
    right: str

    def names(self) -> list[str]:
        """Return the names that it asks for: those on the left, and dotted words on the right."""
        return [side for side in (self.left, self.right) if re.fullmatch(_WORD, side) and ("." in side or side is self.left)]

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Tell whether it is true of some values; of a value that is missing it never is."""
        left, right = _value(self.left, values), _value(self.right, values)
        if left is None or right is None:
            return False
        try:
            return bool(_SIGNS[self.sign](left, right))
        except TypeError:
            return False


def _value(text: str, values: Mapping[str, Any]) -> Any:
    if text in values:
        return values[text]
    if re.fullmatch(_NUMBER, text):
        return float(text)
    word = text.strip("'\"")
    return {"true": True, "false": False}.get(word, None if "." in text and word == text else word)


def parsed(text: str) -> tuple[Comparison, ...] | None:
    """Return the comparisons of a condition, all of which must hold; None if it does not read like one."""
    found = []
    for part in re.split(r"\band\b", text):
        match = _TERM.fullmatch(part)
        if match is None:
            return None
        found.append(Comparison(match[1], match[2], match[3]))
    return tuple(found)


def all_hold(conditions: tuple[tuple[Comparison, ...], ...], values: Mapping[str, Any]) -> bool:
    """Tell whether every comparison of every condition holds."""
    return all(comparison.holds(values) for condition in conditions for comparison in condition)
