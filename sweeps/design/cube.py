"""Samples of the unit cube: rows are points, columns factors, every entry a share between 0 and 1."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from model.chance import Chance

Cube = npt.NDArray[np.float64]
TRIES, ROUNDS = 200, 3  # Latin hypercubes looked at (fewer where each is large), and re-rankings of each


def uniform(points: int, factors: int, seed: int) -> Cube:
    """Return points drawn independently."""
    return Chance(seed)["design"].random((points, factors))


def latin(points: int, factors: int, seed: int, *, criterion: str = "orthogonal") -> Cube:
    """Return a Latin hypercube: each factor has one point in each of its `points` equal slices.

    `orthogonal`: the least correlated of many, each re-ranked after Florian (1992); `spread`: the most even in space.
    """
    dice = Chance(seed)["design"]
    if criterion == "spread":
        return np.asarray(qmc.LatinHypercube(factors, optimization="random-cd", seed=dice).random(points))
    best, least = np.zeros((points, factors)), np.inf
    for _ in range(max(10, min(TRIES, 100_000 // points)) if factors > 1 and points > 1 else 1):
        ranks = np.argsort(dice.random((points, factors)), axis=0).astype(float)
        for candidate in (ranks, *_straightened(ranks)):
            worst = largest_correlation(candidate)
            if worst < least:
                best, least = candidate, worst
    return np.asarray((best + 0.5) / points)


def _straightened(ranks: Cube) -> list[Cube]:
    """Return the hypercube re-ranked some times so that its columns correlate less."""
    found = []
    for _ in range(ROUNDS):
        if ranks.shape[0] <= ranks.shape[1] or ranks.shape[1] < 2:
            break
        try:
            lower = np.linalg.cholesky(np.corrcoef(ranks, rowvar=False))
        except np.linalg.LinAlgError:
            break
        turned = (ranks - ranks.mean(axis=0)) @ np.linalg.inv(lower).T
        ranks = np.argsort(np.argsort(turned, axis=0), axis=0).astype(float)
        found.append(ranks)
    return found


def largest_correlation(cube: Cube) -> float:
    """Return the largest correlation between two columns, sign left out (0 for a single column or point)."""
    if cube.shape[1] < 2 or cube.shape[0] < 2:
        return 0.0
    return float(np.max(np.abs(np.corrcoef(cube, rowvar=False) - np.eye(cube.shape[1]))))


def discrepancy(cube: Cube) -> float:
    """Return the centred discrepancy: how unevenly the points fill the cube (0: evenly)."""
    return float(qmc.discrepancy(cube)) if cube.size else 0.0


def problem(names: list[str]) -> dict[str, Any]:
    """Return the unit cube in SALib's words."""
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def saltelli(names: list[str], base: int, seed: int, *, second_order: bool) -> Cube:
    """Return Saltelli's scrambled Sobol sample: base * (k + 2) points, or base * (2k + 2) for second-order indices."""
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem(names), base, calc_second_order=second_order, scramble=True, seed=seed))


def morris(names: list[str], trajectories: int, levels: int, seed: int) -> Cube:
    """Return Morris's trajectories: r * (k + 1) points."""
    from SALib.sample import morris as method

    return np.asarray(method.sample(problem(names), trajectories, num_levels=levels, seed=seed))
