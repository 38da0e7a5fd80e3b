"""Choose the drop zone: where most of a load can be expected on own ground, away from fire."""

from typing import TYPE_CHECKING

import numpy as np

from model.ledger import Side
from model.rules.airdrop import heavy_weapons_within

if TYPE_CHECKING:
    from agents.commander import Commander


def choose_drop_zone(commander: "Commander") -> None:
    """Aim at the largest zone on own ground and out of direct fire; stop a while when the one in use is lost.

    Source: WFP moved its zone after the split of January 2017 and stopped for two weeks.
    """
    campaign = commander.campaign
    enclave = campaign.enclave
    if enclave is None:
        return
    lift, rules = enclave.lift, campaign.rules.drop
    zones = enclave.opening.drop_zones
    scores = {name: _score(commander, name) for name in zones}
    best = max(scores, key=lambda name: (scores[name], name))
    if scores[best] <= 0.0:
        lift.zone_cell = -1
        return
    if lift.zone and best != lift.zone and scores[lift.zone] <= 0.0:
        lift.stopped_until = campaign.day + int(rules.dz_stop_days)
    if not lift.zone or scores[lift.zone] <= 0.0 or scores[best] > 1.25 * scores[lift.zone]:
        zone = zones[best]
        lift.zone, lift.zone_radius_km = best, zone.radius_km.value
        lift.zone_cell = campaign.theatre.cell_at(*zone.at)
    elif lift.zone_cell < 0:
        lift.zone_cell = campaign.theatre.cell_at(*zones[lift.zone].at)
    days = enclave.food / max(1.0, enclave.issued or 1.0)
    quiet = max(0.1, enclave.garrison * campaign.rules.supply.ammo_quiet / 1000.0)
    lift.food_first = days < enclave.ammo / quiet


def _score(commander: "Commander", name: str) -> float:
    campaign = commander.campaign
    zone = campaign.siege.opening.drop_zones[name]
    cell = campaign.theatre.cell_at(*zone.at)
    if cell < 0 or campaign.layers.control[cell] != Side.GOVERNMENT:
        return 0.0
    rules = campaign.rules.drop
    if heavy_weapons_within(campaign, cell, rules.dz_fire_km):
        return 0.0
    box = campaign.siege.box_cells
    width = campaign.theatre.width
    away = np.hypot(box // width - cell // width, box % width - cell % width) * campaign.theatre.cell_km
    inside = box[away <= zone.radius_km.value]
    own = float((campaign.layers.control[inside] == Side.GOVERNMENT).mean()) if inside.size else 0.0
    return own * zone.radius_km.value
