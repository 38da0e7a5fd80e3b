"""Relief: once the road is open, convoys fill the stores and soldiers they reach eat nothing from them."""

import pytest

from model.rules.food import share_food
from tests.rules.small_field import enclave, formation, war


def besieged(*, relieved, reached=0):
    """Return an enclave with little food, on a morning, relieved or not."""
    stores = enclave(people=10_000, food=5, grain=0)  # less than the garrison keeps back
    campaign = war({"government": [formation((8, 15), 400)]}, enclave=stores)
    campaign.enclave.relieved, campaign.enclave.reached, campaign.enclave.garrison = relieved, reached, 400
    campaign.enclave.inflow.clear()
    campaign.enclave.inflow.append(0.0)
    return campaign


def test_a_relieved_enclave_eats_its_fill_and_an_encircled_one_does_not():
    fed, hungry = besieged(relieved=True), besieged(relieved=False)
    share_food(fed)
    share_food(hungry)
    assert fed.enclave.ration == pytest.approx(1.0)
    assert hungry.enclave.ration < 0.2
    assert hungry.enclave.food_by_road == 0.0


def test_what_convoys_bring_is_what_is_missing():
    campaign = besieged(relieved=True)
    before = campaign.enclave.food
    local = campaign.enclave.opening.local_food.value * campaign.rules.civil.other_food_x
    share_food(campaign)
    enclave_now = campaign.enclave
    assert enclave_now.food == pytest.approx(before + local + enclave_now.food_by_road - enclave_now.issued)


def test_soldiers_whom_the_road_reaches_do_not_eat_from_the_stores():
    full = besieged(relieved=False)
    share_food(full)
    half = besieged(relieved=False, reached=400)
    share_food(half)
    assert half.enclave.ration > full.enclave.ration
