"""Shelling and bombing of quarters: civilians killed by guns in range and by air strikes, counted by whose fire it was."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, SIDES
from model.rules.tribes import mourn
from model.subjects.quarters import Cause
from model.sums import total

if TYPE_CHECKING:
    from model.campaign import Campaign

SHELLING, AIR = int(Cause.SHELLING), int(Cause.AIR)


def note_attack(campaign: "Campaign") -> None:
    """Note a turn on which men in the strength of a district or grand attack assault the enclave."""
    enclave = campaign.siege
    men = attackers(campaign.report, campaign.battles, enclave.quarters.side, enclave.inside)
    enclave.attacked = enclave.attacked or men >= campaign.rules.islamic_state.district_min


@law
def attackers(report: Rows, battles: int, defender: int, inside: Layer) -> float:
    """Return the men who attack a side in battles inside the enclave's frame this turn."""
    men = 0.0
    for b in range(battles):
        if report[b].defender == defender and inside[report[b].cell] == 1:
            men += report[b].attack_men
    return men


def shell_quarters(campaign: "Campaign") -> None:
    """Kill `shell_civ` of each 10,000 people for each enemy gun or mortar in range and day.

    Times `shell_assault` on days of a district or grand attack. Mortars reach `range_120`, guns `range_122`. The guns of
    every force at war with the holder of a quarter count, the garrison's own too where the enemy holds one. Source: claims of
    civilians killed in quiet months and in January 2017.
    """
    enclave, rules = campaign.siege, campaign.rules
    quarters = enclave.quarters
    rate = rules.civil.shell_civ / 10_000.0 * (rules.civil.shell_assault if enclave.attacked else 1.0)
    enclave.attacked = False
    before, after = np.zeros(SIDES), np.zeros(SIDES)
    enclave.dead_fire += lay_guns(
        campaign.units, quarters.seats, quarters.owner, HOSTILE, campaign.theatre.width,
        rules.combat.range_120 / campaign.theatre.cell_km, rules.combat.range_122 / campaign.theatre.cell_km, rate,
        enclave.pieces_in_range, quarters.people, quarters.dead[SHELLING], before, after,
    )  # fmt: skip
    for side, (then, now) in enumerate(zip(before.tolist(), after.tolist(), strict=True)):
        if now > then:
            mourn(campaign, campaign.city_cell, side, now - then)
    quarters.changes += 1
    enclave.count()


@law
def lay_guns(
    units: Rows, seats: Floats, owner: Layer, hostile: Layer, width: int, mortar_cells: float, gun_cells: float, rate: float,
    pieces: Floats, people: Floats, toll: Floats, before: Floats, after: Floats,
) -> float:  # fmt: skip
    """Count the enemy pieces in range of every quarter, take the day's dead from its people, and return how many they are.

    `rate` is deaths per piece, person and day; `seats` are rows and columns; `pieces` and `toll` are by (side that fires,
    quarter); `before` and `after` become the tolls of each side.
    """
    pieces[:] = 0.0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.gun + u.mortar == 0:
            continue
        row = u.cell // width
        column = u.cell - row * width
        for q in range(seats.shape[0]):
            if hostile[owner[q], u.side] == 0:
                continue
            dr = row - seats[q, 0]
            dc = column - seats[q, 1]
            away = dr * dr + dc * dc
            if away <= mortar_cells * mortar_cells:
                pieces[u.side, q] += u.mortar
            if away <= gun_cells * gun_cells:
                pieces[u.side, q] += u.gun
    for side in range(toll.shape[0]):
        before[side] = total(toll[side])
    killed = 0.0
    for q in range(seats.shape[0]):
        for side in range(1, pieces.shape[0]):
            dead = people[q] * min(1.0, rate * pieces[side, q])
            people[q] -= dead
            toll[side, q] += dead
            killed += dead
    for side in range(toll.shape[0]):
        after[side] = total(toll[side])
    return killed


def hit_civilians(campaign: "Campaign", cell: int, strikes: int, side: int = 0) -> None:
    """Count civilians whom strikes on troops beside their homes kill: `civ_strike` for each strike and 1,000 people there.

    A strike touches the quarters of its own and of the neighbouring cells, and there as many people as live on one cell
    (population / `civ_km2`). `side` is the side that struck, every force's, 0 if it is not known.
    """
    enclave = campaign.enclave
    if enclave is None:
        return
    quarters, rules = enclave.quarters, campaign.rules
    buried = strike_homes(
        quarters.people, quarters.close, cell, strikes, rules.air.civ_strike, campaign.theatre.cell_km**2, rules.civil.civ_km2,
        quarters.dead[AIR, side],
    )  # fmt: skip
    if buried < 0.0:
        return
    quarters.changes += 1
    enclave.dead_fire += buried
    mourn(campaign, cell, side, buried)
    enclave.count()


@law
def strike_homes(
    people: Floats, close: Layer, cell: int, strikes: int, kills: float, cell_km2: float, per_km2: float, toll: Floats
) -> float:  # fmt: skip
    """Take the dead of strikes on a cell from the quarters beside it and return how many they are, -1 if none is near."""
    dead = np.zeros(people.shape[0])
    near = False
    for q in range(people.shape[0]):
        if close[q, cell]:
            near = True
            dead[q] = people[q]
    if not near:
        return -1.0
    whole = total(dead)
    there = min(whole, total(people) * cell_km2 / per_km2)
    share = min(1.0, kills * strikes / 1000.0 * there / max(1.0, whole))
    for q in range(people.shape[0]):
        dead[q] *= share
        people[q] -= dead[q]
        toll[q] += dead[q]
    return total(dead)
