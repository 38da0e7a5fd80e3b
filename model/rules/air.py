"""Air strikes: sorties become strikes, few strikes find troops, and those that do suppress more than they kill."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from model.arrays import Dice, Ints, Rows
from model.compiled import readable
from model.events import EventKind
from model.ledger import HOSTILE, SIDES
from model.map.theatre import Theatre
from model.rules import rubble
from model.rules.air_strikes import TASK, fly
from model.rules.civilians import hit_civilians
from model.rules.close_support import SUPPRESSED_KM
from model.rules.cooperation import admit_mistake, belt_cells
from model.rules.flak import meet_missiles

if TYPE_CHECKING:
    from model.campaign import Campaign

HAZE = 0.7
"""Share of strikes flown in haze (estimate)."""
TASKS = 16
"""Taskings of all air forces together in a day."""
FINDS = 64
"""Strikes that find troops in one turn; dice are drawn for all of them, flown or not."""
FRESH_DAYS = 2.0
"""A contact older than this is no aim."""
TALLY = TASK.names or ()
FLOWN = TALLY.index("flown")
NOTHING_YET = (0, 0, 0, 0, 0, 0, -1, 0, -1)
"""The tally of a tasking in the morning."""
CLOSE_KM = 1.0
"""Own troops within this distance of the target make a strike close support."""
HOMES_KM = 1.5
"""A strike within this distance of a quarter may hit those who live there."""


@dataclass
class Tasking:
    """Where an air force was sent today: strikes a day around an aim point, the share of them under controllers."""

    cell: int
    radius_km: float
    strikes: float
    controllers: float = 0.0
    why: str = ""
    by: int = -1  # side whose contacts are struck; -1 its own


@dataclass
class Wing:
    """An air force in the campaign."""

    id: str
    name: str
    side: int  # whose contacts it strikes by
    sorties: float  # a day, before what the outside world changes
    strikes_per_sortie: float
    quality: float
    night: float
    find: float  # share of strikes that find troops
    find_fac: float = 0.0  # and under forward controllers
    weapons: float = 1.0  # dropped in one strike
    aircraft: int = 0  # those that a lost one is missed among; 0: losses do not tell
    height_m: float = 5000.0
    factor: float = 1.0
    fixed: float | None = None  # sorties a day set by a dated input
    deep: float | None = None  # share against oil, workshops and roads set by a dated input
    taskings: list[Tasking] = field(default_factory=list)
    asked: list[Tasking] = field(default_factory=list)  # yesterday's taskings, as others may know them
    flown: float = 0.0  # strikes since day 0
    killed: int = 0
    own_killed: int = 0  # friends killed by mistake
    wrecked: int = 0  # vehicles
    called_off: int = 0  # strikes for which army troops stood too near
    lost: int = 0  # aircraft
    fell: list[int] = field(default_factory=list)  # cells where its strikes found troops yesterday, as those may know them
    deep_today: float = 0.0  # strikes flown today against oil, workshops and roads

    @property
    def strikes_today(self) -> float:
        """Strikes a day that it can fly now."""
        return self.strikes_of(self.sorties if self.fixed is None else self.fixed)

    def strikes_of(self, sorties: float) -> float:
        """Return the strikes of so many sorties, less those that other fronts and losses take."""
        left = 1.0 - self.lost / self.aircraft if self.aircraft else 1.0
        return sorties * self.factor * self.strikes_per_sortie * left

    def surged(self, factor: float) -> float:
        """Return the strikes of a day on which its ordinary sorties are multiplied; a dated effort stands if it is more.

        Who is grounded by a date does not surge.
        """
        if self.fixed == 0.0:
            return 0.0
        return max(self.strikes_today, self.strikes_of(self.sorties * factor))


class Sky:
    """The day's taskings of all air forces in one table, and where strikes fell among homes."""

    def __init__(self, theatre: Theatre, box: Ints, quarters: list[int]) -> None:
        near = np.zeros(box.size, dtype=np.bool_)
        for cell in quarters:
            away = np.hypot(box // theatre.width - cell // theatre.width, box % theatre.width - cell % theatre.width)
            near |= away <= HOMES_KM * max(1.0, 1.0 / theatre.cell_km)
        self.tasks: Rows = readable(np.zeros(TASKS, dtype=TASK))
        self.many = 0
        self.home_cells: Ints = box[near]
        self.homes: Ints = np.full(theatre.cells, -1, dtype=np.int32)  # number of a cell among those beside homes
        self.homes[self.home_cells] = np.arange(self.home_cells.size)
        self.struck: Ints = np.zeros((SIDES, self.home_cells.size), dtype=np.int32)  # finds there today, by who struck
        self.start: Dice = np.zeros((1, TASKS, 2))  # dice of the day, by turn
        self.dice: Dice = np.zeros((1, FINDS, 8))
        self.where: Dice = np.zeros((1, TASKS))


def strike(campaign: "Campaign") -> None:
    """Fly the turn's share of every tasking; the day's books are made in its last turn.

    Strikes = sorties · strikes each · weather · light. A strike finds troops in its circle with the wing's `find` (more
    under controllers) and then kills a negative-binomial number by the target; every such strike suppresses. Few aircraft
    fly in a storm. Source: claims and releases of 2016-17 (see SOURCES).
    """
    sky = campaign.sky
    if campaign.morning:
        _take_taskings(campaign, sky)
    if campaign.morning and sky.many:
        chance, turns = campaign.chance["air"], campaign.turns_per_day
        sky.start, sky.dice = chance.random((turns, TASKS, 2)), chance.random((turns, FINDS, 8))
        sky.where = campaign.chance["close_support"].random((turns, TASKS))
    now = campaign.turn % campaign.turns_per_day
    if sky.many:
        theatre, layers = campaign.theatre, campaign.layers
        fly(
            campaign.units, campaign.seen, sky.tasks, sky.many, layers.men, HOSTILE, theatre.ground, theatre.road, sky.homes,
            sky.struck, theatre.width, int(CLOSE_KM / theatre.cell_km + 0.5),
            campaign.turn - int(FRESH_DAYS * campaign.turns_per_day), campaign.days_per_turn * _weather(campaign),
            campaign.night, campaign.terms.fratricide, campaign.rules.air.row, sky.start[now], sky.dice[now],
            campaign.hospital[campaign.ward], campaign.scratch, campaign.candidates,
            SUPPRESSED_KM / theatre.cell_km, sky.where[now],
        )  # fmt: skip
    if now == campaign.turns_per_day - 1:
        _close_the_books(campaign, sky)


def _weather(campaign: "Campaign") -> float:
    """Return the share of strikes that the weather lets fly."""
    if campaign.weather.storm:
        return float(campaign.rules.air.storm_air)
    return HAZE if campaign.weather.kind == "haze" else 1.0


def _take_taskings(campaign: "Campaign", sky: Sky) -> None:
    """Write what the commanders asked for this morning into the table."""
    kill, cell_km, weather = campaign.rules.air.air_kill, campaign.theatre.cell_km, _weather(campaign)
    asked = []
    for index, wing in enumerate(campaign.wings):
        wing.deep_today *= weather
        belt = belt_cells(campaign, wing.side)
        asked += [
            (
                index, wing.side, wing.side if task.by < 0 else task.by, task.cell, task.radius_km / cell_km, task.strikes,
                wing.night, task.controllers, wing.find, wing.find_fac or wing.find, kill * wing.quality,
                wing.weapons, 0.0 if task.by >= 0 else belt, *NOTHING_YET,
            )
            for task in wing.taskings
            if task.cell >= 0 and task.strikes > 0.0
        ]  # fmt: skip
    sky.many = min(TASKS, len(asked))
    for row, task in enumerate(asked[:TASKS]):
        sky.tasks[row] = task


def _close_the_books(campaign: "Campaign", sky: Sky) -> None:
    """Book and tell the day's strikes, and count civilians and aircraft hit."""
    sorties = [0.0] * len(campaign.wings)
    for wing in campaign.wings:
        wing.fell = []
    for values in sky.tasks[: sky.many].tolist():
        if not values[FLOWN]:
            continue
        task = dict(zip(TALLY, values, strict=True))
        wing = campaign.wings[task["wing"]]
        sorties[task["wing"]] += task["flown"] / wing.strikes_per_sortie
        wing.flown += task["flown"]
        wing.killed += task["killed"]
        wing.own_killed += task["own_killed"]
        wing.wrecked += task["wrecked"]
        wing.called_off += task["called_off"]
        if task["found"]:
            wing.fell.append(task["last"])
            rubble.bomb(campaign, task["last"], task["found"])
        if task["killed"]:
            _tell_of_strikes(campaign, wing, task)
        if task["own"]:
            _tell_of_mistake(campaign, wing, task)
    sky.many = 0
    for wing in campaign.wings:
        wing.asked = wing.taskings
    meet_missiles(campaign, sorties)
    if sky.struck.any():
        for side, home in np.argwhere(sky.struck).tolist():
            hit_civilians(campaign, int(sky.home_cells[home]), int(sky.struck[side, home]), side)
        sky.struck[:] = 0


def _tell_of_strikes(campaign: "Campaign", wing: Wing, task: dict[str, Any]) -> None:
    cell, killed, flown = task["last"], task["killed"], task["flown"]
    text = f"{wing.name}: {flown} strikes near {campaign.near(cell)}, {killed} killed."
    numbers = {"strikes": float(flown), "killed": float(killed), "vehicles": float(task["wrecked"])}
    weight = min(0.6, 0.08 + killed / 60)
    campaign.tell(EventKind.AIR_STRIKE, text, cell=cell, side=wing.side, weight=weight, numbers=numbers)


def _tell_of_mistake(campaign: "Campaign", wing: Wing, task: dict[str, Any]) -> None:
    row, killed = task["victim"], task["own_killed"]
    admit_mistake(campaign, wing.side, int(campaign.units["side"][row]))
    cell = int(campaign.units["cell"][row])
    name, where = campaign.name_of(row), campaign.near(cell)
    text = f"{wing.name} hits friendly troops by mistake near {where}: {name}, {killed or 'nobody'} killed."
    numbers = {"strikes": float(task["own"]), "killed": float(killed)}
    campaign.tell(EventKind.AIR_STRIKE, text, cell=cell, side=wing.side, weight=min(0.9, 0.4 + killed / 50), numbers=numbers)
