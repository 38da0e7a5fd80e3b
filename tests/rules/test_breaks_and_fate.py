"""Who breaks sooner and who later; what men know; when a commander gives up a front; where a pursuit ends."""

import numpy as np
import pytest

from model.chance import Chance
from model.compiled import readable
from model.events import EventKind
from model.ledger import UNIT, Order, Posture, State
from model.rules import morale, pursuit, withdrawal
from tests.rules.small_field import cell, enclave, formation, war

MANY = 6000


@pytest.fixture(scope="module")
def field():
    return war({"government": [formation((10, 10))], "islamic_state": [formation((30, 10))]})


def broken(field, *, fate, **values):
    """Return the share of many like units, pressed in their posts, that break in a day; the same dice each time."""
    units = readable(np.zeros(MANY, dtype=UNIT))
    usual = {"men": 100, "men0": 100, "alive": 1, "train": 0.5, "resolve": 0.5, "ration": 1.0, "ammo": 3.0, "engaged": 2}
    for name, value in (usual | {"cell": 12 * field.theatre.width + 12, "side": 1} | values).items():
        units[name] = value
    rules, cells, broke = field.rules, field.theatre.cells, np.zeros(MANY, dtype=np.int8)
    known = np.array([0.0, fate, 0.0, 0.0, 0.0])
    dice = Chance(3)["pairs"].random((MANY, 2))
    morale.test_all(
        units, np.full(cells, -1, dtype=np.int32), np.zeros(cells, dtype=np.int8), field.theatre.offsets, np.full(MANY, 0.5),
        np.zeros(MANY, dtype=np.int8), known, rules.morale.row, 3.0, 0.1, 0.1, 6.0, 10, 4, 1.0, dice, broke,
        np.zeros(MANY, dtype=np.int32), np.zeros(MANY, dtype=np.int32), np.zeros(MANY), np.ones(MANY), 0.0,
    )  # fmt: skip
    return (broke > 0).mean()


@pytest.mark.parametrize("casualties", [10.0, 15.0])
def test_the_cornered_break_half_as_often_and_those_with_a_road_behind_them_more(field, casualties):
    fate = float(field.rules.morale.fate0)
    plain = broken(field, fate=0.0, cas_recent=casualties, traced=1)
    cornered = broken(field, fate=fate, cas_recent=casualties, besieged=1)
    way_out = broken(field, fate=fate, cas_recent=casualties, traced=1)
    assert cornered / plain == pytest.approx(0.5, abs=0.06)
    assert way_out / plain == pytest.approx(1.6, abs=0.1)


def test_a_road_opened_to_the_besieged_turns_the_sign(field):
    fate = float(field.rules.morale.fate0)
    shut, opened = (broken(field, fate=fate, cas_recent=10.0, besieged=1, traced=traced) for traced in (0, 1))
    assert opened > 2.5 * shut


def test_fate_is_learnt_by_victims_and_forgotten_by_half_in_two_years():
    campaign = war({"government": [formation((10, 10))]})
    campaign.fate[:] = 0.0
    campaign.learn_of_fate(1, 300)
    assert campaign.fate[1] == pytest.approx(1.0 - np.exp(-1.0))
    campaign.learn_of_fate(1, 300)
    assert campaign.fate[1] == pytest.approx(1.0 - np.exp(-2.0))  # twice 300 are 600
    campaign.fate[1] = 0.8
    for day in range(730):
        campaign.turn = 4 * day
        morale.settle(campaign)
    assert campaign.fate[1] == pytest.approx(0.4)


def test_massacres_steel_the_men_of_the_place_and_nobody_else():
    qualities = ("ndf", "tribal", "army", "rg")
    campaign = war({
        "government": [formation((10 + k, 10), quality=quality) for k, quality in enumerate(qualities)],
        "islamic_state": [formation((30, 10))],
    })  # fmt: skip
    before = campaign.units["resolve"][:5].copy()
    campaign.learn_of_fate(1, 500)
    gain = campaign.units["resolve"][:5] - before
    assert gain.tolist() == pytest.approx([0.15 * (1 - before[0]), 0.15 * (1 - before[1]), 0.0, 0.0, 0.0])
    for _ in range(100):
        campaign.learn_of_fate(1, 5000)
    assert (campaign.units["resolve"][:4] <= 1.0).all()
    campaign.learn_of_fate(1, 0)


def test_that_resolve_is_lost_by_half_in_its_time():
    campaign = war({"government": [formation((10, 10), quality="ndf")]})
    base = float(campaign.units["resolve0"][0])
    campaign.learn_of_fate(1, 1000)
    gain = campaign.units["resolve"][0] - base
    for turn in range(4 * 180):
        campaign.turn = turn
        morale.settle(campaign)
    assert campaign.units["resolve"][0] - base == pytest.approx(0.5 * gain)


@pytest.mark.parametrize(("km", "chased"), [(0, True), (3, True), (4, False)])
def test_a_pursuit_ends_after_three_km(km, chased):
    campaign = war({"government": [formation((10, 10), 400)], "islamic_state": [formation((11, 10), 100)]})
    campaign.units["state"][0] = State.ROUTED
    campaign.rout_cell[0] = cell(campaign, 10 - km, 10)
    campaign.layers.occupy(campaign.units)
    pursuit.chase(campaign)
    assert (campaign.units["killed"][0] > 0) == chased


def given_up(casualties, *, traced=1, besieged=0, siege=None):
    """Return a campaign whose front, two posts of 100 men with a third behind, has taken casualties lately."""
    forces = {"government": [formation((20, 10)), formation((20, 12)), formation((5, 11))]}
    campaign = war(forces | {"islamic_state": [formation((22, 11), 300)]}, enclave=siege)
    units = campaign.units
    units["cas_recent"][:3] = casualties / 3
    units["traced"][:3], units["besieged"][:3] = traced, besieged
    campaign.enemy_km[:4] = 2.0, 2.0, 17.0, 2.0
    campaign.layers.occupy(units)
    withdrawal.give_up(campaign)
    return campaign


def test_a_commander_gives_up_an_open_front_when_a_sixth_of_his_men_are_gone():
    share = 0.16 / 0.84
    assert not given_up(300 * share * 0.99).events
    campaign = given_up(300 * share * 1.01)
    assert [event.kind for event in campaign.events] == [EventKind.WITHDRAWAL]
    units, rear = campaign.units, cell(campaign, 5, 11)
    assert units["order"][:3].tolist() == [Order.WITHDRAW, Order.WITHDRAW, Order.HOLD]
    assert units["goal"][:2].tolist() == units["home"][:2].tolist() == [rear, rear]
    assert units["posture"][0] == Posture.WITHDRAW


@pytest.mark.parametrize("case", [{"besieged": 1}, {"traced": 0}])
def test_nobody_gives_up_in_the_enclave_or_without_a_road(case):
    campaign = given_up(200, siege=enclave() if "besieged" in case else None, **case)
    assert (campaign.units["order"][:3] == Order.HOLD).all()


def test_attackers_are_left_to_their_own_law():
    campaign = given_up(0.0)
    campaign.units["cas_recent"][:3] = 60.0
    campaign.units["engaged"][:2] = 1
    withdrawal.give_up(campaign)
    assert (campaign.units["order"][:3] == Order.HOLD).all()
