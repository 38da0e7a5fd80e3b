"""Sections on what moves the outcome: tornado, indices, scenario discovery, decisions."""

from typing import Any

import numpy as np

from sweeps.analysis.decisions import Decision, decide
from sweeps.analysis.indices import Indices, pawn, tornado
from sweeps.analysis.intervals import Floats
from sweeps.analysis.prim import Discovery, discover
from sweeps.report import bars
from sweeps.report.designed import designed
from sweeps.report.parts import Block, Figure, Section, Table, Text
from sweeps.report.reading import DEAD, SURVIVED, Sweep
from sweeps.report.style import short
from sweeps.report.words import cell, count, number, plain, share, title, told
from sweeps.results.layout import POINT, POLICY, WORLD

GIVEN = ("lhs", "random", "table")
READING = {
    "sobol": "First order: the share of the variance that a factor explains alone. Total: with all that it does together "
    "with others. A total far above its first order means that the factor acts through others.",
    "morris": "μ*: how far a step of the factor moves the outcome, on average. σ: how much that differs from place to place; "
    "a σ near or above μ* means that the effect is bent or depends on others.",
    "pawn": "How far the outcome's distribution moves as the factor is held in a slice of its range: median and greatest "
    "distance (0 … 1). “(chance)” is a column of random numbers: what does not rise above it has not been shown to matter.",
}


def effects(sweep: Sweep) -> Section | None:
    """Return the tornado, and the indices that the design allows."""
    if not sweep.factors or sweep.design.get("type") == "nested":
        return None
    y, yes_no = sweep.outcome(sweep.main), sweep.yes_no(sweep.main)
    columns = {name: sweep.levels(name) for name in sweep.factors}
    found = tornado(columns, y)
    label = f"{'share of runs in which ' if yes_no else ''}{title(sweep.main)}"
    drawn = bars.tornado_chart(found, float(np.nanmean(y)), label, shares=yes_no)
    words = "All runs count, whatever the other factors did in them; thin lines are 95 % intervals."
    rows = [
        [short(b.factor), b.low_name, cell(b.low, yes_no=yes_no), b.high_name, cell(b.high, yes_no=yes_no)]
        for b in found[: bars.MOST_BARS]
    ]
    head = ["factor", "low", f"{title(sweep.main)}|95 %", "high", f"{title(sweep.main)}|95 %"]
    blocks: list[Block] = [Figure("tornado", drawn, words), Table(head, rows)]
    return Section(
        "Which factor moves it", f"How each factor moves: {title(sweep.main)}.", [*blocks, *_indices(sweep, columns, y)]
    )


def _indices(sweep: Sweep, columns: dict[str, Any], y: Floats) -> list[Block]:
    kind = str(sweep.design.get("type"))
    if kind in {"sobol", "morris"}:
        found = designed(sweep, y)
        missing = f"The indices of a {kind} design need whole blocks of points; there are too few, or the outcome does not vary."
    elif kind in GIVEN and all(sweep.numeric(name) for name in columns):
        x = np.column_stack([_unit(columns[name]) for name in columns])
        found = pawn(tuple(columns), *_by_point(sweep, x, y))
        missing = "Too few points for PAWN indices."
    else:
        return []
    if found is None:
        return [Text(missing)]
    return _shown(found, sweep)


def _shown(found: Indices, sweep: Sweep) -> list[Block]:
    names = {"sobol": "Sobol indices", "morris": "Morris: elementary effects", "pawn": "PAWN indices"}
    what = {"sobol": "block", "morris": "trajectory", "pawn": "point"}[found.method]
    many = "trajectories" if what == "trajectory" else f"{what}s"
    lost = (
        f"; {count(found.dropped, what, many)} left out whole because a run in it failed or is missing" if found.dropped else ""
    )
    drawn = bars.index_chart(found, f"{names[found.method]} of {title(sweep.main)}")
    words = f"{READING[found.method]} From {count(found.used, what, many)}{lost}."
    parts = (found.first, found.first_reach, found.second, found.second_reach)
    rows = [[short(name), _reach(a, ra), _reach(b, rb)] for name, a, ra, b, rb in zip(found.factors, *parts, strict=True)]
    warnings = [Text(f"Warning: {warning}.", warning=True) for warning in found.warnings]
    return [Figure(found.method, drawn, words), *warnings, Table(["factor", *found.names], rows)]


def _reach(value: float, reach: float) -> str:
    return f"{number(value)}|± {number(reach)}" if reach > 0 else number(value)


def _unit(column: Floats) -> Floats:
    return np.asarray((column - column.min()) / max(float(np.ptp(column)), 1e-300))


def _by_point(sweep: Sweep, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    _, first = np.unique(sweep.runs[POINT].to_numpy(), return_index=True)
    return x[first], sweep.by_point(y)


def discovery(sweep: Sweep) -> Section | None:
    """Return where in the space of the factors the outcome happens (or, if it is a number, where its worst fifth lies)."""
    if len(sweep.factors) < 2 or sweep.design.get("type") == "nested":
        return None
    y, words = _cases(sweep)
    points = sweep.points
    columns = {name: sweep.levels(name, points) for name in sweep.factors}
    found = discover(columns, y)
    if found is None:
        return None
    return Section("Where it happens", f"The box in which {words}.", box_blocks(found, columns, "discovery"))


def _cases(sweep: Sweep) -> tuple[Floats, str]:
    """Return the cases of each point, 0 … 1, and what a case is."""
    if sweep.besieged and sweep.main in {SURVIVED, "siege.survival_days", "end_day"}:
        return sweep.by_point(sweep.held[1].astype(np.float64)), "the enclave falls most often"
    y = sweep.outcome(sweep.main)
    if sweep.yes_no(sweep.main):
        return sweep.by_point(y), f"“{title(sweep.main)}” comes true most often"
    means = sweep.by_point(y)
    high = float(np.nanquantile(means, 0.8))
    return (means >= high).astype(np.float64), f"{title(sweep.main)} is in its highest fifth ({number(high)} and more) most often"


def box_blocks(found: Discovery, columns: dict[str, Any], name: str) -> list[Block]:
    """Return the way of the peeling, the box, and how sure its limits are."""
    box = found.box
    if not box.limits:
        return [Text("PRIM found no box that is worth a limit: the cases lie all over the space.")]
    said = (
        f"The ringed box holds {share(box.coverage)} of all cases in {share(box.mass)} of the points; inside, "
        f"{share(box.density)} are cases, against {share(found.base)} everywhere. Limits worth less than two points of density "
        "were dropped."
    )
    rows = [[short(f), bars.describe(limit, columns[f]), share(found.returns[f])] for f, limit in box.limits.items()]
    left = [f"{short(f)} {share(r)}" for f, r in found.returns.items() if f not in box.limits and r >= 0.3]
    also = f" Also limited in some halves: {', '.join(left)}." if left else ""
    return [
        Figure(f"{name}-peeling", bars.peeling(found), said),
        Figure(f"{name}-box", bars.box_chart(box.limits, columns), "The limits of the box within the range of each factor."),
        Table(["factor", "limit", "comes back"], rows, f"How often half of the points alone limit the factor too.{also}", 2),
    ]


def decisions(sweep: Sweep) -> Section | None:
    """Return options against worlds, with what each option may be regretted for: civilians first."""
    if not {POLICY, WORLD} <= set(sweep.runs.columns):
        return None
    blocks: list[Block] = []
    for name in dict.fromkeys((DEAD, SURVIVED, "siege.survival_days", sweep.main)):
        if sweep.is_figure(name):
            y = sweep.outcome(name)
            more = more_is_better(name)
            named = (sweep.design.get("policies") or (), sweep.design.get("worlds") or ())
            found = decide(sweep.runs[POLICY].tolist(), sweep.runs[WORLD].tolist(), y, more_is_better=more, named=named)
            blocks.append(_decision(found, name, yes_no=sweep.yes_no(name)))
    lead = (
        "Every option was played in every world on the same seeds. Regret: how much worse than the best option of that world. "
        "An option that is best on average may still be the one to be regretted most."
    )
    return Section("Options and worlds", lead, blocks)


def more_is_better(outcome: str) -> bool:
    """Whether more of an outcome is better; deaths, hunger and days cut off are not."""
    worse = (
        "dead",
        "killed",
        "hungry",
        "abducted",
        "wounded",
        "cut",
        "lost",
        "other_front",
        "cause",
        "enemy_t",
        "relief",
        "junction",
    )
    return not any(word in outcome for word in worse)


MOST_WORLDS = 8


def _decision(found: Decision, name: str, *, yes_no: bool) -> Block:
    if found.alike:
        same = told(found.cells[0][0].value, yes_no=yes_no)
        everywhere = {told(each.value, yes_no=yes_no) for row in found.cells for each in row} == {same}
        what = f"{same} with every option in every world" if everywhere else "the same with every option of a world"
        return Text(f"{title(name).capitalize()}: {what}; nothing to choose by.")
    worst = found.most_regret
    worlds = range(min(len(found.worlds), MOST_WORLDS))
    rows = []
    for i, option in enumerate(found.options):
        mean = float(np.nanmean([c.value for c in found.cells[i]]))
        cells = [cell(found.cells[i][j], yes_no=yes_no) for j in worlds]
        rows.append([plain(option), told(mean, yes_no=yes_no), told(float(worst[i]), yes_no=yes_no), *cells])
    shown = f" {len(found.worlds) - MOST_WORLDS} more worlds are in summary.csv." if len(found.worlds) > MOST_WORLDS else ""
    head = ["option", "mean", "greatest regret", *(plain(found.worlds[j]) for j in worlds)]
    better = "more is better" if found.more_is_better else "less is better"
    return Table(head, rows, f"{title(name).capitalize()} ({better}). Least to regret: {plain(found.least_regretted)}.{shown}")
