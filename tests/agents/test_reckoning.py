"""The kernels commanders reckon with do what plain numpy says, on random ground, contacts and units."""

import importlib

import numpy as np
import pytest

from agents import commander, picture
from agents.staff import aims, clock, lost, needs, odds, perimeter, pick, pool, reach, roll, vital, zones
from agents.staff.rear import near_enemy
from model import sums
from model.chance import Chance
from model.compiled import readable
from model.ledger import UNIT, Kind, Order, Posture, State
from model.rules.power import armed

WIDTH, CELLS = 40, 40 * 30
ROAD = importlib.import_module("agents.tactics.clear_the_road")
RIVER = importlib.import_module("agents.tactics.cross_the_river")
RESERVES = importlib.import_module("agents.tactics.shift_reserves")
AIR = importlib.import_module("agents.tactics.task_government_air")
WILL = importlib.import_module("agents.tactics.political_will")


@pytest.fixture(params=[1, 2, 3])
def dice(request):
    return Chance(request.param)["reckoning"]


def cells(dice, many):
    return dice.integers(0, CELLS, many).astype(np.int32)


def ledger(dice, many=60):
    """Return units of every kind and state, and the rows of some of them."""
    units = np.zeros(many, dtype=UNIT)
    for name, most in (
        ("command", 3), ("sector", 4), ("kind", len(Kind)), ("quality", 5), ("fort", 4), ("alive", 2), ("state", 2),
        ("engaged", 2), ("order", 2), ("paused", 12), ("besieged", 2), ("posture", len(Posture)), ("men", 90), ("killed", 9),
        ("wounded", 9), ("cell", CELLS),
    ):  # fmt: skip
        units[name] = dice.integers(0, most, many)
    units["goal"] = np.where(dice.random(many) < 0.3, 77, -1)
    units["cas_recent"] = dice.random(many)
    rows = np.flatnonzero(dice.random(many) < 0.7)
    return readable(units), rows


def km(these, cell, cell_km=1.5):
    return np.hypot(these // WIDTH - cell // WIDTH, these % WIDTH - cell % WIDTH) * cell_km


def test_distances_and_who_is_nearest(dice):
    units, rows = ledger(dice)
    these = cells(dice, 50)
    assert reach.km_from(these, WIDTH, 333, 1.5) == pytest.approx(km(these, 333))
    away = km(units["cell"][rows], 333)
    expected = rows[away <= 20.0][np.argsort(away[away <= 20.0], kind="stable")]
    assert reach.nearest_first(units, rows, 333, WIDTH, 1.5, 20.0).tolist() == expected.tolist()
    assert reach.without(rows, rows[::3]).tolist() == np.setdiff1d(rows, rows[::3]).tolist()


def test_equally_near_units_keep_their_order():
    units = readable(np.zeros(5, dtype=UNIT))
    assert reach.nearest_first(units, np.array([3, 1, 4]), 0, WIDTH, 1.0, 1.0).tolist() == [3, 1, 4]


def test_nearest_on_a_road_is_the_least_of_all_its_distances(dice):
    these, road = cells(dice, 60), cells(dice, 9)
    away = np.min([km(these, cell, 1.0) for cell in road.tolist()], axis=0)
    assert reach.nearest_on_road(these, road, WIDTH, 6.0) == pytest.approx(np.where(away <= 6.0, away, np.inf))
    assert np.isinf(reach.nearest_on_road(these, road[:0], WIDTH, 6.0)).all()


def test_what_closes_a_road_is_what_the_enemy_holds_on_it_and_then_the_nearest_contacts(dice):
    control, hostile = dice.integers(0, 3, CELLS).astype(np.int8), np.array([0, 0, 1], dtype=np.int8)
    road, seen = cells(dice, 12), cells(dice, 40)
    found, held = ROAD.closed_from(control, hostile, road, seen, WIDTH, 5.0)
    away = np.min([km(seen, cell, 1.0) for cell in road.tolist()], axis=0)
    assert found[:held].tolist() == [cell for cell in road.tolist() if control[cell] == 2]
    assert found[held:].tolist() == seen[np.argsort(away, kind="stable")][: int((away <= 5.0).sum())].tolist()


def test_a_picture_holds_who_was_seen_lately_and_is_hostile_and_not_where_own_men_stand(dice):
    units, _ = ledger(dice)
    units["side"] = dice.integers(0, 5, units.size)
    known = np.zeros(units.size, dtype=[("turn", "i4"), ("cell", "i4"), ("men", "f8"), ("posture", "i1"), ("kind", "i1")])
    known["turn"], known["cell"] = dice.integers(-1, 40, units.size), cells(dice, units.size)
    known["men"], known["posture"] = dice.random(units.size) * 90, dice.integers(0, 11, units.size)
    hostile, ground = np.array([0, 0, 1, 1, 0], dtype=np.int8), dice.integers(0, 6, CELLS).astype(np.int8)
    strength, worth, arms = dice.random(11), dice.random(6), 1.0 + dice.random((5, len(Kind)))
    known["kind"] = units["kind"]
    own_men = np.where(dice.random(CELLS) < 0.1, 20, 0).astype(np.int32)
    row, cell, men, posture, age, power = picture.recall(
        units, readable(known), hostile, (40, 4, 12.5), strength, worth, (ground, own_men), arms
    )  # fmt: skip
    free = (known["turn"] == 40) | (own_men[known["cell"]] == 0)
    expected = np.flatnonzero((known["turn"] >= 12.5) & free & (hostile[units["side"]] == 1))
    assert row.tolist() == expected.tolist()
    assert cell.tolist() == known["cell"][row].tolist()
    assert posture.tolist() == known["posture"][row].tolist()
    assert age == pytest.approx((40 - known["turn"][row]) / 4)
    weapons = arms[units["side"][row], units["kind"][row]]
    assert power == pytest.approx(men * weapons * strength[posture] * worth[ground[cell]])


def test_a_kind_of_unit_is_reckoned_with_the_weapons_its_side_has_on_average():
    units = readable(np.zeros(4, dtype=UNIT))
    units["alive"], units["side"], units["men"] = (1, 1, 1, 0), (1, 1, 2, 1), (100, 60, 50, 500)
    units["tank"], units["tech"] = (4, 0, 0, 90), (0, 2, 5, 0)
    combat = readable(np.array([(30.0, 12.0, 6.0)], dtype=[("w_tank", "f8"), ("w_ifv", "f8"), ("w_tech", "f8")]))
    arms = armed(units, combat, 3, len(Kind))
    assert arms[1, 0] == pytest.approx(1.0 + (4 * 30.0 + 2 * 6.0) / 160)
    assert arms[2, 0] == pytest.approx(1.0 + 5 * 6.0 / 50)
    assert (arms[:, 1:] == 1.0).all()
    assert arms[0, 0] == 1.0


def test_contacts_are_picked_by_age_index_or_mask(dice):
    units, rows = ledger(dice)
    age, men = np.round(dice.random(units.size) * 4.0), dice.random(units.size)
    all_of = picture.Contacts(*(np.arange(units.size, dtype=np.int32) for _ in "rc"), men, cells(dice, units.size), age, men)
    assert picture.younger(age, 2.0).tolist() == np.flatnonzero(age <= 2.0).tolist()
    assert all_of.fresh.men.tolist() == men[age <= 2.0].tolist()
    for chosen in (rows, age > 1.0, rows[:0]):
        some = all_of.only(chosen)
        for name in ("row", "cell", "men", "posture", "age", "power"):
            assert getattr(some, name).tolist() == getattr(all_of, name)[chosen].tolist()


def test_vital_cells_that_were_lost_and_those_that_are_somebodys_post(dice):
    units, rows = ledger(dice)
    units["home"] = cells(dice, units.size)
    few = np.unique(np.concatenate([units["home"][::3], cells(dice, 30)])).astype(np.int64)
    control, lost_by = (dice.integers(0, 3, CELLS).astype(np.int8) for _ in "cl")
    hostile = np.array([0, 0, 1], dtype=np.int8)
    gone = few[(lost_by[few] == 1) & (control[few] == 2)]
    assert lost.taken_from(few, lost_by, control, 1, hostile).tolist() == gone.tolist()
    posts = few[np.isin(few, units["home"][rows]) & (control[few] != 2)]
    assert posts.size
    assert vital.posts_among(units, rows, few, control, hostile).tolist() == posts.tolist()


def test_what_is_believed_near_a_cell(dice):
    these, men, age, power = cells(dice, 50), dice.random(50) * 99, dice.random(50) * 9, dice.random(50)
    near = km(these, 600, 1.0) <= 12.0
    share = men[near] / men[near].sum()
    assert odds.weigh(these, men, age, power, WIDTH, 600, 12.0) == pytest.approx((power[near].sum(), (share**2) @ age[near]))
    assert odds.weigh(these[:0], men[:0], age[:0], power[:0], WIDTH, 600, 12.0) == (0.0, 0.0)


def test_the_heaviest_is_the_first_of_those_with_most_men(dice):
    these, men = cells(dice, 50), dice.integers(0, 9, 50).astype(float)
    near = km(these, 600, 1.0) <= 10.0
    assert aims.most_men(these, men, WIDTH, -1, 0.0) == int(men.argmax())
    assert aims.most_men(these, men, WIDTH, 600, 10.0) == int(np.where(near, men, -1.0).argmax())
    assert aims.most_men(these, men, WIDTH, 600, -0.5) in (-1, *np.flatnonzero(these == 600))


def test_contacts_in_a_cell_are_one_post(dice):
    these = dice.integers(0, 12, 50).astype(np.int32)
    men, age, power = dice.random(50) * 99 + 1, dice.random(50) * 9, dice.random(50)
    which = np.flatnonzero(dice.random(50) < 0.6)
    post, strength, aged = perimeter.together(these, men, age, power, which)
    assert post.tolist() == np.unique(these[which]).tolist()
    for k, cell in enumerate(post.tolist()):
        here = which[these[which] == cell]
        assert strength[k] == pytest.approx(power[here].sum())
        assert aged[k] == pytest.approx((men[here] ** 2 @ age[here]) / max(1.0, men[here].sum()) ** 2)


@pytest.mark.parametrize("many", [0, 1, 7, 8, 9, 100, 127, 128, 129, 136, 137, 255, 500, 1003])
def test_a_sum_is_numpys_to_the_last_bit(dice, many):
    numbers = dice.random(many) * 10.0 ** dice.integers(-8, 8, many)
    assert sums.total(numbers) == float(numbers.sum())


def test_utility_is_the_published_sum(dice):
    power, doubt, value, trust, cuts = dice.random((5, 20)) * np.array([[300.0], [2.0], [1.5], [1.0], [1.0]])
    found = pick.utilities(power, doubt, value, trust, cuts, 150.0, (1.5, 2.5, 0.7, 0.2, 0.3))
    ratio = 150.0 / np.maximum(1.0, power)
    win = 1.0 / (1.0 + (ratio / 1.5) ** -np.array([odds.slope_of(2.5, one) for one in np.broadcast_to(doubt, ratio.shape)]))
    losses = 0.7 * pick.EXPECTED_LOSS / np.maximum(0.5, ratio)
    assert found == pytest.approx(value * (win * trust + 0.2 + 0.3 * cuts - losses))


def test_attackers_are_picked_as_if_all_were_sorted(dice):
    these, men = cells(dice, 60), dice.integers(10, 90, 60).astype(np.int32)
    cost, bank = dice.integers(0, 3, 60) * 20.0, dice.integers(0, 2, CELLS).astype(np.int8)
    control, hostile = (dice.random(CELLS) < 0.3).astype(np.int8), np.array([0, 1], dtype=np.int8)
    behind = np.array([pool.km_through(control, hostile, int(cell), 500, WIDTH, 1.5) > pool.THROUGH_KM for cell in these])
    rank = np.where((bank[these] == bank[500]) & ~behind, cost + km(these, 500), 1e9)
    order = np.argsort(rank, kind="stable")
    order = order[rank[order] < 1e9]
    expected = order[np.cumsum(men[order]) <= 700]
    chosen = pool.choose(these, men, cost, bank, control, hostile, 500, (WIDTH, 1.5, 700, pool.THROUGH_KM))
    assert sorted(rank[chosen]) == pytest.approx(rank[chosen])
    assert chosen.tolist() == expected.tolist()


def test_who_stands_behind_the_enemy_is_not_called_up():
    control, hostile = np.zeros(CELLS, dtype=np.int8), np.array([0, 1], dtype=np.int8)
    row = 10 * WIDTH
    assert pool.km_through(control, hostile, row, row + 20, WIDTH, 1.0) == 0.0
    control[row + 5 : row + 11] = 1
    assert pool.km_through(control, hostile, row, row + 20, WIDTH, 1.0) == pytest.approx(6.0)
    control[:] = 0
    control[row + 16 : row + 25] = 1  # the front itself is no bar
    assert pool.km_through(control, hostile, row, row + 20, WIDTH, 1.0) == 0.0


def test_the_pool_is_who_is_free_and_holds_no_fortified_works_at_the_front_or_assaults(dice):
    units, rows = ledger(dice, 900)
    wanted = np.array([True, True, False, True])
    control, hostile = (dice.random(CELLS) < 0.05).astype(np.int8), np.array([0, 1], dtype=np.int8)
    found, at, men, cost, spared = pool.spare(units, rows, wanted, 5, control, hostile, (WIDTH, 2))
    free = odds.free(units, rows[wanted[units["sector"][rows]]], 5)
    assault = units["quality"][free] == pool.ASSAULT
    rear = ~near_enemy(control, units["cell"][free], hostile, WIDTH, 2)
    assert 0 < rear.sum() < rear.size
    assert found.tolist() == free[assault | (units["fort"][free] <= 2) | rear].tolist()
    assert found[spared].tolist() == free[assault | (units["fort"][free] < 2)].tolist()  # who goes on raids
    assert (at == units["cell"][found]).all()
    assert (men == units["men"][found]).all()
    fort, guns = units["fort"][found], units["kind"][found] == Kind.ARTILLERY
    assert cost == pytest.approx(20.0 * (fort >= 2) + 40.0 * (fort >= 3) + 10.0 * guns)


def test_whose_units_and_of_which_sectors(dice):
    units, rows = ledger(dice)
    mine = np.flatnonzero((units["command"] == 1) & (units["alive"] == 1))
    assert roll.Roll(*roll.called(units, 3)).of(1).tolist() == mine.tolist()
    wanted = np.array([True, False, False, True])
    assert commander.of_sectors(units, rows, wanted).tolist() == rows[wanted[units["sector"][rows]]].tolist()
    kinds = units["kind"][rows]
    assert odds.fit(units, rows).tolist() == rows[(kinds != Kind.ARTILLERY) & (kinds != Kind.HEADQUARTERS)].tolist()


def test_sums_over_the_ledger(dice):
    units, rows = ledger(dice)
    inside = np.flatnonzero((units["besieged"] == 1) & (units["alive"] == 1))
    assert roll.called(units, 3)[2].tolist() == inside.tolist()
    each = np.where(units["engaged"] > 0, 2.0, 0.5)
    assert AIR.hurt_inside(units, inside) == pytest.approx(units["cas_recent"][inside].sum())
    assert clock.shot_off(units, inside, 2.0, 0.5) == pytest.approx((each * units["men"])[inside].sum())
    assert WILL.hurt_so_far(units, 1) == int((units["killed"] + units["wounded"])[units["command"] == 1].sum())
    men = needs.men_by_sector(units, rows, 6)
    for sector in range(6):
        mine = rows[units["sector"][rows] == sector]
        assert men[sector] == (units["men"][mine].sum() if mine.size else -1.0)


def test_what_is_held_of_zones_and_quarters_and_believed_round_them(dice):
    control, centres, inside = dice.integers(1, 3, CELLS).astype(np.int8), cells(dice, 3), cells(dice, 30)
    first = np.array([0, 10, 10, 30], dtype=np.int32)
    assert AIR.held_by(control, inside, 1) == int((control[inside] == 1).sum())
    share = zones.still_ours(control, 1, centres, first, inside)
    for z in range(3):
        part = control[inside[first[z] : first[z + 1]]] == 1
        assert share[z] == (-1.0 if control[centres[z]] != 1 else part.mean() if part.size else 0.0)
    seen, men, reaches = cells(dice, 50), dice.random(50), np.array([3.0, 8.0, 50.0])
    many, strength = zones.believed_round(seen, men, centres, reaches, WIDTH)
    for c in range(3):
        near = km(seen, int(centres[c]), 1.0) <= reaches[c]
        assert many[c] == near.sum()
        assert strength[c] == pytest.approx(men[near].sum())


def test_press_falls_with_distance_and_gain_is_the_best_post(dice):
    seen, believed, worth = cells(dice, 40), dice.random(40) * 300, dice.random(40)
    depots, men = cells(dice, 4), dice.random(4) * 400 + 1
    press, gain = needs.looked_at(seen, believed, worth, depots, men, (WIDTH, 1.5), (1.5, 2.5))
    for s in range(4):
        away = km(seen, int(depots[s]))
        near = away <= needs.THREAT_KM
        win = 1.0 / (1.0 + (men[s] / np.maximum(1.0, believed) / 1.5) ** -2.5)
        assert press[s] == pytest.approx((believed / (1.0 + away / 10.0))[near].sum() / men[s])
        assert gain[s] == pytest.approx((worth * win)[near].max(initial=0.0))


def test_who_can_leave_a_sector(dice):
    units, rows = ledger(dice, 200)
    free = odds.free(units, rows[units["alive"][rows] == 1], 5)
    for quiet in (False, True):
        rank = RESERVES.who_can_go(units, rows, 2, 5, quiet)
        resting = (units["posture"] == Posture.REST) & (units["sector"] == 2)
        ready = np.isin(rows, free[units["sector"][free] == 2])
        alive = units["alive"][rows] == 1
        assert set(rows[(rank == 0) & alive]) == set(rows[ready & resting[rows]])
        others = ready & ~resting[rows] & ((units["fort"][rows] < RESERVES.HIGHEST) | quiet)
        assert set(rows[(rank > 0) & alive]) == set(rows[others])
        assert (rank[rank > 0] == 1 + units["fort"][rows][rank > 0]).all()


def test_who_is_at_hand_for_a_crossing_and_who_is_over(dice):
    units, rows = ledger(dice)
    banks = dice.integers(0, 2, CELLS).astype(np.int8)
    on = banks[units["cell"][rows]]
    over = rows[(km(units["cell"][rows], 600, 1.0) <= 9.0) & (on != 1)]
    assert RIVER.landed(units, rows, banks, 1, 600, WIDTH, 9.0).tolist() == over.tolist()
    waits = (units["goal"][rows] == 77) & (units["order"][rows] == Order.ATTACK) & (units["alive"][rows] == 1)
    expected = odds.fit(units, rows[(np.isin(rows, odds.free(units, rows, 5)) | waits) & (on == 1)])
    assert RIVER.at_hand(units, rows, banks, 1, 77, 5).tolist() == expected.tolist()
    assert (units["state"][expected[units["order"][expected] == Order.HOLD]] == State.STEADY).all()
