"""The relief column over whole campaigns: clear, advance and wait all occur, and strength decides when it arrives."""

from collections import Counter

import pytest

from agents.muster import muster
from model.configuration.loading import load


@pytest.fixture(scope="module")
def siege():
    return load("deir_ez_zor_2016")


def played(situation, seed, days):
    """Play some days; return the days in each phase, and the day of relief (None: not within those days)."""
    campaign = muster(situation, seed)
    while not campaign.over and campaign.day < days and "relief" not in campaign.milestones:
        campaign.step()
    column = next(one for one in campaign.commanders if one.name == "relief_column")
    relief = campaign.milestones.get("relief")
    return Counter(column.memory["phase"].days), None if relief is None else (relief - situation.start).days


def strengthened(situation, men=8000):
    """Return the scenario with the formations of the column's own sector brought to `men` on the first day; nobody leaves it."""
    forces = dict(situation.forces)
    there = sum(one.men for force in forces.values() for one in force.order_of_battle.values() if one.sector == "palmyra")
    for name, force in forces.items():
        own = {
            key: one.model_copy(update={"men": round(one.men * men / there)}) if one.sector == "palmyra" else one
            for key, one in force.order_of_battle.items()
        }
        forces[name] = force.model_copy(update={"order_of_battle": own})
    kept = {name: one for name, one in situation.inputs.items() if not name.startswith("tiger_withdrawal")}
    return situation.model_copy(update={"forces": forces, "inputs": kept})


def test_it_does_not_arrive_in_the_first_two_months_and_first_waits(siege):
    days, relief = played(siege, 1, 60)
    assert relief is None
    assert days["wait"] >= siege.rules["policy"]["phase_min"].value


@pytest.mark.slow
def test_over_a_dozen_seeds_all_three_phases_occur_and_it_does_not_arrive_early(siege):
    days, reliefs = Counter(), []
    for seed in range(1, 13):
        phases, relief = played(siege, seed, 600)
        days += phases
        reliefs.append(relief)
    assert min(days[name] for name in ("clear", "advance", "wait")) > 12 * 14
    assert sum(relief is not None and relief < 60 for relief in reliefs) <= 1


@pytest.mark.slow
def test_eight_thousand_men_from_the_first_day_arrive_within_the_year(siege):
    strong = strengthened(siege)
    reliefs = [played(strong, seed, 365)[1] for seed in range(1, 5)]
    assert sum(relief is not None for relief in reliefs) >= 3
    assert all(relief > 60 for relief in reliefs if relief is not None)
