"""Internal lines: men go where they are needed most, by road, within the week's limit, and never from an emptied sector."""

import importlib

import numpy as np

from agents.muster import muster
from agents.staff.needs import needs_of
from agents.staff.worth import isolates
from model.ledger import Order, Side
from model.rules.supply import trace
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

IS = int(Side.ISLAMIC_STATE)
TACTIC = importlib.import_module("agents.tactics.shift_reserves")


def fronts(quiet_men=1000, seen_men=400.0, **settings):
    """Return a quiet sector in the west, a pressed one in the east, its enemy, and the commander on his weekly day."""
    west = formation((8, 15), quiet_men, 10, posture="rest").model_copy(update={"sector": "west"})
    east = formation((31, 15), 100, 1, posture="rest").model_copy(update={"sector": "east"})
    situation = scenario(
        {"islamic_state": [west, east], "government": [formation((34, 20), 400)]}, on="open_field", **settings
    )  # fmt: skip
    doctrine = {"islamic_state": Doctrine(commander="islamic_state", tactics=("shift_reserves",), basis=BASIS)}
    campaign = muster(situation.model_copy(update={"doctrine": doctrine}), 1)
    campaign.layers.control[:] = IS
    campaign.turn = 7 * campaign.turns_per_day
    trace(campaign)
    if seen_men:
        seen = campaign.seen[IS]
        seen["turn"][0], seen["men"][0], seen["cell"][0] = campaign.turn, seen_men, cell(campaign, 34, 20)
    commander = campaign.commanders[0]
    commander.look()
    return campaign, commander


def sent(campaign):
    units = campaign.units
    return int(units["men"][(units["order"] == Order.MARCH) & (units["side"] == IS)].sum())


def test_the_pressed_sector_is_reinforced_up_to_the_weeks_limit():
    campaign, commander = fronts(islamic_state__is_shift=300)
    commander.follow("shift_reserves")
    assert sent(campaign) == 300
    assert campaign.communications.men_shifted == 300
    assert set(campaign.units["goal"][campaign.units["order"] == Order.MARCH]) == {cell(campaign, 31, 15)}


def test_half_of_a_sector_stays():
    campaign, commander = fronts(islamic_state__is_shift=5000)
    commander.follow("shift_reserves")
    assert sent(campaign) == 500


def test_who_was_sent_stays_where_he_was_sent():
    campaign, commander = fronts(islamic_state__is_shift=5000)
    commander.follow("shift_reserves")
    gone = campaign.units["order"] == Order.MARCH
    campaign.units["order"][gone] = Order.HOLD
    campaign.units["cell"][gone] = campaign.units["goal"][gone]
    commander.memory["began"] = {0: 1000.0, 1: 1.0}
    ranks = [TACTIC._spare(commander, need) for need in needs_of(commander)]
    assert not any(row in rows for rows, _ in ranks for row in np.flatnonzero(gone))


def test_men_who_came_later_go_whole_from_a_quiet_sector_whatever_works_they_hold():
    campaign, commander = fronts(quiet_men=500, seen_men=50.0, islamic_state__is_shift=5000)
    commander.memory["began"] = {0: 100.0, 1: 100.0}
    campaign.units["posture"][:10], campaign.units["fort"][:10] = 3, 3
    commander.follow("shift_reserves")
    assert sent(campaign) == 400


def test_without_pressure_nobody_moves():
    campaign, commander = fronts(seen_men=0.0)
    commander.follow("shift_reserves")
    assert sent(campaign) == 0


def test_no_road_no_shift():
    campaign, commander = fronts()
    campaign.layers.control[cell(campaign, 25, 15)] = Side.GOVERNMENT
    commander.follow("shift_reserves")
    assert sent(campaign) == 0


def test_gain_draws_men_where_pressure_is_equal():
    campaign, commander = fronts(islamic_state__w_press=0.0, islamic_state__w_gain=1.0)
    east = next(s for (_, name), s in campaign.sector_index.items() if name == "east")
    stands = {need.sector: need for need in needs_of(commander)}
    assert stands[east].score > 0.0


def cuts(campaign, target):
    """Say whether the loss of a cell would cut its holder's ground in two."""
    return bool(isolates(campaign.layers.control, campaign.theatre.offsets, np.array([target]))[0])


def test_a_cell_that_holds_two_pieces_together_isolates():
    campaign, _ = fronts()
    control = campaign.layers.control
    line = [cell(campaign, column, 5) for column in range(8, 15)]
    control[:] = IS
    control[line] = Side.GOVERNMENT
    assert cuts(campaign, line[3])
    assert not cuts(campaign, line[0])
    control[:] = Side.GOVERNMENT
    assert not cuts(campaign, line[3])
    assert np.all(control == Side.GOVERNMENT)
