"""The enclave's people, stores and flights on the first day."""

import datetime as dt

import pytest


def test_everybody_lives_in_a_quarter(article):
    enclave = article.enclave
    assert sum(quarter.people for quarter in enclave.quarters.values()) == enclave.population.value == 110_000


def test_airdrops_alone_do_not_feed_the_enclave(article):
    lift = article.enclave.airlifts
    wfp = lift["wfp"].per_week.value * lift["wfp"].chance.value * lift["wfp"].tonnes.value / 7
    state = lift["il76_state"].per_week.value * lift["il76_state"].tonnes.value * lift["il76_state"].food_share.value / 7
    heli = (
        lift["heli_night"].per_night.value
        * lift["heli_night"].chance.value
        * lift["heli_night"].tonnes.value
        * lift["heli_night"].food_share.value
    )
    assert wfp == pytest.approx(11.7, abs=0.1)
    assert state == pytest.approx(8.6, abs=0.1)
    assert heli == pytest.approx(4.1, abs=0.1)
    kcal_a_kg = article.rules["civil"]["kcal_kg"].value
    need = article.enclave.population.value * article.rules["civil"]["need0"].value / kcal_a_kg / 1000
    assert wfp + state + heli < 0.5 * need


def test_flights_to_the_pads_land_and_the_others_drop(article):
    lifts = article.enclave.airlifts
    assert lifts["wfp"].pallets == 26
    assert lifts["wfp"].height_m == 5_000
    assert len(lifts["wfp"].weekdays) == lifts["wfp"].per_week.value
    assert lifts["heli_night"].pallets == 0


@pytest.mark.parametrize("told", ["population", "food", "grain", "local_food", "nutrition", "ammunition"])
def test_the_scenario_is_the_home_of_people_and_stores(article, told):
    quantity = getattr(article.enclave, told)
    assert quantity.value > 0
    assert quantity.range is not None, "a number to sweep needs a range"


def test_only_the_aid_flights_are_aid(article):
    assert [name for name, lift in article.enclave.airlifts.items() if lift.aid] == ["wfp"]


def test_air_forces_over_the_theatre(article):
    strikes = {name: force.sorties.value * force.strikes_per_sortie.value for name, force in article.air_forces.items()}
    assert strikes == {"russian_air": 31.5, "syrian_air": 12.0, "coalition_air": 6.0}
    assert article.air_forces["coalition_air"].side == "coalition"


def test_the_campaign_runs_from_the_article_to_the_end_of_2017(article):
    assert (article.start, article.end) == (dt.date(2016, 5, 11), dt.date(2017, 12, 31))
