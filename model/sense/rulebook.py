"""A scenario's rules held against the rulebook that the laws were written for: none missing, each of its kind, unit and sign.

A scenario may set any parameter, and give it a range of its own. It cannot take one away, give it another unit, or put a word in
the place of a number: the laws would read it all the same.
"""

import json
from collections.abc import Mapping
from functools import cache, reduce
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from model.configuration.include import merged, shelf_for, stack
from model.configuration.problems import Problem
from model.configuration.yaml_tree import Origins, plain
from model.quantities import MOST, Parameter
from model.scenario import Scenario

Chapters = Mapping[str, Mapping[str, Parameter]]
HOME = Path("rules") / "rulebook.yaml"
_FORM: TypeAdapter[Chapters] = TypeAdapter(dict[str, dict[str, Parameter]])


def against_rulebook(scenario: Scenario, origins: Origins, root: Path) -> list[Problem]:
    """Return where the rules of a scenario are not those of `root`'s rulebook with other numbers (nothing if it has none)."""
    problems: list[Problem] = []
    for chapter, parameters in _shipped(root.resolve()).items():
        own = scenario.rules.get(chapter)
        if own is None:
            problems.append(_at(f"rules.{chapter}", "this chapter of the rulebook is missing", origins))
            continue
        for name, usual in parameters.items():
            complaint = _complaint(own.get(name), usual)
            if complaint:
                problems.append(_at(f"rules.{chapter}.{name}", complaint, origins))
    return problems


def _complaint(own: Parameter | None, usual: Parameter) -> str:
    """Return how a parameter is not that of the rulebook with another value, "" if it is."""
    if own is None or own == usual:
        return "" if own else "a parameter of the rulebook cannot be left out"
    if _kind(own.value) is not _kind(usual.value):
        return f"should be a {_kind(usual.value).__name__}, like the rulebook's {usual.value}".replace("float", "number")
    if own.unit != usual.unit:
        return f"unit should be '{usual.unit}' as in the rulebook, not '{own.unit}'"
    if usual.options is not None and own.value not in usual.options:
        return f"should be one of {', '.join(usual.options)}"
    return _beyond(own, usual)


def _beyond(own: Parameter, usual: Parameter) -> str:
    """Return how a number is one that no law can use, "" if it is not."""
    number = 0.0 if isinstance(own.value, str) else float(own.value)
    if abs(number) > MOST:
        return f"{number:g} is more than any law can use ({MOST:g})"
    signed = usual.unit.startswith("index -1")
    if not signed and number < 0 <= min((*(usual.range or ()), 0.0)):
        return f"should not be negative, is {number:g}"
    return ""


def _kind(value: object) -> type[object]:
    return {bool: bool, str: str}.get(type(value), float)


def _at(path: str, message: str, origins: Origins) -> Problem:
    known = path
    while known and known not in origins:
        known = known.rpartition(".")[0]
    file, line = origins.get(known, ("", 0))
    return Problem(file, line, path, message)


@cache
def _shipped(root: Path) -> Chapters:
    """Return the rulebook of a folder of configs; nothing if there is none, or none that can be read (its files say why)."""
    if not (root / HOME).is_file():
        return {}
    problems: list[Problem] = []
    shelf = shelf_for(root / HOME, root, problems)
    stack(root / HOME, shelf)
    if problems:
        return {}
    try:
        return _FORM.validate_json(json.dumps(plain(reduce(merged, shelf.layers)).get("rules", {})))
    except ValidationError:
        return {}
