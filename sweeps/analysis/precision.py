"""Precision: what more runs would bring, how much of what is seen is chance, and what common seeds have gained."""

import math
from typing import NamedTuple

import numpy as np

from model.chance import Chance
from sweeps.analysis.intervals import SEED, Floats, Interval, estimate, is_yes_no

FEWEST_REPLICATES = 3
RESAMPLES = 400


class Convergence(NamedTuple):
    """Half-widths of the interval of a point after so many replicates: the mean and the widest over the points."""

    replicates: Floats
    mean: Floats
    widest: Floats


def convergence(table: Floats) -> Convergence:
    """Return how the intervals narrow; `table` is points × replicates with NaN where a run is missing."""
    stride, yes_no = max(1, table.shape[1] // 30), is_yes_no(table)
    counts = np.array([n for n in range(2, table.shape[1] + 1) if n <= 10 or n % stride == 0], dtype=np.float64)
    reach = np.array([[estimate(row[: int(n)], yes_no=yes_no).half_width for row in table] for n in counts])
    reach = reach.reshape(len(counts), -1)
    usable = np.isfinite(reach).any(axis=1) if reach.size else np.zeros(len(counts), dtype=bool)
    return Convergence(counts[usable], np.nanmean(reach[usable], axis=1), np.nanmax(reach[usable], axis=1))


def noise_share(table: Floats) -> float:
    """Return the share of the variance of single runs that is chance: within points, over within plus between (0 … 1)."""
    rows = [row[np.isfinite(row)] for row in table]
    rows = [row for row in rows if row.size >= 2]
    if len(rows) < 2:
        return math.nan
    within = float(np.mean([row.var(ddof=1) for row in rows]))
    size = float(np.mean([row.size for row in rows]))
    between = max(0.0, float(np.var([row.mean() for row in rows], ddof=1)) - within / size)
    return within / (within + between) if within + between > 0 else math.nan


def common_seeds_gain(table: Floats) -> Interval | None:
    """Return how many times fewer runs a difference between two points takes because they share their seeds.

    Variance of a difference with independent seeds over the variance of the paired difference, mean over all pairs of points;
    limits from resampled replicates. 1 is no gain. None without three whole replicates of two points.
    """
    whole = table[:, np.isfinite(table).all(axis=0)]
    if whole.shape[0] < 2 or whole.shape[1] < FEWEST_REPLICATES or np.ptp(whole) == 0:
        return None
    n = whole.shape[1]
    seen = _gain(whole)
    if not math.isfinite(seen):
        return None
    dice = Chance(SEED)["replicates"]
    drawn = [_gain(whole[:, dice.integers(n, size=n)]) for _ in range(RESAMPLES)]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Interval(seen, float(low), float(high))


def _gain(table: Floats) -> float:
    alone = table.var(axis=1, ddof=1).mean()
    residual = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    paired = float((residual**2).sum()) / freedom
    return float(alone) / paired if paired > 0 else math.nan
