"""Sensitivity: each parameter at either end of its range, on the same seeds. `python -m sweeps.sensitivity`.

It asks first whether the parameter does anything at all, then which move the outcome most (`tornado.py`); how they act together
is for designed experiments. What is played is kept in `.cache/sensitivity`: a table that was stopped goes on where it was.
"""

import argparse
import hashlib
import json
import multiprocessing
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from rich.progress import track

from agents.muster import muster
from model.campaign import Campaign
from model.compiled import cache_home
from model.configuration.loading import CONFIGS, load
from model.configuration.problems import ConfigProblems
from model.configuration.resolved import digest
from model.ledger import Side
from model.quantities import Parameter
from model.scenario import Scenario
from sweeps.storage import write_whole
from sweeps.validation.trial import code_of_laws

SCENARIO = "deir_ez_zor_2016"
TABLE = Path(__file__).parents[2] / "docs" / "SENSITIVITY.md"
Value = float | int | bool | str
Measures = dict[str, float]


@dataclass(frozen=True)
class End:
    """One end of a parameter's range."""

    group: str
    name: str
    value: Value


@dataclass(frozen=True)
class Effect:
    """What an end of a range did: mean paired differences against the default, and whether anything at all moved."""

    end: End
    moved: bool
    differences: Measures
    turns: int
    refused: str = ""  # why the scenario cannot be played so
    errors: Measures = field(default_factory=dict)  # standard error of each difference, over the seeds; none with one seed


@lru_cache(maxsize=1)
def situation() -> Scenario:
    """Return the scenario that is played."""
    return load(SCENARIO)


def with_value(scenario: Scenario, end: End) -> Scenario:
    """Return the scenario with one parameter set; numbers that it takes from that parameter by reference follow."""
    name = f"{end.group}.{end.name}"
    if any(name in re.findall(r"[\w.]+", reference) for reference in scenario.references.values()):
        return load(SCENARIO, (f"rules.{name}={end.value}",))
    rules = {group: dict(parameters) for group, parameters in scenario.rules.items()}
    rules[end.group][end.name] = rules[end.group][end.name].model_copy(update={"value": end.value})
    return scenario.model_copy(update={"rules": rules})


def ends_of(parameter: Parameter) -> list[Value]:
    """Return the values at the ends of a parameter's range that are not its default."""
    value = parameter.value
    if isinstance(value, bool):
        return [not value]
    if parameter.options is not None:
        return [option for option in parameter.options if option != value]
    ends: list[Value] = [type(value)(end) for end in parameter.range or ()]
    return [end for end in ends if end != value]


def measures(campaign: Campaign) -> Measures:
    """Return what a run has come to: people, men, ground, tonnes."""
    units, enclave = campaign.units, campaign.siege
    government, foe = units["side"] == Side.GOVERNMENT, units["side"] == Side.ISLAMIC_STATE
    return {
        "civilians dead": enclave.dead_hunger + enclave.dead_fire + enclave.dead_massacre,
        "garrison": float(enclave.garrison),
        "enclave km²": enclave.cells * campaign.theatre.cell_km**2,
        "army killed": float(units["killed"][government].sum()),
        "IS killed": float(units["killed"][foe].sum()),
        "IS men": float(units["men"][foe].sum()),
        "government km²": float(campaign.area_km2[Side.GOVERNMENT]),
        "SDF km²": float(campaign.area_km2[Side.SDF]),
        "tonnes recovered": enclave.lift.recovered,
        "other fronts": campaign.other_fronts.deaths,
    }


def played(scenario: Scenario, seed: int, turns: int) -> tuple[str, Measures]:
    """Play some turns and return digest and measures."""
    campaign = muster(scenario, seed)
    for _ in range(turns):
        campaign.step()
    return campaign.digest(), measures(campaign)


@lru_cache(maxsize=8)
def usual(seed: int, turns: int) -> tuple[str, Measures]:
    """Return digest and measures of the default."""
    return played(situation(), seed, turns)


def effect(end: End, seeds: int, turns: int, whole: int) -> Effect:
    """Play an end of a range on every seed; where nothing moves, play one seed for the whole campaign."""
    try:
        changed = with_value(situation(), end)
    except ConfigProblems as refusal:
        return Effect(end, moved=True, differences={}, turns=0, refused=refusal.problems[0].message)
    pairs = [(played(changed, seed, turns), usual(seed, turns)) for seed in range(1, seeds + 1)]
    length = turns
    if all(new == old for new, old in pairs):
        length, pairs = whole, [(played(changed, 1, whole), usual(1, whole))]
    each = {name: np.array([new[1][name] - old[1][name] for new, old in pairs]) for name in pairs[0][0][1]}
    differences = {name: float(values.mean()) for name, values in each.items()}
    errors = {name: float(values.std(ddof=1)) / len(pairs) ** 0.5 for name, values in each.items() if len(pairs) > 1}
    return Effect(end, any(new != old for new, old in pairs), differences, length, errors=errors)


Job = tuple[End, int, int, int]
"""An end of a range, seeds, turns, and turns of the whole campaign."""


def kept_or_played(job: Job) -> Effect:
    """Return an effect that this code has found before, or find and keep it."""
    path = _file(job)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Effect(**(told | {"end": End(**told["end"])}))
    except (OSError, ValueError, TypeError, KeyError):
        found = effect(*job)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(found)).encode())
    return found


def _file(job: Job) -> Path:
    name = hashlib.sha256(repr((_digest(), *job)).encode()).hexdigest()[:24]
    return cache_home() / "sensitivity" / code_of_laws() / f"{name}.json"


@lru_cache(maxsize=1)
def _digest() -> str:
    return digest(situation())


def all_ends(scenario: Scenario, groups: list[str]) -> Iterator[End]:
    """Yield both ends of every parameter (of some groups)."""
    for group, parameters in scenario.rules.items():
        for name, parameter in parameters.items():
            if not groups or group in groups:
                yield from (End(group, name, value) for value in ends_of(parameter))


def table(effects: list[Effect], scenario: Scenario, usual_measures: Measures) -> str:
    """Return the effects as a Markdown document, the parameters that did nothing first."""
    by_name: dict[tuple[str, str], list[Effect]] = {}
    for found in effects:
        by_name.setdefault((found.end.group, found.end.name), []).append(found)
    still = [f"`{group}.{name}`" for (group, name), found in by_name.items() if not any(e.moved for e in found)]
    lines = [HEAD.format(still=", ".join(still) or "none"), ""]
    for group in scenario.rules:
        mine = [(name, found) for (g, name), found in by_name.items() if g == group]
        if mine:
            lines += [f"## {group}", "", "| parameter | default | set to | what moved most |", "|---|---|---|---|"]
            lines += [_line(scenario.rules[group][name], e, usual_measures) for name, found in mine for e in found]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _line(parameter: Parameter, found: Effect, usual_measures: Measures) -> str:
    """Return one row: the three measures with the largest relative change."""
    if found.refused:
        return f"| `{found.end.name}` | {parameter.value} {parameter.unit} | {found.end.value} | refused: {found.refused} |"
    relative = {name: abs(d) / max(1.0, abs(usual_measures[name])) for name, d in found.differences.items()}
    most = sorted(relative, key=lambda name: (-relative[name], name))[:3]
    told = ", ".join(f"{name} {found.differences[name]:+.0f}" for name in most if abs(found.differences[name]) >= 0.5)
    days = found.turns // 4
    said = told or (f"small changes only, in {days} days" if found.moved else f"**nothing**, in {days} days")
    return f"| `{found.end.name}` | {parameter.value} {parameter.unit} | {found.end.value} | {said} |"


HEAD = """# Does every parameter do something?

Written by `python -m sweeps.sensitivity`; not for editing. Each parameter of the default scenario is set to either end of its
range, all else equal and on the same seeds; the differences are means over the seeds against the default. It is a smoke test:
with so few seeds most differences are noise in size, and even in sign; it shows that the parameter reaches the war at all.

Without any effect: {still}. Why: docs/RULES.md, *Parameters without effect here*."""


def main() -> None:
    """Play all ends and write the table, the tornado and the sentence."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=2)
    asked.add_argument("--turns", type=int, default=600)
    asked.add_argument("--whole", type=int, default=2396, help="turns of the run that a parameter without effect gets")
    asked.add_argument("--groups", nargs="*", default=[])
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--dry-run", action="store_true", help="say how many runs are left and what they cost")
    asked.add_argument("--morris", type=int, default=0, metavar="N", help="also write a Morris sweep over so many that matter")
    asked.add_argument("--docs", type=Path, default=TABLE.parent, help="where SENSITIVITY.md and images stand")
    given = asked.parse_args()
    scenario = situation()
    jobs = [(end, given.seeds, given.turns, given.whole) for end in all_ends(scenario, given.groups)]
    fresh = [job for job in jobs if not _file(job).exists()]
    if given.dry_run:
        sys.stdout.write(_forecast(jobs, fresh))
        return
    with ProcessPoolExecutor(given.workers, multiprocessing.get_context("spawn")) as pool:
        for _ in track(pool.map(kept_or_played, fresh), total=len(fresh), description="parameters"):
            pass
    effects = [kept_or_played(job) for job in jobs]
    write_all(effects, scenario, usual(1, given.turns)[1], given.docs)
    if given.morris:
        write_morris(effects, scenario, usual(1, given.turns)[1], given.morris)


def write_morris(effects: list[Effect], scenario: Scenario, usual_measures: Measures, count: int) -> None:
    """Write the Morris sweep over the parameters that matter."""
    from sweeps.sensitivity import tornado

    names = tornado.matter(tornado.bars(effects, scenario), usual_measures, count)
    write_whole(CONFIGS / "sweeps" / "morris.yaml", tornado.screening(names, scenario).encode())


def write_all(effects: list[Effect], scenario: Scenario, usual_measures: Measures, docs: Path) -> None:
    """Write the table and the tornado."""
    from sweeps.sensitivity import tornado

    found = tornado.bars(effects, scenario)
    (docs / "images").mkdir(parents=True, exist_ok=True)
    write_whole(docs / "images" / "tornado.png", tornado.png(found, usual_measures))
    text = table(effects, scenario, usual_measures)
    head, _, rest = text.partition("\n## ")
    parts = [
        head.rstrip(),
        "## What the answers hang on",
        tornado.sentence(found, usual_measures),
        "![Tornado](images/tornado.png)",
    ]
    told = "\n\n".join(parts) + "\n"
    write_whole(docs / "SENSITIVITY.md", f"{told}\n## {rest}".encode() if rest else told.encode())


def _forecast(jobs: list[Job], fresh: list[Job]) -> str:
    """Return what is left, from one measured run."""
    if not jobs:
        return "nothing to play\n"
    _, seeds, turns, whole = jobs[0]
    played(situation(), 1, 8)
    begin = time.process_time()
    played(situation(), 1, turns)
    spent = time.process_time() - begin
    low, high = len(fresh) * seeds * spent, len(fresh) * (seeds * spent + spent * whole / max(1, turns))
    return (
        f"{len(jobs)} ends of ranges, {len(fresh)} still to be played: {low / 3600:.1f} h of processor time, and at most "
        f"{high / 3600:.1f} h if none of them moved anything in {turns} turns\n"
    )


if __name__ == "__main__":
    main()
