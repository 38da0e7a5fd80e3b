import shutil

import numpy as np
import pytest

from model.map.build import theatre
from model.map.reading import MapError
from model.scenario import MapChoice

SPOILED = [
    ("name: proving_ground", "name: proving_ground\nname: twice", "line 4: name: duplicate key 'name'"),
    ("holder: government", "holder: nobody_at_all", "yaml: holder: Input should be"),
    ("holder: government", "holder: government\nhelder: x", "helder: Extra inputs are not permitted"),
    ("east: 40.26348", "east: 39.0", "east should be greater than west"),
    ("{id: town, ", "{id: camp, ", "place 'camp' stands twice"),
    ("crossing: bridge,", "crossing: brigde,", "lines: crossing: there is no 'brigde'"),
    ("area: hill,", "area: mountain_of_doom,", "ridges: area: there is no 'mountain_of_doom'"),
    ("at: [12.0, 9.5],", "at: [12.0, 9.7],", "crossings: 'bridge' is no vertex of road 'bridge_road'"),
    ("lat: 35.08544, lon: 40.0, ", "lat: 35.15, lon: 40.0, ", "no road within 0.5 km of 'west'"),
    ("cls: highway, bank: R", "bank: R", "needs a 'cls'"),
    ("height_m: 200.0", "height_m: .nan", "height_m"),
    ("[[12.0, 0.0], [12.0, 18.0]]", "[[12.0, 0.0], [12.0]]", "points.1"),
]


@pytest.mark.parametrize(("good", "bad", "says"), SPOILED)
def test_faults_are_told_with_their_file(maps, tmp_path, good, bad, says):
    text = (maps / "proving_ground.yaml").read_text(encoding="utf-8")
    assert good in text
    (tmp_path / "proving_ground.yaml").write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(MapError) as fault:
        theatre(MapChoice(name="proving_ground"), tmp_path)
    assert "proving_ground.yaml" in str(fault.value)
    assert says in str(fault.value)


@pytest.fixture
def copied(maps, tmp_path):
    shutil.copytree(maps / "euphrates", tmp_path / "euphrates")
    shutil.copy(maps / "euphrates.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "good", "bad", "says"),
    [
        ("places.csv", ",35.3359,", ",hundred,", "line 2: lat"),
        ("places.csv", ",airbase,R,", ",airbase,X,", "bank"),
        ("places.csv", "id,name,name_ar", "id,name,nom_ar", "line 2: nom_ar: Extra inputs"),
        ("spot_heights.csv", "34.15,37.55,838\n", "34.15,37.55\n", "spot_heights.csv"),
        ("spot_heights.csv", "34.15,37.55,838\n", "", "full lattice"),
        ("lines.geojson", '"kind": "river"', '"kind": "stream"', "features.0: kind: Input should be"),
        ("lines.geojson", "[38.5744, 35.8508]", "[38.5744]", "euphrates: needs at least 2 points"),
        ("areas.geojson", '"features"', '"feature"', "is not a GeoJSON FeatureCollection"),
        ("areas.geojson", "{", "", "is not a GeoJSON FeatureCollection"),
    ],
)
def test_faults_in_the_layers(copied, file, good, bad, says):
    path = copied / "euphrates" / file
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(MapError) as fault:
        theatre(MapChoice(cell_km=5.0), copied)
    assert says in str(fault.value)


def test_a_missing_file_is_named(copied):
    (copied / "euphrates" / "lines.geojson").unlink()
    with pytest.raises(MapError, match=r"lines\.geojson: cannot be read"):
        theatre(MapChoice(cell_km=5.0), copied)


@pytest.mark.parametrize("name", ["atlantis", "../map/euphrates", ""])
def test_an_unknown_map_lists_the_known_ones(maps, name):
    with pytest.raises(MapError, match="there are: euphrates, open_field, proving_ground"):
        theatre(MapChoice(name=name), maps)


@pytest.mark.parametrize("box", [(36.0, 35.0, 40.0, 36.0), (40.0, 35.0, 39.0, 36.0), (39.0, 35.0, 39.0, 36.0)])
def test_a_box_outside_the_frame_is_refused(maps, box):
    with pytest.raises(MapError, match="box: west, south, east, north"):
        theatre(MapChoice(box=box), maps)


def test_an_unknown_contested_area_is_refused(maps):
    with pytest.raises(MapError, match="contested: there is no area 'dist_baghilya'"):
        theatre(MapChoice(contested={"dist_baghilya": "government"}), maps)


def test_a_changed_file_makes_a_new_theatre(copied):
    before = theatre(MapChoice(cell_km=5.0), copied)
    path = copied / "euphrates" / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Palmyra silos", "The silos"), encoding="utf-8")
    after = theatre(MapChoice(cell_km=5.0), copied)
    assert after.place("palmyra_silos").name == "The silos"
    assert after.digest != before.digest


def test_the_maps_carry_their_credits(survey, maps):
    text = (maps / "SOURCES.md").read_text(encoding="utf-8")
    for source in ("GeoNames", "CC BY 4.0", "Wikipedia", "World Data Bank II", "Natural Earth", "SRTM30"):
        assert source in text
        assert any(source in line for line in survey.map.credits), source


def test_arabic_names_are_there_for_the_named_places(survey):
    named = {place.id: place.name_ar for place in survey.places}
    for place in ("dez", "palmyra", "raqqa", "mayadin", "joura", "baghiliya", "brigade137", "sukhnah", "bridge_siyasiya"):
        assert any("\u0600" <= letter <= "\u06ff" for letter in named[place]), place
    assert sum(bool(name) for name in named.values()) > 120
    assert not any("\u0600" <= letter <= "\u06ff" for place in survey.places for letter in place.name + place.also)


def test_areas_and_lines_are_in_km_of_the_frame(euphrates):
    th = euphrates()
    enclave = next(area for area in th.areas if area.id == "ctl_enclave")
    outline = enclave.polygons_km[0][0]
    x, y = outline.T
    area = 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    assert area == pytest.approx(257, rel=0.01)
    assert (enclave.kind, enclave.holder) == ("control", "government")
    assert not any(area.kind == "bank" for area in th.areas)
    assert sorted({line.kind for line in th.lines}) == ["border", "escarpment", "river", "road"]
