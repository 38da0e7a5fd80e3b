"""Sections on what happened to people and to the enclave."""

from typing import Any

import numpy as np

from sweeps.analysis.indices import tornado
from sweeps.analysis.intervals import Floats, wilson
from sweeps.analysis.survival import Curve, cumulative_incidence, kaplan_meier, log_rank, restricted_mean
from sweeps.report import curves
from sweeps.report.maps import classes
from sweeps.report.parts import Block, Figure, Section, Table
from sweeps.report.reading import DEAD, FALL, RELIEF, Sweep
from sweeps.report.style import short
from sweeps.report.words import cell, count, number, p_value
from sweeps.results.layout import OUTCOME

MOST_GROUPS = 5
HOLDS, LASTS = ("The enclave holds", "share still holding"), ("The siege lasts", "share still besieged")


def civilians(sweep: Sweep) -> Section | None:
    """Return who died, of what, by whose fire; and what became of the others."""
    if not sweep.has(DEAD):
        return None
    prefix = f"{OUTCOME}siege.civilians."
    by = sorted(name for name in sweep.runs.columns if name.startswith(f"{prefix}dead_by."))
    rows = []
    for name in by:
        cause, _, side = name.removeprefix(f"{prefix}dead_by.").rpartition(".")
        rows.append(
            [cause.replace("_", " "), side.replace("_", " "), *_spread(sweep, np.nan_to_num(sweep.number(sweep.runs[name])))]
        )
    blocks: list[Block] = []
    if rows:
        rows.sort(key=lambda row: -_figure(row[2]))
        blocks.append(
            Table(
                ["cause", "by", "mean a run|95 %", "median", "5 %", "95 %"],
                rows,
                "Deaths of civilians; the natural ones are not among the killed",
                2,
            )
        )
    fates = (
        "at_start",
        "alive",
        "dead_hunger",
        "dead_fire",
        "dead_massacre",
        "abducted",
        "freed",
        "behind",
        "left",
        "hungry_days",
    )
    there = [name for name in fates if sweep.has(f"siege.civilians.{name}")]
    table = [[name.replace("_", " "), *_spread(sweep, sweep.outcome(f"siege.civilians.{name}"))] for name in there]
    blocks.append(Table(["", "mean a run|95 %", "median", "5 %", "95 %"], table, "What became of the people of the enclave"))
    lead = "Every party's deaths are counted, by cause and by whose fire it was. Means and quantiles are over all runs."
    return Section("Civilians", lead, blocks)


def _spread(sweep: Sweep, y: Floats) -> list[str]:
    known = y[np.isfinite(y)]
    return [cell(sweep.over_runs(y)), *(number(float(np.quantile(known, q))) for q in (0.5, 0.05, 0.95))]


def _figure(text: str) -> float:
    head = text.partition("|")[0].replace(",", "").replace("−", "-")
    return float(head) if head != "–" else -1.0


def survival(sweep: Sweep) -> Section | None:
    """Return who still holds, day by day; what ended the siege; and why enclaves fell."""
    if not sweep.besieged:
        return None
    days, ends = sweep.ends
    fell = np.array([end == FALL for end in ends])
    until = float(sweep.held[0].max())
    if not any(ends):
        return Section("How long the enclave holds", _held_in_words(sweep, until))
    if not fell.any():  # nothing but relief ended a siege: what there is to see is how long it lasted
        relieved = np.array([end == RELIEF for end in ends])
        lasts = [_grouped(sweep, factor, days, relieved, LASTS) for factor in _strongest(sweep, relieved.astype(np.float64))]
        return Section("How long the enclave holds", _held_in_words(sweep, until), [_competing(days, ends, until), *lasts])
    blocks: list[Block] = [
        _plain_survival(kaplan_meier(days, fell)),
        _competing(days, ends, until),
    ]
    blocks += [_grouped(sweep, factor, days, fell) for factor in _strongest(sweep, fell.astype(np.float64))]
    causes = _causes(sweep)
    return Section("How long the enclave holds", _held_in_words(sweep, until), [*blocks, *causes])


def _competing(days: Floats, ends: list[str | None], until: float) -> Figure:
    return Figure("competing", curves.competing(cumulative_incidence(days, ends), until), _COMPETING)


_COMPETING = (
    "Cumulative incidence (Aalen–Johansen). Relief and fall exclude each other: an enclave that was relieved cannot fall any "
    "more, so this, and not one minus the survival curve, is the share that fell."
)


def _plain_survival(whole: Curve) -> Figure:
    words = (
        "Kaplan–Meier, 95 % log-log band. Relief and the end of the run censor: the curve asks how long it would hold unrelieved."
    )
    return Figure("survival", curves.survival([("all runs", whole)], "The enclave holds"), words)


def _held_in_words(sweep: Sweep, until: float) -> str:
    _, ends = sweep.ends
    n, fallen, relieved = len(ends), sum(e == FALL for e in ends), sum(e == RELIEF for e in ends)
    days, fell = sweep.held
    part = sweep.over_runs(np.array([e == FALL for e in ends], dtype=np.float64), yes_no=True)
    return (
        f"Of {count(n, 'run')}, {fallen:,} fell ({cell(part, yes_no=True).replace('|', ', ')}), {relieved:,} were relieved and "
        f"{n - fallen - relieved:,} were besieged to the end. Within {number(until)} days it held "
        f"{number(restricted_mean(days, fell, until))} days on average."
    )


def _strongest(sweep: Sweep, fell: Floats) -> list[str]:
    """Return the factors by which survival is shown: those that move it most."""
    if not sweep.factors or not fell.any():
        return []
    return [bar.factor for bar in tornado({f: sweep.levels(f) for f in sweep.factors}, fell)[:2]]


def _grouped(sweep: Sweep, factor: str, days: Floats, fell: Any, what: tuple[str, str] = HOLDS) -> Block:
    group, names = groups(sweep, factor)
    drawn = [(name, kaplan_meier(days[group == i], fell[group == i])) for i, name in enumerate(names) if (group == i).any()]
    test = log_rank(days, fell, group.tolist())
    words = (
        ""
        if test is None
        else f"Log-rank over all groups: χ² = {number(test.chi2)}, {test.freedom} degrees of freedom, {p_value(test.p)}."
    )
    title, share = what
    return Figure(
        f"survival-{short(factor)}",
        curves.survival(drawn, f"{title}, by {short(factor)}", short(factor), share),
        f"Kaplan–Meier by {short(factor)}. {words}",
    )


def groups(sweep: Sweep, factor: str) -> tuple[Any, list[str]]:
    """Return the group of each run by a factor: its levels while they are few, else thirds."""
    column = sweep.levels(factor)
    place, names = classes(column)
    if len(names) <= MOST_GROUPS:
        return place, names
    if column.dtype == object:
        return np.minimum(place, MOST_GROUPS - 1), [*names[: MOST_GROUPS - 1], "others"]
    edges = np.quantile(column, [1 / 3, 2 / 3])
    thirds = (f"≤ {number(edges[0])}", f"{number(edges[0])}–{number(edges[1])}", f"> {number(edges[1])}")
    return np.searchsorted(edges, column), list(thirds)


def _causes(sweep: Sweep) -> list[Block]:
    if not sweep.has("siege.cause_of_fall"):
        return []
    found = sweep.runs[f"{OUTCOME}siege.cause_of_fall"].dropna().value_counts()
    n, why = int(found.sum()), sweep.runs[f"{OUTCOME}siege.cause_of_fall"].fillna("")
    rows = [
        [
            str(cause),
            str(k),
            cell(wilson(int(k), n), yes_no=True),
            cell(sweep.over_runs((why == cause).to_numpy(dtype=np.float64), yes_no=True), yes_no=True),
        ]
        for cause, k in found.items()
    ]
    return [Table(["cause", "falls", "share of falls|95 %", "share of runs|95 %"], rows, "Why enclaves fell")]
