"""Civilians: what they eat, how they starve, who leaves and who is killed. Counted by cause, never rewarded."""

from typing import TYPE_CHECKING

import numpy as np

from model.events import EventKind
from model.ledger import Side
from model.order_of_battle import QUALITIES
from model.rules.airdrop import heavy_weapons_within

if TYPE_CHECKING:
    from model.campaign import Campaign

CELLS_OF_A_QUARTER = 3.0
"""Cells over which the people of a quarter are spread, at 1 km (about 17 km² for eleven quarters; estimate)."""
MILITIA = QUALITIES.index("ndf")
"""Conscripts and militia go to units of this quality."""


def live(campaign: "Campaign") -> None:
    """Live one day in the enclave: share the food, hunger, flight, fire, conscription."""
    if campaign.enclave is None or not campaign.morning:
        return
    share_food(campaign)
    starve(campaign)
    _under_fire(campaign)
    _leave(campaign)
    _conscript(campaign)


def share_food(campaign: "Campaign") -> None:
    """Issue the day's food.

    Expected inflow e = mean of 30 days from the air + fields and smuggling + grain. Civilians get
    e - soldiers' need + (stock - reserve · e) / horizon, between nothing and full rations, so that a reserve of 20-30 days
    is held by cutting early. Soldiers eat their fill unless stock is below two days of their own need; never less per head
    than a civilian. Source: paper trials of the siege's food balance.
    """
    enclave, civil = campaign.siege, campaign.rules.civil
    grain = min(civil.grain_issue, enclave.grain / civil.grain_tau, enclave.grain)
    enclave.grain -= grain
    local = enclave.opening.local_food.value * (civil.local_split if enclave.components > 1 else 1.0) * civil.other_food_x
    enclave.food += grain + local
    inflow = sum(enclave.inflow) / len(enclave.inflow) + grain + local
    garrison = max(0, enclave.garrison)
    need = garrison * campaign.rules.supply.food_soldier / 1000.0
    full = enclave.civilians * civil.need0 / civil.kcal_kg / 1000.0
    civilians = min(full, max(0.0, inflow - need + (enclave.food - civil.reserve_days * inflow) / civil.issue_horizon))
    soldiers = need if enclave.food >= civil.sold_floor * need else min(need, enclave.food / 2.0)
    civilians = min(civilians, max(0.0, enclave.food - soldiers))
    enclave.ration = civilians / full if full > 0 else 1.0
    enclave.soldier_ration = soldiers / need if need > 0 else 1.0
    if enclave.soldier_ration < enclave.ration:
        enclave.ration = enclave.soldier_ration = (civilians + soldiers) / (full + need)
    enclave.food = max(0.0, enclave.food - civilians - soldiers)
    enclave.issued = civilians + soldiers
    units = campaign.units
    besieged = (units["besieged"] == 1) & (units["alive"] == 1) & (units["traced"] == 0)
    units["ration"][besieged] = enclave.soldier_ration


def starve(campaign: "Campaign") -> None:
    """Change the body stores of each group of people, and count those whom hunger kills.

    dn/dt = (eaten - need(n)) / store, need falls as bodies adapt; below the threshold n_c people die with hazard
    m1 · (n_c - n) / n_c. Source: fitted to Minnesota, Leningrad, the western Netherlands and Warsaw.
    """
    enclave, civil = campaign.siege, campaign.rules.civil
    eaten = np.minimum(enclave.portions * enclave.ration, 1.05) * civil.need0
    need = civil.need0 * (1.0 - civil.adapt + civil.adapt * enclave.bodies)
    enclave.bodies = np.clip(enclave.bodies + (eaten - need) / civil.store, 0.0, 1.0)
    hazard = civil.m1 * np.maximum(0.0, (civil.n_c - enclave.bodies) / civil.n_c)
    dead = enclave.civilians * float(hazard.mean())
    natural = enclave.civilians * civil.m0
    enclave.civilians -= dead + natural
    enclave.dead_hunger += dead
    enclave.dead_natural += natural
    if dead >= 1.0 and campaign.day % 7 == 0:
        text = f"Hunger: {dead * 7:.0f} people die in a week; civilians eat {100 * enclave.ration:.0f} % of their need."
        campaign.tell(
            EventKind.HUNGER, text, cell=campaign.airport_cell, weight=min(1.0, 0.4 + dead / 100), numbers={"dead": dead * 7}
        )


def _under_fire(campaign: "Campaign") -> None:
    """Count civilians killed by guns and mortars in range: `shell_civ` for each gun, day and 10,000 people."""
    enclave = campaign.siege
    guns = heavy_weapons_within(campaign, campaign.city_cell, campaign.rules.combat.range_120)
    dead = campaign.rules.civil.shell_civ * guns * enclave.civilians / 10_000.0
    enclave.civilians -= dead
    enclave.dead_fire += dead


def hit_civilians(campaign: "Campaign", cell: int, strikes: int) -> None:
    """Count civilians whom strikes on troops beside their homes kill: `civ_strike` for each strike and 1,000 people there.

    People live in the quarters; a strike touches those of the same and of the neighbouring cells. Whose aircraft it was does
    not matter.
    """
    enclave = campaign.enclave
    if enclave is None:
        return
    whole = sum(enclave.quarters.values())
    near = sum(
        people for place, people in enclave.quarters.items()
        if campaign.km_between(campaign.theatre.place(place).cell, cell) <= 1.5 * campaign.theatre.cell_km
    )  # fmt: skip
    there = enclave.civilians * near / max(1.0, whole) / CELLS_OF_A_QUARTER
    dead = campaign.rules.air.civ_strike * strikes * there / 1000.0
    enclave.civilians -= dead
    enclave.dead_fire += dead


def _leave(campaign: "Campaign") -> None:
    """Let people leave as they can: more when hungry; both sides restrict it."""
    enclave, civil = campaign.siege, campaign.rules.civil
    hunger = 1.0 - enclave.ration
    gone = enclave.civilians * civil.flow * max(0.0, 1.0 + civil.flow_hunger * (hunger - 0.35))
    enclave.civilians -= gone
    enclave.left += gone


def _conscript(campaign: "Campaign") -> None:
    """Take conscripts and militia from the people: `conscript_rate` a month, into the NDF units that are below strength."""
    enclave, civil, units = campaign.siege, campaign.rules.civil, campaign.units
    die = campaign.chance["conscripts"].random()
    men = int(enclave.civilians * civil.conscript_rate / 30.4 + die)
    thin = np.flatnonzero(
        (units["besieged"] == 1) & (units["alive"] == 1) & (units["state"] == 0) & (units["quality"] == MILITIA)
    )
    if men == 0 or thin.size == 0 or enclave.conscripted >= civil.conscript_cap * enclave.civilians:
        return
    row = int(thin[np.argmin(units["men"][thin] / np.maximum(1, units["men0"][thin]))])
    weight = men / (units["men"][row] + men)
    units["train"][row] += weight * (civil.conscript_train - units["train"][row])
    units["men"][row] += men
    units["men0"][row] = max(units["men0"][row], units["men"][row])
    units["joined"][row] += men
    enclave.civilians -= men
    enclave.conscripted += men


def quarters_fall(campaign: "Campaign", place_id: str, to: int) -> None:
    """Count what follows when a populated quarter falls to the Islamic State: killed, abducted, some of them freed, fled.

    Of the people present `mass_kill` are killed and `mass_abd` abducted, both times one gamma draw. Source: January 2016.
    """
    enclave, civil = campaign.enclave, campaign.rules.civil
    if enclave is None or to != Side.ISLAMIC_STATE or place_id not in enclave.quarters:
        return
    share = enclave.quarters[place_id] / max(1.0, sum(enclave.quarters.values()))
    present = share * enclave.civilians
    luck = campaign.chance["massacre"].gamma(civil.mass_shape, 1.0 / civil.mass_shape)
    killed = present * min(1.0, civil.mass_kill * luck)
    abducted = (present - killed) * min(1.0, civil.mass_abd * luck) * (1.0 - civil.abd_back)
    stay = (present - killed - abducted) * (1.0 - civil.mass_flee)
    enclave.civilians -= killed + abducted + stay
    enclave.dead_massacre += killed
    enclave.abducted += abducted
    enclave.left += stay
    enclave.quarters[place_id] *= civil.mass_flee
    campaign.learn_of_fate(int(Side.GOVERNMENT), int(killed))
    name = campaign.theatre.place(place_id).name
    text = f"{name} falls: {killed:.0f} civilians killed, {abducted:.0f} abducted; {stay:.0f} are behind the lines."
    numbers = {"killed": killed, "abducted": abducted}
    campaign.tell(EventKind.CIVILIANS, text, cell=campaign.theatre.place(place_id).cell, weight=0.95, numbers=numbers)
