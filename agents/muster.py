"""Muster: a scenario and a seed become a campaign with its agents. This is what `mesa.batch_run` is given."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from pathlib import Path

from mesa import Agent, DataCollector

from agents.airlift import Airlift
from agents.coalition_air import CoalitionAir
from agents.commander import Commander
from agents.islamic_state import IslamicState
from agents.ndf import NationalDefence
from agents.place import Place
from agents.relief_column import ReliefColumn
from agents.reporters import REPORTERS
from agents.republican_guard import RepublicanGuard
from agents.russian_air import GovernmentAir
from agents.sdf import SyrianDemocraticForces
from agents.tactics import TACTICS
from agents.unit import Unit
from model.account.frame import Opening
from model.campaign import Campaign
from model.configuration.loading import CONFIGS, load
from model.configuration.problems import ConfigProblems, Problem, suggestion
from model.map.build import theatre
from model.map.reading import MapError
from model.map.theatre import Theatre
from model.scenario import MapChoice, Scenario

COMMANDERS: dict[str, type[Commander]] = {
    "republican_guard": RepublicanGuard,
    "ndf": NationalDefence,
    "islamic_state": IslamicState,
    "relief_column": ReliefColumn,
    "sdf": SyrianDemocraticForces,
    "government_air": GovernmentAir,
    "coalition_air": CoalitionAir,
    "airlift": Airlift,
}
"""Commanders in the order in which they are asked; since all decide on the same picture it changes nothing."""


SELDOM = 20_000
"""Objects more than before that start a search for rubbish: a turn leaves next to none in a ring."""


def muster(situation: Scenario, seed: int, root: Path = CONFIGS) -> Campaign:
    """Open a campaign: ledger and map from the scenario, a face for every unit and place, commanders with their doctrine."""
    _refuse_unknown_tactics(situation)
    ground = theatre(situation.map, root / "map")
    _keep_what_is_loaded()
    gc.collect()  # a finished campaign gives its memory to the next: fresh memory cost a twentieth of a campaign
    campaign = Campaign(situation, ground, seed, commands=tuple(COMMANDERS), muster=_commanders)
    with numbered(campaign):
        for index, place in enumerate(ground.places):
            if place.cell >= 0:
                Place(campaign, index)
    _face(campaign, 0, campaign.rows)
    campaign.muster_faces = partial(_face, campaign)
    campaign.datacollector = DataCollector(model_reporters=REPORTERS)
    return campaign


@cache
def _keep_what_is_loaded() -> None:
    """Take libraries, compiled laws and map out of the search for rubbish: they stay, and a search took a tenth of a second."""
    gc.freeze()
    gc.set_threshold(SELDOM)


def _face(campaign: Campaign, first: int, last: int) -> None:
    with numbered(campaign):
        for row in range(first, last):
            Unit(campaign, row)


@contextmanager
def numbered(campaign: Campaign) -> Iterator[None]:
    """Let Mesa number new agents of a campaign without holding on to it: its table of numbers keeps every model alive."""
    Agent._ids[campaign] = campaign.agent_numbers
    try:
        yield
    finally:
        Agent._ids.pop(campaign, None)


def _refuse_unknown_tactics(situation: Scenario) -> None:
    """Raise ConfigProblems for a doctrine that names a tactic nobody has written."""
    problems = [
        Problem("doctrine", 0, f"doctrine.{name}.tactics", f"no tactic '{tactic}'{suggestion(tactic, TACTICS)}", "error")
        for name, doctrine in situation.doctrine.items()
        for tactic in doctrine.tactics
        if tactic not in TACTICS
    ]
    if problems:
        raise ConfigProblems(tuple(problems))


def _commanders(campaign: Campaign) -> Sequence[Commander]:
    """Return a commander for every doctrine of the scenario."""
    doctrine = campaign.situation.doctrine
    with numbered(campaign):
        return [kind(campaign, name, doctrine[name]) for name, kind in COMMANDERS.items() if name in doctrine]


@lru_cache(maxsize=32)
def _loaded(scenario: str, overrides: tuple[str, ...]) -> Scenario:
    return load(scenario, overrides)


def open_campaign(scenario: str, overrides: tuple[str, ...], seed: int) -> Campaign:
    """Open a campaign from the command line's words; picklable, so that a view can open it in a process of its own."""
    return muster(_loaded(scenario, overrides), seed)


def ground_of(opening: Opening, root: Path = CONFIGS) -> Theatre:
    """Return the map on which a run was recorded; MapError if the map's files have changed since."""
    ground = theatre(MapChoice.model_validate_json(opening.map_choice), root / "map")
    if ground.digest == opening.map_digest:
        return ground
    raise MapError(str(root / "map"), f"the map '{opening.map_name}' is not the one this run was recorded on")


def campaign(scenario: str = "deir_ez_zor_2016", seed: int | None = None, rng: int | None = None, **settings: object) -> Campaign:
    """Open a campaign by name, as `mesa.batch_run` does: keyword settings are dotted paths with `__` for the dots."""
    overrides = tuple(f"{name.replace('__', '.')}={value}" for name, value in sorted(settings.items()))
    opened = muster(_loaded(scenario, overrides), int(seed if seed is not None else rng if rng is not None else 0))
    opened.collects_each_turn = True
    if opened.datacollector is not None:
        opened.datacollector.collect(opened)
    return opened
