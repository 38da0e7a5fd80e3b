"""Marches: pace by ground, the river, zones of control, meetings; the order of rows never matters."""

import numpy as np
import pytest

from model.chance import Chance
from model.ledger import HOSTILE, Order
from model.rules import attrition, battle_groups, control, movement
from tests.rules.small_field import attack, cell, formation, march, war

PROVING = "proving_ground"
HERE = {"road": (3, 9), "valley": (10, 12), "jabal": (18, 13)}
PACE = {"road": 220.0, "valley": 60.0, "jabal": 12.0}  # theoretical km a day of lorries


def truck(at, **rest):
    return formation(at, 60, on=PROVING, kind="motorised", **rest)


def hours_to(campaign, row, to, step_h=0.02):
    """March one unit to a cell by the law alone, in small steps; return the hours it took."""
    units, layers = campaign.units, campaign.layers
    campaign.send(row, to, Order.MARCH)
    steps = 0
    while units["cell"][row] != to:
        layers.occupy(units)
        movement.find_routes(campaign)
        movement.march_all(
            units, layers.men, layers.zoc, campaign.fields.way, campaign.hours_per_km, campaign.theatre.offsets, HOSTILE,
            np.ones(3), step_h, 1, campaign.theatre.cell_km, 1.5, campaign.scratch, layers.control, layers.claims, layers.stood,
        )  # fmt: skip
        steps += 1
        assert steps < 2000
    return steps * step_h


@pytest.fixture(scope="module")
def ways():
    campaign = war({"government": [truck(at) for at in HERE.values()]}, on=PROVING)
    hours = {}
    for row, name in enumerate(HERE):
        start = int(campaign.units["cell"][row])
        along = 1 if name == "road" else campaign.theatre.width
        hours[name] = sum(hours_to(campaign, row, start + k * along) for k in (1, 2, 3))
    return hours


@pytest.mark.parametrize("name", PACE)
def test_three_km_take_what_the_march_table_says(ways, name):
    assert ways[name] == pytest.approx(3 * 24.0 / (0.6 * PACE[name]), rel=0.04, abs=0.07)


def test_road_valley_and_jabal_stand_in_the_ratio_of_the_table(ways):
    assert ways["jabal"] / ways["valley"] == pytest.approx(PACE["valley"] / PACE["jabal"], rel=0.03)
    assert ways["valley"] / ways["road"] == pytest.approx(PACE["road"] / PACE["valley"], rel=0.1)


def test_men_on_foot_take_their_own_pace():
    campaign = war({"government": [formation((18, 13), 60, on=PROVING)]}, on=PROVING)
    start = int(campaign.units["cell"][0])
    assert hours_to(campaign, 0, start + campaign.theatre.width) == pytest.approx(24.0 / (0.6 * 8.0), rel=0.02)


def test_night_and_storm_slow_the_march():
    def covered(turn, storm):
        campaign = war({"government": [formation((1, 15), 60, kind="motorised")]})
        campaign.turn, campaign.weather.kind = turn, "storm" if storm else "clear"
        march(campaign, 0, 38, 15)
        movement.march(campaign)
        return int(campaign.units["cell"][0]) - cell(campaign, 1, 15) + float(campaign.units["x"][0])

    by_day = covered(0, storm=False)
    assert by_day == pytest.approx(0.6 * 220.0 / 4.0, rel=0.02)
    assert covered(2, storm=False) == pytest.approx(0.5 * by_day, rel=0.02)
    assert covered(0, storm=True) == pytest.approx(0.4 * by_day, rel=0.02)


def banks_crossed(campaign, row, to, turns):
    """Send a unit somewhere by the law alone and return the pairs of cells between which it changed banks."""
    campaign.send(row, to, Order.MARCH)
    bank, units, layers, crossed = campaign.theatre.bank, campaign.units, campaign.layers, []
    for _ in range(turns):
        before = int(units["cell"][row])
        layers.occupy(units)
        movement.find_routes(campaign)
        movement.march_all(
            units, layers.men, layers.zoc, campaign.fields.way, campaign.hours_per_km, campaign.theatre.offsets, HOSTILE,
            np.ones(3), 0.1, 1, campaign.theatre.cell_km, 1.5, campaign.scratch, layers.control, layers.claims, layers.stood,
        )  # fmt: skip
        after = int(units["cell"][row])
        if bank[before] != bank[after]:
            crossed.append({before, after})
    return crossed


def test_the_river_is_crossed_at_the_bridge_that_stands():
    campaign = war({"government": [truck((9, 3))]}, on=PROVING)
    bridge = next(c for c in campaign.theatre.crossings if c.intact)
    goal = cell(campaign, 15, 3)
    assert banks_crossed(campaign, 0, goal, 100) == [{bridge.right_cell, bridge.left_cell}]
    assert campaign.units["cell"][0] == goal


def test_nobody_crosses_a_broken_bridge_and_the_way_opens_again_with_it():
    campaign = war({"government": [truck((9, 9))]}, on=PROVING)
    bridge = next(c for c in campaign.theatre.crossings if c.intact)
    campaign.set_crossing(bridge.id, intact=False)
    goal = cell(campaign, 15, 9)
    assert banks_crossed(campaign, 0, goal, 200) == []
    campaign.set_crossing(bridge.id, intact=True)
    assert banks_crossed(campaign, 0, goal, 60) == [{bridge.right_cell, bridge.left_cell}]


def test_a_zone_of_control_ends_the_march_of_the_turn():
    campaign = war({"government": [formation((2, 15), 60, kind="motorised")], "islamic_state": [formation((20, 17), 60)]})
    march(campaign, 0, 38, 15)
    columns = []
    for _ in range(4):
        movement.march(campaign)
        columns.append(int(campaign.units["cell"][0]) - cell(campaign, 0, 15))
    assert columns == [19, 20, 21, 38]


@pytest.mark.parametrize("weak", [{"men": 19}, {"state": 1}])
def test_a_handful_of_men_or_a_shaken_unit_has_no_zone(weak):
    campaign = war({"government": [formation((2, 15), 60, kind="motorised")], "islamic_state": [formation((20, 17), 60)]})
    for name, value in weak.items():
        campaign.units[name][1] = value
    march(campaign, 0, 38, 15)
    movement.march(campaign)
    assert int(campaign.units["cell"][0]) - cell(campaign, 0, 15) > 21


def test_a_column_halts_before_a_cell_that_an_enemy_holds():
    campaign = war({"government": [formation((10, 10), 60)], "islamic_state": [formation((11, 10), 10)]})
    march(campaign, 0, 11, 10)
    for _ in range(4):
        movement.march(campaign)
    assert campaign.units["cell"][0] == cell(campaign, 10, 10)


def test_two_enemies_who_wish_the_same_cell_keep_each_other_out():
    campaign = war({"government": [formation((10, 10), 60)], "islamic_state": [formation((12, 10), 60)]})
    march(campaign, 0, 11, 10)
    march(campaign, 1, 11, 10)
    for _ in range(8):
        movement.march(campaign)
    assert campaign.units["cell"][:2].tolist() == [cell(campaign, 10, 10), cell(campaign, 12, 10)]


def test_friends_may_share_a_cell():
    campaign = war({"government": [formation((10, 10), 60), formation((12, 10), 60)]})
    march(campaign, 0, 11, 10)
    march(campaign, 1, 11, 10)
    for _ in range(3):
        movement.march(campaign)
    assert (campaign.units["cell"][:2] == cell(campaign, 11, 10)).all()


def melee():
    """Return a field full of marching, meeting and fighting units, laid out at random."""
    at = Chance(5)["melee"].integers(4, 26, (24, 2)).tolist()
    campaign = war({
        "government": [formation(tuple(xy), 40 + 5 * k) for k, xy in enumerate(at[:12])],
        "islamic_state": [formation(tuple(xy), 40 + 5 * k) for k, xy in enumerate(at[12:])],
    })  # fmt: skip
    goals = Chance(6)["melee"].integers(4, 26, (24, 2)).tolist()
    for row, (x, y) in enumerate(goals):
        attack(campaign, row, x, y)
    return campaign


class Dice:
    """Chance with the same dice every turn, row by row, in the order that the rows were given."""

    def __init__(self, order):
        self._dice = Chance(9)["dice"].random((24, 3))[order]

    def __getitem__(self, _name):
        return self

    def gamma(self, _shape, _scale, size):
        return np.ones(size)

    def random(self, size=None):
        if size is None or isinstance(size, int):  # a coin, not one of the rows' dice
            return 0.0 if size is None else np.zeros(size)
        return np.concatenate([self._dice, np.zeros((size[0] - 24, 3))])


def reordered(campaign, order, turns):
    """Play marches, battles and control with the rows in another order; return the rows in their own, and the ground."""
    campaign.units[:24] = campaign.units[:24][order]
    campaign.chance = Dice(order)
    battles = 0
    for _ in range(turns):
        movement.march(campaign)
        battle_groups.form(campaign)
        attrition.fight(campaign)
        battles += campaign.battles
        campaign.turn += 1
        control.update(campaign)
    return campaign.units[:24][np.argsort(order)], campaign.layers.control, battles


@pytest.mark.parametrize("shuffle", [1, 2, 3])
def test_the_order_of_rows_changes_neither_marches_nor_battles_nor_ground(shuffle):
    plain, ground, battles = reordered(melee(), np.arange(24), 10)
    mixed, mixed_ground, mixed_battles = reordered(melee(), Chance(shuffle)["order"].permutation(24), 10)
    assert battles == mixed_battles > 5
    for name in ("cell", "men", "killed", "heading", "engaged", "hours", "order"):
        assert (plain[name] == mixed[name]).all(), name
    assert plain["killed"].sum() > 0
    assert np.allclose(plain["x"], mixed["x"])
    assert (ground == mixed_ground).all()
