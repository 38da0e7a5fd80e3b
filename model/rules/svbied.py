"""SVBIEDs: vehicle bombs driven into a support point to open it for the assault that follows."""

from typing import TYPE_CHECKING

import numpy as np

from model.events import EventKind
from model.ledger import HOSTILE, Side
from model.rules.casualties import harm

if TYPE_CHECKING:
    from model.campaign import Campaign

MOST = 16
"""Vehicles one post can be attacked with in a turn."""
RING_KM = 25.0
"""Vehicles built this near to the enclave are for the enclave."""


def build(campaign: "Campaign") -> None:
    """Build SVBIEDs: `svbied_rate` a day for the theatre, of which Deir al-Zour gets its share; output follows spending."""
    if not campaign.morning:
        return
    rules = campaign.rules.svbied
    made = rules.svbied_rate * campaign.economy.spending
    campaign.svbieds["ring"] += made * rules.sv_share_dez
    campaign.svbieds["elsewhere"] += made * (1.0 - rules.sv_share_dez)


def depot_of(campaign: "Campaign", cell: int) -> str:
    """Return the stock that serves a cell: that of the ring around the enclave, or the one for everywhere else."""
    near = campaign.enclave is not None and campaign.km_between(cell, campaign.airport_cell) <= RING_KM
    return "ring" if near else "elsewhere"


def stock_up(campaign: "Campaign") -> None:
    """Put the vehicles of the order of battle into the stocks of the first day."""
    for force_id, force in campaign.situation.forces.items():
        for formation_id, formation in force.order_of_battle.items():
            rows = campaign.rows_of(force_id, formation_id)
            if formation.vehicles.svbied and rows.size:
                campaign.svbieds[depot_of(campaign, int(campaign.units["cell"][rows[0]]))] += formation.vehicles.svbied


def drive(campaign: "Campaign") -> None:
    """Send the SVBIEDs that commanders have ordered against the posts their assault has reached.

    Each reaches its aim with `sv_hit`, less across open ground or against missiles and tanks, more at night or in a storm.
    A hit kills a negative-binomial number, shakes the rest, halves their works for the turn and gives the assault surprise.
    Source: fact sheet EF01-EF07; hit chance from claims against counts; SVBIEDs an honest first version.
    """
    still: list[tuple[int, int]] = []
    for cell, number in campaign.svbied_orders:
        defenders = np.flatnonzero(
            (campaign.objective == cell) & (campaign.units["engaged"] == 2) & (campaign.units["alive"] == 1)
        )
        if defenders.size == 0:
            still.append((cell, number))
            continue
        depot = depot_of(campaign, cell)
        stock = int(min(number, campaign.svbieds[depot]))
        campaign.svbieds[depot] -= stock
        _explode(campaign, cell, stock, defenders)
    campaign.svbied_orders = still


def _explode(campaign: "Campaign", cell: int, number: int, defenders: "np.ndarray") -> None:
    rules, chance, units = campaign.rules.svbied, campaign.chance["svbied"], campaign.units
    odds = rules.sv_hit * (rules.sv_m_cover if campaign.night or campaign.weather.storm else rules.sv_m_open)
    if int(units["atgm"][defenders].sum() + units["tank"][defenders].sum()) > 0:
        odds *= rules.sv_m_atgm
    hits = int((chance.random(MOST)[: min(MOST, number)] < odds).sum())
    campaign.svbieds_used += number
    killed = 0
    for _ in range(hits):
        killed += _hit(campaign, defenders)
    place = campaign.near(cell)
    if number:
        outcome = f"{hits} reach it, {killed} killed" if hits else "none reaches it"
        text = f"{number} SVBIED{'s' if number > 1 else ''} driven at the post near {place}: {outcome}."
        numbers = {"sent": float(number), "hits": float(hits), "killed": float(killed)}
        campaign.tell(EventKind.SVBIED, text, cell=cell, side=int(Side.ISLAMIC_STATE), weight=0.5, numbers=numbers)


def _hit(campaign: "Campaign", defenders: "np.ndarray") -> int:
    rules, chance, units = campaign.rules.svbied, campaign.chance["svbied"], campaign.units
    men = int(units["men"][defenders].sum())
    mean = rules.sv_kill * min(1.0, men / 100.0)
    killed = int(chance.poisson(mean * chance.standard_exponential()))
    dice = chance.random((defenders.size, 3))
    before = int(units["killed"][defenders].sum())
    for k, row in enumerate(defenders):
        hurt = killed * (1.0 + rules.sv_wound) * units["men"][row] / max(1, men)
        harm(units[row], hurt, 1.0 / (1.0 + rules.sv_wound), 1.0, dice[k], campaign.hospital[campaign.ward], int(row))
    units["sup"][defenders] = np.minimum(1.0, units["sup"][defenders] + rules.sv_sup)
    campaign.svbied_hit[defenders] = 1
    assault = np.flatnonzero(
        (campaign.objective == campaign.objective[defenders[0]]) & (HOSTILE[units["side"], units["side"][defenders[0]]] == 1)
    )
    campaign.surprise[assault] = campaign.rules.combat.surprise_mult
    return int(units["killed"][defenders].sum()) - before
