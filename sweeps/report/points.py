"""The table of points: how many runs, what they came to, how sure that is."""

import itertools
from typing import Any

import numpy as np

from sweeps.analysis.intervals import bootstrap, estimate
from sweeps.analysis.survival import restricted_mean
from sweeps.report.parts import Section, Table
from sweeps.report.reading import DEAD, SURVIVED, Sweep
from sweeps.report.style import short
from sweeps.report.words import cell, level_name, number, title
from sweeps.results.layout import POINT

MOST_ROWS = 200
MOST_OUTCOMES = 7


def points(sweep: Sweep) -> Section | None:
    """Return a row a point: how many runs, what they came to, how sure that is."""
    head, rows = point_rows(sweep)
    shown, leading = rows[:MOST_ROWS], list(itertools.takewhile(lambda factor: not sweep.numeric(factor), sweep.factors))
    words = f" The first {MOST_ROWS} of {len(rows):,}; all are in summary.csv." if len(rows) > MOST_ROWS else ""
    lead = "Shares with Wilson's intervals, means with Student's, medians with bootstrapped ones." + words
    return Section("Point by point", lead, [Table(head, shown, words=len(leading))])


def table_outcomes(sweep: Sweep) -> list[str]:
    """Return the outcomes that have a column a point: civilians first, then what the sweep asked for."""
    asked = [DEAD, SURVIVED, sweep.main, *sweep.manifest.get("outcomes", [])]
    return [name for name in dict.fromkeys(asked) if sweep.is_figure(name)][:MOST_OUTCOMES]


def point_rows(sweep: Sweep) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the table of points."""
    names = table_outcomes(sweep)
    tried = sweep.all_runs.groupby(POINT).size()
    place, ys = sweep.runs[POINT].to_numpy(), {name: sweep.outcome(name) for name in names}
    some_failed, some_fell = bool(len(sweep.failed)), sweep.besieged and bool(sweep.held[1].any())
    head = [*(short(f) for f in sweep.factors), "runs", *["failed"] * some_failed, *(f"{title(name)}|95 %" for name in names)]
    head += ["median day held|95 %", "mean days held, restricted"] if some_fell else []
    until = float(np.nanmax(sweep.held[0])) if sweep.besieged else 0.0
    rows = []
    for _, point in sweep.points.iterrows():
        mine = place == point[POINT]
        row = [number(point[f]) if sweep.numeric(f) else level_name(f, point[f]) for f in sweep.factors]
        row += [str(int(mine.sum())), *[str(int(tried[point[POINT]] - mine.sum()))] * some_failed]
        row += [cell(estimate(ys[n][mine], yes_no=sweep.yes_no(n)), yes_no=sweep.yes_no(n)) for n in names]
        if some_fell:
            days, fell = sweep.held[0][mine], sweep.held[1][mine]
            row += [cell(bootstrap(days, np.median, resamples=400)), number(restricted_mean(days, fell, until))]
        rows.append(row)
    return head, rows


def summary(sweep: Sweep) -> Any:
    """Return the same as a table of figures: a row a point, three columns an outcome."""
    import pandas as pd

    place, tried = sweep.runs[POINT].to_numpy(), sweep.all_runs.groupby(POINT).size()
    ys = {name: (sweep.outcome(name), sweep.yes_no(name)) for name in table_outcomes(sweep)}
    rows = []
    for _, point in sweep.points.iterrows():
        mine = place == point[POINT]
        row = {POINT: point[POINT], **{f: point[f] for f in sweep.factors}}
        row |= {"runs": int(mine.sum()), "failed": int(tried[point[POINT]] - mine.sum())}
        for name, (y, yes_no) in ys.items():
            found = estimate(y[mine], yes_no=yes_no)
            row |= {f"{name}.{'share' if yes_no else 'mean'}": found.value, f"{name}.low": found.low, f"{name}.high": found.high}
        rows.append(row)
    return pd.DataFrame(rows)
