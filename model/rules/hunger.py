"""Hunger: bodies waste by what is missing, and those with empty stores die; a garrison without food melts away."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Numbers, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import State
from model.rules.casualties import rounded
from model.subjects.quarters import Cause
from model.sums import total

if TYPE_CHECKING:
    from model.campaign import Campaign

DESTROYED = int(State.DESTROYED)
HUNGER, NATURAL = int(Cause.HUNGER), int(Cause.NATURAL)
ALIKE = np.ones(1)
"""Soldiers share alike: one group."""
MOST_EATEN = 1.05
"""Nobody eats more than this share of full need for long."""
GOLDEN = 0.618
"""Shifts one die from row to row, so that whole men are lost here and there and the mean is kept."""


def starve(campaign: "Campaign") -> None:
    """Waste the bodies of each group of people, bury whom hunger and age kill, and say so once a week."""
    enclave, civil = campaign.siege, campaign.rules.civil
    quarters = enclave.quarters
    hazard = waste(enclave.bodies, enclave.portions, enclave.ration, civil.row)
    dead = bury_share(quarters.people, quarters.fed, hazard, quarters.dead[HUNGER, 0])
    enclave.dead_hunger += dead
    enclave.dead_natural += bury_share(quarters.people, quarters.fed, civil.m0, quarters.dead[NATURAL, 0])
    quarters.changes += 1
    enclave.count()
    if dead >= 1.0 and campaign.day % 7 == 0:
        text = f"Hunger: {dead * 7:,.0f} people die in a week; civilians eat {100 * enclave.ration:.0f} % of their need."
        campaign.tell(
            EventKind.HUNGER, text, cell=campaign.airport_cell, weight=min(1.0, 0.4 + dead / 100), numbers={"dead": dead * 7}
        )


@law
def bury_share(people: Floats, fed: Floats, share: float, toll: Floats) -> float:
    """Take a share of the people who live off the stores of every quarter, write them down as dead, and return how many."""
    gone = people * fed * min(1.0, share)
    people -= gone
    toll += gone
    return total(gone)


@law
def waste(bodies: Floats, portions: Floats, ration: float, civil: Rows) -> float:
    """Change the body stores of each group over a day and return the mean hazard of death by hunger, 1/day.

    dn/dt = (eaten - need(n)) / store, need = need0 (1 - adapt + adapt n): it falls as bodies adapt. Below the threshold n_c
    people die with hazard m1 (n_c - n) / n_c. Source: fitted to Minnesota, Leningrad, the western Netherlands and Warsaw.
    """
    k = civil[0]
    hazard = 0.0
    for i in range(bodies.shape[0]):
        bodies[i] = wasted(bodies[i], portions[i] * ration, k)
        hazard += k.m1 * max(0.0, (k.n_c - bodies[i]) / k.n_c)
    mean: float = hazard / bodies.shape[0]
    return mean


@law
def wasted(body: float, ration: float, civil: Numbers) -> float:
    """Return the index of body stores after a day on a ration (share of full need)."""
    eaten = min(ration, MOST_EATEN) * civil.need0
    need = civil.need0 * (1.0 - civil.adapt + civil.adapt * body)
    after: float = body + (eaten - need) / civil.store
    return min(1.0, max(0.0, after))


def weaken(campaign: "Campaign") -> None:
    """Lose the soldiers who are too weak to serve or walk away; they have bodies too.

    hazard = hungry_loss · (1 - ration / hunger_min) · (1 - body), nothing above `hunger_min`: a garrison without any food
    is spent in two to three months, a single hungry day costs nobody. Source: estimate.
    """
    enclave, rules = campaign.siege, campaign.rules
    waste(enclave.soldier_body, ALIKE, enclave.soldier_ration, rules.civil.row)
    short = 1.0 - enclave.soldier_ration / rules.morale.hunger_min
    if short <= 0.0 or enclave.garrison <= 0:
        return
    die = campaign.chance["hungry soldiers"].random()
    lost = walk_away(campaign.units, rules.civil.hungry_loss * short * (1.0 - float(enclave.soldier_body[0])), die)
    enclave.manpower.hungry += lost
    if lost and campaign.day % 7 == 0:
        text = f"Hunger in the garrison: {lost} soldiers are lost today; they eat {100 * enclave.soldier_ration:.0f} %."
        campaign.tell(EventKind.HUNGER, text, cell=campaign.airport_cell, weight=0.7, numbers={"soldiers": float(lost)})


@law
def walk_away(units: Rows, share: float, die: float) -> int:
    """Take a share of the men of every besieged unit that lives off the stores; return how many."""
    lost = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.besieged == 1 and u.alive == 1 and u.traced == 0:
            gone = min(u.men, rounded(u.men * share, (die + GOLDEN * i) % 1.0))
            u.men -= gone
            u.deserted += gone
            lost += gone
            if u.men == 0:
                u.alive = 0
                u.state = DESTROYED
    return lost
