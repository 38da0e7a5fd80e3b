"""Food and death: famines on record through the law of hunger, and whole sieges fed with less: `python -m tests.checks.food`."""

import sys
from dataclasses import dataclass

import numpy as np

from agents.muster import muster
from model.configuration.loading import load
from model.rulebook import Rulebook
from model.rules.hunger import waste
from model.subjects.enclave import portions_of
from tests.checks.pool import SCENARIO, SEPTEMBER
from tests.rules.small_field import changed, rulebook

MONTH = 30


@dataclass(frozen=True)
class Famine:
    """A famine on record: people, kcal eaten month by month, spread of portions, and the deaths that were counted."""

    title: str
    people: float
    kcal: tuple[float, ...]
    body: float
    sigma: float
    died: tuple[float, float]
    basis: str


FAMINES = (
    Famine("Western Netherlands, 1944-45", 4.3e6, (1250.0,) * 7, 1.0, 0.2, (20_000, 22_000),
           "4.3 million people; 1,150-1,350 kcal really eaten, the middle taken; dead by Banning 1946"),
    Famine("Warsaw ghetto, 1941", 4.1e5, (1125.0,) * 12, 0.9, 0.2, (43_000, 43_000),
           "about 410,000 people, 1,125 kcal on the mean (Winick, Hunger Disease, 1979); bodies at the start an estimate"),
    Famine("Leningrad, October 1941 - June 1942", 2.4e6, (1500, 1000, 700, 600, 700, 1000, 1300, 1600, 1800), 1.0, 0.2,
           (500_000, 800_000), "2.4 million people; kcal a month are estimates about the bread ration; cold is not modelled"),
)  # fmt: skip

SIEGES = {
    "as shipped": ((), ()), "without WFP": (("wfp",), ()), "without army drops": (("il76_state",), ()),
    "without helicopters": (("heli_night",), ()), "without all three": (("wfp", "il76_state", "heli_night"), ()),
    "other food x 0.83": ((), ("rules.civil.other_food_x=0.83",)),
    "other food x 1.25": ((), ("rules.civil.other_food_x=1.25",)),
}  # fmt: skip
"""What is taken from the whole campaign: airlifts, and settings."""


def deaths(famine: Famine, kcal_x: float = 1.0, **settings) -> list[float]:
    """Return the dead of each month."""
    civil = Rulebook(changed(rulebook(), civil__sigma_food=famine.sigma, **settings)).civil
    bodies, portions = np.full(int(civil.food_groups), famine.body), portions_of(civil)
    people, told = famine.people, []
    for kcal in famine.kcal:
        dead = 0.0
        for _ in range(MONTH):
            now = people * waste(bodies, portions, kcal_x * kcal / civil.need0, civil.row)
            dead, people = dead + now, people - now
        told.append(dead)
    return told


def siege(missing=(), settings=(), seed=1) -> dict[str, float]:
    """Play the shipped campaign to September 2017 without some airlifts; return how its people fared."""
    situation = load(SCENARIO, settings)
    assert situation.enclave is not None
    lifts = {name: lift for name, lift in situation.enclave.airlifts.items() if name not in missing}
    enclave = situation.enclave.model_copy(update={"airlifts": lifts})
    campaign = muster(situation.model_copy(update={"enclave": enclave}), seed)
    state, kcal, stock, worse = campaign.siege, [], [], 0
    while not campaign.over and campaign.when.date() < SEPTEMBER:
        campaign.step()
        if campaign.morning:
            kcal.append(state.ration * campaign.rules.civil.need0)
            stock.append(state.food / max(1.0, state.issued))
            worse += state.soldier_ration < state.ration - 1e-9
    return {
        "days": float(campaign.day), "kcal": float(np.mean(kcal)), "stock_days": float(np.median(stock)),
        "dead_hunger": float(state.dead_hunger), "soldiers_worse": float(worse), "sorties": float(state.lift.sorties),
    }  # fmt: skip


def table(seeds: int) -> str:
    """Return the tables of famines and of sieges."""
    lines = ["| famine | counted dead | law |", "|---|---|---|"]
    for famine in FAMINES:
        told = deaths(famine)
        most = int(np.argmax(told)) + 1
        lines.append(f"| {famine.title} | {famine.died[0]:,.0f}-{famine.died[1]:,.0f} | {sum(told):,.0f}, most in month {most} |")
    lines += ["", "| siege | days played | kcal | starved | days of stock |", "|---|---|---|---|---|"]
    for name, (missing, settings) in SIEGES.items():
        runs = [siege(missing, settings, seed) for seed in range(1, seeds + 1)]
        days, kcal, starved, stock = (
            ", ".join(f"{run[key]:,.0f}" for run in runs) for key in ("days", "kcal", "dead_hunger", "stock_days")
        )
        lines.append(f"| {name} | {days} | {kcal} | {starved} | {stock} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(int(sys.argv[1]) if len(sys.argv) > 1 else 3) + "\n")
