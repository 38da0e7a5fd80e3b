"""Where a run of a sweep stands among the others of its scenario: the people of the city first, then when help came by road."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sweeps.results import layout
from sweeps.results.tables import load

DEAD = tuple(f"{layout.OUTCOME}siege.civilians.{cause}" for cause in ("dead_hunger", "dead_fire", "dead_massacre"))
RELIEF = f"{layout.OUTCOME}milestones.relief"
FEWEST = 3
"""Runs it takes to say anything of the others."""


def standing(folder: Path, run: int) -> str:
    """Return one sentence on a run among the finished runs of its sweep and world; empty if there is nothing to say."""
    outcomes, _ = load(folder, series=False)
    rows = [row for row in outcomes.to_dict("records") if row[layout.STATUS] == layout.OK]
    own = next((row for row in rows if row[layout.RUN] == run), None)
    if own is None:
        return ""
    alike = [row for row in rows if row.get(layout.WORLD) == own.get(layout.WORLD)]
    if len(alike) < FEWEST:
        return ""
    said = [part for part in (_dead(own, alike), _relief(own, alike)) if part]
    return f"Among {len(alike)} runs of this sweep: {'; '.join(said)}." if said else ""


def _dead(own: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    """Say in how many of the runs fewer civilians died, and the middle of them all."""
    dead = [number for row in rows if (number := _sum(row)) is not None]
    here = _sum(own)
    if here is None or len(dead) < FEWEST:
        return ""
    fewer, middle = sum(number < here for number in dead), sorted(dead)[len(dead) // 2]
    return f"fewer civilians died in {fewer} of them, half had {middle:,.0f} dead or fewer"


def _sum(row: dict[str, Any]) -> float | None:
    values = [float(row[name]) for name in DEAD if _is(row.get(name))]
    return sum(values) if values else None


def _relief(own: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    """Say in how many of the runs the road was opened, and in how many of those earlier."""
    days = [row[RELIEF] for row in rows if _is(row.get(RELIEF))]
    if not days:
        return "the road was opened in none"
    opened = f"the road was opened in {len(days)}"
    return (
        f"{opened}, earlier in {sum(day < own[RELIEF] for day in days)}" if _is(own.get(RELIEF)) else f"{opened}, not in this one"
    )


def _is(value: object) -> bool:
    """Tell whether a cell of the table holds something."""
    return value is not None and not (isinstance(value, float) and math.isnan(value)) and str(value) != "NaT"
