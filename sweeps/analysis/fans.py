"""Fans: how a measure spreads over the runs, day by day, with no run lost from sight when it ends."""

from dataclasses import dataclass

import numpy as np

from sweeps.analysis.intervals import Floats

BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Fan:
    """Quantiles (rows as `BANDS`) by turn, and how many runs were still going."""

    turns: Floats
    quantiles: Floats
    going: Floats
    n: int


def fan(run: Floats, turn: Floats, value: Floats) -> Fan:
    """Return the fan of a measure from its long table.

    A run that has ended keeps its last state: otherwise the late days would show survivors alone and look better the more
    runs had fallen. How many were still going is returned to be drawn beside it.
    """
    runs, row = np.unique(run, return_inverse=True)
    turns, column = np.unique(turn, return_inverse=True)
    seen = np.full((len(runs), len(turns)), np.nan)
    seen[row, column] = value
    there = np.zeros(seen.shape, dtype=bool)
    there[row, column] = True
    last = there.shape[1] - 1 - np.argmax(there[:, ::-1], axis=1)
    going = (last[:, None] >= np.arange(len(turns))).sum(axis=0)
    return Fan(turns, np.nanquantile(_carried(seen), BANDS, axis=0), going.astype(np.float64), len(runs))


def _carried(seen: Floats) -> Floats:
    """Return the table with every gap filled by the last value before it (before the first: the first)."""
    known = np.isfinite(seen)
    first = np.argmax(known, axis=1)
    index = np.where(known, np.arange(seen.shape[1]), first[:, None])
    return np.take_along_axis(seen, np.maximum.accumulate(index, axis=1), axis=1)
