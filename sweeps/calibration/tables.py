"""The files of a calibration: runs, points, region, widths, sets, judgement; each written whole."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from model.configuration.plain_file import bytes_of
from sweeps.calibration.judged import Line
from sweeps.calibration.learnt import Width, overlay
from sweeps.calibration.plan import Plan
from sweeps.calibration.waves import Evidence, Region
from sweeps.design.plan import content_hash
from sweeps.storage import OutputProblem, write_whole

PLAN, _LARGEST = "plan.json", 1_000_000  # bytes
MOST_ROWS = 5000
"""Rows of the region that are written."""


def folder_for(plan: Plan, out: Path, *, resume: bool) -> None:
    """Make the folder, or find it fit to go on with.

    Raises
    ------
    OutputProblem
        If it cannot be made, or holds another calibration, or this one and `resume` is not said.
    """
    told = plan.told()
    mark = out / PLAN
    try:
        out.mkdir(parents=True, exist_ok=True)
        before = json.loads(bytes_of(mark, _LARGEST)) if mark.exists() else None
    except (OSError, ValueError, RecursionError) as wrong:
        msg = f"{out}: cannot be used for a calibration: {wrong}"
        raise OutputProblem(msg) from wrong
    if before is not None and content_hash(before) != content_hash(told):
        msg = f"{out}: holds another calibration; name another folder with --out"
        raise OutputProblem(msg)
    if before is not None and not resume:
        msg = f"{out}: already holds this calibration; add --resume to go on with it, or name another folder with --out"
        raise OutputProblem(msg)
    write_whole(mark, json.dumps(told, indent=1).encode())


def write(
    evidence: Evidence, known: Region, left: Sequence[Width], sets: Sequence[int], lines: Sequence[Line], out: Path
) -> None:
    """Write all tables and sets."""
    plan = evidence.plan
    names = [factor.path.removeprefix("rules.") for factor in plan.factors]
    head = ["run", "seed", "point", "measure", "days", "value"]
    _table(out / "runs.csv", head, _runs(evidence))
    failures = [[each.run, each.seed, each.point, each.failure] for each in evidence.done if each.failure]
    _table(out / "failures.csv", ["run", "seed", "point", "failure"], failures)
    off, deciding, seen = evidence.off(), evidence.deciding(), evidence.seen()
    head = ["point", "wave", *names, *(f"mean.{c}" for c in seen), *(f"I.{c}" for c in seen), "I", "ruled_out"]
    rows = [
        [
            point.number, evidence.wave[i], *point.values, *(found.mean[i] for found in seen.values()), *off[i], deciding[i],
            bool(deciding[i] >= plan.cutoff),
        ]
        for i, point in enumerate(evidence.points)
    ]  # fmt: skip
    _table(out / "points.csv", head, rows)
    kept = known.off < known.cutoff
    inside = [
        [*(factor.at(float(u)) for factor, u in zip(plan.factors, unit, strict=True)), value]
        for unit, value in zip(known.unit[kept][:MOST_ROWS], known.off[kept][:MOST_ROWS], strict=True)
    ]
    _table(out / "region.csv", [*names, "I"], inside)
    _table(out / "widths.csv", [*Width._fields, "said"], [[*width, width.said] for width in left])
    _table(out / "judgement.csv", list(Line._fields), lines)
    write_sets(evidence, sets, out / "sets")


def write_sets(evidence: Evidence, sets: Sequence[int], folder: Path) -> list[str]:
    """Write the parameter sets and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{evidence.plan.name}_{i}" for i in range(1, len(sets) + 1)]
    for name, point in zip(names, sets, strict=True):
        write_whole(folder / f"{name}.yaml", overlay(evidence, point, name).encode())
    return names


def _runs(evidence: Evidence) -> Iterable[list[Any]]:
    for each in sorted(evidence.done, key=lambda done: (done.run, done.seed, done.point)):
        for (measure, days), value in sorted(each.values.items()):
            yield [each.run, each.seed, each.point, measure, days, "" if value is None else value]


def _table(path: Path, head: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    write_whole(path, text.getvalue().encode())
