"""Scenarios that are well formed and make no sense: each is told once, with file and line."""

from pathlib import Path

import pytest

from model.configuration.loading import load_with_origins
from model.configuration.problems import Problem
from model.sense.checks import look
from tests.config.small_ground import CONFIGS, LAKE

ENCLAVE = """enclave={
  box: [40.0, 35.2, 40.135, 35.4], quarters: {joura: {place: joura, people: 60000}, qusour: {place: qusour, people: 40000}},
  population: {value: 100000, unit: people, basis: article}, food: {value: 300, unit: t, basis: estimate},
  grain: {value: 0, unit: t, basis: estimate}, ammunition: {value: 100, unit: t, basis: estimate},
  local_food: {value: 9, unit: t/day, basis: estimate}, nutrition: {value: 0.9, unit: share, basis: estimate},
  airport: joura, drop_zones: {}, airlifts: {wfp: {name: WFP, carrier: Il-76, chance: {value: 0.7, unit: share, basis: estimate},
  tonnes: {value: 18, unit: t, basis: estimate}, pallets: 26, height_m: 5000,
  food_share: {value: 1, unit: share, basis: estimate}, starts: 2016-05-20, basis: estimate}}}"""
GARRISON = ("forces.ndf.order_of_battle.joura.men=2000", "forces.ndf.order_of_battle.qusour.men=2000",
            "forces.ndf.order_of_battle.joura.quality=rg", "forces.islamic_state.order_of_battle.sinaa.men=12750")  # fmt: skip


@pytest.fixture
def seen(theatre):
    def see(*overrides: str) -> list[Problem]:
        loaded = load_with_origins("good", overrides, CONFIGS)
        return look(loaded.scenario, theatre, loaded.origins)

    return see


def test_only_what_is_wrong_is_told(seen):
    problem = seen("inputs.pull=~")
    assert [str(p) for p in problem] == [str(p) for p in seen()]
    assert [(p.path, p.severity, p.message) for p in problem] == [
        ("supply_sources", "warning", "no source for government: 900 men will never be supplied"),
    ]
    assert (Path(problem[0].file).name, problem[0].line) == ("good.yaml", 44)


def test_nothing_is_told_of_a_sound_siege(seen):
    assert seen(ENCLAVE, *GARRISON) == []


def a(place: str) -> str:
    return f"{{kind: crossing, date: 2016-05-14, crossing: {place}, state: destroyed, basis: estimate}}"


TRANSFER = "inputs.x={kind: transfer, date: 2016-05-14, force: islamic_state, to_sector: x, basis: estimate, sources: "
NAMES = [
    ("forces.ndf.order_of_battle.joura.place=jura", ".place", "no place 'jura'; did you mean 'joura'?"),
    ("map.contested={dist_bagiliya: sdf}", "map.contested.dist_bagiliya",
     "no area 'dist_bagiliya'; did you mean 'dist_baghiliya'?"),
    ("inputs.bridge.crossing=bridge_mayadeen", "inputs.bridge.crossing",
     "no crossing 'bridge_mayadeen'; did you mean 'bridge_mayadin'?"),
    ("inputs.pull.force=ndff", "inputs.pull.force", "no force 'ndff'; did you mean 'ndf'?"),
    ("inputs.pull.formations={jora: 5}", "inputs.pull.formations.jora", "no formation of 'ndf' 'jora'; did you mean 'joura'?"),
    ("inputs.pull.sectors=[citty]", "inputs.pull.sectors.0", "no sector of 'ndf' 'citty'; did you mean 'city'?"),
    ("supply_sources.government=[west_homs]", "supply_sources.government.0", "no place or map exit 'west_homs'"),
    ("supply_sources.government=[south_qaym]", "supply_sources.government.0", "did you mean 'south_qaim'?"),
    ("doctrine.ndf.commander=nfd", "doctrine.ndf.commander", "no commander 'nfd'; did you mean 'ndf'?"),
    ("inputs.x={kind: air_effort, date: 2016-05-14, air_force: russian, factor: 2, basis: estimate}", "inputs.x.air_force",
     "no air force 'russian'; did you mean 'russian_air'?"),
    ("inputs.x={kind: bombing, date: 2016-05-14, air_force: russian_air, place: jouraa, strikes: 3, on: sdf, basis: estimate}",
     "inputs.x.place", "no place 'jouraa'; did you mean 'joura'?"),
    ("inputs.x={kind: operation, date: 2016-05-14, force: ndf, axis: m20, objective: joura, effort: 1, basis: estimate}",
     "inputs.x.axis", "no axis of 'ndf' 'm20'; did you mean 'm2'?"),
    ("doctrine.ndf.axes.m2.start=palmira", "doctrine.ndf.axes.m2.start", "no place 'palmira'; did you mean 'palmyra'?"),
    ("doctrine.ndf.axes.m2.base=jora", "doctrine.ndf.axes.m2.base", "no place 'jora'; did you mean 'joura'?"),
    ("doctrine.ndf.axes.m2.after=m3", "doctrine.ndf.axes.m2.after", "no axis of this doctrine 'm3'; allowed: m2"),
    ("doctrine.ndf.axes.m2.objective=jora", "doctrine.ndf.axes.m2.objective", "no place 'jora'; did you mean 'joura'?"),
    ("doctrine.ndf.fronts.east.around=sina", "doctrine.ndf.fronts.east.around", "no place 'sina'; did you mean 'sinaa'?"),
    ("inputs.x={kind: operation, date: 2016-05-14, force: ndf, axis: m2, objective: palmira, effort: 1, basis: estimate}",
     "inputs.x.objective", "no place 'palmira'; did you mean 'palmyra'?"),
    ("inputs.x={kind: reinforcement, date: 2016-05-14, force: ndf, place: qusur, men: 5, basis: estimate}", "inputs.x.place",
     "no place or map exit 'qusur'; did you mean 'qusour'?"),
    ("inputs.x={kind: reinforcement, date: 2016-05-14, force: ndf, place: joura, men: 5, formation: qusor, basis: estimate}",
     "inputs.x.formation", "no formation of 'ndf' 'qusor'; did you mean 'qusour'?"),
    ("inputs.x={kind: strength, date: 2016-05-14, force: ndf, place: qusur, men: 5, units: 1, basis: estimate}", "inputs.x.place",
     "no place or map exit 'qusur'; did you mean 'qusour'?"),
    (TRANSFER + "{rin: 5, outside: 9}}",
     "inputs.x.sources.rin", "no sector of 'islamic_state' 'rin'; did you mean 'ring'?"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "path", "message"), NAMES, ids=[case[0][:50] for case in NAMES])
def test_names_that_lead_nowhere(seen, setting, path, message):
    found = [problem for problem in seen(setting) if problem.severity == "error"]
    assert len(found) == 1
    assert found[0].path.endswith(path)
    assert message in found[0].message


GROUND = [
    ("joura={at: [35.337, 45.0]}", "error", "lies outside the frame"),
    ("joura={place: palmyra}", "error", "'palmyra' lies outside the frame"),
    (f"joura={{at: [{LAKE[0]}, {LAKE[1]}]}}", "error", "stands on water"),
    ("joura={at: [35.392, 40.1]}", "error", "stands on the left bank, but 'joura' lies on the right"),
    ("joura={at: [35.337, 40.155]}", "warning", "stands 1.0 km outside the ground that government holds on the first day"),
    ("joura={at: [35.337, 40.2]}", "error", "does not hold on the first day; the nearest is 5.0 km away"),
    ("joura={at: [35.321, 40.162], kind: raider}", "warning", "begins in the same cell as"),
]


@pytest.mark.parametrize(("change", "severity", "message"), GROUND)
def test_ground_that_cannot_be_stood_on(theatre, tmp_path, change, severity, message):
    path = tmp_path / "case.yaml"
    key, _, value = change.partition("=")
    path.write_text(f"extends: good\nforces:\n  ndf:\n    order_of_battle:\n      {key}: {value}\n")
    loaded = load_with_origins(path, root=CONFIGS)
    found = [problem for problem in look(loaded.scenario, theatre, loaded.origins) if problem.path != "supply_sources"]
    assert [problem.severity for problem in found] == [severity]
    assert message in found[0].message
    assert Path(found[0].file).name == ("good.yaml" if "same cell" in message else "case.yaml")


ENCLAVES = [
    ("enclave.box=[40.135, 35.2, 40.0, 35.4]", "enclave.box", "should read west, south, east, north in degrees"),
    ("enclave.drop_zones={west: {at: [35.3, 41.0], radius_km: {value: 2, unit: km, basis: estimate}, basis: estimate}}",
     "enclave.drop_zones.west.at", "35.3 N 41 E lies outside the frame"),
    ("enclave.airport=juora", "enclave.airport", "no place 'juora'; did you mean 'joura'?"),
    ("enclave.quarters.joura.place=juora", "enclave.quarters.joura.place", "no place 'juora'; did you mean 'joura'?"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "path", "message"), ENCLAVES, ids=[case[1] for case in ENCLAVES])
def test_an_enclave_that_is_not_there(seen, setting, path, message):
    found = [problem for problem in seen(ENCLAVE, setting) if problem.severity == "error"]
    assert [(problem.path, problem.message) for problem in found] == [(path, message)]


def test_men_who_would_arrive_off_the_map(seen):
    came = "inputs.x={kind: reinforcement, date: 2016-05-14, force: ndf, place: palmyra, men: 5, basis: estimate}"
    assert [problem.severity for problem in seen(came) if "'palmyra' lies outside the frame" in problem.message] == ["warning"]


def test_an_operation_of_a_commander_without_axes(seen):
    operation = (
        "inputs.x={kind: operation, date: 2016-05-14, force: islamic_state, axis: m2, objective: joura, effort: 1, basis: art}"
    )
    found = [problem for problem in seen(operation) if problem.path == "inputs.x.axis"]
    assert [(problem.severity, problem.message) for problem in found] == [
        ("warning", "no commander of 'islamic_state' has any axis; 'm2' is not one")
    ]


@pytest.mark.parametrize("where", ["reserves", "axes.m2.sectors", "fronts.east.sectors"])
def test_sectors_without_men(seen, where):
    found = [problem for problem in seen(f"doctrine.ndf.{where}=[city, ring]") if problem.path != "supply_sources"]
    assert [(problem.path, problem.severity) for problem in found] == [(f"doctrine.ndf.{where}.1", "warning")]
    assert found[0].message == "no men of 'ndf' are ever in sector 'ring'"


@pytest.mark.parametrize("setting", ["map.box=[40, 35, 40.5, 35.5]", "doctrine.ndf.commander=sdf"])
def test_doctrine_may_be_wider_than_what_is_played(seen, setting):
    found = seen(setting, "doctrine.ndf.reserves=[city, ring]")
    assert not [problem for problem in found if problem.path.startswith("doctrine")]


def test_a_side_that_holds_nothing(seen):
    found = seen("forces.ndf.side=sdf")
    assert sum("it holds none" in problem.message for problem in found) == 2


DATES = [
    (("inputs.bridge.date=2016-05-01",), "warning", "2016-05-01 lies outside what is played"),
    (("inputs.bridge.date=2016-07-01",), "warning", "it never happens"),
    (("inputs.bridge.state=intact",), "warning", "'bridge_mayadin' is intact already on 2016-05-20"),
    (("inputs.again=" + a("bridge_mayadin"),), "warning", "'bridge_mayadin' is destroyed already on 2016-05-20"),
    (("inputs.pull.formations.joura=601",), "error", "601 men cannot leave: 'joura' has 600"),
    (("inputs.next={kind: withdrawal, date: 2016-06-01, force: ndf, formations: {joura: 501}, basis: estimate}",), "error",
     "501 men cannot leave: 'joura' has 500"),
    (("inputs.pull.sectors=[city]", "inputs.pull.men=901"), "warning", "901 men are more than city have (900)"),
    (("inputs.pull.sectors=[city]", "inputs.pull.men=100", "inputs.pull.per_day=true", "inputs.pull.until=2016-06-03"), "warning",
     "100 men a day for 10 days"),
    (("inputs.x={kind: transfer, date: 2016-05-14, force: islamic_state, sources: {ring: 231}, to_sector: x, basis: estimate}",),
     "warning", "231 men are more than 'ring' has (230)"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "severity", "message"), DATES, ids=[case[2] for case in DATES])
def test_inputs_that_cannot_be_meant(seen, settings, severity, message):
    found = [problem for problem in seen(*settings) if problem.path != "supply_sources"]
    assert [problem.severity for problem in found] == [severity]
    assert message in found[0].message


def test_men_who_came_before_may_leave(seen):
    came = "inputs.x={kind: reinforcement, date: 2016-05-14, force: ndf, place: joura, formation: joura, men: 5, basis: estimate}"
    assert not [problem for problem in seen(came, "inputs.pull.formations.joura=605") if problem.severity == "error"]


FIGURES = [
    ("forces.ndf.order_of_battle.joura.men=1500", ["Republican Guard in the enclave: 1,500, should be 2,000 (article)",
                                                    "garrison of the enclave: 3,500, should be about 4,000"]),
    ("enclave.population=50000", ["civilians in the enclave: 50,000, should be 100,000 (article)",
                                    "hold 100,000 people, the enclave 50,000"]),
    ("enclave.quarters.joura.people=50000", ["hold 90,000 people, the enclave 100,000; they should agree within 1 %"]),
    ("forces.islamic_state.order_of_battle.sinaa.men=20000", ["Islamic State in the frame: 20,000, should be 12,500 to 13,000"]),
    ("enclave.airlifts.wfp.starts=2017-01-01", ["2017-01-01 lies after the end (2016-06-11); it never flies"]),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "messages"), FIGURES, ids=[case[0] for case in FIGURES])
def test_figures_that_contradict(seen, setting, messages):
    found = seen(ENCLAVE, *GARRISON, setting)
    assert {problem.severity for problem in found} == {"warning"}
    assert len(found) == len(messages)
    assert all(any(message in problem.message for problem in found) for message in messages)


def test_other_days_are_not_held_to_the_article(seen):
    assert seen(ENCLAVE, "start=2016-05-12") == []


def test_without_origins_the_scenario_is_named(theatre, good):
    assert {problem.file for problem in look(good.scenario, theatre)} == {"good"}
