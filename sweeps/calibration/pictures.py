"""Pictures: where in the space of the parameters the past does not rule the model out, and how the kept sets fit."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sweeps.calibration.matching import Floats, scaled
from sweeps.calibration.waves import Evidence, Region
from sweeps.canvas import blank, png

BINS = 14
LEAST, DEPTH = "viridis_r", "magma"
INK, DEFAULT, SET, BAND = "#333333", "#b3261e", "#3b5b7a", "#cfe3d4"


def pairs(evidence: Evidence, known: Region, sets: Sequence[int]) -> bytes:
    """Return the pairs plot: below the diagonal the least implausibility, above it the share that is not ruled out."""
    names = [factor.path.rpartition(".")[2] for factor in evidence.plan.factors]
    count = len(names)
    figure = blank(1.25 * count + 1.5, 1.25 * count + 0.9)
    panels = figure.subplots(count, count, squeeze=False)
    last: dict[str, Any] = {}
    for row in range(count):
        for column in range(count):
            axes = panels[row, column]
            axes.set_xticks([])
            axes.set_yticks([])
            if row == column:
                _single(axes, known, row, names[row])
            else:
                lower = row > column
                table = _least(known, column, row) if lower else _depth(known, column, row)
                top = 1.5 * known.cutoff if lower else max(0.05, float(np.nanmax(table)))
                last["lower" if lower else "upper"] = axes.imshow(
                    table, origin="lower", extent=(0, 1, 0, 1), cmap=LEAST if lower else DEPTH, vmin=0, vmax=top, aspect="auto"
                )
                _marks(axes, evidence, sets, column, row)
    if count > 1:
        for where, words in (("lower", "least implausibility (below)"), ("upper", "share not ruled out (above)")):
            bar = figure.colorbar(last[where], ax=panels, fraction=0.025, pad=0.01, shrink=0.4)
            bar.set_label(words, fontsize=8)
    figure.suptitle("Not ruled out by the past (red: defaults, white: kept sets)", fontsize=11, x=0.01, ha="left")
    return png(figure)


def _single(axes: Any, known: Region, i: int, name: str) -> None:
    share = np.full(BINS, np.nan)
    place = _bins(known.unit[:, i])
    for k in range(BINS):
        inside = place == k
        share[k] = float((known.off[inside] < known.cutoff).mean()) if inside.any() else np.nan
    axes.fill_between((np.arange(BINS) + 0.5) / BINS, share, color=SET, alpha=0.6, lw=0)
    axes.set(xlim=(0, 1), ylim=(0, max(0.05, 1.15 * float(np.nanmax(share)))))
    axes.set_title(name, fontsize=7, pad=2, color=INK)


def _marks(axes: Any, evidence: Evidence, sets: Sequence[int], column: int, row: int) -> None:
    unit = evidence.unit
    axes.plot(unit[list(sets), column], unit[list(sets), row], "o", ms=3, color="white", mec=INK, mew=0.5)
    axes.plot(unit[0, column], unit[0, row], "x", ms=4, color=DEFAULT)
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _bins(share: Floats) -> Any:
    return np.minimum((share * BINS).astype(int), BINS - 1)


def _least(known: Region, x: int, y: int) -> Floats:
    table = np.full((BINS, BINS), np.inf)
    np.minimum.at(table, (_bins(known.unit[:, y]), _bins(known.unit[:, x])), known.off)
    return np.where(np.isfinite(table), table, np.nan)


def _depth(known: Region, x: int, y: int) -> Floats:
    inside, everyone = np.zeros((BINS, BINS)), np.zeros((BINS, BINS))
    at = (_bins(known.unit[:, y]), _bins(known.unit[:, x]))
    np.add.at(everyone, at, 1.0)
    np.add.at(inside, at, (known.off < known.cutoff).astype(np.float64))
    return np.where(everyone > 0, inside / np.maximum(everyone, 1.0), np.nan)


def fit(evidence: Evidence, sets: Sequence[int]) -> bytes:
    """Return how defaults and sets lie to what was seen, clause by clause, in standard errors of all that might excuse it."""
    plan, seen = evidence.plan, evidence.seen()
    names = list(plan.fitted)
    figure = blank(8.0, 0.42 * len(names) + 1.4)
    axes = figure.subplots()
    axes.axvspan(-plan.cutoff, plan.cutoff, color=BAND, lw=0)
    for level, name in enumerate(names):
        goal, target, found = plan.fitted[name], evidence.targets[name], seen[name]
        z = float(scaled(np.array([target]), goal, target)[0])
        spread = np.sqrt(goal.observation**2 + goal.discrepancy**2 + found.variance / max(1.0, float(found.runs.max())))
        off = (found.mean - z) / spread
        axes.plot(off, np.full(len(off), level), "|", ms=7, color="#999999", alpha=0.6)
        axes.plot(off[list(sets)], np.full(len(sets), level), "o", ms=5, color=SET)
        axes.plot(off[0], level, "x", ms=6, mew=2, color=DEFAULT)
    axes.axvline(0.0, color=INK, lw=0.8)
    axes.set_yticks(range(len(names)), [f"{name} {plan.clauses[name].measure.replace('_', ' ')}" for name in names], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("runs minus observed, in standard errors (grey: all points, red: defaults, blue: kept sets)", fontsize=8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return png(figure)
