"""Yardsticks: figures that mean the same on a slow machine and on a fast one."""

from importlib import import_module
from importlib.util import find_spec
from time import perf_counter

import numpy as np

TWIN = "tests.twin.timing"
"""Where the ordinary Mesa model is timed; it is not part of an installed game."""
TWIN_UNITS, TWIN_TURNS = 200, 20
ROUNDS, SIZE = 40, 256


def seconds_of_fixed_work() -> float:
    """Return the seconds that a fixed piece of work takes here: array sums, sorting and plain Python, a tenth of a second or so.

    It never changes, so a campaign's time over it characterises the code and not the machine.
    """
    table = np.arange(SIZE * SIZE, dtype=np.float64).reshape(SIZE, SIZE)
    table = np.sin(table)
    begun = perf_counter()
    found = 0.0
    for _ in range(ROUNDS):
        table = np.sort(np.cos(table), axis=0) + table.T * 0.5
        found += float(table.sum())
        counts: dict[int, int] = {}
        for number in range(20_000):
            counts[number % 97] = counts.get(number % 97, 0) + number
        found += sum(counts.values())
    spent = perf_counter() - begun
    return spent if np.isfinite(found) else float("inf")


def against_the_twin(n_units: int = TWIN_UNITS, turns: int = TWIN_TURNS) -> dict[str, float] | None:
    """Return what the same laws cost as an ordinary Mesa model and here, in the same run; None without the tests' folder."""
    try:
        there = find_spec(TWIN) is not None
    except ModuleNotFoundError:
        there = False
    if not there:
        return None
    timing = import_module(TWIN)
    timing.seconds_of_engine(n_units, 2)
    twin = float(timing.seconds_of_twin(n_units, turns))
    engine = min(float(timing.seconds_of_engine(n_units, turns)) for _ in range(3))
    return {
        "twin_units": n_units,
        "twin_us_per_turn": 1e6 * twin / turns,
        "twin_engine_us_per_turn": 1e6 * engine / turns,
        "twin_ratio": twin / engine,
    }
