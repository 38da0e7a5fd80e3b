"""Air strikes: sorties become strikes, few strikes find troops, and those that do suppress more than they kill."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.arrays import Dice, Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import Ground
from model.rules import rubble
from model.rules.casualties import harm, poisson
from model.rules.civilians import hit_civilians

if TYPE_CHECKING:
    from model.campaign import Campaign

URBAN = int(Ground.URBAN)
HAZE = 0.7
"""Share of strikes flown in haze (estimate)."""
MOST = 96
"""Strikes resolved one by one for each air force and turn; dice are drawn for all of them, flown or not."""
FRESH_DAYS = 2.0
"""A contact older than this is no aim."""


@dataclass
class Tasking:
    """Where an air force was sent today: strikes a day around an aim point, with or without controllers."""

    cell: int
    radius_km: float
    strikes: float
    controllers: bool = False
    why: str = ""


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
    factor: float = 1.0
    fixed: float | None = None  # sorties a day set by a dated input
    taskings: list[Tasking] = field(default_factory=list)
    flown: float = 0.0  # strikes since day 0
    killed: int = 0
    deep_today: float = 0.0  # strikes flown today against oil, workshops and roads

    @property
    def strikes_today(self) -> float:
        """Strikes a day that it can fly now."""
        return (self.sorties if self.fixed is None else self.fixed) * self.factor * self.strikes_per_sortie


def strike(campaign: "Campaign") -> None:
    """Fly the turn's share of every wing's tasking.

    Strikes = sorties · strikes each · weather · light. A strike finds troops in its box with the wing's `find`, and then
    kills a negative-binomial number by the target's cover; every strike near troops suppresses them. Few aircraft fly in a
    storm. Source: claims and releases of 2016-17 (see SOURCES); an honest first version without danger-close rules.
    """
    rules = campaign.rules.air
    weather = rules.storm_air if campaign.weather.storm else HAZE if campaign.weather.kind == "haze" else 1.0
    for wing in campaign.wings:
        dice = campaign.chance[f"air:{wing.id}"].random((MOST, 4))
        light = wing.night if campaign.night else 1.0
        used = 0
        for task in wing.taskings:
            flown = min(MOST - used, int(task.strikes * campaign.days_per_turn * weather * light + dice[used % MOST, 3]))
            if flown <= 0 or task.cell < 0:
                continue
            _fly(campaign, wing, task, dice[used : used + flown])
            used += flown


def _fly(campaign: "Campaign", wing: Wing, task: Tasking, dice: Dice) -> None:
    rules = campaign.rules.air
    find = rules.air_find_fac if task.controllers and wing.id != "coalition_air" else wing.find
    hurt = campaign.chance[f"air:{wing.id}"].random((dice.shape[0], 4))
    killed, found, last = strike_box(
        campaign.units, campaign.seen[wing.side], task.cell, task.radius_km / campaign.theatre.cell_km, campaign.theatre.width,
        campaign.theatre.ground, campaign.turn - int(FRESH_DAYS * campaign.turns_per_day), find, rules.air_kill * wing.quality,
        rules.row, dice, hurt, campaign.hospital[campaign.ward], campaign.candidates,
    )  # fmt: skip
    if found:
        hit_civilians(campaign, int(last), int(found), wing.side)
        rubble.bomb(campaign, int(last), int(found))
    wing.flown += dice.shape[0]
    wing.killed += killed
    if found:
        place = campaign.near(int(last))
        text = f"{wing.name}: {dice.shape[0]} strikes near {place}, {killed} killed."
        numbers = {"strikes": float(dice.shape[0]), "killed": float(killed)}
        campaign.tell(
            EventKind.AIR_STRIKE, text, cell=int(last), side=wing.side, weight=min(0.6, 0.08 + killed / 60), numbers=numbers
        )


@law
def strike_box(
    units: Rows, seen: Rows, centre: int, radius: float, width: int, ground: Layer, since: int, find: float, kill: float,
    air: Rows, dice: Dice, hurt: Dice, ward: Ints, candidates: Ints,
) -> tuple[int, int, int]:  # fmt: skip
    """Strike contacts inside a circle; return men killed, strikes that found troops, and the last cell hit."""
    k = air[0]
    row = centre // width
    column = centre - row * width
    many = 0
    weight = 0.0
    for i in range(units.shape[0]):
        c = seen[i]
        if units[i].alive == 0 or c.turn < since or c.turn < 0:
            continue
        dr = float(c.cell // width - row)
        dc = float(c.cell % width - column)
        if dr * dr + dc * dc <= radius * radius:
            candidates[many] = i
            many += 1
            weight += c.men
    killed = found = 0
    last = -1
    for s in range(dice.shape[0]):
        if many == 0 or dice[s, 0] >= find:
            continue
        aim = dice[s, 1] * weight
        chosen = candidates[many - 1]
        for c in range(many):
            aim -= seen[candidates[c]].men
            if aim <= 0.0:
                chosen = candidates[c]
                break
        u = units[chosen]
        gone = max(abs(u.cell // width - seen[chosen].cell // width), abs(u.cell % width - seen[chosen].cell % width)) > 1
        if u.alive == 0 or gone:
            continue  # nobody is left where he was seen
        cover = k.tgt_open
        if ground[u.cell] == URBAN:
            cover = k.tgt_urban
        elif u.fort > 0:
            cover = k.tgt_dug
        dead = negative_binomial(kill * cover, k.air_shape, dice[s, 2], hurt[s, 3])
        found += 1
        last = u.cell
        before = u.killed
        harm(u, dead * (1.0 + k.air_wound), 1.0 / (1.0 + k.air_wound), 1.0, hurt[s], ward, chosen)
        killed += u.killed - before
        u.sup = min(0.8, u.sup + k.air_sup)
    return killed, found, last


@law
def negative_binomial(mean: float, shape: float, die: float, other: float) -> int:
    """Return a negative-binomial number: Poisson about a gamma mean, the gamma by Wilson and Hilferty's cube."""
    # a normal deviate from two uniforms of the same strike, good to three decimals (Tukey's lambda)
    z = (die**0.1349 - (1.0 - die) ** 0.1349) / 0.1975
    cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape**0.5)
    return poisson(mean * max(0.0, cube) ** 3, other)
