"""Commanders: they decide by their own picture, command only their own, and think in the morning."""

import numpy as np
import pytest

from agents.muster import open_campaign
from agents.picture import Contacts, contacts_of
from agents.staff.odds import believed_power, doubt_of, own_power, p_win, ready
from agents.tactics import TACTICS
from model.configuration.loading import load
from model.ledger import HOSTILE, Order, State


@pytest.fixture(scope="module")
def skirmish():
    campaign = open_campaign("skirmish", (), 1)
    for _ in range(9):
        campaign.step()
    return campaign


def changed_rows(now, before):
    """Return the rows in which any column differs."""
    return np.flatnonzero(np.any([now[name] != before[name] for name in now.dtype.names], axis=0))


@pytest.fixture
def fresh():
    return open_campaign("skirmish", (), 1)


def test_odds_are_even_at_their_half_point_and_rise(skirmish):
    half = skirmish.rules.policy.pwin_half
    assert p_win(skirmish, half) == pytest.approx(0.5)
    odds = [p_win(skirmish, r) for r in np.linspace(0.0, 6.0, 50)]
    assert odds == sorted(odds)
    assert odds[0] == 0.0
    assert 0.8 < p_win(skirmish, 3.0) < 0.95  # three to one is a gradient, not a law


def test_nobody_holds_a_contact_of_a_friend(skirmish):
    for side in (1, 2):
        contacts = contacts_of(skirmish, side)
        assert contacts.row.size > 0
        assert (HOSTILE[side][skirmish.units["side"][contacts.row]] == 1).all()


def test_contacts_are_estimates_and_grow_old(skirmish):
    contacts = contacts_of(skirmish, 2)
    assert not np.array_equal(contacts.men, skirmish.units["men"][contacts.row])
    assert (contacts.age >= 0.0).all()
    assert (contacts.age <= 3.0 * skirmish.rules.intel.intel_age).all()


def test_what_is_believed_of_a_defender_counts_his_works(skirmish):
    contacts = contacts_of(skirmish, 2)
    assert believed_power(skirmish, contacts, defending=True) > believed_power(skirmish, contacts, defending=False) > 0.0


def test_own_power_grows_with_every_unit(skirmish):
    rows = np.flatnonzero((skirmish.units["side"] == 1) & (skirmish.units["alive"] == 1))
    powers = [own_power(skirmish, rows[:k]) for k in range(0, rows.size, 20)]
    assert powers == sorted(powers)
    assert powers[0] == 0.0


def test_only_the_steady_and_idle_can_be_ordered(fresh):
    rows = np.arange(4)
    fresh.units["order"][:4] = Order.HOLD
    fresh.units["state"][1] = State.SHAKEN
    fresh.units["engaged"][2] = 1
    fresh.units["paused"][3] = 5
    assert ready(fresh, rows).tolist() == [0]


def test_commanders_think_in_the_morning_only(fresh):
    fresh.step()
    before = fresh.units.copy()
    assert not fresh.morning
    for commander in fresh.commanders:
        commander.decide()
    assert changed_rows(fresh.units, before).size == 0


def test_each_commands_his_own(fresh):
    for _ in range(8):
        fresh.step()
    for commander in fresh.commanders:
        if commander.flies or commander.rows.size == 0:
            continue
        before = fresh.units.copy()
        turn, fresh.turn = fresh.turn, fresh.turn + (-fresh.turn) % fresh.turns_per_day
        commander.decide()
        fresh.turn = turn
        changed = changed_rows(fresh.units, before)
        assert (fresh.units["command"][changed] == fresh.command_index[commander.name]).all()


def test_a_commander_does_not_see_who_was_never_seen(fresh):
    """The truth behind the fog may change as it likes: without contacts the orders are the same."""

    def orders(moved):
        campaign = open_campaign("skirmish", (), 5)
        campaign.seen["turn"] = -1
        foe = np.flatnonzero(campaign.units["side"] == 1)
        campaign.units["men"][foe] = np.where(moved, 1 + campaign.units["men"][foe] // 9, campaign.units["men"][foe])
        commander = next(c for c in campaign.commanders if c.name == "islamic_state")
        commander.look()
        commander.decide()
        mine = campaign.units["side"] == 2
        return [campaign.units[name][mine].tolist() for name in ("order", "goal", "until")]

    assert orders(moved=True) == orders(moved=False)


def test_every_tactic_of_a_doctrine_exists_and_none_is_left_over():
    shipped = [load(name) for name in ("deir_ez_zor_2016", "skirmish", "lanchester")]
    used = {tactic for situation in shipped for doctrine in situation.doctrine.values() for tactic in doctrine.tactics}
    assert used == set(TACTICS)


def test_a_setting_may_be_a_parameter_of_the_rulebook():
    siege = open_campaign("deir_ez_zor_2016", (), 1)
    found = [
        (commander, name, value)
        for commander in siege.commanders
        for name, value in commander.doctrine.settings.items()
        if isinstance(value, str) and "." in value
    ]
    for commander, name, value in found:
        group, parameter = value.split(".")
        assert commander.setting(name, -1.0) == getattr(getattr(siege.rules, group), parameter)
    assert siege.commanders[0].setting("no such setting", 2.5) == 2.5


def test_orders_come_from_several_commanders():
    siege = open_campaign("deir_ez_zor_2016", (), 1)
    ordered = set()
    for _ in range(160):
        siege.step()
        busy = (siege.units["order"] != Order.HOLD) & (siege.units["alive"] == 1) & (siege.units["order"] != Order.WITHDRAW)
        ordered |= set(siege.units["command"][busy].tolist())
    assert len(ordered) >= 3


def contacts(men, age):
    """Return contacts of so many men each, so many days old."""
    many, zero = len(men), np.zeros(len(men))
    return Contacts(
        np.arange(many),
        zero.astype(np.int32),
        np.array(men, float),
        zero.astype(np.int8),
        np.array(age, float),
        np.array(men, float),
    )


def test_doubt_grows_with_the_age_of_what_is_known_and_falls_with_independent_news(fresh):
    per_day = fresh.rules.intel.intel_var
    assert doubt_of(fresh, contacts([], [])) == 0.0
    assert doubt_of(fresh, contacts([80], [0])) == 0.0
    assert doubt_of(fresh, contacts([80], [4])) == pytest.approx(4 * per_day)
    assert doubt_of(fresh, contacts([50, 50], [4, 4])) == pytest.approx(2 * per_day)


@pytest.mark.parametrize("ratio", [0.4, 1.0, 3.0])
def test_old_news_draws_every_chance_towards_one_half(fresh, ratio):
    """With doubt p_win is the mean of the logistic over what the ratio may be, to two decimals."""
    doubt = 6 * fresh.rules.intel.intel_var
    at = np.linspace(-6.0, 6.0, 2001)
    weight = np.exp(-0.5 * at * at)
    mean = sum(w * p_win(fresh, ratio * np.exp(z * np.sqrt(doubt))) for z, w in zip(at, weight, strict=True)) / weight.sum()
    assert p_win(fresh, ratio, doubt) == pytest.approx(mean, abs=0.02)
    assert abs(p_win(fresh, ratio, doubt) - 0.5) <= abs(p_win(fresh, ratio) - 0.5)
