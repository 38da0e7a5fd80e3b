"""Choose the drop zone: where most of a load can be expected on own ground, away from fire."""

from typing import TYPE_CHECKING

import numpy as np

from agents.odds import distance
from model.arrays import Ints
from model.ledger import Side
from model.rules.pallets import expected_share, sigma_km

if TYPE_CHECKING:
    from agents.commander import Commander

USUAL_DAYS = 30
"""Days over which the enemy's usual strength around the enclave is remembered."""
BETTER = 1.25
"""A zone is left for another that promises so much more."""


def choose_drop_zone(commander: "Commander") -> None:
    """Aim where most tonnes are expected on own ground, less `dz_risk` for each enemy believed near; choose height and load.

    Expected share = own part of the zone · (1 - exp(-r² / 2σ²)). Drops stop a while when the zone in use is lost. Source: WFP
    moved its zone after the split of January 2017 and stopped for two weeks.
    """
    campaign = commander.campaign
    enclave = campaign.enclave
    if enclave is None:
        return
    lift, zones = enclave.lift, enclave.opening.drop_zones
    scores = {name: _score(commander, name) for name in zones}
    best = max(scores, key=lambda name: (scores[name], name))
    _load_first(commander)
    if scores[best] <= 0.0:
        lift.zone_cell = -1
        return
    lost = bool(lift.zone) and scores[lift.zone] <= 0.0
    if lost:
        lift.stopped_until = campaign.day + int(campaign.rules.drop.dz_stop_days)
        lift.moved = True
    if not lift.zone or lost or scores[best] > BETTER * scores[lift.zone]:
        lift.zone, lift.zone_radius_km = best, zones[best].radius_km.value
    lift.zone_cell = campaign.theatre.cell_at(*zones[lift.zone].at)
    lift.flak_seen = _believed_near(commander, lift.zone_cell, campaign.rules.drop.flak_km) > 0


def _score(commander: "Commander", name: str) -> float:
    """Return the tonnes expected of a load aimed at a zone; 0 where its centre is not ours, or lay under fire lately."""
    campaign = commander.campaign
    zone, rules, lift = campaign.siege.opening.drop_zones[name], campaign.rules.drop, campaign.siege.lift
    cell = campaign.theatre.cell_at(*zone.at)
    if cell < 0 or campaign.layers.control[cell] != Side.GOVERNMENT:
        return 0.0
    if campaign.day - lift.fired_at.get(name, -10_000) < rules.dz_stop_days:
        return 0.0
    radius = min(rules.dz_r2 if lift.moved else rules.dz_r, zone.radius_km.value)
    inside = _inside(commander, name, cell, radius)
    own = float((campaign.layers.control[inside] == Side.GOVERNMENT).mean()) if inside.size else 0.0
    risk = _believed_near(commander, cell, rules.dz_fire_km)
    tonnes = rules.wfp_t * own * expected_share(radius, sigma_km(campaign.rules, rules.alt))
    return float(tonnes - campaign.rules.policy.dz_risk * risk)


def _inside(commander: "Commander", name: str, cell: int, radius_km: float) -> Ints:
    """Return the cells of the enclave's frame inside a zone (they stay the same, so they are looked up once)."""
    known: dict[tuple[str, float], Ints] = commander.memory.setdefault("zone cells", {})
    if (name, radius_km) not in known:
        box = commander.campaign.siege.box_cells
        known[name, radius_km] = box[distance(commander.campaign, box, cell) <= radius_km]
    return known[name, radius_km]


def _believed_near(commander: "Commander", cell: int, km: float) -> int:
    """Return the number of enemy units believed within km of a cell."""
    return int(np.count_nonzero(distance(commander.campaign, commander.contacts.cell, cell) <= km))


def _load_first(commander: "Commander") -> None:
    """Choose what military drops carry: ammunition when the enemy masses, else whichever runs shorter.

    He masses when more men are believed around the airport than over the last month, by more than `ammo_first_men`.
    """
    campaign = commander.campaign
    enclave = campaign.siege
    near = distance(campaign, commander.contacts.cell, campaign.airport_cell) <= commander.setting("massing_km", 10.0)
    men = float(commander.contacts.men[near].sum())
    usual: list[float] = commander.memory.setdefault("enemy_near", [])
    massing = bool(usual) and men - sum(usual) / len(usual) > campaign.rules.policy.ammo_first_men
    usual.append(men)
    del usual[:-USUAL_DAYS]
    days = enclave.food / max(1.0, enclave.issued or 1.0)
    quiet = max(0.1, enclave.garrison * campaign.rules.supply.ammo_quiet / 1000.0)
    enclave.lift.load = "ammunition" if massing else "food" if days < enclave.ammo / quiet else "mixed"
