"""Tribal areas of the shipped map: who lives where, and whom they support on the first day."""

import numpy as np
import pytest

from agents.muster import open_campaign
from model.ledger import Side
from model.map.theatre import LEFT_BANK, RIGHT_BANK

GOVERNMENT, ISLAMIC_STATE, SDF = Side.GOVERNMENT, Side.ISLAMIC_STATE, Side.SDF


@pytest.fixture(scope="module")
def siege_opened():
    """Return the siege on its first day."""
    return open_campaign("deir_ez_zor_2016", (), 1)


@pytest.mark.parametrize(
    ("place", "area_id", "force", "side"),
    [
        ("hatla", "baggara", "army", GOVERNMENT),
        ("mayadin", "aqidat", "is", ISLAMIC_STATE),
        ("tanak", "sheitat", "sdf", SDF),
        ("shaddadi", "shammar", "sdf", SDF),
        ("dez", "enclave", "army", GOVERNMENT),
        ("sukhnah", "badiya", "all", GOVERNMENT),
    ],
)
def test_support_of_the_first_day_is_that_of_the_rulebook(siege_opened, place, area_id, force, side):
    given, held = siege_opened.rules.tribes, siege_opened.tribes
    area = held.area_at(siege_opened.theatre.place(place).cell)
    assert held.support[area, side] == getattr(given, f"support_{area_id}_{force}")


def test_every_area_has_cells_and_places(siege_opened):
    tribes = siege_opened.tribes
    assert (np.bincount(tribes.area, minlength=7) > 0).all()
    assert (np.bincount(tribes.homes, minlength=7) > 0).all()


def test_the_areas_lie_on_their_banks(siege_opened):
    """The Sheitat, the Baggara and the Shammar live beyond the river, the city and the steppe on this side of it."""
    tribes, bank = siege_opened.tribes, siege_opened.theatre.bank
    for place, side in (
        ("tanak", LEFT_BANK),
        ("hatla", LEFT_BANK),
        ("shaddadi", LEFT_BANK),
        ("dez", RIGHT_BANK),
        ("sukhnah", RIGHT_BANK),
    ):
        area = tribes.area_at(siege_opened.theatre.place(place).cell)
        assert (bank[tribes.area == area] == side).mean() > 0.9, place
