"""What a scenario names stands on its map."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAP = ROOT / "configs" / "map"


@pytest.fixture(scope="module")
def places() -> dict[str, tuple[float, float]]:
    with (MAP / "euphrates" / "places.csv").open(encoding="utf-8") as file:
        return {row["id"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}


def ids_on(map_name: str) -> set[str]:
    """Return every id that the map's own description carries (exits, crossings)."""
    return set(re.findall(r"\bid: ([a-z0-9_]+)", (MAP / f"{map_name}.yaml").read_text(encoding="utf-8")))


def where(formation, places):
    return formation.at or places[formation.place]


@pytest.mark.parametrize("name", ["article", "skirmish"])
def test_formations_quarters_and_inputs_name_real_places(name, request, places):
    scenario = request.getfixturevalue(name)
    named = {f.place for force in scenario.forces.values() for f in force.order_of_battle.values() if f.place}
    named |= {quarter.place for quarter in scenario.enclave.quarters.values()} | {scenario.enclave.airport}
    for event in scenario.inputs.values():
        named |= {value for key in ("place", "objective") if (value := getattr(event, key, ""))}
    named |= {place for line in scenario.lines.values() for place in line.via}
    assert named <= set(places) | ids_on(scenario.map.name)


@pytest.mark.parametrize("name", ["article", "skirmish"])
def test_supply_comes_from_places_or_exits(name, request, places):
    scenario = request.getfixturevalue(name)
    sources = {source for ids in scenario.supply_sources.values() for source in ids}
    assert sources <= set(places) | ids_on("euphrates")


def test_destroyed_bridges_are_crossings_of_the_map(article):
    crossings = {event.crossing for event in article.inputs.values() if event.kind == "crossing"}
    assert len(crossings) == 6
    assert crossings <= ids_on("euphrates")


def test_the_contested_village_is_an_area_of_the_map(article):
    areas = (MAP / "euphrates" / "areas.geojson").read_text(encoding="utf-8")
    assert article.map.contested == {"dist_baghiliya": "islamic_state"}
    assert all(f'"{area}"' in areas for area in article.map.contested)


def test_everybody_stands_inside_the_frame(article, places):
    for force in article.forces.values():
        for formation in force.order_of_battle.values():
            lat, lon = where(formation, places)
            assert 34.2 < lat < 36.7, formation.name
            assert 37.58 < lon < 41.4, formation.name


def test_a_given_point_lies_near_the_place_it_goes_with(article, places):
    for force in article.forces.values():
        for formation in force.order_of_battle.values():
            if formation.at and formation.place:
                lat, lon = places[formation.place]
                distance = ((formation.at[0] - lat) ** 2 * 111.2**2 + (formation.at[1] - lon) ** 2 * 90.6**2) ** 0.5
                assert distance < 2.0, formation.name


def test_the_skirmish_leaves_nothing_outside_its_box(skirmish, places):
    west, south, east, north = skirmish.map.box
    points = [where(f, places) for force in skirmish.forces.values() for f in force.order_of_battle.values()]
    points += [places[quarter.place] for quarter in skirmish.enclave.quarters.values()]
    points += [zone.at for zone in skirmish.enclave.drop_zones.values()]
    points += [places[source] for source in skirmish.supply_sources["islamic_state"]]
    assert all(south < lat < north and west < lon < east for lat, lon in points)
