"""Two settings on the same seeds: the mean paired difference, its interval, and a test that assumes no distribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.chance import Chance
from sweeps.analysis.intervals import SEED, Floats, Interval, bootstrap

Direction = Literal["up", "down"]
Values = Sequence[float] | Floats
EXACT_TO = 16  # pairs up to which every one of the 2^n flips is tried
FLIPS = 50_000
_BATCH = 5_000


@dataclass(frozen=True)
class Paired:
    """What a change from one setting to another did to an outcome, seed by seed."""

    pairs: int
    difference: Interval  # mean of (to - from), bootstrap 95 %
    median_from: float
    median_to: float
    share_up: float
    share_down: float
    share_equal: float
    worst: int  # index of the pair with the least difference
    best: int

    def share(self, direction: Direction) -> float:
        """Return the share of seeds that moved in a direction."""
        return self.share_up if direction == "up" else self.share_down


@dataclass(frozen=True)
class Verdict:
    """A row of hypotheses, tested: what happened, and how likely it is by chance alone."""

    paired: Paired
    direction: Direction
    p: float  # one-sided, not corrected
    exact: bool


def paired(before: Values, after: Values, seed: int = SEED) -> Paired:
    """Return the paired differences `after - before`, one pair a seed.

    Raises
    ------
    ValueError
        If they differ in length, are empty or not all numbers: a run that ended early has to keep its last state.
    """
    first, second = _pairs(before, after)
    d = second - first
    return Paired(
        pairs=d.size,
        difference=bootstrap(d, seed=seed),
        median_from=float(np.median(first)),
        median_to=float(np.median(second)),
        share_up=float((d > 0).mean()),
        share_down=float((d < 0).mean()),
        share_equal=float((d == 0).mean()),
        worst=int(d.argmin()),
        best=int(d.argmax()),
    )


def sign_flip(differences: Values, direction: Direction, flips: int = FLIPS, seed: int = SEED) -> tuple[float, bool]:
    """Return the one-sided p of a mean as large in the direction as the one seen, and whether all flips were tried.

    If the change did nothing, the sign of every paired difference is as good as its opposite (Fisher 1935). With at most
    `EXACT_TO` pairs every combination of signs is tried; with more, `flips` are drawn and the one seen is counted among them.
    """
    d = np.asarray(differences, dtype=np.float64) * (1.0 if direction == "up" else -1.0)
    seen = d.sum()
    tolerance = 1e-12 * max(1.0, float(np.abs(d).sum()))  # sums of the same numbers in another order are equal
    if d.size <= EXACT_TO:
        ways = np.arange(2**d.size)[:, None] >> np.arange(d.size) & 1
        return float(((1 - 2 * ways) @ d >= seen - tolerance).mean()), True
    dice = Chance(seed)["sign flip"]
    reached = 0
    for begun in range(0, flips, _BATCH):
        signs = 1 - 2 * dice.integers(0, 2, size=(min(_BATCH, flips - begun), d.size), dtype=np.int8)
        reached += int((signs @ d >= seen - tolerance).sum())
    return (1 + reached) / (1 + flips), False


def verdict(before: Values, after: Values, direction: Direction, flips: int = FLIPS, seed: int = SEED) -> Verdict:
    """Return the paired differences and their sign-flip test in the direction that was named before any run."""
    first, second = _pairs(before, after)
    p, exact = sign_flip(second - first, direction, flips, seed)
    return Verdict(paired(first, second, seed), direction, p, exact)


def holm(p: Sequence[float]) -> list[float]:
    """Return the p of several rows, corrected so that any false one among them is as rare as the level (Holm 1979)."""
    order = sorted(range(len(p)), key=lambda row: p[row])
    corrected, largest = [0.0] * len(p), 0.0
    for rank, row in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[row]))
        corrected[row] = largest
    return corrected


def _pairs(before: Values, after: Values) -> tuple[Floats, Floats]:
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 1 or not first.size:
        msg = f"paired values need one of each for every seed, not {first.shape} and {second.shape}"
        raise ValueError(msg)
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        msg = "paired values must all be known: a run that ended early keeps its last state"
        raise ValueError(msg)
    return first, second
