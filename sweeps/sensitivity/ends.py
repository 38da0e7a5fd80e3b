"""Each parameter at either end of its range, all else equal, on the same seeds: does it do anything at all, and how much?

What is played is kept in `.cache/sensitivity`: a table that was stopped goes on where it was.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from agents.muster import muster
from model.campaign import Campaign
from model.compiled import cache_home
from model.configuration.loading import load
from model.configuration.problems import ConfigProblems
from model.configuration.resolved import digest
from model.ledger import Side
from model.quantities import Parameter
from model.scenario import Scenario
from sweeps.storage import write_whole
from sweeps.validation.trial import code_of_laws

SCENARIO = "deir_ez_zor_2016"
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


def is_kept(job: Job) -> bool:
    """Say whether an effect has been found before."""
    return _file(job).exists()


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
