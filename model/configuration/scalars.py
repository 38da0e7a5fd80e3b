"""Plain YAML words as values: the core schema only. What YAML 1.1 would read differently is refused, not guessed."""

import math
import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_REFUSED = (
    (re.compile(r"(yes|no|on|off)", re.IGNORECASE), "is a truth value to some readers: write true or false, or quote it"),
    (re.compile(r"[-+]?0[0-9_]+"), "is an octal number to some readers: drop the leading zero, or quote it"),
    (re.compile(r"[-+]?0[xbo][0-9a-fA-F_]+"), "is a number in another base: write it in decimals, or quote it"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "is a number to base 60 to some readers: quote it"),
    (re.compile(r"[-+]?[0-9.]+_[0-9_.]*"), "is a number to some readers: drop the underscores, or quote it"),
    (re.compile(r"[-+]?\.?(inf|infinity|nan)", re.IGNORECASE), "is not a finite number; quote it if it is text"),
)
LONGEST_NUMBER = 40  # characters


def resolve(text: str) -> tuple[Scalar, str]:
    """Return the value of a plain word and a complaint (empty if there is none)."""
    if text in _WORDS:
        return _WORDS[text], ""
    if text[0].isalpha() and len(text) > len("infinity"):
        return text, ""
    for pattern, complaint in _REFUSED:
        if pattern.fullmatch(text):
            return text, f"'{text[:LONGEST_NUMBER]}' {complaint}"
    if _DECIMAL.fullmatch(text):
        return _number(text)
    return text, ""


def _number(text: str) -> tuple[Scalar, str]:
    if len(text) > LONGEST_NUMBER:
        return text, f"a number of {len(text)} characters is too long; quote it if it is text"
    if _INTEGER.fullmatch(text):
        return int(text), ""
    value = float(text)
    return (value, "") if math.isfinite(value) else (text, f"'{text}' is not a finite number")
