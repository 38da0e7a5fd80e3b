"""The patterns of the past: what was seen, in which band it must come out, in which run, and how each is switched off."""

import json
from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from model.configuration.include import read_file
from model.configuration.loading import CONFIGS, load
from model.configuration.problems import COMMAND_LINE, ConfigProblems, Problem, suggestion
from model.configuration.resolved import digest
from model.configuration.yaml_tree import Node, below, plain

FILE = CONFIGS / "patterns.yaml"
Statistic = Literal["median", "rmse", "p90", "share_of_seeds", "share_of_events", "count", "all", "report"]
Text = Annotated[str, Field(min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Run(_Record):
    """What is played: a scenario, with values set as by `--set`."""

    scenario: Text
    settings: list[Text] = Field(default_factory=list, alias="set")
    basis: Text


class Clause(_Record):
    """One statement of a pattern that can come out or not."""

    statement: Text
    run: Text
    days: Annotated[int, Field(ge=1)]  # length of the window from the run's first day
    measure: Text
    statistic: Statistic
    low: float | None = None
    high: float | None = None
    max_width: float | None = None  # of the 5-95 % range
    observed: float | None = None
    unit: Text
    seeds: Annotated[int, Field(ge=1)] = 60  # least number to be judged on
    note: str = ""

    @model_validator(mode="after")
    def _banded(self) -> "Clause":
        if self.statistic != "report" and (self.low is None or self.high is None):
            msg = f"statistic ({self.statistic}) needs low and high"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"low ({self.low:g}) should not be above high ({self.high:g})"
            raise ValueError(msg)
        return self


class Guard(_Record):
    """The mechanism behind a pattern, switched off: these clauses must then fail."""

    off: Text  # in words
    settings: list[Text] = Field(alias="set", min_length=1)
    breaks: list[Text] = Field(min_length=1)


class Pattern(_Record):
    """One pattern of the past."""

    name: Text
    mandatory: bool
    sources: list[Text] = Field(min_length=1)
    confidence: Literal["A", "B", "C"]
    triviality: Text  # how it could pass for a bad reason, and what is done against it
    guard: Guard
    clauses: dict[str, Clause] = Field(min_length=1)


class Patterns(_Record):
    """All patterns, and the runs that their clauses are measured in."""

    runs: dict[str, Run]
    patterns: dict[str, Pattern]

    def only(self, names: list[str]) -> "Patterns":
        """Return some of the patterns; ConfigProblems if one is unknown."""
        wrong = [name for name in names if name not in self.patterns]
        if wrong:
            raise ConfigProblems(
                Problem("--pattern", 0, "", f"no pattern '{name}'{suggestion(name, self.patterns)}") for name in wrong
            )
        return self.model_copy(update={"patterns": {name: self.patterns[name] for name in self.patterns if name in names}})


def patterns_from(path: Path = FILE, measures: frozenset[str] | None = None) -> Patterns:
    """Return the patterns of a file.

    Parameters
    ----------
    measures
        Names that clauses may measure (default: those of `metrics.py`).

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
        found = Patterns.model_validate_json(json.dumps(plain(node)))
    except ValidationError as wrong:
        raise ConfigProblems(_told(dict(error), node) for error in wrong.errors(include_url=False, include_input=False)) from None
    problems = _senseless(found, node, measures if measures is not None else _measures())
    if problems:
        raise ConfigProblems(problems)
    return found


def faults_of(paths: Iterable[Path]) -> list[Problem]:
    """Return what is wrong with the patterns, guards and their settings too, if the file or its folder is among these."""
    if not any(FILE.resolve().is_relative_to(path.resolve()) for path in paths):
        return []
    try:
        resolved(patterns_from(FILE), guards=True)
    except ConfigProblems as wrong:
        return list(wrong.problems)
    return []


def _measures() -> frozenset[str]:
    from sweeps.validation.metrics import METRICS

    return frozenset(METRICS)


def _told(error: dict[str, object], node: Node) -> Problem:
    location = [str(part) for part in error["loc"]]  # type: ignore[attr-defined]
    at = _nearest(node, location)
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = f"unknown key{suggestion(location[-1], _keys(location))}"
    return Problem(at.file, at.line, ".".join(location), message)


def _keys(location: list[str]) -> list[str]:
    """Return the keys that are known beside one."""
    if "guard" in location[:-1]:
        record: type[_Record] = Guard
    elif location[0] == "patterns" and len(location) > 2:
        record = Clause if len(location) > 4 else Pattern
    else:
        record = Run if len(location) > 2 else Patterns
    return [field.alias or name for name, field in record.model_fields.items()]


def _nearest(node: Node, location: list[str]) -> Node:
    """Return the node at a path, or the last one on the way to it."""

    def step(at: Node, key: str) -> Node:
        if isinstance(at.value, list) and key.isdigit() and int(key) < len(at.value):
            return at.value[int(key)]
        return (below(at, key) if isinstance(at.value, dict) else None) or at

    return reduce(step, location, node)


def _senseless(found: Patterns, node: Node, measures: frozenset[str]) -> list[Problem]:
    """Return names that name nothing."""
    problems = []

    def complain(path: list[str], message: str) -> None:
        at = _nearest(node, path)
        problems.append(Problem(at.file, at.line, ".".join(path), message))

    for name, pattern in found.patterns.items():
        for key, clause in pattern.clauses.items():
            path = ["patterns", name, "clauses", key]
            if clause.run not in found.runs:
                complain([*path, "run"], f"no run '{clause.run}'{suggestion(clause.run, found.runs)}")
            if clause.measure not in measures:
                complain([*path, "measure"], f"no measure '{clause.measure}'{suggestion(clause.measure, measures)}")
        for broken in pattern.guard.breaks:
            if broken not in pattern.clauses:
                complain(["patterns", name, "guard", "breaks"], f"no clause '{broken}'{suggestion(broken, pattern.clauses)}")
    return problems


def resolved(found: Patterns, *, guards: bool) -> dict[tuple[str, str], str]:
    """Return the digest of every situation that is played, by (run, pattern whose guard it is or ""); load each once.

    Raises
    ------
    ConfigProblems
        Scenarios or settings that cannot be used.
    """
    digests: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for run, guard, settings in situations(found, guards=guards):
        try:
            digests[run, guard] = digest(load(found.runs[run].scenario, settings))
        except ConfigProblems as wrong:
            where = f"patterns.{guard}.guard.set" if guard else f"runs.{run}"
            problems += [
                Problem("configs/patterns.yaml", 0, where, f"{p.path}: {p.message}") if p.file == COMMAND_LINE else p
                for p in wrong.problems
            ]
    if problems:
        raise ConfigProblems(problems)
    return digests


def situations(found: Patterns, *, guards: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return (run, pattern whose guard it is or "", settings) of all that is played."""
    wanted: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, pattern in found.patterns.items():
        for key, clause in pattern.clauses.items():
            settings = tuple(found.runs[clause.run].settings)
            wanted[clause.run, ""] = settings
            if guards and key in pattern.guard.breaks:
                wanted[clause.run, name] = (*settings, *pattern.guard.settings)
    return [(run, guard, settings) for (run, guard), settings in wanted.items()]
