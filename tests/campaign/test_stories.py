"""Stories: another garrison or another map gives another war, told by the places that change hands."""

import pytest

from agents.muster import muster
from model.configuration.loading import load
from model.events import EventKind
from tests.rules.small_field import changed

DAYS = 90


def hand_overs(situation, seed, days=DAYS):
    """Play so many days; return every (place, new holder)."""
    campaign = muster(situation, seed)
    told = set()
    while not campaign.over and campaign.day < days:
        campaign.step()
        told |= {
            (campaign.theatre.places[event.place].id, int(event.numbers["to"]))
            for event in campaign.events
            if event.kind is EventKind.CAPTURE
        }
    return told


def thinned(situation, share):
    """Return a scenario with a share of the government's men in the enclave; its end is not decided by their number."""
    forces = {}
    for name, force in situation.forces.items():
        own = {
            key: one.model_copy(update={"men": max(one.units, round(one.men * share))})
            if force.side == "government" and one.sector.startswith("enclave")
            else one
            for key, one in force.order_of_battle.items()
        }
        forces[name] = force.model_copy(update={"order_of_battle": own})
    return situation.model_copy(update={"forces": forces, "rules": changed(situation.rules, army__survive_men=20.0)})


@pytest.fixture(scope="module")
def siege():
    return load("deir_ez_zor_2016")


@pytest.fixture(scope="module")
def history(siege):
    return hand_overs(siege, 1)


def ground_left(situation, seed, days=DAYS):
    """Return the cells of the enclave after so many days."""
    campaign = muster(situation, seed)
    while not campaign.over and campaign.day < days:
        campaign.step()
    return campaign.enclave.cells


def test_a_tenth_of_the_garrison_loses_ground_that_the_whole_one_holds(siege):
    for seed in (1, 2, 3):
        assert ground_left(thinned(siege, 0.1), seed) < 0.92 * ground_left(siege, seed)


def test_a_coarser_map_gives_another_story(siege, history):
    coarse = siege.model_copy(update={"map": siege.map.model_copy(update={"cell_km": 2.0})})
    told = hand_overs(coarse, 1)
    assert told
    assert told != history


def test_the_same_war_is_told_twice_alike(siege, history):
    assert hand_overs(siege, 1) == history


@pytest.mark.slow
def test_a_stronger_garrison_loses_no_more_over_a_dozen_seeds(siege):
    """Paired seeds: places lost for good with a tenth, half and all of the garrison."""
    lost = {}
    for share in (0.1, 0.5, 1.0):
        lost[share] = 0
        for seed in range(1, 13):
            told = hand_overs(thinned(siege, share), seed, 60)
            lost[share] += len({p for p, to in told if to == 2} - {p for p, to in told if to == 1})
    assert lost[0.1] > lost[0.5] > lost[1.0]


@pytest.mark.slow
def test_more_attrition_costs_more_dead_over_a_dozen_seeds(siege):
    dead = []
    for rate in (0.12, 0.25):
        total = 0
        for seed in range(1, 13):
            campaign = muster(siege.model_copy(update={"rules": changed(siege.rules, combat__attr_k=rate)}), seed)
            for _ in range(240):
                campaign.step()
            total += int(campaign.units["killed"].sum())
        dead.append(total)
    assert dead[1] > dead[0]


def test_the_last_frame_says_of_what_the_enclave_fell():
    situation = load("skirmish")
    rules = changed(situation.rules, army__survive_men=1e6)
    campaign = muster(situation.model_copy(update={"rules": rules}), 1)
    told = [campaign.frame().theatre.cause_of_fall]
    while not campaign.over:
        campaign.step()
        told.append(campaign.frame().theatre.cause_of_fall)
    assert "fall" in campaign.milestones
    assert set(told[:-1]) == {""}
    assert told[-1] == campaign.siege_log.cause
