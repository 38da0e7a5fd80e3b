"""Reconnaissance: what a side learns of its enemies without seeing them from its posts: by word, from the air, by drone."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Numbers, Row, Rows
from model.compiled import law
from model.ledger import HOSTILE, Side
from model.rules.human_sources import word_of_mouth
from model.rules.sighting import deviate

if TYPE_CHECKING:
    from model.campaign import Campaign

GOVERNMENT, ISLAMIC_STATE = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE)
FINE = float(1 << 26)
"""One uniform number holds two: its first 26 bits and what is left."""


def report(campaign: "Campaign") -> None:
    """Each morning let every side learn of enemy units with the sum of three hazards: residents, aircraft, drones.

    Aircraft watch `box_km` around the points they were tasked to yesterday, drones what lies within `drone_km` of the
    Islamic State's units from day `drone_from_day` on; neither flies in a storm.
    """
    if not campaign.morning:
        return
    rules, tribes, combat = campaign.rules, campaign.tribes, campaign.rules.combat
    dice = campaign.chance["reconnaissance"].random(campaign.rows)
    flying = not campaign.weather.storm
    units = campaign.units
    learn(
        units, campaign.seen, HOSTILE, tribes.area, tribes.ears, boxes_of(campaign) if flying else NO_BOX,
        rules.intel.drone_km if flying and campaign.calendar_day >= combat.drone_from_day else 0.0, campaign.enemy_km,
        campaign.sight.postures, rules.intel.row, campaign.turn, campaign.theatre.width, dice,
    )  # fmt: skip


NO_BOX: Ints = np.zeros((0, 4), dtype=np.int32)


def boxes_of(campaign: "Campaign") -> Ints:
    """Return the boxes that aircraft watch: side, row, column, radius in cells."""
    width, radius = campaign.theatre.width, round(campaign.rules.intel.box_km / campaign.theatre.cell_km)
    boxes = {
        (wing.side, *divmod(task.cell, width), radius)
        for wing in campaign.wings for task in wing.taskings if task.cell >= 0 and task.strikes > 0.0
    }  # fmt: skip
    return np.array(sorted(boxes), dtype=np.int32) if boxes else NO_BOX


@law
def overflown(u: Row, row: int, column: int, side: int, boxes: Ints, intel: Numbers) -> float:
    """Return the hazard a day of being found from the air: `box_veh` with vehicles, `box_inf` without, 0 outside all boxes."""
    for b in range(boxes.shape[0]):
        if boxes[b, 0] == side:
            dr = row - boxes[b, 1]
            dc = column - boxes[b, 2]
            if dr * dr + dc * dc <= boxes[b, 3] * boxes[b, 3]:
                hazard: float = intel.box_veh if u.tank + u.ifv + u.tech > 0 else intel.box_inf
                return hazard
    return 0.0


@law
def droned(u: Row, away_km: float, drone_km: float, posture: float, intel: Numbers) -> float:
    """Return the hazard a day of being found by a small drone: that of a sighting, with `drone_km` for the range of sight."""
    if away_km >= drone_km:
        return 0.0
    hazard: float = intel.det_rate * math.sqrt(u.men / 100.0) * posture * (1.0 - away_km / drone_km)
    return hazard


@law
def learn(
    units: Rows, seen: Rows, hostile: Layer, area: Layer, ears: Floats, boxes: Ints, drone_km: float, enemy_km: Floats,
    postures: Floats, intel: Rows, turn: int, width: int, dice: Dice,
) -> None:  # fmt: skip
    """Draw the day's reports and write them into the contact picture, unless the unit was seen this turn anyway.

    Hazards add up, P = 1 - exp(-h · 1 day). No unit has more than two enemies with sources or aircraft, so one number a
    row serves both. The same number, given that it fell below P, is uniform again: it gives the error of the strength.
    """
    k = intel[0]
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0:
            continue
        row = u.cell // width
        column = u.cell - row * width
        coarse = math.floor(dice[i] * FINE)
        halves = (coarse / FINE, dice[i] * FINE - coarse)
        for s in range(1, hostile.shape[0]):
            if hostile[s, u.side] == 0:
                continue
            die = halves[0] if s in (GOVERNMENT, ISLAMIC_STATE) else halves[1]
            told = word_of_mouth(ears[area[u.cell], s], k)
            hazard = told + overflown(u, row, column, s, boxes, k)
            if s == ISLAMIC_STATE and drone_km > 0.0:
                hazard += droned(u, enemy_km[i], drone_km, postures[u.posture], k)
            if die >= hazard:  # 1 - exp(-h) <= h: most need no more
                continue
            chance = 1.0 - math.exp(-hazard)
            if die < chance and seen[s, i].turn < turn:
                c = seen[s, i]
                c.turn = turn
                c.cell = u.cell
                c.kind = u.kind
                c.posture = u.posture
                blur = k.humint_error if told > 0.5 * hazard else 1.0
                c.men = u.men * math.exp(k.intel_sigma * blur * deviate(die / chance))
