"""The default order of battle adds up to what the sources say."""

import datetime as dt
from collections.abc import Iterator

import pytest

from agents.muster import open_campaign
from model.scenario import Formation, Scenario


def formations(scenario: Scenario) -> Iterator[tuple[str, Formation]]:
    for force_id, force in scenario.forces.items():
        for formation in force.order_of_battle.values():
            yield force_id, formation


def men(scenario: Scenario, force: str = "", sector: str | tuple[str, ...] = "") -> int:
    return sum(f.men for name, f in formations(scenario) if force in ("", name) and f.sector.startswith(sector))


def vehicles(scenario: Scenario, kind: str, force: str = "", sector: str = "") -> int:
    return sum(
        getattr(f.vehicles, kind) for name, f in formations(scenario) if force in ("", name) and f.sector.startswith(sector)
    )


def commander(scenario: Scenario, force: str, formation: str) -> str:
    unit = scenario.forces[force].order_of_battle[formation]
    return unit.command or scenario.forces[force].command


def test_all_men_and_units_of_11_may_2016(article):
    assert men(article) == 35_050
    assert sum(f.units for _, f in formations(article)) == 616
    assert sum(1 for _ in formations(article)) == 120


def test_the_garrison_is_four_thousand_half_of_them_republican_guard(article):
    assert men(article, sector="enclave_") == 4_000
    assert men(article, "republican_guard") == 2_000
    assert men(article, "army", "enclave_") == 1_000
    assert men(article, "ndf", "enclave_") == 800
    assert men(article, "tribal_militia") == 200


def test_thirty_armoured_vehicles_and_twenty_guns_in_the_pocket(article):
    assert vehicles(article, "tanks", sector="enclave_") == 18
    assert vehicles(article, "ifv", sector="enclave_") == 12
    assert vehicles(article, "guns", sector="enclave_") == 20


def test_the_city_front_is_held_at_three_hundred_men_a_km(article):
    city = [f for _, f in formations(article) if f.sector.startswith("enclave_city") and f.fort == 3]
    front = sum(f.front_km for f in city)
    assert front == pytest.approx(5.6, abs=0.01)
    assert sum(f.men for f in city) / front == pytest.approx(300, rel=0.01)


@pytest.mark.parametrize(
    ("sectors", "expected"),
    [
        ("dez_", 3_000),
        ("valley_", 2_000),
        ("khabur", 1_000),
        ("rujmayn", 800),
        ("e_homs", 1_700),
        (("raqqa", "tabqa", "aleppo_east", "manbij"), 4_250),
    ],
)
def test_the_islamic_state_by_sector(article, sectors, expected):
    assert men(article, "islamic_state", sectors) == expected


def test_the_islamic_state_in_the_frame_sums_to_what_the_sources_allow(article):
    assert 12_500 <= men(article, "islamic_state") <= 13_000
    assert 30 <= vehicles(article, "tanks", "islamic_state") + vehicles(article, "ifv", "islamic_state") <= 120
    assert 10 <= vehicles(article, "guns", "islamic_state", "dez_") <= 40


def test_dated_pulls_and_returns_of_the_islamic_state(article):
    pulled = article.inputs["mosul_pull"]
    assert (pulled.date, pulled.until) == (dt.date(2016, 10, 17), dt.date(2017, 7, 10))
    assert article.inputs["manbij_pull"].men == 800
    assert 2_000 <= article.inputs["fall_back"].men <= 8_000
    assert article.lifeline.fades_with == "mosul_pull"


def test_dated_men_of_the_enclave_and_of_the_second_axis(article):
    assert article.inputs["airlift_2016"].men == 150
    assert 100 <= article.inputs["airlift_january"].men <= 500
    assert 1_500 <= article.inputs["ithriya_axis"].men <= 5_000


def test_the_islamic_state_has_few_heavy_weapons(article):
    assert men(article, "islamic_state") == 12_750
    assert vehicles(article, "svbied", "islamic_state") == 28
    ring_guns = vehicles(article, "guns", "islamic_state", "dez_")
    assert 0 < ring_guns < vehicles(article, "guns", sector="enclave_")


def test_palmyra_and_t4(article):
    assert men(article, sector="palmyra") == 5_100
    assert men(article, sector="t4") == 700
    assert men(article, sector="ithriya") == 1_500
    assert men(article, sector="kawkab") == 500


@pytest.mark.parametrize(
    ("sector", "expected"), [("khabur", 2_500), ("abd_aziz", 900), ("ain_issa", 2_000), ("tishrin", 3_000), ("hasaka", 1_600)]
)
def test_the_sdf_by_sector(article, sector, expected):
    assert men(article, "sdf", sector) == expected


def test_sinjar_holds_and_obeys_nobody_here(article):
    assert men(article, "pkk_ybs") + men(article, "peshmerga") == 500
    assert article.forces["pkk_ybs"].command == article.forces["peshmerga"].command == "none"


def test_who_commands_whom(article):
    assert commander(article, "army", "arty_137") == "republican_guard"
    assert commander(article, "tribal_militia", "jafra") == "republican_guard"
    assert commander(article, "ndf", "joura") == "ndf"
    assert commander(article, "ndf", "palmyra_posts") == "relief_column"
    assert commander(article, "army", "t4_base") == "relief_column"
    assert commander(article, "army", "kuweires") == "relief_column"
    assert commander(article, "army", "kawkab") == "none"


def test_whoever_fights_from_palmyra_obeys_the_relief_column(article):
    for force, unit in formations(article):
        if unit.sector in ("palmyra", "palmyra_road", "t4", "ithriya"):
            assert (unit.command or article.forces[force].command) == "relief_column", unit.name


def test_the_reserve_of_joura_is_where_a_command_line_finds_it(article):
    assert article.forces["ndf"].order_of_battle["joura"].men == 120


def test_raiders_hide_and_gun_groups_have_guns(article):
    raiders = [f for _, f in formations(article) if f.kind == "raider"]
    assert raiders
    assert {f.posture for f in raiders} == {"hide"}
    assert {f.quality for f in raiders} == {"raider"}
    assert all(f.vehicles.guns > 0 for _, f in formations(article) if f.kind == "artillery")
    assert all(f.vehicles.tanks > 0 for _, f in formations(article) if f.kind == "armour")


def test_no_formation_is_made_of_crumbs(article):
    for _, unit in formations(article):
        assert 15 <= unit.men / unit.units <= 160, unit.name


def test_what_comes_to_the_front_of_palmyra_gathers_at_its_depot():
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    sector = campaign.sector_number("islamic_state", "e_homs")
    assert campaign.depot(sector) == campaign.cell_of_place("sukhnah")
