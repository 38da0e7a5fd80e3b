"""Win back: a post that was lost for weeks is struck by the reserve when the enemy there has become weak enough."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposals
from agents.staff.reserve import free_reserve, in_time, strike
from agents.staff.ring import ring_of
from agents.staff.worth import worths
from model.arrays import Ints, Layer
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from agents.commander import Commander

AFTER_DAYS = 14
"""Days for which a post is left to the enemy when it was not retaken within hours, and between two attempts (estimate)."""
AROUND_KM = 1.5
"""Enemies so near to a post hold it."""


def win_back(commander: "Commander") -> Proposals:
    """Strike, one at a time, the posts of the first day that the enemy has held for two weeks, the most worth first.

    The reserve goes on the terms of a counter-attack (`reserve.strike`): odds, ways, streets. Source: the record of 2016 and 2017
    (hills and quarters around the airport were won back weeks after they fell); days are an estimate.
    """
    campaign = commander.campaign
    cells, _ = ring_of(commander)
    layers, since = campaign.layers, campaign.turn - AFTER_DAYS * campaign.turns_per_day
    lost = lost_for_long(cells, layers.control, layers.changed_turn, HOSTILE[commander.side], since)
    if not lost.size:
        return
    reserve, tried = free_reserve(commander), commander.memory.setdefault("won back", {})
    for cell in lost[np.argsort(-worths(campaign, lost), kind="stable")].tolist() if reserve.size else ():
        if campaign.day - tried.get(cell, -AFTER_DAYS) < AFTER_DAYS:
            continue
        near = in_time(campaign, reserve, cell)
        if not near.size:
            continue
        enemy = commander.contacts.near(campaign, cell, AROUND_KM * campaign.theatre.cell_km)
        sent = yield from strike(commander, near, cell, enemy)
        if sent.size:
            tried[cell] = campaign.day
            return


@law
def lost_for_long(cells: Ints, control: Layer, changed: Ints, hostile: Layer, since: int) -> Ints:
    """Return those of some cells that an enemy has held since a turn or longer."""
    found = np.empty(cells.shape[0], dtype=np.int32)
    many = 0
    for cell in cells:
        if hostile[control[cell]] == 1 and changed[cell] <= since:
            found[many] = cell
            many += 1
    return found[:many]
