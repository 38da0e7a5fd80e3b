"""Implausibility: how far the runs of a point lie from what was seen, in units of all that might excuse it.

I = |z - m| / sqrt(V_ensemble + V_observation + V_discrepancy), where m is the mean of the runs in the clause's scale and
V_ensemble the variance of that mean: the variance between runs, pooled over all points, over their number. Where a point was not
played an emulator stands for m, and its leave-one-out error for V_ensemble. A point is ruled out where its n-th largest I
exceeds the cut-off (Craig and others 1997; Pukelsheim 1994 for three sigma).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sweeps.calibration.plan import Goal

Floats = npt.NDArray[np.float64]
FLOOR = 50.0
"""On the log scale what lies below a fiftieth of the target counts as a fiftieth of it."""
STILL = 1e-9
"""Variance between points below which there is nothing to foretell."""
PENALTIES = np.logspace(-4, 3, 29)


@dataclass(frozen=True)
class Found:
    """What the runs of a clause came to at every point, in the clause's scale."""

    mean: Floats  # NaN where no run holds a case
    runs: Floats  # with a case
    variance: float  # between runs of a point, pooled


def scaled(value: Floats, goal: Goal, target: float) -> Floats:
    """Return values in the scale of a clause."""
    if goal.scale == "linear":
        return np.asarray(value, dtype=np.float64)
    return np.asarray(np.log(np.maximum(value, abs(target) / FLOOR)))


def found(table: Floats, goal: Goal, target: float) -> Found:
    """Return mean, number and pooled variance of a table of points × runs (NaN: the run holds no case)."""
    y = scaled(table, goal, target)
    runs = np.isfinite(y).sum(axis=1)
    mean = np.where(runs > 0, np.nansum(y, axis=1) / np.maximum(runs, 1), np.nan)
    squares = np.nansum((y - mean[:, None]) ** 2)
    freedom = int(np.maximum(runs - 1, 0).sum())
    return Found(mean, runs.astype(np.float64), float(squares / freedom) if freedom else 0.0)


def implausibility(seen: Found, goal: Goal, target: float) -> Floats:
    """Return I at every point that was played; infinite where no run holds a case of what was seen."""
    z = float(scaled(np.array([target]), goal, target)[0])
    ensemble = seen.variance / np.maximum(seen.runs, 1.0)
    off = np.abs(z - seen.mean) / np.sqrt(ensemble + goal.observation**2 + goal.discrepancy**2)
    return np.where(np.isfinite(off), off, np.inf)


def nth_largest(by_clause: Floats, rank: int) -> Floats:
    """Return the n-th largest of each row (the least of all if there are fewer columns)."""
    ordered = -np.sort(-by_clause, axis=1)
    return np.asarray(ordered[:, min(rank, by_clause.shape[1]) - 1])


def weights(by_clause: Floats) -> Floats:
    """Return what points weigh, summing to 1: exp(-sum I² / 2), the likelihood of normal errors in independent clauses."""
    half = 0.5 * (by_clause**2).sum(axis=1)
    weight = np.exp(half.min() - half)
    return np.asarray(weight / weight.sum())


@dataclass(frozen=True)
class Emulator:
    """A quadratic surface through the means of a clause, and how far it misses points that it has not seen."""

    weights: Floats
    error: float  # variance, leave-one-out
    explained: float  # share of the variance between points that it foretells, leave-one-out; 0 or less: nothing

    def at(self, unit: Floats) -> Floats:
        """Return the mean foretold at points of the unit cube."""
        return np.asarray(features(unit) @ self.weights)


def features(unit: Floats) -> Floats:
    """Return constant, linear, quadratic and mixed terms of points of the unit cube."""
    x = 2.0 * unit - 1.0
    upper = np.triu_indices(x.shape[1])
    return np.column_stack([np.ones(len(x)), x, x[:, upper[0]] * x[:, upper[1]]])


def emulator(unit: Floats, mean: Floats) -> Emulator | None:
    """Return the ridge-penalised quadratic with the least leave-one-out error; None with too few points to tell one."""
    known = np.isfinite(mean)
    x, y = features(unit[known]), mean[known]
    if len(y) < unit.shape[1] + 2:
        return None
    best: Emulator | None = None
    spread = max(float(y.var()), 1e-12)
    for penalty in PENALTIES:
        ridge = penalty * np.eye(x.shape[1])
        ridge[0, 0] = 0.0
        solved = np.linalg.solve(x.T @ x + ridge + 1e-9 * np.eye(x.shape[1]), x.T)
        weights, hat = solved @ y, np.einsum("ij,ji->i", x, solved)
        left_out = (y - x @ weights) / np.maximum(1.0 - hat, 1e-6)
        error = float(np.mean(left_out**2))
        if best is None or error < best.error:
            best = Emulator(weights, error, 1.0 - error / spread if spread > STILL else 0.0)
    return best


def foretold(emulators: dict[str, Emulator], goals: dict[str, Goal], targets: dict[str, float], unit: Floats) -> Floats:
    """Return I by clause at points that were not played; the emulator's error stands for that of the ensemble."""
    columns = []
    for name, surface in emulators.items():
        goal, target = goals[name], targets[name]
        z = float(scaled(np.array([target]), goal, target)[0])
        columns.append(np.abs(z - surface.at(unit)) / np.sqrt(surface.error + goal.observation**2 + goal.discrepancy**2))
    return np.column_stack(columns) if columns else np.zeros((len(unit), 1))
