"""Judging: do the values of a clause over seeds lie in its band? The rules are told in docs/VALIDATION.md."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from sweeps.validation.patterns import Clause

LOW, HIGH = 0.05, 0.95
Z = NormalDist().inv_cdf(0.975)
EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a clause."""

    seeds: int  # played
    cases: int  # of them with a case of what is measured
    value: float  # the statistic
    low: float  # 5 % of the values, or of the Wilson interval its lower end
    high: float
    quantile: float | None  # share of the values below the observed one, half of those equal to it
    faults: tuple[str, ...]  # why it does not stand
    judged: bool  # enough seeds, and not only reported

    @property
    def stands(self) -> bool:
        """Whether the values meet the clause, with however few seeds."""
        return not self.faults

    @property
    def failed(self) -> bool:
        """Whether it was judged and does not stand."""
        return self.judged and not self.stands


def wilson(successes: float, cases: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    if cases == 0:
        return 0.0, 1.0
    share, square = successes / cases, Z * Z
    centre = (share + square / (2 * cases)) / (1 + square / cases)
    half = Z * math.sqrt(share * (1 - share) / cases + square / (4 * cases * cases)) / (1 + square / cases)
    return max(0.0, centre - half), min(1.0, centre + half)


def judge(clause: Clause, values: Sequence[float | None]) -> Judgement:
    """Judge a clause by its values, one a seed (None: the run holds no case)."""
    known = np.array([value for value in values if value is not None], dtype=np.float64)
    enough = len(values) >= clause.seeds and clause.statistic != "report"
    if known.size == 0:
        faults = () if clause.statistic == "report" else ("no seed holds a case",)
        return Judgement(len(values), 0, math.nan, math.nan, math.nan, None, faults, enough)
    value, low, high = _summary(clause, known)
    quantile = _quantile(known, clause.observed)
    return Judgement(len(values), known.size, value, low, high, quantile, tuple(_faults(clause, value, low, high)), enough)


def _summary(clause: Clause, known: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float, float]:
    if clause.statistic.startswith("share_of"):
        share = float(known.mean())
        return share, *wilson(float(known.sum()), known.size)
    low, high = (float(q) for q in np.quantile(known, (LOW, HIGH)))
    if clause.statistic == "count":
        return float(known.sum()), low, high
    if clause.statistic == "all":
        return float(known.min()), low, high
    return float(np.quantile(known, 0.9 if clause.statistic == "p90" else 0.5)), low, high


def _quantile(known: "np.ndarray[tuple[int], np.dtype[np.float64]]", observed: float | None) -> float | None:
    if observed is None:
        return None
    return float((known < observed).mean() + 0.5 * (known == observed).mean())


def _faults(clause: Clause, value: float, low: float, high: float) -> list[str]:
    if clause.statistic == "report" or clause.low is None or clause.high is None:
        return []
    if clause.statistic.startswith("share_of"):
        return [] if low <= clause.high and high >= clause.low else ["interval outside the band"]
    told = f"{'90 %' if clause.statistic == 'p90' else clause.statistic} {'below' if value < clause.low else 'above'} the band"
    faults = [] if clause.low - EDGE <= value <= clause.high + EDGE else [told]
    if clause.statistic in ("median", "rmse"):
        faults += ["too wide"] if clause.max_width is not None and high - low > clause.max_width + EDGE else []
        beyond = clause.observed is not None and not low - EDGE <= clause.observed <= high + EDGE
        faults += ["observed outside 5-95 %"] if beyond else []
    return faults
