"""Sections on how far to trust the sweep: precision, failures, balance sheets, where it comes from."""

import re
from typing import Any

import numpy as np

from sweeps.analysis.intervals import Interval
from sweeps.analysis.precision import common_seeds_gain, convergence, noise_share
from sweeps.analysis.prim import discover
from sweeps.report.curves import narrowing
from sweeps.report.parts import Block, Figure, Section, Table, Text
from sweeps.report.reading import DEAD, Sweep
from sweeps.report.style import short
from sweeps.report.why import box_blocks
from sweeps.report.words import between, cell, count, number, quoted, share
from sweeps.results.layout import ERROR, OUTCOME, POINT, RUN, STATUS

MOST_FAILURES = 40
STORES = {
    "food_t": "Food of the enclave, t",
    "ammunition_t": "Ammunition of the enclave, t",
    "svbieds": "Vehicle bombs of the Islamic State",
}


def precision(sweep: Sweep) -> Section | None:
    """Return whether more replicates would help, how much is chance, and what common seeds have gained."""
    table = sweep.table(sweep.outcome(sweep.main))
    if table.shape[1] < 2:
        return Section("Precision", "", [Text("Each point was played once: chance cannot be told from effect.", warning=True)])
    found, yes_no = convergence(table), sweep.yes_no(sweep.main)
    unit = f", {sweep.unit(sweep.main)}" if sweep.unit(sweep.main) and not yes_no else ""
    blocks: list[Block] = []
    if found.replicates.size > 1:
        drawn = narrowing(found.replicates.tolist(), found.mean.tolist(), found.widest.tolist(), unit, shares=yes_no)
        words = f"Half-width of the 95 % interval of {quoted(sweep.main)} at a point. Half as wide takes four times as many."
        blocks.append(Figure("convergence", drawn, words))
    noise = [_noise(sweep, name) for name in dict.fromkeys((DEAD, sweep.main)) if sweep.is_figure(name)]
    return Section("Precision", "", [*blocks, *(Text(words) for words in [*noise, _gain(sweep, table)] if words)])


def _noise(sweep: Sweep, name: str) -> str:
    part = noise_share(sweep.table(sweep.outcome(name)))
    if not np.isfinite(part):
        return ""
    return (
        f"Of what differs between single runs in {quoted(name)}, {share(part)} is chance (between seeds at one point) and "
        f"{share(1 - part)} goes back to the factors."
    )


def _gain(sweep: Sweep, table: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    if sweep.manifest.get("seeds", "common") != "common":
        return "Every point had seeds of its own; nothing is gained from common ones."
    found = common_seeds_gain(table)
    if found is None:
        return ""
    limits = f"{number(found.value)} (95 %: {between(found)})"
    if found.low > 1:
        return f"Common seeds pay: to tell two points apart takes {limits} times fewer runs than with seeds of their own."
    if found.high < 1:
        return f"Common seeds do harm here: the gain in runs is {limits}, below 1."
    return f"No gain from common seeds can be shown for {quoted(sweep.main)}: the factor in runs is {limits}, and 1 means none."


def failures(sweep: Sweep) -> Section | None:
    """Return what failed, where in the space, and how to see it again."""
    if not len(sweep.failed):
        return None
    kinds: dict[tuple[str, str], list[int]] = {}
    for _, row in sweep.failed.iterrows():
        kinds.setdefault((str(row[STATUS]), re.sub(r"\d+", "#", str(row[ERROR]))), []).append(int(row[RUN]))
    first = {run: str(row[ERROR]) for run, row in sweep.failed.set_index(RUN).iterrows()}
    rows = [
        [status, first[runs[0]], str(len(runs)), f"replay {sweep.path.name} --run {runs[0]}"]
        for (status, _), runs in kinds.items()
    ]
    rows.sort(key=lambda row: -int(row[2]))
    lead = f"{count(len(sweep.failed), 'run')} of {count(len(sweep.all_runs), 'run')} failed; failures/ holds each one's trace."
    table = Table(["status", "what was said first", "runs", "see it again: python run.py"], rows[:MOST_FAILURES], words=2)
    return Section("Failures", lead, [table, *_where(sweep)])


def _where(sweep: Sweep) -> list[Block]:
    """Return the box in which runs fail, if they fail somewhere and not everywhere."""
    table = sweep.all_runs
    points = table.drop_duplicates(POINT).sort_values(POINT, ignore_index=True)
    share_failed = (table[STATUS] != "ok").groupby(table[POINT]).mean().to_numpy(dtype=np.float64)
    columns: dict[str, Any] = {name: sweep.levels(name, points) for name in sweep.factors}
    found = discover(columns, share_failed) if columns else None
    if found is None or not found.box.limits:
        return []
    return [Text("They are not spread evenly: PRIM of the failures."), *box_blocks(found, columns, "failures")]


def balances(sweep: Sweep) -> Section | None:
    """Return the books of each force and of the enclave, means over the runs."""
    forces = sorted({name.split(".")[2] for name in sweep.runs.columns if name.startswith(f"{OUTCOME}forces.")})
    flows = (("men_at_start", 1), ("joined", 1), ("left", -1), ("killed", -1), ("captured", -1), ("deserted", -1), ("men", 0))
    rows = []
    for force in forces:
        cells = [_mean(sweep, f"forces.{force}.{name}", sign) for name, sign in flows]
        rows.append([force.replace("_", " "), *cells, _mean(sweep, f"forces.{force}.wounded", 1)])
    head = ["force", "opening", "joined", "left", "killed", "captured", "deserted", "closing", "wounded"]
    blocks: list[Block] = [Table(head, rows, "Men of each force")] if rows else []
    blocks += _book(sweep, "siege.manpower.", "Men of the garrison", "siege.garrison_at_start", "siege.garrison")
    blocks += _book(sweep, "siege.supply.", "Supply from the air, t", "", "")
    for store, caption in STORES.items():
        blocks += _book(sweep, f"books.{store}.", caption, f"books.{store}.opening", f"books.{store}.closing")
    if not blocks:
        return None
    lead = "Means over all runs of the design. Some of the wounded return: opening and flows need not add up to the closing men."
    return Section("Balance sheets", lead, blocks)


def _mean(sweep: Sweep, name: str, sign: int) -> str:
    if not sweep.is_figure(name):
        return "–"
    found = sweep.over_runs(sweep.outcome(name))
    return cell(Interval(0.0 - found.value, 0.0 - found.high, 0.0 - found.low) if sign < 0 else found)


def _book(sweep: Sweep, prefix: str, caption: str, opening: str, closing: str) -> list[Block]:
    flows = [name.removeprefix(OUTCOME) for name in sweep.runs.columns if name.startswith(f"{OUTCOME}{prefix}")]
    lines = [n for n in dict.fromkeys((opening, *(n for n in flows if n != closing), closing)) if n and sweep.is_figure(n)]
    names = {opening: "opening", closing: "closing"}
    rows = [[names.get(n, n.removeprefix(prefix).replace("_", " ")), cell(sweep.over_runs(sweep.outcome(n)))] for n in lines]
    return [Table(["", "mean a run|95 %"], rows, caption)] if rows else []


def origin(sweep: Sweep) -> Section:
    """Return where the sweep comes from and how to have it again."""
    manifest = sweep.manifest
    code, machine = manifest.get("code") or {}, manifest.get("machine") or {}
    sittings = manifest.get("sittings") or []
    timings = manifest.get("timings") or {}
    rows: list[tuple[str, Any]] = [
        ("sweep", sweep.name),
        ("scenario", manifest.get("scenario")),
        ("design", manifest.get("design_hash")),
        ("file (sha256)", manifest.get("sweep_file_sha256")),
        ("code", code.get("hash")),
        ("commit", machine.get("commit")),
        ("versions", ", ".join(f"{k} {v}" for k, v in (machine.get("versions") or {}).items())),
        ("chance", machine.get("rng")),
        ("platform", machine.get("platform")),
        ("sittings", "; ".join(_sitting(s) for s in sittings)),
        ("a run takes", f"{number(float(timings['median_run_s']))} s (median)" if timings.get("median_run_s") else None),
        ("retried, reused", f"{manifest.get('retried', 0)}, {manifest.get('reused', 0)}"),
        ("again", f"python run.py sweep {sweep.path.name}/sweep.yaml"),
        ("watch any run", f"python run.py replay {sweep.path.name} --run N"),
    ]
    factors = [_factor(sweep, name) for name in sweep.manifest.get("factors", {}) if name in sweep.all_runs]
    head = ["factor", "unit", "swept", "meaning"]
    blocks: list[Block] = [Table(["", ""], [[str(a), str(b)] for a, b in rows if b], words=2)]
    return Section("Where it comes from", "", [*([Table(head, factors, "What was varied", 4)] if factors else []), *blocks])


def _sitting(sitting: dict[str, Any]) -> str:
    told = f"{sitting.get('runs', '?')} runs by {sitting.get('workers', '?')} workers, begun {str(sitting.get('start', ''))[:16]}"
    return told + (f", {sitting['reason']}" if sitting.get("reason") else "")


def _factor(sweep: Sweep, name: str) -> list[str]:
    about = sweep.manifest["factors"][name]
    given = sweep.design.get("levels")
    values = about.get("values") or (given.get(name, []) if isinstance(given, dict) else [])
    swept = ", ".join(number(v) if isinstance(v, float) else str(v) for v in values)
    swept = swept or f"{about.get('low')} … {about.get('high')}"
    scale = ", log" if about.get("scale") == "log" else ""
    return [short(name), str(about.get("unit") or ""), swept + scale, str(about.get("meaning") or "")]
