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


@pytest.mark.parametrize(
    ("told", "chapter", "name"),
    [
        ("population", "civil", "pop0"),
        ("food", "civil", "stock0"),
        ("grain", "civil", "grain0"),
        ("local_food", "civil", "local_food"),
        ("nutrition", "civil", "n0"),
        ("ammunition", "supply", "ammo0"),
    ],
)
def test_a_number_told_twice_is_the_same(article, told, chapter, name):
    value = getattr(article.enclave, told).value
    assert article.rules[chapter][name].value == value if name in article.rules[chapter] else value > 0


def test_air_forces_over_the_theatre(article):
    strikes = {name: force.sorties.value * force.strikes_per_sortie.value for name, force in article.air_forces.items()}
    assert strikes == {"russian_air": 31.5, "syrian_air": 12.0, "coalition_air": 6.0}
    assert article.air_forces["coalition_air"].side == "coalition"


def test_the_campaign_runs_from_the_article_to_the_end_of_2017(article):
    assert (article.start, article.end) == (dt.date(2016, 5, 11), dt.date(2017, 12, 31))
