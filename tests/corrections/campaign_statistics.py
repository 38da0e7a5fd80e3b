"""Statistics of the default campaign over seeds: what is wanted, what is found.

`python -m tests.corrections.campaign_statistics [--seeds 12] [--set rules.… = …]` prints a table in Markdown.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from tests.corrections.watched import Numbers, Watch

NEVER = "never"


class Band(NamedTuple):
    """What is wanted of the median over seeds (or, where `of_share`, of the share of seeds in which it happens), and why."""

    low: float | None
    high: float | None
    unit: str
    of_share: bool = False


BANDS: dict[str, Band] = {
    "attacks, 20 and more army dead": Band(6, 16, "in 482 days"),
    "attacks, 100 and more army dead": Band(0, 2, "in 482 days"),
    "attacks in all": Band(None, None, "in 482 days"),
    "enclave area, change": Band(-20, 5, "%"),
    "garrison, 15 January 2017": Band(3500, 4500, "men"),
    "garrison, two weeks before relief": Band(3000, 4500, "men"),
    "harassment, casualties a day": Band(2, 4.5, "men"),
    "IS lost for good to air": Band(2000, 5000, "men to August 2017"),
    "IS in the frame, December 2016": Band(8000, 12000, "men"),
    "IS in the frame, September 2017": Band(8500, 10500, "men"),
    "IS in eastern Homs, day 400": Band(None, None, "men"),
    "raiders, day 400": Band(None, None, "men"),
    "infiltrations tried": Band(None, None, "in the run"),
    "infiltrations": Band(5, 40, "in the run"),
    "WFP flights by 15 January 2017": Band(140, 170, "flights (177 observed since 10 April 2016, some 20 of them before day 0)"),
    "WFP flights in all": Band(None, None, "flights (309 observed to 5 September 2017)"),
    "civilian ration": Band(1300, 1700, "kcal"),
    "days the garrison ate less than civilians": Band(0, 0, "days"),
    "starved": Band(0, 1000, "people"),
    "food stock, median": Band(15, 35, "days"),
    "days in clear": Band(20, None, "days"),
    "days in wait": Band(20, None, "days"),
    "days in advance": Band(20, None, "days"),
    "Palmyra lost": Band(0.3, 0.9, "day; share of seeds wanted", of_share=True),
    "airport lost": Band(0.0, 0.2, "day; share of seeds wanted", of_share=True),
    "relief": Band(0.5, 1.0, "day; share of seeds wanted", of_share=True),
    "encirclement": Band(0.5, 1.0, "day; share of seeds wanted", of_share=True),
    "fall": Band(0.0, 0.2, "day; share of seeds wanted", of_share=True),
    "road from T4, open": Band(None, None, "% of days"),
    "SDF will, day 400": Band(0.2, 0.4, "share"),
}


def of_seed(seed: int, overrides: Sequence[str] = (), days: int | None = None) -> Numbers:
    """Play one seed and return its figures."""
    return Watch(seed, overrides, days).numbers()


def over_seeds(seeds: Sequence[int], overrides: Sequence[str] = (), processes: int = 2) -> list[Numbers]:
    """Play many seeds in fresh processes."""
    play = partial(of_seed, overrides=tuple(overrides))
    with multiprocessing.get_context("spawn").Pool(min(processes, len(seeds))) as pool:
        return pool.map(play, seeds, chunksize=1)


def found(name: str, runs: Sequence[Numbers]) -> float:
    """Return what the band is asked of: the median over seeds, or the share of seeds in which it happened."""
    values = [run[name] for run in runs]
    if BANDS[name].of_share:
        return sum(value is not None for value in values) / len(values)
    return float(np.median([value for value in values if value is not None] or [np.nan]))


def holds(name: str, runs: Sequence[Numbers]) -> bool:
    """Say whether a quantity lies in its band (always true where none is wanted)."""
    band, value = BANDS[name], found(name, runs)
    return bool((band.low is None or value >= band.low) and (band.high is None or value <= band.high))


def row(name: str, runs: Sequence[Numbers]) -> str:
    """Return a line of the table."""
    band = BANDS[name]
    values = [value for run in runs if (value := run[name]) is not None]
    low, middle, high = np.percentile(values, (5, 50, 95)) if values else (np.nan,) * 3
    share = f" ({len(values)} of {len(runs)} seeds)" if len(values) < len(runs) or band.of_share else ""
    wanted = "" if band.low is None and band.high is None else f"{_short(band.low)} to {_short(band.high)}"
    ok = "" if not wanted else "yes" if holds(name, runs) else "**no**"
    spread = f"{_short(low)} to {_short(high)}" if values else ""
    return f"| {name}, {band.unit} | {wanted} | {_short(middle) if values else NEVER}{share} | {spread} | {ok} |"


def _short(value: float | None) -> str:
    if value is None:
        return "more"
    return f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:.3g}"


def table(runs: Sequence[Numbers]) -> str:
    """Return the table in Markdown."""
    head = "| quantity | wanted | median | 5 to 95 % | in its band |\n|---|---|---|---|---|"
    return "\n".join([head, *(row(name, runs) for name in BANDS)])


def main(words: Sequence[str] | None = None) -> None:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12, help="seeds 1 to N")
    parser.add_argument("--set", action="append", default=[], help="an override, as for run.py")
    parser.add_argument("--each", action="store_true", help="also print every seed")
    asked = parser.parse_args(words)
    runs = over_seeds(range(1, asked.seeds + 1), asked.set)
    sys.stdout.write(table(runs) + "\n")
    if asked.each:
        for name in BANDS:
            sys.stdout.write(f"{name}: {', '.join(NEVER if run[name] is None else _short(run[name]) for run in runs)}\n")


if __name__ == "__main__":
    main()
