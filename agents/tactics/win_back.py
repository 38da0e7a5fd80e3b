"""Win back: a post that was lost for weeks is struck by the reserve when the enemy there has become weak enough."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposals
from agents.staff.odds import distance
from agents.staff.reserve import FROM_KM, free_reserve, strike
from agents.staff.ring import ring_of
from agents.staff.worth import worths
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
    layers, per_day = campaign.layers, campaign.turns_per_day
    lost = (HOSTILE[commander.side][layers.control[cells]] == 1) & (
        layers.changed_turn[cells] <= campaign.turn - AFTER_DAYS * per_day
    )
    if not lost.any():
        return
    reserve, tried = free_reserve(commander), commander.memory.setdefault("won back", {})
    if not reserve.size:
        return
    posts = cells[lost]
    for cell in posts[np.argsort(-worths(campaign, posts), kind="stable")].tolist():
        near = (distance(campaign, campaign.units["cell"][reserve], cell) <= FROM_KM).any()
        if not near or campaign.day - tried.get(cell, -AFTER_DAYS) < AFTER_DAYS:
            continue
        enemy = commander.contacts.near(campaign, cell, AROUND_KM * campaign.theatre.cell_km)
        sent = yield from strike(commander, reserve, cell, enemy)
        if sent.size:
            tried[cell] = campaign.day
            return
