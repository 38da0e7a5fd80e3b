"""A sweep as planned: what its file says, checked and resolved. Nothing here reads files or plays."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sweeps.design.factor import Factor, Value

Settings = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Until:
    """Replicates are added to a point until the 95 % interval of an outcome is no wider than this on either side."""

    outcome: str
    half_width: float


@dataclass(frozen=True, slots=True)
class Replicates:
    """How often each point is played: `least` to `most` times, looked at every `step`, or on seeds of one's own."""

    least: int = 1
    most: int = 1
    step: int = 4
    until: Until | None = None
    own_seeds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of each day: measures of the series (None: all), every so many days; days 0 keeps no series."""

    days: int = 1
    measures: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may cost, how often one that broke its worker is tried again, how many may fail."""

    run_timeout_s: float = 600.0
    run_memory_mb: float = 2048.0
    retries: int = 1
    max_failures: float = 1.0  # share of all runs


@dataclass(frozen=True, slots=True)
class Branch:
    """A policy or a world of a nested design: its settings, and for a world perhaps a scenario of its own."""

    name: str
    settings: Settings
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A sweep as planned."""

    name: str
    scenario: str
    seed: int
    design: Mapping[str, Any]
    factors: tuple[Factor, ...] = ()
    policies: tuple[Branch, ...] = ()
    worlds: tuple[Branch, ...] = ()
    base: Settings = field(default_factory=dict)  # settings of every point
    where: tuple[str, ...] = ()
    turns: int | None = None
    replicates: Replicates = Replicates()
    seeds: Literal["common", "independent"] = "common"
    stop_when: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ("survived", "end_day")
    record: Record = Record()
    limits: Limits = Limits()
    analyse: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return the plan as the manifest holds it."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    def design_hash(self, scenario_digest: str) -> str:
        """Return the sha256 of all that decides which runs there are and what they write; limits and reports do not."""
        told = {key: value for key, value in self.told().items() if key not in {"limits", "outcomes", "analyse"}}
        return content_hash({"plan": told, "scenario": scenario_digest})


def content_hash(told: Any) -> str:
    """Return the sha256 of something as canonical JSON."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
