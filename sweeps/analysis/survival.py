"""Time until something: Kaplan-Meier, competing risks, restricted means, log-rank."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sweeps.analysis.intervals import LEVEL, Floats

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


@dataclass(frozen=True)
class Curve:
    """A step curve from day 0: the share on and after each day, with limits."""

    days: Floats
    share: Floats
    low: Floats
    high: Floats
    n: int

    def at(self, day: float) -> float:
        """Return the share on a day."""
        return float(self.share[np.searchsorted(self.days, day, side="right") - 1])


def kaplan_meier(days: Floats, fell: Flags, level: float = LEVEL) -> Curve:
    """Return the share still standing (Kaplan and Meier 1958) with log-log limits; runs that did not fall are censored.

    `days` is the day of the fall, or the last day on which it was seen to stand.
    """
    from scipy.stats import ecdf

    found: Any = ecdf(_sample(days, fell))
    at, share = np.asarray(found.sf.quantiles), np.asarray(found.sf.probabilities)
    low, high = share.copy(), share.copy()
    if np.any(fell):
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # no limits at 0 and at 1: `_within` knows
            limits: Any = found.sf.confidence_interval(confidence_level=level, method="log-log")
        low, high = _within(limits.low.probabilities, share), _within(limits.high.probabilities, share)
    whole, from_one = np.concatenate([[0.0], at]), [np.concatenate([[1.0], row]) for row in (share, low, high)]
    return Curve(whole, from_one[0], from_one[1], from_one[2], len(days))


def _within(limit: Floats, share: Floats) -> Floats:
    """Return a limit; where log-log has none (nobody or everybody fell) the share itself."""
    return np.where(np.isfinite(limit), np.clip(limit, 0.0, 1.0), share)


def _sample(days: Floats, fell: Flags) -> Any:
    from scipy.stats import CensoredData

    return CensoredData(uncensored=np.asarray(days)[fell], right=np.asarray(days)[~np.asarray(fell)])


@dataclass(frozen=True)
class Incidence:
    """Aalen-Johansen: on each day the share that has ended by each cause, and the share with none of them so far."""

    days: Floats
    by_cause: dict[str, Floats]
    none_yet: Floats
    n: int


def cumulative_incidence(days: Floats, causes: Sequence[str | None]) -> Incidence:
    """Return the cumulative incidence of competing causes; None is a run that was stopped with none of them.

    A cause that ends the siege otherwise (a relief) is no plain censoring: who was relieved cannot fall, so one minus
    Kaplan-Meier would say too many falls.
    """
    day, cause = np.asarray(days, dtype=np.float64), np.asarray([c or "" for c in causes])
    at = np.unique(day[cause != ""])
    at_risk = len(day) - np.searchsorted(np.sort(day), at, side="left")
    names = sorted({c for c in causes if c})
    events = {name: np.array([np.sum((day == t) & (cause == name)) for t in at], dtype=np.float64) for name in names}
    free = np.cumprod(1 - sum(events.values(), np.zeros(len(at))) / at_risk)
    before = np.concatenate([[1.0], free[:-1]]) if len(at) else free
    grown = {name: np.concatenate([[0.0], np.cumsum(before * hit / at_risk)]) for name, hit in events.items()}
    return Incidence(np.concatenate([[0.0], at]), grown, np.concatenate([[1.0], free]), len(day))


def restricted_mean(days: Floats, fell: Flags, until: float) -> float:
    """Return the mean days held within the first `until` (the area under Kaplan-Meier)."""
    curve = kaplan_meier(days, fell)
    inside = curve.days < until
    edges = np.append(curve.days[inside], until)
    return float(np.sum(np.diff(edges) * curve.share[inside]))


@dataclass(frozen=True)
class LogRank:
    """The test that several groups fall at the same pace."""

    chi2: float
    freedom: int
    p: float


def log_rank(days: Floats, fell: Flags, group: Sequence[object]) -> LogRank | None:
    """Return the log-rank test of two groups or more; None where it cannot be made (one group, or nobody fell)."""
    from scipy.stats import chi2

    names = sorted(set(group), key=str)
    member = np.array([[g == name for g in group] for name in names], dtype=np.float64)
    day, event = np.asarray(days, dtype=np.float64), np.asarray(fell, dtype=bool)
    if len(names) < 2 or not event.any():
        return None
    excess, spread = np.zeros(len(names)), np.zeros((len(names), len(names)))
    for t in np.unique(day[event]):
        at_risk = member @ (day >= t)
        fallen = member @ ((day == t) & event)
        n, d = at_risk.sum(), fallen.sum()
        share = at_risk / n
        excess += fallen - d * share
        if n > 1:
            spread += d * (n - d) / (n - 1) * (np.diag(share) - np.outer(share, share))
    value = float(excess[:-1] @ np.linalg.pinv(spread[:-1, :-1]) @ excess[:-1])
    return LogRank(value, len(names) - 1, float(chi2.sf(value, len(names) - 1)))
