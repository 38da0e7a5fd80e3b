from math import asin, cos, radians, sin, sqrt

import numpy as np
import pytest

from model.map.build import build

SIZES = [(0.5, 689, 556), (1.0, 345, 278), (2.0, 173, 139), (3.0, 115, 93), (5.0, 69, 56)]

DISTANCES = [
    ("dez", "dez_airport", 6.5), ("dez", "brigade137", 10.8), ("brigade137", "dez_airport", 14.4), ("palmyra", "sukhnah", 64.6),
    ("sukhnah", "dez", 125.9), ("palmyra", "dez", 190), ("homs", "dez", 318), ("shaddadi", "dez", 96.1),
    ("hasaka", "shaddadi", 49.7),
    ("raqqa", "dez", 123), ("dez", "bridge_mayadin", 44.6), ("dez", "bridge_muqla", 77.8), ("dez", "abukamal", 121),
    ("juweif", "dez", 63.8), ("juweif", "shaddadi", 32.5), ("juweif", "suwar", 34), ("bridge_susp", "bridge_siyasiya", 1.0),
    ("dez", "bridge_tarif", 34.9),
]  # fmt: skip


def great_circle(a, b):
    north = sin(radians(b.lat - a.lat) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(north + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2))


@pytest.mark.parametrize(("cell_km", "nx", "ny"), SIZES)
def test_the_frame_has_the_promised_number_of_cells(euphrates, cell_km, nx, ny):
    th = euphrates(cell_km)
    assert (th.nx, th.ny, th.width) == (nx, ny, nx + 2)
    assert int(th.inside.sum()) == nx * ny
    assert th.cells == len(th.terrain) == len(th.steps) == len(th.height)


def test_the_frame_is_344_by_278_km(euphrates):
    th = euphrates()
    assert (th.west, th.south, th.east, th.north) == (37.6, 34.2, 41.4, 36.7)
    assert th.km_per_degree == pytest.approx((90.58, 111.195), abs=0.005)


@pytest.mark.parametrize(("a", "b", "km"), DISTANCES)
def test_distances_between_places(euphrates, a, b, km):
    th = euphrates()
    start, end = th.place(a), th.place(b)
    assert great_circle(start, end) == pytest.approx(km, abs=max(0.06, 0.005 * km))
    in_the_plane = np.hypot(start.x_km - end.x_km, start.y_km - end.y_km)
    assert in_the_plane == pytest.approx(great_circle(start, end), rel=0.016)


def test_row_0_is_the_south_and_column_0_the_west(euphrates):
    th = euphrates()
    assert th.cell_at(34.2001, 37.6001) == th.width + 1
    assert th.cell_at(36.6999, 41.3999) == (th.ny) * th.width + th.nx
    assert th.cell_at(34.1, 38.0) == th.cell_at(35.0, 42.0) == -1
    assert th.centre_km(th.width + 1) == (0.5, 0.5)


def test_places_outside_the_frame_stay_listed_without_a_cell(euphrates):
    th = euphrates()
    outside = {place.id for place in th.places if place.cell < 0}
    assert {"homs", "damascus", "mosul", "aleppo", "kuweires", "sinjar"} <= outside
    assert len(th.places) == 156
    for place in th.places:
        assert (place.cell >= 0) == (th.west <= place.lon <= th.east and th.south <= place.lat <= th.north), place.id


def test_a_box_is_cut_from_the_whole_map_cell_by_cell(euphrates):
    whole, city = euphrates(0.5), euphrates(0.5, box=(39.95, 35.19, 40.35, 35.45))
    assert (city.nx, city.ny) == (74, 58)
    column = round((city.west - whole.west) * whole.km_per_degree[0] / 0.5)
    row = round((city.south - whole.south) * whole.km_per_degree[1] / 0.5)
    for layer in ("terrain", "bank", "control", "going", "ground"):
        part = getattr(whole, layer).reshape(whole.ny + 2, -1)[row + 1 : row + 1 + city.ny, column + 1 : column + 1 + city.nx]
        assert (getattr(city, layer).reshape(city.ny + 2, -1)[1:-1, 1:-1] == part).all(), layer
    assert city.place("dez").cell >= 0
    assert city.place("palmyra").cell == -1
    assert {crossing.id for crossing in city.crossings if crossing.right_cell >= 0} == {
        "bridge_susp",
        "bridge_siyasiya",
        "ford_jafra",
    }


def test_the_same_files_give_the_same_bytes(euphrates, survey):
    from model.scenario import MapChoice

    first, second = (build(survey, MapChoice(cell_km=2.0)) for _ in range(2))
    assert first.digest == second.digest
    assert euphrates(2.0) is euphrates(2.0)
    assert euphrates(2.0).digest != euphrates(3.0).digest


def test_layers_cannot_be_written(euphrates):
    with pytest.raises(ValueError, match="read-only"):
        euphrates().terrain[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        euphrates().graph.edge_km[0] = 1


def test_the_ring_cannot_be_entered(ground):
    edge = np.flatnonzero(ground.inside == 0)
    assert (ground.steps[edge] == 0).all()
    for d, offset in enumerate(ground.offsets):
        leads_out = np.flatnonzero(ground.inside == 1)
        leads_out = leads_out[ground.inside[leads_out + offset] == 0]
        assert not (ground.steps[leads_out] >> d & 1).any()
