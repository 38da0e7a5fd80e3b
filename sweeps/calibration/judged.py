"""Judged on what was held out: the defaults and each set, on patterns that nothing was fitted to."""

from collections.abc import Sequence
from typing import NamedTuple

from sweeps.calibration.playing import Point, Told, jobs, play
from sweeps.calibration.waves import Evidence
from sweeps.validation.judging import judge


class Line(NamedTuple):
    """What one clause came to with one set."""

    clause: str
    held_out: bool
    set: str
    value: float
    low: float
    high: float
    fault: str  # "" if it stands


def judgement(evidence: Evidence, sets: Sequence[int], workers: int, told: Told) -> list[Line]:
    """Play defaults and sets on the windows of every judged clause, fitted and held out, and judge each."""
    plan = evidence.plan
    if not plan.judging_seeds:
        return []
    clauses = [
        name for name, clause in plan.clauses.items()
        if clause.statistic not in ("report", "count") and (name in plan.fitted or held_out(plan.held_out, name))
    ]  # fmt: skip
    points = [Point(i, evidence.points[point].values) for i, point in enumerate([0, *sets])]
    names = ["defaults", *(f"{plan.name}_{i}" for i in range(1, len(sets) + 1))]
    done = play(jobs(plan, points, clauses, range(1, plan.judging_seeds + 1)), workers, told)
    lines = []
    for clause in clauses:
        told_of = plan.clauses[clause]
        for i, name in enumerate(names):
            runs = sorted((d for d in done if d.point == i and d.run == told_of.run and not d.failure), key=lambda d: d.seed)
            found = judge(told_of, [run.values.get((told_of.measure, told_of.days)) for run in runs])
            out = held_out(plan.held_out, clause)
            lines.append(Line(clause, out, name, found.value, found.low, found.high, "; ".join(found.faults)))
    return lines


def held_out(patterns: dict[str, str], clause: str) -> bool:
    """Say whether a clause belongs to a pattern that was held out."""
    return any(clause.startswith(name) for name in patterns)
