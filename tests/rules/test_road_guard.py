"""Road guard: the closed forms of a raid on a long road, and the project's own raids against them."""

from itertools import pairwise

import numpy as np
import pytest

from agents.muster import muster
from model.rulebook import Rulebook
from model.rules.raids import raid
from model.rules.road_guard import defence, expected_open, posts_need, shut_days, success
from model.scenario import Corridor
from tests.rules.small_field import changed, formation, rulebook, scenario

LENGTH = 205.0
MEN = (1500, 2000, 3000, 4500)
TRIAL = {800: (0.42, 0.58, 0.80, 0.92), 1500: (0.20, 0.36, 0.66, 0.86)}
"""Open share of a road of 205 km in a trial of the law alone, by raiders and men on the road."""
TOLERANCE = 0.10
"""The trial's means rest on some hundreds of runs, these on a few; a raid's group is made of whole units here."""


def book(**settings):
    """Return the rulebook with values replaced."""
    return Rulebook(changed(rulebook(), **settings))


def long_road(men, raiders, seed):
    """Return a war in which the drawn road counts as `LENGTH` km, with its men at the western end and raiders near by."""
    posts = [formation((column, 15), men // 5) for column in (8, 10, 12, 14, 16)]
    hidden = formation((20, 27), raiders, raiders // 50, kind="raider", posture="hide", quality="raider")
    situation = scenario(
        {"government": posts, "islamic_state": [hidden]}, days=600, supply={"government": ("west_camp",)},
        corridor__raider_refill=0.0, corridor__rujmayn0=raiders,
    )  # fmt: skip
    road = Corridor(side="government", start="west_camp", objective="east_camp")
    campaign = muster(situation.model_copy(update={"corridors": {"road": road}}), seed)
    campaign.layers.control[:] = 1
    campaign.corridors["road"].km[:] = LENGTH / campaign.corridors["road"].edges.size
    return campaign


def open_share(men, raiders, seed, days=400):
    """Play raids alone with strengths held as they are; return the share of days on which the road was open."""
    campaign = long_road(men, raiders, seed)
    units = campaign.units
    kept = {name: units[name].copy() for name in ("men", "alive", "state")}
    for _ in range(days):
        campaign.edge_open[:] = campaign.shut_until <= campaign.day
        raid(campaign)
        for name, column in kept.items():
            units[name] = column
        campaign.turn += campaign.turns_per_day
    corridor = campaign.corridors["road"]
    return corridor.days_open / corridor.days


@pytest.fixture(scope="module")
def played():
    return {R: [np.mean([open_share(men, R, seed) for seed in range(1, 4)]) for men in MEN] for R in TRIAL}


def test_the_power_of_posts_and_reserve_is_the_closed_form():
    rules = book()
    corridor, combat = rules.corridor, rules.combat
    need = LENGTH / corridor.sp_gap_km * corridor.sp_men
    assert posts_need(LENGTH, corridor) == pytest.approx(need)
    power, near = defence(need + 1000.0, LENGTH, corridor, combat)
    assert near == pytest.approx(1000.0 * 2.0 * corridor.qrf_reach / LENGTH)
    cover = 2.0 * corridor.sp_fire_km / corridor.sp_gap_km
    assert power == pytest.approx(combat.cev_army * (corridor.sp_men * combat.us_prepared * cover + 0.5 * near))
    assert defence(0.5 * need, LENGTH, corridor, combat)[0] == pytest.approx(
        0.5 * combat.cev_army * corridor.sp_men * combat.us_prepared * cover
    )


def test_even_power_gives_an_even_chance_and_aircraft_lower_it():
    corridor = book().corridor
    even = 150.0 * 0.8 * corridor.raid_surprise
    assert success(150.0, 0.8, even, corridor) == pytest.approx(0.5)
    assert success(150.0, 0.8, even, corridor, air=True) == pytest.approx(1.0 / (1.0 + corridor.raid_air**-corridor.raid_alpha))
    assert success(0.0, 0.8, even, corridor) == 0.0


def test_days_shut_follow_the_size_of_the_raid_within_their_bounds():
    corridor = book().corridor
    assert shut_days(1e9, 0.0, corridor) == pytest.approx(corridor.cut_days * corridor.cut_max)
    assert shut_days(1.0, 1e9, corridor) == pytest.approx(corridor.cut_days * corridor.cut_min)
    assert shut_days(160.0, 160.0, corridor) == pytest.approx(corridor.cut_days * 160.0 / (80.0 + corridor.sp_men))


@pytest.mark.parametrize("raiders", TRIAL)
def test_the_open_share_of_a_long_road_is_that_of_the_trial(raiders, played):
    closed = [expected_open(men, LENGTH, raiders, book()) for men in MEN]
    assert closed == pytest.approx(TRIAL[raiders], abs=TOLERANCE)
    assert played[raiders] == pytest.approx(TRIAL[raiders], abs=1.5 * TOLERANCE)


def test_it_rises_clearly_with_men_and_falls_with_raiders(played):
    for shares in played.values():
        assert all(b - a > 0.04 for a, b in pairwise(shares))
        assert shares[-1] - shares[0] > 0.35
    assert all(few > many + 0.05 for few, many in zip(played[800], played[1500], strict=True))


def test_more_posts_buy_little_a_reserve_and_clearing_more():
    """The same men once as twice the posts, once as reserve; and half the raiders."""
    rules = book()
    posts = posts_need(LENGTH, rules.corridor)
    base = expected_open(posts + 700.0, LENGTH, 800.0, rules)
    dense = expected_open(2.0 * posts + 700.0, LENGTH, 800.0, book(corridor__sp_gap_km=rules.corridor.sp_gap_km / 2.0))
    reserve = expected_open(2.0 * posts + 700.0, LENGTH, 800.0, rules)
    cleared = expected_open(posts + 700.0, LENGTH, 400.0, rules)
    assert base < dense < reserve
    assert reserve - base > 1.5 * (dense - base)
    assert cleared - base > 1.5 * (dense - base)
