"""A besieger whose broken, barred and bled units were lost to him would stop attacking within weeks."""

import numpy as np
import pytest

from agents.tactics.return_to_post import BARRED, GOES_BACK_IN, GOES_HOME, NOTHING, what_now
from model.ledger import HOSTILE, Order, Side, State
from model.rules.economy import earn
from tests.rules.small_field import cell, formation, march, war

ISLAMIC_STATE = int(Side.ISLAMIC_STATE)


def barred(changed_on):
    """Return the first unit of a war whose way leads at once into ground that the enemy has held since a turn."""
    campaign = war({"islamic_state": [formation((10, 10), 60)], "government": [formation((38, 28))]})
    campaign.layers.control[:] = 1
    campaign.layers.control[cell(campaign, 10, 10)] = ISLAMIC_STATE
    campaign.layers.changed_turn[:] = changed_on
    march(campaign, 0, 20, 10)
    row = int(np.flatnonzero(campaign.units["side"] == ISLAMIC_STATE)[0])
    march(campaign, row, 20, 10)
    field = campaign.fields.towards(int(campaign.units["goal"][row]), 0)
    campaign.fields.reach(field, int(campaign.units["cell"][row]))
    campaign.units["field"][row] = field
    campaign.units["until"][row] = -1
    assert campaign.units["order"][row] == Order.MARCH
    return what_now(
        campaign.units, np.array([row]), campaign.fields.way, campaign.theatre.offsets,
        (campaign.layers.control, campaign.layers.changed_turn), HOSTILE[ISLAMIC_STATE], (40, 20), np.zeros(0, dtype=np.int32),
    )[0][0]  # fmt: skip


def test_who_is_barred_from_his_way_by_ground_long_the_enemys_stays():
    assert barred(5) == BARRED


def test_ground_lost_yesterday_bars_nobody_yet():
    assert barred(19) == BARRED
    assert barred(21) == NOTHING


def away(state, *, here=Side.GOVERNMENT, home=ISLAMIC_STATE, lost_on=21, seen=False):
    """Return what becomes of an idle man of the government whose post, two cells away, is somebody's since a turn."""
    campaign = war({"government": [formation((10, 10), 60)]})
    units, layers, post = campaign.units, campaign.layers, cell(campaign, 12, 10)
    units["home"][0], units["order"][0], units["goal"][0], units["state"][0] = post, Order.HOLD, -1, state
    layers.control[units["cell"][0]] = here
    layers.control[post], layers.changed_turn[post] = home, lost_on
    return what_now(
        units, np.array([0]), campaign.fields.way, campaign.theatre.offsets, (layers.control, layers.changed_turn),
        HOSTILE[Side.GOVERNMENT], (40, 20), np.array([post] if seen else [], dtype=np.int32),
    )[0][0]  # fmt: skip


@pytest.mark.parametrize("state", [State.STEADY, State.SHAKEN])
@pytest.mark.parametrize(("lost_on", "seen", "goes"), [(21, False, True), (21, True, False), (5, False, False)])
def test_who_was_pressed_out_goes_back_in_once_nobody_is_believed_there(state, lost_on, seen, goes):
    assert (away(state, lost_on=lost_on, seen=seen) == GOES_BACK_IN) == goes


@pytest.mark.parametrize(("here", "rests"), [(Side.GOVERNMENT, True), (Side.ISLAMIC_STATE, False)])
def test_the_shaken_rest_between_their_own_posts_and_nowhere_else(here, rests):
    assert (away(State.SHAKEN, here=here, home=Side.GOVERNMENT) == NOTHING) == rests


def test_the_steady_go_home_from_anywhere():
    assert away(State.STEADY, home=Side.GOVERNMENT) == GOES_HOME


def test_recruits_also_fill_up_who_attacks():
    campaign = war(
        {"islamic_state": [formation((10, 10), 100, quality="is_hold"), formation((12, 10), 100, quality="is_assault")]},
        supply={"islamic_state": ("west_camp",)},
    )  # fmt: skip
    units = campaign.units
    units["traced"] = 1
    attackers = 1
    units["men"][attackers] = 40
    before = units["men"].copy()
    earn(campaign)
    assert units["men"][attackers] > before[attackers]
    assert units["men"][0] == before[0]
