"""Food: the day's issue in the enclave. Civilians are cut early so that a reserve is held; soldiers eat first."""

from typing import TYPE_CHECKING

from model.arrays import Rows
from model.compiled import law

if TYPE_CHECKING:
    from model.campaign import Campaign


def share_food(campaign: "Campaign") -> None:
    """Issue the day's food to civilians and garrison.

    Expected inflow e = mean of 30 days from the air + fields and smuggling + grain. Grain g = min(grain_issue,
    reserve / grain_tau); the mills grind up to `grain_short` times as much when e does not do for the least ration and the
    stores are below their reserve (`milled`). `aid_to_army` of the day's aid goes into soldiers' rations: counted and shown,
    no extra food.
    Once the road is open convoys fill the stores to `reserve_days` of full rations, as they fill up every unit they reach;
    soldiers whom they reach do not eat from the stores.
    Source: paper trials of the siege's food balance; what residents say of the aid.
    """
    enclave, civil, supply = campaign.siege, campaign.rules.civil, campaign.rules.supply
    more = civil.other_food_x
    local = enclave.opening.local_food.value * (civil.local_split if enclave.components > 1 else 1.0) * more
    need = max(0, enclave.garrison - enclave.reached) * supply.food_soldier / 1000.0
    full = enclave.civilians * civil.need0 / civil.kcal_kg / 1000.0
    flown = sum(enclave.inflow) / len(enclave.inflow)
    grain = milled(
        enclave.grain, flown + local, need + civil.least_ration * full, enclave.food, civil.reserve_days,
        civil.grain_issue * more, civil.grain_tau / more, civil.grain_short,
    )  # fmt: skip
    enclave.grain -= grain
    enclave.food += grain + local
    enclave.food_book.enter("grain_reserve", grain)
    enclave.food_book.enter("local", local)
    inflow = flown + grain + local
    if enclave.relieved:
        brought = max(0.0, civil.reserve_days * (full + need) - enclave.food)
        enclave.food += brought
        enclave.food_by_road += brought
        enclave.food_book.enter("convoys", brought)
        inflow += full + need
    enclave.ration, enclave.soldier_ration = rations(
        inflow, enclave.food, need, full, civil.reserve_days, civil.issue_horizon, civil.sold_floor, civil.least_ration
    )
    enclave.issued = min(enclave.food, enclave.ration * full + enclave.soldier_ration * need)
    enclave.food = max(0.0, enclave.food - enclave.issued)
    enclave.food_book.enter("eaten", -enclave.issued)
    enclave.aid_to_army += min(campaign.rules.drop.aid_to_army * enclave.lift.aid_today, enclave.soldier_ration * need)
    feed(campaign.units, enclave.soldier_ration)


@law
def milled(
    reserve: float, other: float, least: float, stock: float, reserve_days: float, issue: float, tau: float, short: float
) -> float:
    """Return the grain of the day, t: `issue` while it lasts, more when all other food does not do for the `least` issue.

    More is ground only while the stores hold less than `reserve_days` of what comes in, and the last of the reserve is spun out
    all the same.
    """
    grain = min(issue, reserve / tau)
    if stock < reserve_days * (other + grain):
        grain = max(grain, min(short * issue, short * reserve / tau, least - other))
    return min(grain, reserve)


@law
def rations(
    inflow: float, stock: float, need: float, full: float, reserve_days: float, horizon: float, floor: float, least: float
) -> tuple[float, float]:
    """Return the day's rations of civilians and of soldiers as shares of their need (`full` and `need`, tonnes).

    Civilians get e - need + (stock - reserve · e) / horizon, between nothing and full rations, so that a reserve of 20-30
    days is held by cutting early. Soldiers eat their fill unless stock is below `floor` days of their own need, then half
    of the stock; never less per head than a civilian: if they would, both share alike.
    """
    civilians = min(full, max(0.0, inflow - need + (stock - reserve_days * inflow) / horizon))
    civilians = max(civilians, min(least * full, stock - reserve_days * need))
    soldiers = need if stock >= floor * need else min(need, stock / 2.0)
    civilians = min(civilians, max(0.0, stock - soldiers))
    ration = civilians / full if full > 0.0 else 1.0
    soldier_ration = soldiers / need if need > 0.0 else 1.0
    if soldier_ration < ration:
        ration = soldier_ration = (civilians + soldiers) / (full + need) if full + need > 0.0 else 1.0
    return ration, soldier_ration


@law
def feed(units: Rows, ration: float) -> None:
    """Give the besieged whom no road reaches the ration of the day."""
    for i in range(units.shape[0]):
        u = units[i]
        if u.besieged == 1 and u.alive == 1 and u.traced == 0:
            u.ration = ration
