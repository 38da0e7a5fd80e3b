"""PRIM: the box in the space of the factors in which an outcome is most frequent (Friedman and Fisher 1999)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from model.chance import Chance
from sweeps.analysis.intervals import SEED, Floats

ALPHA = 0.05  # share of the points in the box that a step peels off
LEAST_MASS = 0.05
LEAST_COVERAGE = 0.75  # of the boxes passed, the densest that still holds so much of the outcome is shown
WORTH_KEEPING = 0.02  # density that a limit must bring
RESAMPLES = 20
FEWEST_POINTS = 20

Column = np.ndarray[tuple[int, ...], np.dtype[np.float64]] | np.ndarray[tuple[int, ...], np.dtype[np.object_]]
Limit = tuple[float, float] | frozenset[str]  # from … to, or the levels that stay
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Box:
    """A box, and what it holds."""

    limits: dict[str, Limit]
    coverage: float  # share of the outcome's cases that lie in it
    density: float  # share of cases among its points
    mass: float  # share of all points that lie in it


@dataclass(frozen=True)
class Discovery:
    """The way of the peeling, the box chosen from it, and how often a limit came back when half of the points were left out."""

    passed: tuple[Box, ...]
    box: Box
    returns: dict[str, float]
    base: float  # share of cases in the whole space


def discover(factors: Mapping[str, Column], cases: Floats) -> Discovery | None:
    """Return the box where cases (0 … 1 a point) are most frequent; None with too few points, no case or only cases."""
    y = np.asarray(cases, dtype=np.float64)
    if y.size < FEWEST_POINTS or not 0 < y.mean() < 1:
        return None
    passed = _peeled(factors, y)
    box = _simplified(_chosen(passed), factors, y)
    return Discovery(tuple(passed), box, _returns(factors, y), float(y.mean()))


def inside(limits: Mapping[str, Limit], factors: Mapping[str, Column]) -> Mask:
    """Return which points lie in a box."""
    held = np.ones(len(next(iter(factors.values()))), dtype=bool)
    for name, limit in limits.items():
        held &= _meets(factors[name], limit)
    return held


def _meets(column: Column, limit: Limit) -> Mask:
    if isinstance(limit, frozenset):
        return np.array([level in limit for level in column], dtype=bool)
    values = column.astype(np.float64)
    return np.asarray((values >= limit[0]) & (values <= limit[1]), dtype=bool)


def _box(limits: Mapping[str, Limit], factors: Mapping[str, Column], y: Floats) -> Box:
    held = inside(limits, factors)
    density = float(y[held].mean()) if held.any() else 0.0
    return Box(dict(limits), float(y[held].sum() / y.sum()), density, float(held.mean()))


def _peeled(factors: Mapping[str, Column], y: Floats) -> list[Box]:
    """Return the boxes that peeling passes: each step gives up the slice that gains most density for its mass.

    Density alone would throw a whole level of a choice away early, since that is a large slice.
    """
    passed = [_box({}, factors, y)]
    while True:
        now = passed[-1]
        held = inside(now.limits, factors)
        smaller = [_box(now.limits | {name: limit}, factors, y) for name in factors for limit in _peels(factors[name][held])]
        smaller = [box for box in smaller if LEAST_MASS <= box.mass < now.mass]
        if not smaller or now.density >= 1.0:
            return passed
        passed.append(max(smaller, key=lambda box: (box.density - now.density) / (now.mass - box.mass)))


def _peels(column: Column) -> list[Limit]:
    """Return the limits that one peel of a column may leave."""
    if column.dtype == object:
        levels = frozenset(str(level) for level in column)
        return [levels - {level} for level in sorted(levels)] if len(levels) > 1 else []
    values = column.astype(np.float64)
    least, most = float(values.min()), float(values.max())
    if least == most:
        return []
    low, high = np.quantile(values, [ALPHA, 1 - ALPHA])
    above = values[values > min(low, np.nextafter(most, least))]
    below = values[values < max(high, np.nextafter(least, most))]
    return [(float(above.min()), most), (least, float(below.max()))]


def _chosen(passed: list[Box]) -> Box:
    return max((box for box in passed if box.coverage >= LEAST_COVERAGE), key=lambda box: (box.density, box.coverage))


def _simplified(box: Box, factors: Mapping[str, Column], y: Floats) -> Box:
    """Return the box without limits, and without sides of limits, that bring less density than they are worth."""
    while looser := [_box(limits, factors, y) for limits in _looser(box.limits, factors)]:
        least_lost = max(looser, key=lambda other: other.density)
        if box.density - least_lost.density >= WORTH_KEEPING:
            return box
        box = least_lost
    return box


def _looser(limits: Mapping[str, Limit], factors: Mapping[str, Column]) -> Iterator[dict[str, Limit]]:
    """Yield the limits with one of them dropped, or opened to one side."""
    for name, limit in limits.items():
        yield {other: kept for other, kept in limits.items() if other != name}
        if isinstance(limit, tuple):
            values = factors[name].astype(np.float64)
            least, most = float(values.min()), float(values.max())
            if limit[0] > least and limit[1] < most:
                yield {**limits, name: (least, limit[1])}
                yield {**limits, name: (limit[0], most)}


def _returns(factors: Mapping[str, Column], y: Floats) -> dict[str, float]:
    """Return for each factor the share of half samples whose own box limits it."""
    dice, found = Chance(SEED)["halves"], dict.fromkeys(factors, 0)
    for _ in range(RESAMPLES):
        half = np.sort(dice.permutation(y.size)[: y.size // 2])
        if not 0 < y[half].mean() < 1:
            continue
        part = {name: column[half] for name, column in factors.items()}
        for name in _simplified(_chosen(_peeled(part, y[half])), part, y[half]).limits:
            found[name] += 1
    return {name: count / RESAMPLES for name, count in found.items()}
