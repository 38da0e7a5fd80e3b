"""What a Morris and a Sobol sweep over parameters say, as ranks and as tables."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sweeps.analysis.indices import Indices
from sweeps.report.designed import designed
from sweeps.report.reading import Sweep, read
from sweeps.report.words import number, title
from sweeps.storage import OutputProblem

RULES = "rules."
SHOWN = 20


def indices_of(folder: Path, kind: str) -> tuple[Sweep, dict[str, Indices]]:
    """Return a finished sweep and the indices of each of its outcomes.

    Raises
    ------
    OutputProblem
        If the sweep is of another design, or not one of its trajectories or blocks is whole.
    """
    sweep = read(folder)
    if sweep.design.get("type") != kind:
        msg = f"{folder}: is a sweep of type {sweep.design.get('type')}, not {kind}"
        raise OutputProblem(msg)
    each = {name: designed(sweep, sweep.outcome(name)) for name in sweep.manifest.get("outcomes", []) if sweep.is_figure(name)}
    found = {name: index for name, index in each.items() if index is not None}
    if not found:
        msg = f"{folder}: too few of its runs have ended"
        raise OutputProblem(msg)
    return sweep, found


def reach(sweep: Sweep, found: Mapping[str, Indices]) -> dict[str, float]:
    """Return for each parameter the largest μ* over the outcomes, in standard deviations of the outcome over all runs."""
    most: dict[str, float] = {}
    for outcome, index in found.items():
        spread = float(np.nanstd(sweep.outcome(outcome))) or 1.0
        for factor, mu in zip(index.factors, index.first, strict=True):
            name = factor.removeprefix(RULES)
            most[name] = max(most.get(name, 0.0), float(mu) / spread)
    return dict(sorted(most.items(), key=lambda pair: (-pair[1], pair[0])))


def morris_table(sweep: Sweep, found: Mapping[str, Indices], grades: Mapping[str, str]) -> str:
    """Return the parameters that move some outcome most: μ* ± its 95 % reach for each, and what the middle one comes to."""
    ranked = reach(sweep, found)
    where = {name: {f.removeprefix(RULES): i for i, f in enumerate(index.factors)} for name, index in found.items()}
    lines = [f"| parameter | grade | {' | '.join(f'{title(name)}: μ*' for name in found)} | μ* in s.d. |"]
    lines.append("|---|---|" + "---|" * (len(found) + 1))
    for name in list(ranked)[:SHOWN]:
        cells = [f"{number(i.first[where[o][name]])} ± {number(i.first_reach[where[o][name]])}" for o, i in found.items()]
        lines.append(f"| `{name}` | {grades.get(name, '')} | {' | '.join(cells)} | {ranked[name]:.2f} |")
    moved = [value for value in ranked.values() if value > 0]
    return "\n".join(lines) + (
        f"\n\nOf {len(ranked)} numbers {len(ranked) - len(moved)} moved nothing in any of {next(iter(found.values())).used} "
        f"trajectories; the middle one of the others comes to {np.median(moved) if moved else 0.0:.2f} s.d., "
        "which is what chance alone does once a die falls otherwise."
    )


def sobol_table(found: Mapping[str, Indices]) -> str:
    """Return first-order and total indices of each outcome, with their 95 % reach, largest total first."""
    lines = ["| outcome | parameter | first order | total |", "|---|---|---|---|"]
    for outcome, index in found.items():
        for i in np.argsort(-index.second):
            first = f"{index.first[i]:.2f} ± {index.first_reach[i]:.2f}"
            total = f"{index.second[i]:.2f} ± {index.second_reach[i]:.2f}"
            lines.append(f"| {title(outcome)} | `{index.factors[i].removeprefix(RULES)}` | {first} | {total} |")
    return "\n".join(lines)
