"""SVBIEDs: vehicle bombs driven into a support point to open it for the assault that follows."""

from math import exp
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Ints, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Posture, Side
from model.rules.casualties import harm
from model.rules.communications import workshops_supplied

if TYPE_CHECKING:
    from model.campaign import Campaign

MOST = 16
"""Vehicles one post can be attacked with in a turn."""
RING_KM = 25.0
"""Vehicles built this near to the enclave are for the enclave."""
PREPARED = int(Posture.PREPARED) - int(Posture.HASTY) + 1
"""Works with a berm that a vehicle must pass."""
ISLAMIC_STATE = int(Side.ISLAMIC_STATE)
ON_FOOT = 4
"""Dice of one man on foot: does he reach the post, and three for the harm he does."""


def build(campaign: "Campaign") -> None:
    """Build SVBIEDs: `svbied_rate` a day for the theatre, of which Deir al-Zour gets its share; more with spending."""
    if not campaign.morning:
        return
    rules = campaign.rules.svbied
    made = rules.svbied_rate * campaign.economy.spending * workshops_supplied(campaign)
    campaign.svbieds["ring"] += made * rules.sv_share_dez
    campaign.svbieds["elsewhere"] += made * (1.0 - rules.sv_share_dez)
    campaign.svbied_book.enter("built", made)


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
                campaign.svbied_book.opening += formation.vehicles.svbied


def drive(campaign: "Campaign") -> None:
    """Send the SVBIEDs that commanders have ordered against the posts their assault fights for, and those in defence.

    Each reaches its aim with `sv_hit`, less by day in clear air, past a berm, against missiles and tanks or where aircraft happen
    to be overhead, more at night or in a storm. A hit kills a negative-binomial number, shakes the rest, halves their works for
    the turn and gives the assault surprise. Every driver dies. Men on foot go with the vehicles. Source: EF01-EF07; hit chance
    from claims against counts.
    """
    if campaign.assaulted == 0:
        return
    defend(campaign)
    still: list[tuple[int, int]] = []
    for cell, number in campaign.svbied_orders:
        post = barring(campaign.units, campaign.objective, ISLAMIC_STATE, cell)
        defenders = np.flatnonzero(
            (campaign.objective == post) & (campaign.units["engaged"] == 2) & (campaign.units["alive"] == 1)
        )
        if post < 0 or defenders.size == 0:
            still.append((cell, number))
            continue
        depot = depot_of(campaign, cell)
        stock = int(min(number, campaign.svbieds[depot]))
        campaign.svbieds[depot] -= stock
        campaign.svbied_book.enter("driven", -stock)
        man(campaign, post, stock, engaged=1)
        _explode(campaign, post, stock, defenders)
        walk_in(campaign, post, stock, defenders)
    campaign.svbied_orders = still


@law
def barring(units: Rows, objective: Ints, side: int, target: int) -> int:
    """Return the cell for which most men of an assault on `target` fight: that cell, or a post that bars the way; -1 if none."""
    best, most = -1, 0
    for i in range(units.shape[0]):
        here = objective[i]
        if here < 0 or here == best or units[i].side != side or units[i].engaged != 1 or units[i].goal != target:
            continue
        men = 0
        for j in range(units.shape[0]):
            if objective[j] == here and units[j].side == side and units[j].engaged == 1 and units[j].goal == target:
                men += units[j].men
        if men > most:
            best, most = here, men
    return best


def defend(campaign: "Campaign") -> None:
    """Drive an SVBIED at the attackers of each assaulted cell of the Islamic State, with the hazard `sv_def_hazard` a day."""
    dice = campaign.chance["svbied_defence"].random(MOST)
    many = assaulted(campaign.units, campaign.objective, ISLAMIC_STATE, campaign.candidates)
    for k in range(min(MOST, many)):
        cell = int(campaign.candidates[k])
        depot = depot_of(campaign, cell)
        odds = 1.0 - float(np.exp(-campaign.rules.svbied.sv_def_hazard * campaign.days_per_turn))
        if dice[k] >= odds or campaign.svbieds[depot] < 1.0 + campaign.rules.svbied.sv_keep:
            continue
        attackers = np.flatnonzero((campaign.objective == cell) & (campaign.units["engaged"] == 1))
        if attackers.size:
            campaign.svbieds[depot] -= 1.0
            campaign.svbied_book.enter("driven", -1.0)
            man(campaign, cell, 1, engaged=2)
            _explode(campaign, cell, 1, attackers)


@law
def assaulted(units: Rows, objective: Ints, side: int, cells: Ints) -> int:
    """List the cells in which units of a side defend against an attack; return how many."""
    many = 0
    for i in range(units.shape[0]):
        if objective[i] >= 0 and units[i].side == side and units[i].engaged == 2:
            known = False
            for k in range(many):
                known = known or cells[k] == objective[i]
            if not known:
                cells[many] = objective[i]
                many += 1
    return many


def man(campaign: "Campaign", cell: int, vehicles: int, *, engaged: int) -> None:
    """Give each vehicle its driver: a man of the strongest unit that attacks (engaged 1) or holds (2) the cell, who dies."""
    units = campaign.units
    own = np.flatnonzero((campaign.objective == cell) & (units["engaged"] == engaged) & (units["side"] == ISLAMIC_STATE))
    for _ in range(vehicles):
        send_to_death(campaign, own)


def send_to_death(campaign: "Campaign", own: "np.ndarray") -> bool:
    """Take a man out of the strongest of some units; say whether one could be spared (nobody's last man goes)."""
    units = campaign.units
    row = int(own[np.argmax(units["men"][own])]) if own.size else -1
    if row < 0 or units["men"][row] <= 1:
        return False
    units["men"][row] -= 1
    units["killed"][row] += 1
    return True


def chance_of(campaign: "Campaign", cell: int, aim: "np.ndarray") -> float:
    """Return the chance that a vehicle driven at these units (rows) in a cell reaches them."""
    rules, units = campaign.rules.svbied, campaign.units
    odds: float = rules.sv_hit * (rules.sv_m_cover if campaign.night or campaign.weather.storm else rules.sv_m_open)
    if int(units["fort"][aim].max()) >= PREPARED:
        odds *= rules.sv_m_berm
    if int(units["atgm"][aim].sum() + units["tank"][aim].sum()) > 0:
        odds *= rules.sv_m_atgm
    odds *= 1.0 - (1.0 - rules.sv_m_air) * watched(strikes_over(campaign, cell), rules.sv_watch)
    return odds


def watched(strikes: float, hours: float) -> float:
    """Return the chance that an aircraft is overhead: strikes a day that come at any hour, and each stays for some hours."""
    return 1.0 - exp(-strikes * hours / 24.0)


def strikes_over(campaign: "Campaign", cell: int) -> float:
    """Return the strikes that enemy air forces are tasked with today around a cell, fewer by night, none in a storm."""
    if campaign.weather.storm:
        return 0.0
    return sum(
        task.strikes * (wing.night if campaign.night else 1.0)
        for wing in campaign.wings if HOSTILE[ISLAMIC_STATE, wing.side] == 1
        for task in wing.taskings
        if task.strikes > 0.0 and task.cell >= 0 and campaign.km_between(task.cell, cell) <= task.radius_km
    )  # fmt: skip


def walk_in(campaign: "Campaign", cell: int, vehicles: int, defenders: "np.ndarray") -> None:
    """Send men with belts (inghimasi) in behind the vehicles, (1 - sv_veh_share) / sv_veh_share for each of them.

    They are men of the assault, one from its strongest unit each, and do not come back. One who reaches the post, as easily as a
    vehicle in cover, kills `sv_foot_kill` on the mean. Source: 27 % of suicide operations of 2016 were on foot (EF06).
    """
    rules, units = campaign.rules.svbied, campaign.units
    dice = campaign.chance["inghimasi"].random((MOST, ON_FOOT))
    own = np.flatnonzero((campaign.objective == cell) & (units["engaged"] == 1) & (units["side"] == ISLAMIC_STATE))
    men = int(vehicles * (1.0 - rules.sv_veh_share) / rules.sv_veh_share + dice[0, 3])
    for die in dice[: min(men, MOST)]:
        alive = defenders[units["alive"][defenders] == 1]
        if alive.size == 0 or not send_to_death(campaign, own):
            return
        campaign.walked_in.append((campaign.turn, cell))
        if die[0] < rules.sv_hit * rules.sv_m_cover:
            aim = int(alive[np.argmax(units["men"][alive])])
            hurt = rules.sv_foot_kill * (1.0 + rules.sv_wound)
            harm(units[aim], hurt, 1.0 / (1.0 + rules.sv_wound), 0.0, die[1:], campaign.hospital[campaign.ward], aim)


def _explode(campaign: "Campaign", cell: int, number: int, aim: "np.ndarray") -> None:
    chance = campaign.chance["svbied"]
    hits = int((chance.random(MOST)[: min(MOST, number)] < chance_of(campaign, cell, aim)).sum())
    campaign.svbieds_used += number
    killed = 0
    for _ in range(hits):
        killed += _hit(campaign, aim)
    place = campaign.near(cell)
    if number:
        whom = "post" if campaign.units["engaged"][aim[0]] == 2 else "attackers"
        outcome = f"{hits} {'reaches' if hits == 1 else 'reach'} it, {killed} killed" if hits else "none reaches it"
        if whom == "attackers":
            outcome = f"it reaches them, {killed} killed" if hits else "it does not reach them"
        text = f"{number} SVBIED{'s' if number > 1 else ''} driven at the {whom} near {place}: {outcome}."
        numbers = {"sent": float(number), "hits": float(hits), "killed": float(killed)}
        campaign.tell(EventKind.SVBIED, text, cell=cell, side=ISLAMIC_STATE, weight=0.5, numbers=numbers)


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
        & (units["engaged"] == 1)
    )  # fmt: skip
    campaign.surprise[assault] = campaign.rules.combat.surprise_mult
    return int(units["killed"][defenders].sum()) - before
