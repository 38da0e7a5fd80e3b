"""The section on what each change does by itself: options, or factors changed one at a time, against the same seeds unchanged."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sweeps.analysis.intervals import Floats, Interval, t_mean
from sweeps.report.parts import Block, Section, Table
from sweeps.report.reading import DEAD, SURVIVED, Sweep
from sweeps.report.style import short
from sweeps.report.words import count, number, plain, title
from sweeps.results.layout import POLICY, SEED, WORLD

MOST_OUTCOMES, MOST_WORLDS = 6, 4
LEAD = (
    "Each line is held against {reference} on the same seeds: mean difference and its 95 % interval, which counts seeds. An "
    "interval that holds 0 shows no difference. Lines do not add up where one change does what another does too."
)


def channels(sweep: Sweep) -> Section | None:
    """Return what each option of a nested design, or each level of a one-at-a-time design, changes."""
    if sweep.manifest.get("seeds", "common") != "common":
        return None
    kind, runs = sweep.design.get("type"), sweep.runs
    if kind == "nested" and POLICY in runs and runs[POLICY].nunique() > 1:
        return _of_options(sweep)
    return _of_levels(sweep) if kind == "oat" and sweep.design.get("base") else None


def _of_options(sweep: Sweep) -> Section | None:
    runs = sweep.runs
    options = [str(name) for name in sweep.design.get("policies") or runs[POLICY].unique()]
    worlds = list(sweep.design.get("worlds") or dict.fromkeys(runs[WORLD])) if WORLD in runs else [None]
    asked = {path for each in sweep.manifest["sweep"].get("policies", ()) for path in each["settings"]}
    over = [name for name in sweep.manifest.get("factors", {}) if name in runs and name not in asked]
    blocks: list[Block] = []
    for world in worlds[:MOST_WORLDS]:
        there = np.ones(len(runs), dtype=bool) if world is None else (runs[WORLD] == world).to_numpy()
        usual = there & (runs[POLICY] == options[0]).to_numpy()
        lines = [(name, there & (runs[POLICY] == name).to_numpy()) for name in options[1:]]
        table = _table(sweep, usual, lines, over, f"In the world {plain(world)}" if world else "")
        blocks += [table] if table else []
    lead = LEAD.format(reference=f"the option {plain(options[0])}")
    return Section("What each option changes", lead, blocks) if blocks else None


def _of_levels(sweep: Sweep) -> Section | None:
    runs, base = sweep.runs, dict(sweep.design["base"])
    usual = np.logical_and.reduce([_is(runs[path], value) for path, value in base.items() if path in runs])
    lines = [(f"{short(path)} = {_shown(value)}", _is(runs[path], value) & ~usual) for path, value in _levels(sweep, base)]
    table = _table(sweep, usual, lines, [], "")
    if table is None:
        return None
    return Section("What each change does alone", LEAD.format(reference="the scenario as it is"), [table])


def _levels(sweep: Sweep, base: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, usual in base.items():
        if path in sweep.runs:
            yield from ((path, value) for value in sorted(sweep.runs[path].unique()) if value != usual)


def _is(column: Any, value: Any) -> Any:
    return (column == value).to_numpy(dtype=bool)


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, str | bool | np.bool_) else number(float(value))


def _table(sweep: Sweep, usual: Any, lines: list[tuple[str, Any]], over: list[str], caption: str) -> Table | None:
    asked = dict.fromkeys((DEAD, SURVIVED, *sweep.manifest.get("outcomes", ()), sweep.main))
    names = [name for name in asked if sweep.is_figure(name) and not name.startswith("milestones.")][:MOST_OUTCOMES]
    rows, most = [], 0
    for name, mask in lines:
        found = [paired_by_seed(sweep, sweep.outcome(outcome), usual, mask, over) for outcome in names]
        most = max([most, *(len(each) for each in found)])
        cells = [_cell(t_mean(each, signed=True), yes_no=sweep.yes_no(o)) for each, o in zip(found, names, strict=True)]
        rows.append([plain(name), *cells])
    if not rows or not most:
        return None
    words = f"{caption}{'; ' if caption else ''}{count(most, 'seed')}. Shares in points of 100."
    return Table(["", *(f"{title(name)}|95 %" for name in names)], rows, words[0].upper() + words[1:])


def paired_by_seed(sweep: Sweep, y: Floats, usual: Any, changed: Any, over: list[str]) -> Floats:
    """Return the mean difference on each seed that both were played on, point of the rest by point."""
    keys = [SEED, *over]
    told = sweep.runs[keys].assign(y=y)
    before, after = (told[mask].dropna(subset=["y"]).groupby(keys)["y"].mean() for mask in (usual, changed))
    difference = (after - before).dropna()
    return np.asarray(difference.groupby(level=0).mean().to_numpy(dtype=np.float64))


def _cell(found: Interval, *, yes_no: bool) -> str:
    scale = 100.0 if yes_no else 1.0
    limits = f"{number(scale * found.low)} … {number(scale * found.high)}" if np.isfinite(found.low) else ""
    return f"{'+' if found.value > 0 else ''}{number(scale * found.value)}|{limits}"
