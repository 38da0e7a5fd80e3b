"""What was learnt: the width that is left of each parameter, and the parameter sets that are kept."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sweeps.calibration.matching import Floats
from sweeps.calibration.plan import Plan
from sweeps.calibration.waves import Evidence, Region, spread

LOW, HIGH = 0.1, 0.9
LEARNT, NOT_TOLD = 0.6, 0.8
"""A width of at most the first share of the prior's says something, one above the second nothing."""


class Width(NamedTuple):
    """A parameter's values that are not ruled out, 10 to 90 %, against its whole range."""

    name: str
    low: float
    middle: float
    high: float
    default: float
    share: float  # of the width of the prior
    likely_low: float = np.nan  # the same quantiles and share, points weighed by their likelihood
    likely_middle: float = np.nan
    likely_high: float = np.nan
    likely_share: float = np.nan

    @property
    def said(self) -> str:
        """Whether the record tells it: by what it rules out, or else by what it makes likely."""
        if np.isnan(self.share):
            return "nothing is left"
        share = float(np.nanmin([self.share, self.likely_share]))
        return "learnt" if share <= LEARNT else "a little" if share <= NOT_TOLD else "not identifiable"


def widths(plan: Plan, known: Region) -> list[Width]:
    """Return the width left of each parameter."""
    found = []
    for i, factor in enumerate(plan.factors):
        name = factor.path.removeprefix("rules.")
        if not len(known.kept):
            found.append(Width(name, np.nan, np.nan, np.nan, plan.defaults[i], np.nan))
            continue
        low, middle, high = (float(q) for q in np.quantile(known.kept[:, i], (LOW, 0.5, HIGH)))
        ends = (float(factor.at(low)), float(factor.at(middle)), float(factor.at(high)))
        likely = weighed(known.unit[:, i], known.weight, (LOW, 0.5, HIGH))
        values = (float(factor.at(likely[0])), float(factor.at(likely[1])), float(factor.at(likely[2])))
        spans = ((high - low) / (HIGH - LOW), (likely[2] - likely[0]) / (HIGH - LOW))
        found.append(Width(name, *ends, plan.defaults[i], spans[0], *values, spans[1]))
    return found


def weighed(values: Floats, weight: Floats, shares: Sequence[float]) -> list[float]:
    """Return quantiles of weighed values."""
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weight[order])
    return [float(values[order][min(int(np.searchsorted(upto, share * upto[-1])), len(order) - 1)]) for share in shares]


def chosen(evidence: Evidence) -> list[int]:
    """Return the points of the sets that are kept: the least implausible one, then others not ruled out, far from each other.

    Where fewer are not ruled out than sets are asked for, the least implausible ones fill up; the page says so.
    """
    plan, deciding = evidence.plan, evidence.deciding()
    means = _means(evidence.off())
    order = np.lexsort((means, deciding))
    good = [int(p) for p in order if deciding[p] < plan.cutoff and p > 0]
    if len(good) <= plan.sets:
        rest = [int(p) for p in order if int(p) not in good and p > 0]
        return (good + rest)[: plan.sets]
    best = min(good, key=lambda p: (means[p], p))
    others = np.array([p for p in good[: max(plan.sets * 4, len(good) // 2)] if p != best])
    far = spread(evidence.unit[others], evidence.unit[[best]], plan.sets - 1)
    rows = [int(others[int(np.argmin(((evidence.unit[others] - row) ** 2).sum(axis=1)))]) for row in far]
    return [best, *rows]


def _means(off: Floats) -> Floats:
    return np.asarray(np.sqrt(np.mean(np.minimum(off, 99.0) ** 2, axis=1)))


def overlay(evidence: Evidence, point: int, name: str) -> str:
    """Return a parameter set as a file that a scenario includes or a sweep names."""
    plan, deciding = evidence.plan, evidence.deciding()[point]
    lines = [
        "# yaml-language-server: $schema=../../schemas/scenario.schema.json",
        f"# {name}: written by `python run.py calibrate --publish` (docs/CALIBRATION.md); not for editing.",
        f"# Implausibility {deciding:.2f}.",
        "rules:",
    ]
    groups: dict[str, list[str]] = {}
    for factor, value in zip(plan.factors, evidence.points[point].values, strict=True):
        group, parameter = factor.path.removeprefix("rules.").split(".")
        told = round(value) if factor.kind == "int" else float(f"{value:.6g}")
        basis = f"history matching, {name} (docs/CALIBRATION.md)"
        groups.setdefault(group, []).append(f"    {parameter}: {{value: {told}, basis: '{basis}'}}")
    for group, rows in groups.items():
        lines += [f"  {group}:", *rows]
    return "\n".join(lines) + "\n"
