"""Five assaults, one parameter set: `python -m tests.checks.five_assaults [replicates]` prints model beside record.

With a second number the attackers' men and weapons are multiplied by it: how much rests on the reading.
"""

import sys

import numpy as np

from tests.checks.battle import Case, play, resized
from tests.checks.city import air_base_2014, january_2016, january_2017
from tests.checks.palmyra import december_2016, march_2016

REPLICATES = 30
ALSO = ("ratio", "ratio_48h", "ratio_14d", "executed", "captured", "is_by_air", "strikes", "svbieds", "goal_day", "components")
"""Figures that help to understand a case; not judged."""


def cases() -> tuple[Case, ...]:
    """Return the five cases."""
    return january_2016(), january_2017(), air_base_2014(), march_2016(), december_2016()


def replicates(case: Case, many: int, first: int = 1, rules=None) -> dict[str, np.ndarray]:
    """Play a case with so many seeds; return every figure as an array."""
    told = [play(case, seed, rules) for seed in range(first, first + many)]
    return {name: np.array([one[name] for one in told]) for name in told[0]}


def misses(case: Case, told: dict[str, np.ndarray]) -> dict[str, float]:
    """Return, for each reported figure, median of the model / best of the reports."""
    return {name: float(np.median(told[name])) / seen.best for name, seen in case.observed.items()}


def table(many: int = REPLICATES, attackers: float = 1.0) -> str:
    """Return the table of all cases, the attackers' men multiplied by `attackers`."""
    lines = ["| case | figure | reported (best) | model, median [10-90 %] | model / best |", "|---|---|---|---|---|"]
    for case in cases():
        told = replicates(resized(case, attackers), many)
        for name, seen in case.observed.items():
            factor = misses(case, told)[name]
            span = f"{seen.low:g}-{seen.high:g} ({seen.best:g})"
            lines.append(f"| {case.title} | {name} | {span} | {_spread(told[name])} | {factor:.2f} |")
        rest = [f"{name} {_spread(told[name])}" for name in ALSO if name in told and name not in case.observed]
        lines.append(f"| | also | | {'; '.join(rest)} | |")
    return "\n".join(lines)


def _spread(values: np.ndarray) -> str:
    known = values[~np.isnan(values)]
    if not known.size:
        return "never"
    low, middle, high = np.percentile(known, (10, 50, 90))
    digits = 2 if high < 10 else 0
    share = f" in {known.size} of {values.size}" if known.size < values.size else ""
    return f"{middle:.{digits}f} [{low:.{digits}f}-{high:.{digits}f}]{share}"


if __name__ == "__main__":
    sys.stdout.write(table(int((sys.argv[1:2] or [REPLICATES])[0]), float((sys.argv[2:3] or [1.0])[0])) + "\n")
