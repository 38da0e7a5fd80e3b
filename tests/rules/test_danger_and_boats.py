"""Roads that are remembered as dangerous, and boats where the bridges are down: one small case for each law."""

import math

import numpy as np
import pytest

from model.events import Event, EventKind
from model.ledger import HOSTILE, Order, Side
from model.rules import boats, danger, supply
from tests.rules.small_field import cell, formation, war

PROVING = "proving_ground"


def test_danger_is_forgotten_with_its_memory():
    campaign = war({"government": [formation((10, 10))]})
    danger.incident(campaign, Side.GOVERNMENT, 3)
    for _ in range(5):
        danger.fade(campaign)
    assert campaign.danger[Side.GOVERNMENT, 3] == pytest.approx(math.exp(-5 / campaign.rules.move.danger_mem))
    assert campaign.danger.sum() == campaign.danger[Side.GOVERNMENT, 3]


def test_the_share_of_a_load_that_is_lost():
    assert danger.share_lost(0.0, 0.03) == 0.0
    assert danger.share_lost(1.0, 0.03) == pytest.approx(0.03, abs=0.0005)  # an incident yesterday costs 3 %
    assert danger.share_lost(40.0, 0.03) > danger.share_lost(20.0, 0.03)


def test_drivers_count_danger_and_fire_on_the_road():
    assert danger.weighed(0.5, 0.0, 0.0, 1.0, 3.0) == 0.5
    assert danger.weighed(0.5, 2.0, 0.0, 1.0, 3.0) == pytest.approx(1.5)
    assert danger.weighed(0.5, 0.0, 0.5, 1.0, 3.0) == pytest.approx(1.25)


def fed(incidents):
    """Return the ammunition of a unit by the road after a day's issue over a way with incidents, and the tonnes lost."""
    campaign = war({"government": [formation((30, 15), 60)]}, supply={"government": ("west_camp",)})
    campaign.danger[Side.GOVERNMENT] = incidents
    campaign.units["ammo"][0] = 0.0
    supply.trace(campaign)
    supply._issue_from_stores(campaign)
    return float(campaign.units["ammo"][0]), float(campaign.river.tonnes_lost[Side.GOVERNMENT])


def test_loads_are_lost_where_the_road_is_dangerous():
    whole, none = fed(0.0)
    part, lost = fed(1.0)
    less, more = fed(3.0)
    assert (whole, none) == (3.0, 0.0)
    assert whole > part > less
    assert 0.0 < lost < more


def test_what_is_sent_arrives_or_is_lost():
    campaign = war({"government": [formation((30, 15), 60)]}, supply={"government": ("west_camp",)})
    campaign.danger[Side.GOVERNMENT] = 2.0
    units, rules = campaign.units, campaign.rules.supply
    units["ammo"][0] = units["food"][0] = 1.0
    supply.trace(campaign)
    supply._issue_from_stores(campaign)
    a_day = 60 * (rules.ammo_def + rules.food_soldier) / 1000.0
    came = (units["ammo"][0] - 1.0) * 60 * rules.ammo_def / 1000.0 + (units["food"][0] - 1.0) * 60 * rules.food_soldier / 1000.0
    assert came + campaign.river.tonnes_lost[Side.GOVERNMENT] == pytest.approx(2.0 * a_day)


def test_a_tank_fires_its_own_weight():
    assert supply.day_of_fire(100, 0, 6.0, 0.3) == pytest.approx(0.6)
    assert supply.day_of_fire(100, 4, 6.0, 0.3) == pytest.approx(1.8)


def beyond_the_river(men=100, **rules):
    """Return a small Islamic State beyond a river without bridges, with a source on the near bank."""
    campaign = war({"islamic_state": [formation((15, 9), men, on=PROVING)]}, on=PROVING, supply={"islamic_state": ("camp",)},
                   **rules)  # fmt: skip
    campaign.layers.control[campaign.theatre.inside == 1] = Side.ISLAMIC_STATE
    for crossing in campaign.theatre.crossings:
        campaign.set_crossing(crossing.id, intact=False)
    return campaign


def test_boats_keep_supply_alive_where_bridges_are_down():
    campaign = beyond_the_river()
    supply.trace(campaign)
    assert campaign.units["traced"][0] == 0
    boats.row_over(campaign)
    supply.trace(campaign)
    assert campaign.units["traced"][0] == 1
    assert campaign.load_over[0] == supply.BOAT


def test_boats_carry_no_more_than_their_tonnes():
    campaign = beyond_the_river(2000, move__boat_t=1.0)
    campaign.units["ammo"][0] = campaign.units["food"][0] = 0.0
    boats.row_over(campaign)
    supply.trace(campaign)
    supply._issue_from_stores(campaign)
    assert campaign.river.tonnes_by_boat[Side.ISLAMIC_STATE] == pytest.approx(2.0)  # two sites
    rules = campaign.rules.supply
    need = 2000 * rules.basic_load * (rules.ammo_def + rules.food_soldier) / 1000.0
    assert campaign.units["ammo"][0] == pytest.approx(rules.basic_load * 2.0 / need)


def test_a_bridge_is_better_than_boats():
    campaign = beyond_the_river()
    campaign.set_crossing("bridge", intact=True)
    boats.row_over(campaign)
    supply.trace(campaign)
    supply._issue_from_stores(campaign)
    assert campaign.load_over[0] == supply.BRIDGE
    assert campaign.river.tonnes_by_boat[Side.ISLAMIC_STATE] == 0.0
    assert campaign.river.tonnes_over[Side.ISLAMIC_STATE] >= 0.0


def test_only_who_holds_both_banks_has_boats():
    campaign = beyond_the_river()
    bridge = campaign.theatre.crossings[0]
    campaign.layers.control[bridge.left_cell] = Side.GOVERNMENT
    boats.row_over(campaign)
    assert campaign.river.boats[Side.ISLAMIC_STATE].tolist() == [False, True]
    assert not campaign.river.boats[Side.GOVERNMENT].any()


def struck(flights, **rules):
    campaign = beyond_the_river(**rules)
    boats.row_over(campaign)
    landing = campaign.theatre.crossings[0].right_cell
    campaign.turn += 1
    campaign.events = [Event(1, EventKind.AIR_STRIKE, "A strike.", landing) for _ in range(flights)]
    boats.row_over(campaign)
    campaign.turn = 4
    campaign.events = []
    boats.row_over(campaign)
    return campaign


def test_a_strike_closes_a_site_for_days():
    assert struck(0, move__boat_hit=1.0).river.boats[Side.ISLAMIC_STATE, 0]
    campaign = struck(1, move__boat_hit=1.0)
    assert not campaign.river.boats[Side.ISLAMIC_STATE, 0]
    campaign.turn = 4 * 11
    boats.row_over(campaign)
    assert campaign.river.boats[Side.ISLAMIC_STATE, 0]


def test_the_chance_to_close_a_site_grows_with_the_flights():
    def closed(flights):
        dice, campaign = np.full(2, 0.3), beyond_the_river()
        boats.row_over(campaign)
        campaign.river.boats_hit[0] = flights
        boats._sink(campaign, dice)
        return bool(campaign.river.boats_back[0] > 0)

    assert [closed(flights) for flights in (1, 2, 3, 6)] == [False, False, True, True]  # 0.15, 0.28, 0.39, 0.62


def test_men_with_a_post_beyond_the_river_go_by_boat_at_night():
    campaign = beyond_the_river(100)
    units, old = campaign.units, campaign.theatre.crossings[1]
    home = cell(campaign, 8, 4)
    units["home"][0] = home
    campaign.send(0, home, Order.MARCH)
    banks, by_day = [], []
    for _ in range(16):
        before, night = int(campaign.theatre.bank[units["cell"][0]]), campaign.night
        campaign.step()
        banks.append(int(campaign.theatre.bank[units["cell"][0]]))
        if banks[-1] != before:
            by_day.append(not night)
    assert by_day == [False]
    assert campaign.river.men_by_boat[Side.ISLAMIC_STATE] == 100
    assert campaign.river.men_over[Side.ISLAMIC_STATE] == 100
    assert banks[-1] == campaign.theatre.bank[old.right_cell]
    assert units["cell"][0] == home


def test_the_boats_are_small():
    campaign = beyond_the_river(100)
    landing = campaign.theatre.crossings[0].left_cell
    units = campaign.units
    units["cell"][0], units["men"][0], units["joined"][0] = landing, 500, 400
    units["home"][0] = cell(campaign, 8, 9)
    nights = 0
    for _ in range(20):
        campaign.send(0, landing, Order.MARCH) if campaign.theatre.bank[units["cell"][0]] == 1 else None
        campaign.step()
        nights += campaign.turn % 4 == 3
        if campaign.theatre.bank[units["cell"][0]] == 0:
            break
    assert nights == 3  # 500 men by 200 places a night


@pytest.mark.parametrize(("wall", "home", "pocket"), [(True, 9, True), (True, 2, False), (False, 9, False)])
def test_nobody_is_rowed_into_a_pocket(wall, home, pocket):
    width, height = 12, 12
    control = np.full(width * height, Side.ISLAMIC_STATE, dtype=np.int8)
    if wall:
        control.reshape(height, width)[:, 5] = Side.GOVERNMENT
    steps = np.zeros((height, width), dtype=np.uint8)
    steps[1:-1, 1:-1] = 255
    steps[:, [1, -2]] = steps[[1, -2], :] = 0  # a rim that nobody leaves
    offsets = np.array([-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1], dtype=np.int32)
    landing = 6 * width + 3
    ground = steps.ravel(), offsets, control, HOSTILE[Side.ISLAMIC_STATE]
    assert boats.is_pocket(*ground, landing, 6 * width + home, 60) == pocket
    assert not boats.is_pocket(*ground, landing, 6 * width + home, 5), "so much ground is open country"
