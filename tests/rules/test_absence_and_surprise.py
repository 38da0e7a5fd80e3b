"""Who is gone is noticed by day from the next cell; who attacks under a storm is not seen coming."""

import pytest

from model.ledger import Order, Side
from model.rules import absence, battle_groups, surprise
from tests.rules.small_field import cell, formation, war

ENEMY, WAS_AT = 1, (12, 10)


def watched(post, *, gone=True, night=False, storm=False, town=False):
    """Return the turn of the government's contact of an enemy at (12, 10), from a post; he may have left."""
    campaign = war({"government": [formation(post, 60)], "islamic_state": [formation(WAS_AT, 60)]})
    seen, units = campaign.seen[Side.GOVERNMENT], campaign.units
    seen["turn"][ENEMY], seen["cell"][ENEMY] = 3, cell(campaign, *WAS_AT)
    campaign.turn = 7 if night else 5
    campaign.weather.kind = "storm" if storm else "clear"
    if gone:
        units["cell"][ENEMY] = cell(campaign, 20, 20)
    campaign.layers.urban_like[cell(campaign, *WAS_AT)] = town
    campaign.layers.occupy(units)
    assert campaign.night == night
    absence.notice(campaign)
    return int(seen["turn"][ENEMY])


def test_who_left_is_struck_out_by_those_beside_his_cell():
    assert watched((11, 10)) == -1
    assert watched((11, 11)) == -1


@pytest.mark.parametrize("case", [{"gone": False}, {"night": True}, {"storm": True}], ids=["he is still there", "night", "storm"])
def test_he_is_believed_there_as_long_as_nobody_can_tell(case):
    assert watched((11, 10), **case) == 3


def test_open_ground_is_seen_for_two_kilometres():
    assert watched((10, 10)) == -1
    assert watched((9, 10)) == 3


def test_in_a_town_only_the_next_cell_is_seen():
    assert watched((10, 10), town=True) == 3
    assert watched((11, 10), town=True) == -1


@pytest.mark.parametrize(
    ("storm", "order", "gain"), [(True, Order.ATTACK, 1.3), (True, Order.PROBE, 1.0), (False, Order.ATTACK, 1.0)]
)
def test_a_storm_covers_an_assault_once(storm, order, gain):
    campaign = war({"government": [formation(WAS_AT, 60)], "islamic_state": [formation((11, 10), 200)]})
    campaign.send(1, cell(campaign, *WAS_AT), order)
    campaign.step()
    campaign.surprise[:] = 1.0
    campaign.weather.kind = "storm" if storm else "clear"
    battle_groups.form(campaign)
    surprise.cover(campaign)
    assert campaign.surprise[:2].tolist() == [1.0, gain]
    campaign.surprise[1] = 1.1  # it fades, and the same storm does not renew it
    surprise.cover(campaign)
    assert campaign.surprise[1] == 1.1
