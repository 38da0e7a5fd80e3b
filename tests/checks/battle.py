"""A battle on record, played by the real engine: who stood where, who attacked what from which day on, what it cost.

Orders of the attacking side are readings of the record and given here; everything that follows is the campaign's own.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from agents.muster import COMMANDERS, _commanders
from model.campaign import Campaign
from model.configuration.loading import CONFIGS, load
from model.inputs import AirEffort
from model.ledger import Order, Side, State
from model.map.build import theatre
from model.map.theatre import Theatre
from model.quantities import Vehicles
from model.scenario import AirForce, Enclave, Force, Formation, MapChoice, Scenario

CITY = (39.80, 35.10, 40.45, 35.55)
"""The frame of the enclave: west, south, east, north."""
PALMYRA = (37.60, 34.20, 39.00, 35.05)
"""The frame from T4 to Sukhnah."""
WEAPONS = ("tanks", "ifv", "technicals", "guns", "mortars", "atgm", "svbied")


@dataclass(frozen=True)
class Thrust:
    """An order of the record: formations of a force attack places one after the other, from a day to a day."""

    force: str
    groups: tuple[str, ...]
    targets: tuple[str | tuple[float, float], ...]  # place ids, or (latitude, longitude)
    first: int = 0
    last: int = 99
    svbieds: int = 0  # driven at each target


@dataclass(frozen=True)
class Observed:
    """What was reported of a figure: the lowest, the highest, and the one that the table of sources calls best."""

    low: float
    best: float
    high: float
    basis: str


@dataclass(frozen=True)
class Case:
    """One battle: its days, its ground, its orders of battle, its orders, and what was reported."""

    name: str
    title: str
    start: dt.date
    days: int
    box: tuple[float, float, float, float]
    forces: dict[str, Force]
    thrusts: tuple[Thrust, ...]
    observed: dict[str, Observed]
    basis: str
    doctrine: tuple[str, ...] = ("government_air",)
    strikes: tuple[tuple[int, int, float], ...] = ()  # first day, last day, strikes a day
    enclave: Enclave | None = None
    held: tuple[tuple[Side, tuple[float, float, float, float]], ...] = ()  # ground that the map gives to another
    supply: dict[str, tuple[str, ...]] = field(default_factory=dict)
    goal: str = ""  # place whose change of hands is dated


@cache
def shipped() -> Scenario:
    """Return the shipped scenario: its rulebook is the one parameter set of all cases."""
    return load("deir_ez_zor_2016")


def stand(at, men, units, weapons=(0, 0, 0, 0, 0, 0, 0), fort=0, **rest):
    """Return a formation at a place id or at (latitude, longitude); weapons in the order of `WEAPONS`."""
    where = {"place": at} if isinstance(at, str) else {"at": at}
    posture = ("rest", "hasty", "prepared", "fortified")[fort]
    return Formation(
        name=rest.pop("name", "formation"), **where, men=men, units=units, sector=rest.pop("sector", "field"), fort=fort,
        vehicles=Vehicles(**dict(zip(WEAPONS, weapons, strict=True))), posture=rest.pop("posture", posture),
        basis=rest.pop("basis", "estimate: the reading of the case"), **rest,
    )  # fmt: skip


def scaled(formation: Formation, share: float, **changes) -> Formation:
    """Return a formation with a share of its men and weapons, and none of its vehicle bombs."""
    weapons = {name: round(count * share) for name, count in formation.vehicles.model_dump().items()} | {"svbied": 0}
    men = max(1, round(formation.men * share))
    units = max(1, min(men, round(formation.units * share)))
    return formation.model_copy(update={"men": men, "units": units, "vehicles": Vehicles(**weapons)} | changes)


def resized(case: Case, share: float) -> Case:
    """Return a case with a share of the men and weapons of those who attack."""
    forces = dict(case.forces)
    for thrust in case.thrusts:
        known = case.forces[thrust.force].order_of_battle
        book = dict(forces[thrust.force].order_of_battle)
        for name in thrust.groups:
            bombs = known[name].vehicles.svbied
            less = scaled(known[name], share)
            book[name] = less.model_copy(update={"vehicles": less.vehicles.model_copy(update={"svbied": bombs})})
        forces[thrust.force] = forces[thrust.force].model_copy(update={"order_of_battle": book})
    return dataclasses.replace(case, forces=forces)


def ground_of(case: Case) -> Theatre:
    """Return the map of a case, with the ground of its day."""
    contested = {"dist_baghiliya": "islamic_state"} if case.box == CITY else {}
    drawn = theatre(MapChoice(name="euphrates", cell_km=1.0, box=case.box, contested=contested), CONFIGS / "map")
    control = drawn.control.copy()
    for side, (west, south, east, north) in case.held:
        for cell in np.flatnonzero(drawn.inside).tolist():
            x, y = drawn.centre_km(cell)
            lon, lat = drawn.west + x / drawn.km_per_degree[0], drawn.south + y / drawn.km_per_degree[1]
            if west <= lon <= east and south <= lat <= north:
                control[cell] = side
    return dataclasses.replace(drawn, control=control)


def scenario_of(case: Case, rules=None) -> Scenario:
    """Return a case as a scenario; `rules` in place of the shipped rulebook."""
    source = shipped()
    wing: AirForce = source.air_forces["russian_air"]
    return Scenario(
        name=case.name, title=case.title, purpose="a check", start=case.start,
        end=case.start + dt.timedelta(days=case.days), turn_h=6, map=MapChoice(name="euphrates", box=case.box),
        forces=case.forces, air_forces={"russian_air": wing}, enclave=case.enclave, supply_sources=case.supply,
        doctrine={name: source.doctrine[name] for name in case.doctrine}, rules=rules or source.rules,
        inputs=_effort(case, wing),
    )  # fmt: skip


def _effort(case: Case, wing: AirForce) -> dict[str, AirEffort]:
    """Return the strikes of the record as dated sorties: so many are flown in 24 hours of clear weather."""
    light = 0.5 * (1.0 + wing.night.value)
    return {
        f"strikes_{first}": AirEffort(
            kind="air_effort", date=case.start + dt.timedelta(days=first), until=case.start + dt.timedelta(days=last),
            air_force="russian_air", basis=case.basis,
            **({"sorties": strikes / wing.strikes_per_sortie.value / light} if strikes else {"factor": 0.0}),
        )
        for first, last, strikes in case.strikes
    }  # fmt: skip


def opened(case: Case, seed: int, rules=None) -> Campaign:
    """Return the campaign of a case."""
    return Campaign(scenario_of(case, rules), _ground(case.name, case), seed, tuple(COMMANDERS), _commanders)


_GROUND: dict[str, Theatre] = {}


def _ground(name: str, case: Case) -> Theatre:
    if name not in _GROUND:
        _GROUND[name] = ground_of(case)
    return _GROUND[name]


def play(case: Case, seed: int, rules=None) -> dict[str, float]:
    """Play a case; return what it cost."""
    campaign = opened(case, seed, rules)
    told: dict[str, float] = {"goal_day": float("nan")}
    goal = campaign.cell_of_place(case.goal) if case.goal else -1
    holder = int(campaign.layers.control[goal]) if case.goal else 0
    attacks = [Attack(thrust) for thrust in case.thrusts]
    while not campaign.over:
        if campaign.morning:
            for attack in attacks:
                attack.press(campaign)
        campaign.step()
        if case.goal and np.isnan(told["goal_day"]) and campaign.layers.control[goal] not in (holder, Side.NOBODY):
            told["goal_day"] = campaign.turn * campaign.days_per_turn
        if campaign.turn == 2 * campaign.turns_per_day:
            told |= {f"{name}_48h": value for name, value in _toll(campaign).items()}
        if campaign.turn == 14 * campaign.turns_per_day:
            told |= {f"{name}_14d": value for name, value in _toll(campaign).items()}
    return told | _toll(campaign)


def _cell(campaign: Campaign, target: str | tuple[float, float]) -> int:
    return campaign.cell_of_place(target) if isinstance(target, str) else campaign.theatre.cell_at(*target)


class Attack:
    """A thrust as it goes on: how many of its targets are taken, and who stays behind to hold them."""

    def __init__(self, thrust: Thrust) -> None:
        self.thrust = thrust
        self.taken = 0
        self.aimed = -1
        self.stay: set[int] = set()

    def press(self, campaign: Campaign) -> None:
        """Give the day's orders: who is free attacks the first target that is not taken; a third of those in it stay."""
        thrust, units = self.thrust, campaign.units
        if campaign.day < thrust.first:
            return
        rows = np.concatenate([campaign.rows_of(thrust.force, name) for name in thrust.groups])
        steady = (units["alive"][rows] == 1) & (units["state"][rows] == State.STEADY) & (units["paused"][rows] <= campaign.turn)
        rows = np.array([row for row in rows[steady].tolist() if row not in self.stay], dtype=np.int64)
        while self.taken < len(thrust.targets) and self._is_taken(campaign, rows):
            rows = np.array([row for row in rows.tolist() if row not in self.stay], dtype=np.int64)
            self.taken += 1
        if self.taken == len(thrust.targets) or campaign.day > thrust.last:
            for row in rows[units["order"][rows] == Order.ATTACK].tolist():
                campaign.halt(row)
            return
        cell = _cell(campaign, thrust.targets[self.taken])
        if thrust.svbieds and self.aimed < self.taken:
            campaign.svbied_orders.append((cell, thrust.svbieds))
        self.aimed = self.taken
        for row in rows.tolist():
            campaign.send(row, cell, Order.ATTACK)

    def _is_taken(self, campaign: Campaign, rows: np.ndarray) -> bool:
        cell = _cell(campaign, self.thrust.targets[self.taken])
        there = rows[campaign.units["cell"][rows] == cell].tolist()
        self.stay.update(there[: -(-len(there) // 3)])
        owned = int(campaign.layers.control[cell]) == campaign.side_of(self.thrust.force)
        return bool(there) or (owned and campaign.day > self.thrust.first)


def _toll(campaign: Campaign) -> dict[str, float]:
    """Return the dead so far: prisoners executed count as killed."""
    units = campaign.units
    army, foe = (units["side"] == side for side in (Side.GOVERNMENT, Side.ISLAMIC_STATE))
    killed = float(units["killed"][army].sum()) + float(campaign.executed[Side.GOVERNMENT])
    fallen = float(units["killed"][foe].sum())
    told = {
        "army_killed": killed, "is_killed": fallen, "executed": float(campaign.executed[Side.GOVERNMENT]),
        "captured": float(units["captured"][army].sum()), "is_by_air": float(sum(wing.killed for wing in campaign.wings)),
        "svbieds": float(campaign.svbieds_used), "ratio": fallen / max(1.0, killed),
        "strikes": float(sum(wing.flown for wing in campaign.wings)),
    }  # fmt: skip
    if campaign.enclave is not None:
        e = campaign.enclave
        told |= {"civilians_killed": e.dead_massacre + e.dead_fire, "abducted": e.abducted, "components": float(e.components)}
    return told
