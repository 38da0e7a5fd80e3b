"""The scenario that a sweep varies: what stands at a path, within which bounds, and whether a set of values can be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt

from model.configuration.form import validated
from model.configuration.loading import CONFIGS, gathered
from model.configuration.overrides import override
from model.configuration.problems import ConfigProblems, Problem
from model.configuration.references import settled, taken_from
from model.configuration.shape import is_record, kind_at
from model.configuration.yaml_tree import Node, below, plain
from model.scenario import Scenario
from sweeps.design.factor import Value

_NUMBER_LIKE = {"value", "unit", "basis"}


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may stand at a path: the usual value, its unit and meaning, the span or the words allowed."""

    value: Any
    unit: str = ""
    meaning: str = ""
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()


class Base:
    """A scenario read once, tried with many values.

    Parameters
    ----------
    name
        Name or path of the scenario.

    Raises
    ------
    ConfigProblems
        If the scenario itself cannot be read.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        problems: list[Problem] = []
        tree = gathered(name, CONFIGS, problems)
        if tree is None or problems:
            raise ConfigProblems(problems)
        self.tree: Node = tree

    def with_values(self, settings: Mapping[str, Value]) -> Scenario:
        """Return the scenario with values set, as `--set` would set them; ConfigProblems if it cannot be so."""
        problems: list[Problem] = []
        tree = self.tree
        for path, value in settings.items():
            tree = override(tree, f"{path}={written(value)}", problems)
        tree = settled(tree, problems)
        found = validated(tree, problems)
        if problems or found is None:
            raise ConfigProblems(problems)
        return found

    def complaint(self, path: str, value: Value) -> str:
        """Return what is wrong with one value at one path ("" if nothing)."""
        problems: list[Problem] = []
        override(self.tree, f"{path}={written(value)}", problems)
        if problems:
            return problems[0].message
        try:
            self.with_values({path: value})
        except ConfigProblems as found:
            return "; ".join(problem.message for problem in found.problems)
        return ""

    def unknown(self, path: str) -> str:
        """Return a complaint if a path leads to no value that could be varied."""
        keys = tuple(path.split("."))
        if "" in keys or any(character in path for character in " ="):
            return "should be a dotted path into the scenario"
        node: Node | None = self.tree
        for key in keys:
            node = None if node is None else below(node, key)
        if node is None:
            return f"the scenario has no such parameter{self._meant(path)}"
        home = taken_from(self.tree, keys)
        if home:
            return f"is {home} of the rulebook: vary that (rules.group.parameter)"
        holder = isinstance(node.value, dict | list)
        if holder and not (isinstance(node.value, dict) and set(node.value) >= _NUMBER_LIKE):
            return "is a group of values, not one; name one of them"
        return ""

    def _meant(self, path: str) -> str:
        group, _, last = path.rpartition(".")
        everything = list(self.paths())
        same = {known.rpartition(".")[2]: known for known in everything if known.rpartition(".")[0] == group}
        others = {known.rpartition(".")[2]: known for known in everything}
        for named in (same, others):
            close = [last] if last in named else get_close_matches(last, list(named), n=1)
            if close:
                return f"; did you mean '{named[close[0]]}'?"
        return ""

    def paths(self) -> Iterator[str]:
        """Yield the path of every rule and of every number with a unit."""
        yield from _quantities(self.tree, "")

    def allowed(self, path: str) -> Allowed:
        """Return what may stand at a path that is known."""
        keys = tuple(path.split("."))
        node = self.tree
        for key in keys:
            node = below(node, key) or node
        values = plain(node)
        if isinstance(values, dict):
            low, high = values.get("range") or (None, None)
            options = tuple(values.get("options") or ())
            return Allowed(values["value"], str(values["unit"]), str(values.get("meaning", "")), low, high, options)
        low, high = _bounds(keys, plain(self.tree))
        return Allowed(values, "", "", low, high, _words(keys, plain(self.tree)))


def written(value: Value) -> str:
    """Return a value as the command line would have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _quantities(node: Node, path: str) -> Iterator[str]:
    if not isinstance(node.value, dict):
        return
    if set(node.value) >= _NUMBER_LIKE:
        yield path
        return
    for key, child in node.value.items():
        yield from _quantities(child, f"{path}.{key}" if path else key)


def _field(keys: tuple[str, ...], tree: Any) -> Any:
    holder = kind_at(keys[:-1], tree)
    return holder.model_fields.get(keys[-1]) if is_record(holder) else None


def _bounds(keys: tuple[str, ...], tree: Any) -> tuple[float | None, float | None]:
    """Return the least and the largest number that the model allows at a path."""
    low: float | None = None
    high: float | None = None
    field = _field(keys, tree)
    for rule in field.metadata if field is not None else ():
        # the bound of a number is one, though its library promises only that it can be compared
        if isinstance(rule, Ge | Gt):
            low = float(rule.ge if isinstance(rule, Ge) else rule.gt)  # type: ignore[arg-type] # bounds of numbers are numbers
        if isinstance(rule, Le | Lt):
            high = float(rule.le if isinstance(rule, Le) else rule.lt)  # type: ignore[arg-type] # as above
    return low, high


def _words(keys: tuple[str, ...], tree: Any) -> tuple[str, ...]:
    kind = kind_at(keys, tree)
    return tuple(str(word) for word in get_args(kind)) if get_origin(kind) is Literal else ()
