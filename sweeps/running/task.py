"""A task: all that a worker needs to play one run, and what it gives back."""

from dataclasses import dataclass
from typing import Any

from sweeps.design.factor import Value
from sweeps.design.plan import Record
from sweeps.results.days import Days


@dataclass(frozen=True, slots=True)
class Task:
    """All that a run needs to be played, wherever that is."""

    scenario: str
    settings: tuple[tuple[str, Value], ...]
    seed: int
    turns: int | None
    stop_when: tuple[str, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a run: its flat row, and its days (None where none are kept)."""

    row: dict[str, Any]
    days: Days | None
