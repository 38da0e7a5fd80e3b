"""A grand assault that is due is saved for: men come to its front for a while, though nobody presses it."""

from datetime import timedelta

import pytest

from agents.staff.assault import FrontMemory
from agents.staff.preparation import PATIENCE, massed_long, massing, plan_ahead, prepares
from model.inputs import Transfer
from model.ledger import Order
from model.scenario import Front
from tests.agents.test_shift_reserves import cell, fronts, sent


def preparing(since, day=7):
    """Return a field on which nobody is pressed, with a grand assault in the east that came due on a day (-1: none)."""
    campaign, commander = fronts(seen_men=0.0, islamic_state__is_shift=300, islamic_state__grand_mass=30)
    campaign.turn = day * campaign.turns_per_day
    front = Front(around="east", radius_km=5.0, sectors=("east", "one that is not on this map"))
    commander.doctrine = commander.doctrine.model_copy(update={"fronts": {"east": front}})
    commander.memory["fronts"] = {"east": FrontMemory(depot="", prepares=since)}
    return campaign, commander


def test_men_are_massed_at_a_front_that_nobody_presses():
    campaign, commander = preparing(since=0)
    commander.follow("shift_reserves")
    assert sent(campaign) == 300
    assert set(campaign.units["goal"][campaign.units["order"] == Order.MARCH]) == {cell(campaign, 31, 15)}


def test_nobody_goes_where_no_grand_assault_is_due():
    campaign, commander = preparing(since=-1)
    commander.follow("shift_reserves")
    assert sent(campaign) == 0
    assert massing(commander) == []


@pytest.mark.parametrize(
    ("since", "day", "so"), [(-1, 7, False), (7, 7, True), (0, int(PATIENCE * 30) - 1, True), (0, int(PATIENCE * 30), False)]
)
def test_it_is_saved_for_as_long_as_patience_lasts(since, day, so):
    _, commander = preparing(since, day)
    assert prepares(commander, commander.memory["fronts"]["east"]) == so


def sent_to_the_east(men, day, *, due=999.0):
    """Return a field on a day of the fortnight in which so many men are being sent to the east, and the commander."""
    campaign, commander = preparing(since=-1, day=day)
    first = campaign.situation.start
    send = Transfer(
        kind="transfer", force="islamic_state", sources={"west": men}, to_sector="east", date=first, until=first + timedelta(14),
        basis="a test",
    )  # fmt: skip
    campaign.almanac = [[("send", send)]] * 40
    memory = commander.memory["fronts"]["east"]
    memory.due["grand"] = due
    return commander, memory


@pytest.mark.parametrize(("men", "prepared"), [(1500, 7), (1499, -1)])
def test_nobody_sends_a_grand_assaults_men_for_nothing(men, prepared):
    commander, memory = sent_to_the_east(men, day=7)
    plan_ahead(commander, commander.memory["fronts"])
    assert memory.prepares == prepared


def test_they_are_counted_on_once():
    commander, memory = sent_to_the_east(1500, day=7)
    plan_ahead(commander, commander.memory["fronts"])
    memory.prepares = -1  # it has begun
    plan_ahead(commander, commander.memory["fronts"])
    assert memory.prepares == -1


@pytest.mark.parametrize(("day", "strikes"), [(13, False), (14, True)])
def test_all_are_waited_for_who_are_on_their_way(day, strikes):
    commander, memory = sent_to_the_east(1500, day)
    memory.prepares = -30
    plan_ahead(commander, commander.memory["fronts"])
    assert massed_long(commander, memory) == strikes
