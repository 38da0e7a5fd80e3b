"""Over the river by ferry and temporary bridge: the own bank first, then men, then a bridgehead, then the bridge."""

import numpy as np
import pytest

from agents.muster import muster
from model.events import EventKind
from model.ledger import Side
from model.map.theatre import LEFT_BANK, RIGHT_BANK
from model.rules import crossing
from model.scenario import Axis, Doctrine
from tests.rules.small_field import BASIS, formation, scenario, war

PROVING = "proving_ground"
GOVERNMENT, IS = Side.GOVERNMENT, Side.ISLAMIC_STATE
SITE = 1  # the old bridge


def by_the_river(enemies=0, near=(13, 3), seed=1, units=8, **rules):
    """Return a government force at a broken bridge of the proving ground, and perhaps enemies beyond; no bridge stands."""
    forces = {"government": [formation((11, 3), 60 * units, units, on=PROVING)]}
    if enemies:
        forces["islamic_state"] = [formation(near, enemies, max(1, enemies // 100), on=PROVING)]
    campaign = war(forces, seed, on=PROVING, days=60, **rules)
    campaign.set_crossing("bridge", intact=False)
    return campaign


def play(campaign, days, *, ordered=True):
    """Play on with the crossing ordered each morning; return the events of it."""
    told = []
    for _ in range(round(days * campaign.turns_per_day)):
        if ordered and campaign.morning:
            rows = np.flatnonzero((campaign.units["side"] == GOVERNMENT) & (campaign.units["alive"] == 1)).astype(np.int32)
            campaign.river.orders[SITE] = (int(GOVERNMENT), RIGHT_BANK, rows)
        campaign.step()
        told += [event for event in campaign.events if event.kind == EventKind.CROSSING]
    return told


def days_to_a_bridge(campaign, most=60):
    for day in range(most):
        play(campaign, 1)
        if campaign.intact[SITE]:
            return day + 1
    return most


def test_the_pace_of_building_is_halved_for_every_company_that_fires():
    assert crossing.pace_under_fire(0.0, 0.5, 100.0) == 1.0
    assert crossing.pace_under_fire(100.0, 0.5, 100.0) == 0.5
    assert crossing.pace_under_fire(300.0, 0.5, 100.0) == pytest.approx(0.125)


def test_losses_of_a_ferry_grow_with_the_men_who_fire_on_it():
    shares = [crossing.ferry_share_hit(men, 0.0005) for men in (0, 100, 300, 1000)]
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert shares[2] == pytest.approx(0.139, abs=0.001)


def test_nobody_crosses_unless_he_is_ordered_to():
    campaign = by_the_river()
    assert play(campaign, 5, ordered=False) == []
    assert (campaign.theatre.bank[campaign.units["cell"][:8]] == RIGHT_BANK).all()


def test_nobody_crosses_from_a_bank_that_is_not_held():
    campaign = by_the_river()
    campaign.rules.move.hold_h = 1e6  # nothing can be taken
    own = campaign.theatre.bank == RIGHT_BANK
    campaign.layers.control[own] = Side.NOBODY
    assert play(campaign, 5) == []


def test_ferries_carry_what_they_can_in_a_day_and_a_bridge_follows():
    campaign = by_the_river(move__ferry_men=120)
    told = play(campaign, 1)
    assert sum(event.numbers["men"] for event in told) == 120
    over = campaign.theatre.bank[campaign.units["cell"][:8]] == LEFT_BANK
    assert campaign.units["men"][:8][over].sum() == 120
    more = days_to_a_bridge(campaign)
    assert 3 <= more <= 6  # a day to hold the bridgehead, 250 m at 105 m a day
    assert campaign.river.bridges_built[GOVERNMENT] == 1
    river = campaign.river
    crossing.count_over(campaign.units, campaign.theatre.bank, campaign.last_bank, river.men_over)
    assert campaign.river.men_over[GOVERNMENT] == campaign.river.men_by_ferry[GOVERNMENT]


def test_vehicles_take_places_of_their_own():
    campaign = by_the_river(move__ferry_veh=4)
    campaign.units["tech"][:8] = 2
    told = play(campaign, 1)
    assert sum(event.numbers["men"] for event in told) == 120


def test_a_bridge_waits_for_its_bridgehead():
    campaign = by_the_river(move__bridgehead_cells=60)
    play(campaign, 10)
    assert not campaign.intact[SITE]


def test_no_bridge_without_ferries():
    assert days_to_a_bridge(by_the_river(move__ferry_men=0), 20) == 20


def test_an_enemy_beside_the_site_delays_the_bridge_and_costs_men():
    """Paired: the same force with none, few, many enemies who hold a post two km from the landing and do not attack."""
    days, hit = [], []
    for enemies in (0, 100, 200, 300):
        campaign = by_the_river(enemies, near=(15, 3))
        days.append(days_to_a_bridge(campaign))
        hit.append(int(campaign.river.ferry_losses[GOVERNMENT]))
    assert days == sorted(days)
    assert days[0] <= 6
    assert days[3] >= 3 * days[0]
    assert hit[0] == 0
    assert hit[3] > 0


def test_enemies_out_of_range_change_nothing():
    assert days_to_a_bridge(by_the_river(300, near=(21, 9))) == days_to_a_bridge(by_the_river())


def test_a_temporary_bridge_is_taken_up_when_an_enemy_holds_its_end():
    campaign = by_the_river()
    days_to_a_bridge(campaign)
    one = campaign.theatre.crossings[SITE]
    play(campaign, 2, ordered=False)
    assert campaign.intact[SITE]
    campaign.units["alive"][:8] = 0
    campaign.layers.control[one.left_cell] = IS
    play(campaign, 1, ordered=False)
    assert not campaign.intact[SITE]


def test_an_order_that_is_not_renewed_lapses():
    campaign = by_the_river(300, near=(15, 3))
    play(campaign, 3)
    assert campaign.river.crossings
    play(campaign, 1, ordered=False)
    assert not campaign.river.crossings


def commanded(enemies, objective="far_village", known=True, *, far=(14, 8)):
    """Return a commander's war on the proving ground: only the river bars his way from the town to a village."""
    forces = {"government": [formation((11, 8), 720, 12, on=PROVING)]}
    if enemies:
        forces["islamic_state"] = [formation(far, enemies, max(1, enemies // 100), on=PROVING)]
    settings = {"least_men": 100, "bound_km": 5, "crossing_men": 600, "first_wait": 0, "look_km": 6}
    axis = Axis(start="town", objective=objective, sectors=("field",), effort=1.0)
    doctrine = Doctrine(
        commander="republican_guard", tactics=("cross_the_river", "advance_in_bounds", "return_to_post"), axes={"east": axis},
        settings=settings, basis=BASIS,
    )  # fmt: skip
    situation = scenario(forces, on=PROVING, days=40).model_copy(update={"doctrine": {"republican_guard": doctrine}})
    campaign = muster(situation, 1)
    campaign.set_crossing("bridge", intact=False)
    campaign.layers.control[(campaign.theatre.inside == 1) & (campaign.theatre.bank == LEFT_BANK)] = Side.NOBODY
    for row in np.flatnonzero(campaign.units["side"] == IS):
        campaign.seen["men"][GOVERNMENT, row] = campaign.units["men"][row]
        campaign.seen["cell"][GOVERNMENT, row] = campaign.units["cell"][row]
        campaign.seen["turn"][GOVERNMENT, row] = 0 if known else -1
    for _ in range(100):
        if not campaign.over:
            campaign.step()
    return campaign


def test_a_commander_whom_only_the_river_bars_builds_a_bridge_and_goes_over():
    campaign = commanded(0)
    assert campaign.river.bridges_built[GOVERNMENT] == 1
    village = campaign.theatre.place("far_village").cell
    assert campaign.layers.control[village] == GOVERNMENT


def test_he_does_not_with_a_strong_enemy_beside_the_site():
    campaign = commanded(1200)
    assert campaign.river.bridges_built.sum() == 0
    assert campaign.river.men_over.sum() == 0


def test_he_asks_for_none_where_his_way_stays_on_his_bank():
    campaign = commanded(0, objective="camp")
    assert campaign.river.bridges_built.sum() == 0
    assert campaign.river.men_over.sum() == 0
