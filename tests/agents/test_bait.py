"""The bait: a few men are shown where an ambush can wait behind them, and it strikes who comes into the open, if it would win."""

import numpy as np

from agents.muster import muster
from model.ledger import Order, Posture, Side
from model.scenario import Doctrine, Front
from tests.rules.small_field import BASIS, cell, formation, scenario

SMALL, STRONG, ENEMY = (18, 15), (16, 15), (24, 15)


def commander(*, ambushers=300, pursuers=60.0, day=35):
    """Return the Islamic State's commander: 30 men and a strong reserve on the western half, an enemy believed in the east."""
    small = formation(SMALL, 30).model_copy(update={"sector": "ring"})
    strong = formation(STRONG, ambushers, 3).model_copy(update={"sector": "ring"})
    front = Front(around="crossroads", radius_km=18.0, sectors=("ring",))
    doctrine = Doctrine(commander="islamic_state", tactics=("bait",), fronts={"front": front}, basis=BASIS)
    forces = {"islamic_state": [small, strong], "government": [formation(ENEMY, 60)]}
    campaign = muster(scenario(forces).model_copy(update={"doctrine": {"islamic_state": doctrine}}), 1)
    columns = np.arange(campaign.theatre.cells) % campaign.theatre.width - 1
    campaign.layers.control[:] = np.where(columns < 21, Side.ISLAMIC_STATE, Side.GOVERNMENT)
    campaign.turn = day * campaign.turns_per_day
    see(campaign, cell(campaign, *ENEMY), pursuers, Posture.PREPARED)
    chief = campaign.commanders[0]
    chief.look()
    return chief


def see(campaign, where, men, posture):
    """Enter the enemy into the picture."""
    seen = campaign.seen[Side.ISLAMIC_STATE]
    seen["turn"][0], seen["cell"][0], seen["men"][0], seen["posture"][0] = campaign.turn, where, men, posture


def next_day(chief):
    chief.campaign.turn += chief.campaign.turns_per_day


def test_the_smallest_shows_itself_before_the_enemy_and_the_strong_wait_behind():
    chief = commander()
    chief.follow("bait")
    out = chief.memory["baits"]["front"]
    units, campaign = chief.campaign.units, chief.campaign
    assert units["men"][out.shown].tolist() == [30]
    assert sorted(out.ambush.tolist()) == [2, 3, 4]
    assert (units["goal"][1:5] == [out.cell, out.behind, out.behind, out.behind]).all()
    assert (units["order"][1:5] == Order.MARCH).all()
    assert campaign.km_between(out.cell, cell(campaign, 20, 15)) <= 3.0
    assert 2.0 < campaign.km_between(out.cell, out.behind) <= 5.0


def test_none_is_put_out_too_soon_or_where_the_ambush_would_lose():
    for chief in (commander(day=21), commander(pursuers=3000.0)):
        chief.follow("bait")
        assert not chief.memory["baits"]
        assert (chief.campaign.units["order"] == Order.HOLD).all()


def test_who_comes_into_the_open_is_struck_and_the_bait_runs():
    chief = commander()
    chief.follow("bait")
    out = chief.memory["baits"]["front"]
    next_day(chief)
    see(chief.campaign, out.cell + 1, 60.0, Posture.ATTACK)
    chief.look()
    chief.follow("bait")
    units = chief.campaign.units
    assert (units["order"][1], units["goal"][1]) == (Order.WITHDRAW, out.behind)
    assert (units["order"][2:5] == Order.ATTACK).all()
    assert (units["goal"][2:5] == out.cell + 1).all()
    assert out.sprung


def test_a_strong_pursuer_is_let_go_and_all_go_home_in_the_end():
    chief = commander()
    post = int(chief.campaign.units["home"][1])
    chief.follow("bait")
    out = chief.memory["baits"]["front"]
    next_day(chief)
    see(chief.campaign, out.cell + 1, 5000.0, Posture.ATTACK)
    chief.look()
    chief.follow("bait")
    assert not out.sprung
    assert (chief.campaign.units["order"][2:5] == Order.MARCH).all()
    chief.campaign.turn += 7 * chief.campaign.turns_per_day
    chief.look()
    chief.follow("bait")
    assert not chief.memory["baits"]
    assert chief.campaign.units["home"][1] == post
    assert (chief.campaign.units["until"][1:5] == chief.campaign.turn).all()
