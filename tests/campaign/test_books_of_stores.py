"""The books of stores: what they say was left is what there is, and every cause has something to tell."""

import pytest

from model.subjects.books import AMMUNITION, FOOD, SVBIEDS
from sweeps.results.books import told


@pytest.fixture(params=["skirmish", "siege"])
def campaign(request):
    return request.getfixturevalue(request.param).campaign


def test_food_by_the_books_is_the_food_there_is(campaign):
    assert campaign.enclave.food_book.closing == pytest.approx(campaign.enclave.food, abs=1e-6)
    assert set(campaign.enclave.food_book.flows) == set(FOOD)


def test_ammunition_by_the_books_is_the_ammunition_there_is(campaign):
    assert campaign.enclave.ammunition_book.closing == pytest.approx(campaign.enclave.ammo, abs=1e-6)
    assert set(campaign.enclave.ammunition_book.flows) == set(AMMUNITION)


def test_vehicle_bombs_by_the_books_are_those_in_stock(campaign):
    assert campaign.svbied_book.closing == pytest.approx(sum(campaign.svbieds.values()), abs=1e-9)
    assert set(campaign.svbied_book.flows) == set(SVBIEDS)
    assert -campaign.svbied_book.flows["driven"] == pytest.approx(campaign.svbieds_used)


def test_the_books_of_a_siege_have_something_to_tell(request):
    campaign = request.getfixturevalue("siege").campaign
    food, ammunition = campaign.enclave.food_book.flows, campaign.enclave.ammunition_book.flows
    assert min(food["air"], food["local"], food["grain_reserve"], ammunition["air"]) > 0
    assert max(food["eaten"], ammunition["issued"]) < 0
    assert campaign.svbied_book.flows["built"] > 0
    assert told(campaign)["books.food_t.closing"] == pytest.approx(campaign.enclave.food, abs=1e-6)
