"""The past: what happened in fact on a map, to stand beside a run at its end (configs/history.yaml)."""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from model.account.frame import Opening
from model.configuration.include import read_file
from model.configuration.loading import CONFIGS
from model.configuration.problems import ConfigProblems, Problem
from model.configuration.yaml_tree import plain

FILE = CONFIGS / "history.yaml"
Grade = Literal["A", "B", "C", "D"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Record):
    """Something that happened on a day; `source` is a row of docs/SOURCES.md."""

    on: date
    words: str
    source: str
    grade: Grade


class Alive(_Record):
    """How many civilians were in the enclave on a day, with the range of the counts."""

    people: int
    low: int
    high: int
    on: date
    source: str
    grade: Grade


class Past(_Record):
    """What is known of one map; milestones by the names that frames give them, where they have one."""

    map: str
    milestones: dict[str, Fact]
    alive: Alive


@cache
def past() -> Past:
    """Return what the file tells; ConfigProblems if it cannot be read."""
    problems: list[Problem] = []
    node = read_file(FILE, problems)
    if node is None or problems:
        raise ConfigProblems(problems)
    try:
        return Past.model_validate(plain(node))
    except ValidationError as wrong:
        found = [Problem(str(FILE), 0, ".".join(map(str, each["loc"])), each["msg"]) for each in wrong.errors()]
        raise ConfigProblems(found) from None


def facts_of(opening: Opening) -> dict[str, Fact]:
    """Return what happened on the map of a run between its first and its last day, by name."""
    known = past()
    if opening.map_name != known.map:
        return {}
    return {name: fact for name, fact in known.milestones.items() if opening.start <= fact.on <= opening.end}


def alive_of(opening: Opening) -> Alive | None:
    """Return how many civilians were in the enclave on a day of a run, if it was counted."""
    known = past()
    there = opening.map_name == known.map and opening.start <= known.alive.on <= opening.end
    return known.alive if there else None
