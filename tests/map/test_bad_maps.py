"""Map files that would fill the memory, go round in circles or are nested without end: told with their file, at once."""

import os
import shutil
import time

import pytest

from model.map.build import theatre
from model.map.reading import LARGEST, MapError
from model.scenario import MapChoice
from tests.drills.spoilt import JUNK

DEEP = b'{"features":' + b"[" * 100_000
RINGS = b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "x", "kind": "lake", "name": "x"}, '


@pytest.mark.parametrize("shape", JUNK)
def test_anything_else_in_place_of_a_map(tmp_path, shape):
    (tmp_path / "flat.yaml").write_bytes(JUNK[shape])
    begun = time.perf_counter()
    with pytest.raises(MapError, match=r"flat\.yaml"):
        theatre(MapChoice(name="flat"), tmp_path)
    assert time.perf_counter() - begun < 10.0


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("frame: {west: 40.0, south: 35.0", "frame: {west: -179.0, south: -80.0", "cells are more than can be played"),
        ("earth_radius_km: 6371.0088", "earth_radius_km: 1e308", "earth_radius_km"),
        ("lat0: 35.0", "lat0: 1e308", "lat0"),
        ("at: [20.5, 15.5]", "at: [1e308, 15.5]", "sketch: crossroads: lon"),
    ],
)
def test_a_map_without_end(maps, tmp_path, good, bad, told):
    text = (maps / "open_field.yaml").read_text(encoding="utf-8")
    assert good in text
    (tmp_path / "open_field.yaml").write_text(text.replace(good, bad), encoding="utf-8")
    with pytest.raises(MapError, match=told):
        theatre(MapChoice(name="open_field"), tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("areas.geojson", DEEP, "is not a GeoJSON FeatureCollection"),
        ("areas.geojson", RINGS + b'"geometry": {"type": "Polygon", "coordinates": null}}]}', "x: needs rings of points"),
        ("areas.geojson", RINGS + b'"geometry": {"type": "Polygon", "coordinates": [[[1e999, 2], [1, 2], [3, 4]]]}}]}', "finite"),
        ("places.csv", b'id,name\n"' + b"x" * 200_000, "field larger than field limit"),
        ("spot_heights.csv", b"lat,lon,metres\n" + b"1,2,nan\n", "finite"),
        ("lines.geojson", b"\xff\xfe", "is not UTF-8 text"),
        ("lines.geojson", LARGEST + 1, "is larger than 20 MB"),
        ("lines.geojson", None, "cannot be read"),
    ],
)
def test_layers_without_end_or_sense(maps, tmp_path, file, content, told):
    shutil.copytree(maps / "euphrates", tmp_path / "euphrates")
    shutil.copy(maps / "euphrates.yaml", tmp_path)
    path = tmp_path / "euphrates" / file
    path.unlink()
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        with path.open("wb") as sparse:
            sparse.truncate(content)
    else:
        os.mkfifo(path)  # nobody writes: reading it would wait for ever
    with pytest.raises(MapError, match=told):
        theatre(MapChoice(cell_km=5.0), tmp_path)


@pytest.mark.parametrize("name", ["x" * 5000, "nul\0", "../map/euphrates", "."])
def test_names_that_no_map_can_have(maps, name):
    with pytest.raises(MapError, match="there is no such map"):
        theatre(MapChoice(name=name), maps)
