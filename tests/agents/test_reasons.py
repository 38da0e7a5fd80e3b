"""Why orders are given: records say what was believed, can be reckoned again from it, and never rest on the unseen."""

import json
import math

import numpy as np
import pytest

from agents.muster import muster, open_campaign
from agents.proposal import HERE, HOME, Proposal
from agents.staff.needs import THREAT_KM
from agents.staff.odds import p_win
from agents.staff.perimeter import unseen
from agents.tactics.shift_reserves import MASSED
from model.account.order_log import OrderLog, names_on, plain, reasons_of
from model.account.reasons import because, order_of, rests_on, runner_up_of
from model.ledger import HOSTILE, Order, Side
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

DAYS = 60


@pytest.fixture(scope="module")
def siege():
    """Return a siege played for some weeks, and every reason of it with the rules it was given under."""
    campaign, given = open_campaign("deir_ez_zor_2016", (), 1), []
    for _ in range(DAYS * campaign.turns_per_day):
        campaign.step()
        given += campaign.reasons
    return campaign, given


def of(siege, *tactics):
    return [reason for reason in siege[1] if reason.tactic in tactics and reason.contacts]


def doubt(campaign, reason):
    """Return the variance of ln strength from the contacts as they were stored."""
    men, age = (np.array([getattr(one, name) for one in reason.contacts]) for name in ("men", "age"))
    return campaign.rules.intel.intel_var * float((men / men.sum()) ** 2 @ age)


def test_the_reserves_odds_and_score_follow_from_the_picture_that_was_stored(siege):
    found = of(siege, "counter_attack", "lure_into_the_desert")
    strikes = [reason for reason in found if reason.order == Order.ATTACK]
    assert strikes
    for reason in strikes:
        odds = reason.figures["power"] / max(siege[0].rules.intel.front_post, sum(one.power for one in reason.contacts))
        assert reason.figures["odds"] == pytest.approx(odds)
        assert reason.score == pytest.approx(p_win(siege[0], odds, doubt(siege[0], reason)))
        assert reason.score >= reason.runner_up_score == siege[0].rules.policy.rg_counter_p


def test_an_assaults_odds_follow_from_the_picture_that_was_stored(siege):
    found = of(siege, "mass_and_assault")
    assert found
    for reason in found:
        least = float(unseen(siege[0])[siege[0].theatre.ground[int(reason.figures["target_at"])]])  # a front that nobody saw
        against = max(1.0, least, sum(one.power for one in reason.contacts))
        assert reason.figures["odds"] == pytest.approx(reason.figures["power"] / against)
        assert {one.cell for one in reason.contacts} == {int(reason.figures["target_at"])}
        assert reason.score > siege[0].rules.islamic_state.raid_u * 0.5


def test_who_clears_a_road_reckons_with_the_contacts_stored(siege):
    found = of(siege, "clear_the_road")
    assert found
    for reason in found:
        odds = reason.figures["power"] / max(60.0, sum(one.power for one in reason.contacts))
        assert reason.score == pytest.approx(p_win(siege[0], odds, doubt(siege[0], reason)))
        assert reason.score >= reason.runner_up_score


def test_the_press_on_a_sector_follows_from_the_contacts_stored():
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    given = []
    while campaign.day < 260 and not given:
        campaign.step()
        moved = [reason for reason in campaign.reasons if reason.tactic == "shift_reserves"]
        given = [reason for reason in moved if reason.figures["press"] < MASSED]  # who is massed is not called by a press
    assert given
    for reason in given:
        km = [campaign.km_between(one.cell, reason.goal) for one in reason.contacts]
        assert max(km) <= THREAT_KM
        press = sum(one.men / (1.0 + away / 10.0) for one, away in zip(reason.contacts, km, strict=True))
        assert reason.figures["press"] == pytest.approx(press / reason.figures["own_men"])


def test_a_record_says_all_that_is_asked_of_it(siege):
    campaign, given = siege
    near = names_on(campaign.theatre)
    assert given
    for reason in given:
        assert reason.commander in {commander.name for commander in campaign.commanders}
        assert reason.tactic in next(c for c in campaign.commanders if c.name == reason.commander).doctrine.tactics
        assert math.isfinite(reason.score)
        assert because(reason, near)
        assert "{" not in because(reason, near) + order_of(reason, near) + runner_up_of(reason, near) + rests_on(reason)
    assert sum(bool(reason.runner_up) for reason in given) > 0.9 * len(given)
    attacks = [r for r in given if r.order == Order.ATTACK and r.commander != "sdf"]
    assert sum(bool(r.contacts) for r in attacks) > 0.8 * len(attacks)


def test_contacts_of_a_record_are_of_enemies_and_not_the_truth(siege):
    campaign = siege[0]
    for reason in of(siege, "counter_attack", "mass_and_assault"):
        rows = [one.row for one in reason.contacts]
        assert (HOSTILE[reason.side][campaign.units["side"][rows]] == 1).all()
        assert all(0.0 <= one.age <= 3.0 * campaign.rules.intel.intel_age for one in reason.contacts)


def test_only_changes_are_recorded(siege):
    """Nobody is ordered to do what he was ordered to do before, but for laws that changed his order in between."""
    campaign = open_campaign("skirmish", (), 2)
    for _ in range(40):
        campaign.step()
        if campaign.morning:
            continue
    campaign.turn += -campaign.turn % campaign.turns_per_day
    commander = next(one for one in campaign.commanders if one.name == "islamic_state")
    row = commander.rows[:1]
    goal = int(campaign.units["home"][row][0])
    campaign.reasons.clear()
    for _ in range(3):
        commander.give("test", Proposal(rows=row, goal=goal, order=Order.MARCH))
    assert len(campaign.reasons) == 1
    commander.give("test", Proposal(rows=row, goal=goal + 1, order=Order.MARCH))
    commander.give("test", Proposal(rows=row, order=Order.HOLD, post=HERE))
    commander.give("test", Proposal(rows=row, order=Order.HOLD))
    assert [reason.order for reason in campaign.reasons] == [Order.MARCH, Order.MARCH, Order.HOLD]
    assert campaign.units["home"][row] == campaign.units["cell"][row]
    campaign.units["home"][row] = goal
    commander.give("test", Proposal(rows=row, goal=HOME, order=Order.MARCH))
    assert campaign.units["goal"][row] == goal
    assert sum(len(siege[1]) for _ in "1") / DAYS < 15.0  # a day of all commanders


def test_words_are_made_up_only_for_what_is_recorded():
    campaign, asked = open_campaign("deir_ez_zor_2016", (), 1), []

    def spoken():
        asked.append(campaign.turn)
        return {"why": "because", "score": 2.5}

    commander = campaign.commanders[0]
    for stands in (1, 1, 2, 2):
        commander.give("test", Proposal(act=lambda: None, topic="staff", stands=stands, spoken=spoken))
    assert len(asked) == 2
    assert [(reason.why, reason.score) for reason in campaign.reasons] == [("because", 2.5)] * 2


def test_reasons_survive_json_and_are_found_by_unit_and_turn(siege):
    given = siege[1]
    again = reasons_of(json.loads(json.dumps(plain(given))))
    assert list(again) == given
    log = OrderLog(given)
    first = next(reason for reason in given if reason.rows)
    row = first.rows[0]
    assert log.reason_of(row, first.turn) is None  # the frame before the order
    assert log.reason_of(row, first.turn + 1) == next(r for r in reversed(given) if row in r.rows and r.turn == first.turn)
    assert log.reason_of(row, 10**6) == next(reason for reason in reversed(given) if row in reason.rows)
    assert log.reason_of(-5, 10**6) is None


# -- pictures, not truth --------------------------------------------------------------------------------------------------


def orders_after(seed, side, moved):
    """Play some days; move or change enemies that a side has never seen (or has forgotten); return its next orders."""
    campaign = open_campaign("deir_ez_zor_2016", (), seed)
    for _ in range(6 * campaign.turns_per_day):
        campaign.step()
    units, seen = campaign.units, campaign.seen[side]
    oldest = campaign.turn - 3.0 * campaign.rules.intel.intel_age * campaign.turns_per_day
    unseen = (units["alive"] == 1) & (HOSTILE[side][units["side"]] == 1) & ((seen["turn"] < 0) | (seen["turn"] < oldest))
    own = units["cell"][(units["side"] == side) & (units["alive"] == 1)]
    homes = units["home"][(units["side"] == side) & (units["alive"] == 1)]
    width = campaign.theatre.width
    free = np.setdiff1d(np.flatnonzero(campaign.theatre.steps > 0), [*own, *homes])
    rows = np.flatnonzero(unseen)
    away = np.abs(units["cell"][rows][:, None] // width - own // width).min(axis=1)
    rows = rows[away > 0]
    assert rows.size > 10
    if moved:
        dice = np.random.Generator(np.random.Philox(moved))
        layer = campaign.layers.men
        for row in rows:
            side_of, men = int(units["side"][row]), int(units["men"][row])
            layer[side_of, units["cell"][row]] -= men
            units["cell"][row] = dice.choice(free)
            units["men"][row] = 1 + dice.integers(0, 400)
            layer[side_of, units["cell"][row]] += units["men"][row]
        units["posture"][rows] = dice.integers(0, 8, rows.size)
    for commander in campaign.commanders:
        if commander.side == side:
            commander.look()
    for commander in campaign.commanders:
        if commander.side == side:
            commander.decide()
    mine = np.flatnonzero(units["side"] == side)
    tasks = [(task.cell, task.strikes) for wing in campaign.wings if wing.side == side for task in wing.taskings]
    zone = campaign.siege.lift.zone_cell, campaign.siege.lift.load
    return [units[name][mine].tolist() for name in ("order", "goal", "until", "home")], tasks, zone, plain(campaign.reasons)


@pytest.mark.parametrize("side", [Side.GOVERNMENT, Side.ISLAMIC_STATE, Side.SDF])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_enemies_nobody_has_seen_may_be_anywhere_and_no_order_changes(seed, side):
    truth = orders_after(seed, int(side), 0)
    for moved in (1,) if seed == 1 else (1, 2, 3, 4):
        assert orders_after(seed, int(side), moved) == truth


def counter(seed, *, fog):
    """Return the turns for which a surprise attack holds a post, against a commander who sees nothing or everything."""
    sight = {"intel__det_rate": 0.0, "intel__humint": 0.0} if fog else {"intel__det_rate": 50.0, "intel__det_km_desert": 6.0}
    reserve = formation((15, 12), 900, 18, vehicles={"tanks": 18}).model_copy(update={"sector": "reserve"})
    forces = {"government": [formation((18, 12), 30), reserve], "islamic_state": [formation((20, 12), 80, 2, quality="is_hold")]}
    doctrine = Doctrine(
        commander="republican_guard", tactics=("counter_attack", "return_to_post"), reserves=("reserve",), basis=BASIS
    )
    field = scenario(forces, **sight).model_copy(update={"doctrine": {"republican_guard": doctrine}})
    campaign = muster(field, seed)
    campaign.layers.control[:] = Side.GOVERNMENT
    campaign.step()
    there = cell(campaign, 18, 12)
    for row in np.flatnonzero(campaign.units["side"] == Side.ISLAMIC_STATE):
        campaign.send(int(row), there, Order.ATTACK)
    held = 0
    for _ in range(6 * campaign.turns_per_day):
        if fog:
            campaign.seen[Side.GOVERNMENT]["turn"] = -1
        campaign.step()
        held += int(campaign.layers.men[Side.ISLAMIC_STATE, there] > 0 == campaign.layers.men[Side.GOVERNMENT, there])
    return held


def test_a_surprise_attack_succeeds_more_often_in_fog():
    seeds = range(1, 25)
    blind, clear = ([counter(seed, fog=fog) for seed in seeds] for fog in (True, False))
    won, lost = (sum(a > b for a, b in zip(x, y, strict=True)) for x, y in ((blind, clear), (clear, blind)))
    assert won >= 2 * lost + 4, (blind, clear)
