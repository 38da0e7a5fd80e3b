"""Sensitivity of a response to the factors: Sobol, Morris, PAWN (SALib), and the tornado. The design decides which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.chance import Chance
from sweeps.analysis.intervals import SEED, Floats, Interval, estimate, is_yes_no

RESAMPLES = 500
TOO_WIDE = 0.2  # an interval of an index wider than this on one side says little
FIFTH = 0.2
PAWN_SLICES = (10, 8, 5, 4)  # SALib cuts the range in steps of 1/n, and not every n comes out at 1
FEWEST_A_SLICE = 10


@dataclass(frozen=True)
class Indices:
    """Two figures a factor, with half-widths of their 95 % intervals (0 where the method has none)."""

    method: str
    factors: tuple[str, ...]
    first: Floats
    first_reach: Floats
    second: Floats
    second_reach: Floats
    names: tuple[str, str]
    used: int  # points, trajectories or blocks that went in
    dropped: int  # of them left out because a run failed
    warnings: tuple[str, ...]


def sobol(factors: Sequence[str], blocks: Floats, *, second_order: bool, resamples: int = RESAMPLES) -> Indices | None:
    """Return first-order and total Sobol indices of a Saltelli design.

    `blocks` holds the response with one row a base point (A, the AB, the BA if `second_order`, B). A row with a gap is
    dropped whole: filling it with a mean would lower every index without a word.
    """
    from SALib.analyze import sobol as analyser

    whole = np.isfinite(blocks).all(axis=1)
    kept = blocks[whole]
    if len(kept) < 2 or np.ptp(kept) == 0:
        return None
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    with np.errstate(all="ignore"):
        found: Any = analyser.analyze(problem, kept.ravel(), calc_second_order=second_order, num_resamples=resamples, seed=SEED)
    widest = float(np.nanmax([found["S1_conf"], found["ST_conf"]]))
    said = () if widest <= TOO_WIDE else (_too_wide(widest, len(blocks)),)
    s1, s1_reach, st, st_reach = (np.asarray(found[key], dtype=np.float64) for key in ("S1", "S1_conf", "ST", "ST_conf"))
    names = ("first order", "total")
    return Indices("sobol", tuple(factors), s1, s1_reach, st, st_reach, names, len(kept), int((~whole).sum()), said)


def _too_wide(widest: float, base: int) -> str:
    asked = 2 ** int(np.ceil(np.log2(base * (widest / TOO_WIDE) ** 2)))
    return f"an interval reaches ±{widest:.2f}: raise base from {base} to {asked}"


def morris(factors: Sequence[str], x: Floats, y: Floats, levels: int = 4, resamples: int = RESAMPLES) -> Indices | None:
    """Return μ* and σ of elementary effects; `x` in 0 … 1, one trajectory of `len(factors) + 1` rows after the other."""
    from SALib.analyze import morris as analyser

    steps = len(factors) + 1
    whole = np.isfinite(y).reshape(-1, steps).all(axis=1)
    keep = np.repeat(whole, steps)
    if whole.sum() < 2:
        return None
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    found: Any = analyser.analyze(problem, x[keep], y[keep], num_levels=levels, num_resamples=resamples, seed=SEED)
    nothing = np.zeros(len(factors))
    mu, reach, sigma = (np.asarray(found[key], dtype=np.float64) for key in ("mu_star", "mu_star_conf", "sigma"))
    return Indices("morris", tuple(factors), mu, reach, sigma, nothing, ("μ*", "σ"), int(whole.sum()), int((~whole).sum()), ())


def pawn(factors: Sequence[str], x: Floats, y: Floats) -> Indices | None:
    """Return PAWN indices (median and greatest Kolmogorov-Smirnov distance over slices of a factor) of any sample.

    A factor without effect does not give 0 but what chance alone gives; a random column tells how much and is the last factor.
    """
    from SALib.analyze import pawn as analyser

    known = np.isfinite(y)
    slices = next((n for n in PAWN_SLICES if n * FEWEST_A_SLICE <= known.sum()), 0)
    if not slices or np.ptp(y[known]) == 0:
        return None
    names = (*factors, "(chance)")
    sample = np.column_stack([x[known], Chance(SEED)["pawn"].random(int(known.sum()))])
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    found: Any = analyser.analyze(problem, sample, y[known], S=slices, seed=SEED)
    nothing = np.zeros(len(names))
    median, most = np.asarray(found["median"], dtype=np.float64), np.asarray(found["maximum"], dtype=np.float64)
    return Indices(
        "pawn", names, median, nothing, most, nothing, ("median", "greatest"), int(known.sum()), int((~known).sum()), ()
    )


@dataclass(frozen=True)
class Bar:
    """A factor's bar of the tornado: the response in its lowest and in its highest fifth (or at two levels)."""

    factor: str
    low: Interval
    high: Interval
    low_name: str
    high_name: str

    @property
    def length(self) -> float:
        """How far the two lie apart."""
        return abs(self.high.value - self.low.value)


def tornado(factors: Mapping[str, Any], y: Floats) -> list[Bar]:
    """Return a bar for each factor that varies, longest first; all runs count, whatever the other factors did."""
    bars = [bar for name, column in factors.items() if (bar := _bar(name, np.asarray(column), np.asarray(y, float))) is not None]
    return sorted(bars, key=lambda bar: -bar.length)


def _bar(name: str, column: Any, y: Floats) -> Bar | None:
    known = np.isfinite(y)
    column, y = column[known], y[known]
    levels = sorted(set(column.tolist()), key=str if column.dtype == object else None)
    if len(levels) < 2:
        return None
    yes_no = is_yes_no(y)
    if column.dtype == object:
        each = [(estimate(y[column == level], yes_no=yes_no), str(level)) for level in levels]
        (least, least_name), *_, (most, most_name) = sorted(each, key=lambda pair: pair[0].value)
        return Bar(name, least, most, least_name, most_name)
    low, high = np.quantile(column, [FIFTH, 1 - FIFTH])
    if low == high:
        low, high = levels[0], levels[-1]
    lowest, highest = (estimate(y[part], yes_no=yes_no) for part in (column <= low, column >= high))
    return Bar(name, lowest, highest, f"≤ {low:.4g}", f"≥ {high:.4g}")
