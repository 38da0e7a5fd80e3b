"""SVBIEDs: what stops a vehicle, who walks in behind it, and what waits for an attacker."""

import math

import pytest

from model.ledger import Order
from model.rules import svbied
from model.rules.air import Tasking, Wing
from tests.rules.small_field import cell, formation, war

HIT = 0.45


def field(seed=1, *, men=100, attackers="islamic_state", **settings):
    """Return a war in which one unit attacks another, in (11, 10); rows 0 the government, 1 the Islamic State."""
    sides = {"government": (11, 10), "islamic_state": (10, 10)}
    if attackers == "government":
        sides = {"government": (10, 10), "islamic_state": (11, 10)}
    campaign = war({side: [formation(at, men)] for side, at in sides.items()}, seed, **{"svbied__sv_hit": HIT, **settings})
    campaign.objective[:2] = cell(campaign, 11, 10)
    campaign.assaulted = 1
    campaign.units["engaged"][:2] = (2, 1) if attackers == "islamic_state" else (1, 2)
    campaign.svbieds["elsewhere"] = 20.0
    return campaign


def odds(change=lambda campaign: None, **settings):
    campaign = field(**settings)
    change(campaign)
    return svbied.chance_of(campaign, cell(campaign, 11, 10), [0])


def _dug_in(level):
    def change(campaign):
        campaign.units["fort"][0] = level

    return change


def test_what_stops_a_vehicle():
    plain = HIT * 0.8

    def night(campaign):
        campaign.turn = 2

    def missiles(campaign):
        campaign.units["atgm"][0] = 1

    assert odds() == pytest.approx(plain)
    assert odds(night) == pytest.approx(HIT * 1.2)
    assert [odds(_dug_in(level)) / plain for level in (1, 2, 3)] == pytest.approx([1.0, 0.8, 0.8])
    assert odds(missiles) == pytest.approx(0.8 * plain)


def under(strikes, *, km=0, night=1.0):
    """Return a field over which a wing is tasked with strikes a day, so many km away."""
    campaign = field()
    campaign.wings = [Wing("russian_air", "trial", 1, 10.0, 3.0, 1.0, night, 0.15)]
    campaign.wings[0].taskings = [Tasking(cell(campaign, 11 + km, 10), 10.0, float(strikes))]
    return campaign


def _odds(campaign):
    return svbied.chance_of(campaign, cell(campaign, 11, 10), [0]) / (HIT * 0.8)


@pytest.mark.parametrize(
    ("km", "strikes", "seen"), [(0, 3, 0.118), (0, 24, 0.632), (9, 24, 0.632), (11, 24, 0.0), (0, 0, 0.0), (0, 1000, 1.0)]
)
def test_aircraft_stop_as_many_as_they_are_overhead_to_see(km, strikes, seen):
    assert _odds(under(strikes, km=km)) == pytest.approx(1.0 - 0.4 * seen, abs=1e-3)


def test_few_aircraft_are_overhead_by_night_and_none_in_a_storm():
    campaign = under(24, night=0.25)
    assert svbied.strikes_over(campaign, cell(campaign, 11, 10)) == 24.0
    campaign.turn = 2
    assert svbied.strikes_over(campaign, cell(campaign, 11, 10)) == 6.0
    campaign.weather.kind = "storm"
    assert svbied.strikes_over(campaign, cell(campaign, 11, 10)) == 0.0
    assert _odds(campaign) == pytest.approx(1.2 / 0.8)


def test_men_on_foot_go_with_the_vehicles_and_do_not_come_back():
    spent = killed = 0
    for seed in range(200):
        campaign = field(seed, men=200, svbied__sv_hit=0.0 if seed % 2 else 0.8)
        before = int(campaign.units["men"][1])
        svbied.walk_in(campaign, cell(campaign, 11, 10), 4, campaign.objective[:1] * 0)
        spent += before - int(campaign.units["men"][1])
        assert campaign.units["killed"][1] == before - campaign.units["men"][1]
        killed += int(campaign.units["killed"][0])
        assert seed % 2 == 0 or campaign.units["killed"][0] == 0
    assert spent / 200 == pytest.approx(4 * 0.27 / 0.73, rel=0.1)
    assert killed / spent == pytest.approx(0.5 * 0.8 * 1.2 * 1.5, rel=0.3)


def test_every_vehicle_has_a_driver_of_the_attackers_who_dies():
    campaign = field(men=200, svbied__sv_hit=0.3, svbied__sv_veh_share=0.85)
    campaign.svbied_orders = [(cell(campaign, 11, 10), 3)]
    campaign.units["goal"][1] = cell(campaign, 11, 10)
    svbied.drive(campaign)
    assert campaign.svbieds_used == 3
    gone = 200 - int(campaign.units["men"][1])
    assert gone == campaign.units["killed"][1] == 3 + len(campaign.walked_in)


def test_a_defender_meets_an_assault_with_a_vehicle_now_and_then():
    used = 0
    for seed in range(300):
        campaign = field(seed, attackers="government")
        svbied.drive(campaign)
        used += campaign.svbieds_used
        assert campaign.svbieds["elsewhere"] == 20.0 - campaign.svbieds_used
        assert campaign.units["killed"][1] == campaign.svbieds_used  # the drivers
        hit = bool(campaign.svbied_hit[0])
        assert hit or campaign.units["killed"][0] == 0
        assert not hit or campaign.svbieds_used == 1
        assert campaign.surprise[:2].tolist() == [1.3 if hit else 1.0, 1.0] or campaign.surprise[1] == 1.0
    assert used / 300 == pytest.approx(1 - math.exp(-0.65 * 0.25), abs=0.05)


def test_no_vehicle_no_counter_stroke():
    campaign = field(attackers="government", svbied__sv_def_hazard=1000.0)
    campaign.svbieds["elsewhere"] = 0.9
    svbied.drive(campaign)
    assert campaign.svbieds_used == 0
    assert campaign.units["order"][0] == Order.HOLD


def test_nobody_defends_where_nobody_attacks():
    campaign = field(svbied__sv_def_hazard=1000.0)  # the Islamic State attacks
    svbied.drive(campaign)
    assert campaign.svbieds_used == 0
