"""What is calibrated, by what, and on what it is judged afterwards: configs/calibration.yaml, read strictly."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from model.configuration.include import read_file
from model.configuration.loading import CONFIGS
from model.configuration.problems import ConfigProblems, Problem, suggestion
from model.configuration.yaml_tree import Node, below, plain
from sweeps.design.base import Base
from sweeps.design.factor import Factor
from sweeps.validation.patterns import Clause, Patterns, patterns_from

FILE = CONFIGS / "calibration.yaml"
SCENARIO = "deir_ez_zor_2016"
JUDGED = ("median", "share_of_seeds", "share_of_events")
Text = Annotated[str, Field(min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Fit(_Record):
    """A parameter that the record can tell, and why."""

    why: Text
    scale: Literal["linear", "log"] = "linear"


class Goal(_Record):
    """A clause that is fitted: its scale and what it may be off by, as standard errors in that scale."""

    why: Text
    scale: Literal["linear", "log"]
    observation: Annotated[float, Field(gt=0)]
    discrepancy: Annotated[float, Field(ge=0)]
    target: float | None = None


class _File(_Record):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    seed: Annotated[int, Field(ge=0)]
    points: Annotated[int, Field(ge=4, le=5000)]
    waves: Annotated[int, Field(ge=1, le=9)]
    replicates: Annotated[int, Field(ge=2, le=200)]
    cutoff: Annotated[float, Field(gt=0)] = 3.0
    rank: Annotated[int, Field(ge=1)] = 2
    sets: Annotated[int, Field(ge=1, le=9)] = 3
    judging_seeds: Annotated[int, Field(ge=0)] = 0
    parameters: dict[str, Fit] = Field(min_length=2)
    fitted: dict[str, Goal] = Field(min_length=1)
    held_out: dict[str, Text]


class Plan(_File):
    """A calibration as planned: the file, the clauses behind its names, the factors over the ranges of the rulebook."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    patterns: Patterns
    clauses: dict[str, Clause]
    factors: tuple[Factor, ...]
    defaults: tuple[float, ...]

    def target(self, name: str) -> float:
        """Return what a clause aims at."""
        goal, clause = self.fitted[name], self.clauses[name]
        if goal.target is not None:
            return goal.target
        return clause.observed if clause.observed is not None else (float(clause.low or 0) + float(clause.high or 0)) / 2

    def told(self) -> dict[str, Any]:
        """Return what decides the points and their runs."""
        keys = ("name", "seed", "points", "replicates", "cutoff", "rank", "parameters", "fitted")
        found: dict[str, Any] = self.model_dump(mode="json", include=set(keys))
        return found | {"ranges": {factor.path: [factor.low, factor.high] for factor in self.factors}}


def read(path: Path = FILE) -> Plan:
    """Return the plan of a file.

    Raises
    ------
    ConfigProblems
        Everything that is wrong with it, by file and line.
    """
    problems: list[Problem] = []
    node = read_file(path, problems)
    if node is None or problems:
        raise ConfigProblems(problems)
    try:
        found = _File.model_validate_json(json.dumps(plain(node)))
    except ValidationError as wrong:
        raise ConfigProblems(_told(dict(error), node) for error in wrong.errors(include_url=False, include_input=False)) from None
    patterns, base = patterns_from(), Base(SCENARIO)
    clauses = {f"{name}{key}": clause for name, pattern in patterns.patterns.items() for key, clause in pattern.clauses.items()}
    problems = _senseless(found, node, clauses, patterns, base)
    if problems:
        raise ConfigProblems(problems)
    factors = tuple(_factor(name, fit, base) for name, fit in found.parameters.items())
    defaults = tuple(float(base.allowed(factor.path).value) for factor in factors)
    fields = {name: getattr(found, name) for name in _File.model_fields}
    return Plan(**fields, patterns=patterns, clauses=clauses, factors=factors, defaults=defaults)


def faults_of(paths: Iterable[Path]) -> list[Problem]:
    """Return what is wrong with the plans of calibrations that are among these files and folders."""
    asked = [path.resolve() for path in paths]
    problems: list[Problem] = []
    for file in sorted(CONFIGS.resolve().glob("calibration*.yaml")):
        if any(file.is_relative_to(path) for path in asked):
            try:
                read(file)
            except ConfigProblems as wrong:
                problems += wrong.problems
    return problems


def _factor(name: str, fit: Fit, base: Base) -> Factor:
    allowed = base.allowed(f"rules.{name}")
    kind: Literal["int", "float"] = "int" if isinstance(allowed.value, int) else "float"
    low, high = float(allowed.low or 0.0), float(allowed.high or 0.0)
    return Factor(f"rules.{name}", kind, allowed.unit, allowed.meaning, low, high, fit.scale)


def _told(error: dict[str, Any], node: Node) -> Problem:
    location = [str(part) for part in error["loc"]]
    at = _at(node, location)
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        kinds: dict[str, type[_Record]] = {"parameters": Fit, "fitted": Goal}
        message = f"unknown key{suggestion(location[-1], kinds.get(location[0], _File).model_fields)}"
    return Problem(at.file, at.line, ".".join(location), message)


def _at(node: Node, location: list[str]) -> Node:
    """Return the node at a path, or the last one on the way to it."""
    for key in location:
        node = (below(node, key) if isinstance(node.value, dict) else None) or node
    return node


def _senseless(found: _File, node: Node, clauses: dict[str, Clause], patterns: Patterns, base: Base) -> list[Problem]:
    """Return names that name nothing, and what is fitted though it was held out."""
    problems: list[Problem] = []

    def complain(path: list[str], message: str) -> None:
        at = _at(node, path)
        problems.extend([Problem(at.file, at.line, ".".join(path), message)] if message else [])

    for name in found.parameters:
        complain(["parameters", name], base.unknown(f"rules.{name}") or _without_range(base, f"rules.{name}"))
    for name in found.fitted:
        complain(["fitted", name], _unfit(name, found, clauses, patterns))
    for name in found.held_out:
        known = name in patterns.patterns
        complain(["held_out", name], "" if known else f"no pattern '{name}'{suggestion(name, patterns.patterns)}")
    return problems


def _unfit(name: str, found: _File, clauses: dict[str, Clause], patterns: Patterns) -> str:
    clause = clauses.get(name)
    if clause is None:
        return f"no clause '{name}'{suggestion(name, clauses)}"
    if clause.statistic not in JUDGED:
        return f"a clause judged by '{clause.statistic}' cannot be fitted"
    return f"{_pattern(name, patterns)} is held out" if _pattern(name, patterns) in found.held_out else ""


def _without_range(base: Base, path: str) -> str:
    allowed = base.allowed(path)
    whole = isinstance(allowed.value, int | float) and allowed.low is not None and allowed.high is not None
    return "" if whole and not isinstance(allowed.value, bool) else "has no range of numbers in the rulebook"


def _pattern(clause: str, patterns: Patterns) -> str:
    return next((name for name in patterns.patterns if clause.startswith(name)), "")
