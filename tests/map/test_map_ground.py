import numpy as np
import pytest

from model.ledger import Going, Ground
from model.map import terrain as tables
from model.map.projection import grid_of
from model.map.relief import Lattice
from model.map.terrain import GOING, GOING_ON_FOOT, GROUND, SIGHT, START_FORT, Terrain


def what_is_at(th, x, y):
    return Terrain(th.terrain[(int(y) + 1) * th.width + int(x) + 1])


@pytest.mark.parametrize(
    ("x", "y", "terrain"),
    [
        (20, 9, Terrain.DESERT), (20, 1, Terrain.STEPPE_FARM), (9, 5, Terrain.IRRIGATED), (18, 5, Terrain.SALTFLAT),
        (1, 12, Terrain.PLATEAU), (4, 4, Terrain.HILL), (18, 13, Terrain.MOUNTAIN), (20, 14, Terrain.DESERT),
        (3, 13, Terrain.AIRFIELD),
        (2, 9, Terrain.MILITARY), (15, 9, Terrain.VILLAGE), (10, 10, Terrain.URBAN), (1, 1, Terrain.LAKE),
    ],
)  # fmt: skip
def test_one_of_everything(ground, x, y, terrain):
    assert what_is_at(ground, x, y) == terrain


def test_later_kinds_win_and_holes_count_out(ground):
    assert what_is_at(ground, 9, 10) == Terrain.URBAN  # over the valley
    assert int((ground.terrain == Terrain.MOUNTAIN).sum()) == 6 * 5 - 1


def test_the_tables_follow_the_rules():
    rows = {
        "DESERT": ("DESERT", "DESERT", "DESERT", 0), "STEPPE_FARM": ("DESERT", "ROLLING", "DESERT", 0),
        "IRRIGATED": ("VALLEY", "VALLEY", "VALLEY", 0), "VILLAGE": ("VALLEY", "VALLEY", "VALLEY", 0),
        "SALTFLAT": ("DESERT", "DESERT", "DESERT", 0), "PLATEAU": ("ROLLING", "ROLLING", "DESERT", 0),
        "HILL": ("ROLLING", "RUGGED", "DESERT", 0), "MOUNTAIN": ("RUGGED", "RUGGED", "RUGGED", 0),
        "AIRFIELD": ("DESERT", "DESERT", "DESERT", 1), "MILITARY": ("TOWN", "ROLLING", "VALLEY", 2),
        "URBAN": ("TOWN", "URBAN", "URBAN", 0),
    }  # fmt: skip
    for name, (march, fight, see, fort) in rows.items():
        kind = Terrain[name]
        assert (GOING[kind], GROUND[kind], SIGHT[kind], START_FORT[kind]) == (Going[march], Ground[fight], Ground[see], fort), (
            name
        )
    assert GOING[Terrain.LAKE] == Going.NONE
    assert GOING_ON_FOOT[Terrain.SALTFLAT] == Going.DUNES
    assert [t for t in Terrain if tables.CLOSE[t]] == [Terrain.IRRIGATED, Terrain.HILL, Terrain.VILLAGE, Terrain.URBAN]


def test_the_lake_cannot_be_entered_and_the_ring_has_no_going(ground):
    lake = np.flatnonzero(ground.terrain == Terrain.LAKE)
    assert len(lake) == 4
    assert (ground.steps[lake] == 0).all()
    assert (ground.going[lake] == Going.NONE).all()
    assert (ground.going[ground.inside == 0] == Going.NONE).all()


def test_the_runway_is_asphalt_through_the_airfield(ground, euphrates):
    asphalt = np.flatnonzero(ground.going == Going.ASPHALT)
    assert (asphalt // ground.width == 14).all()
    assert (asphalt % ground.width).tolist() == [3, 4, 5]
    assert int((euphrates(1.0).going == Going.ASPHALT).sum()) == 3
    assert int((euphrates(0.5).going == Going.ASPHALT).sum()) == 6


def test_the_built_up_city(euphrates):
    for cell_km in (0.5, 1.0):
        th = euphrates(cell_km)
        x, y = (th.place("dez").x_km, th.place("dez").y_km)
        row, column = np.divmod(np.arange(th.cells), th.width)
        near = np.hypot((column - 0.5) * cell_km - x, (row - 0.5) * cell_km - y) < 12
        assert ((th.terrain == Terrain.URBAN) & near).sum() * cell_km**2 == pytest.approx(27.1, rel=0.1)


def test_spot_heights(survey):
    h = survey.heights
    inside = (h[:, 0] > 37.599) & (h[:, 0] < 41.401) & (h[:, 1] > 34.199) & (h[:, 1] < 36.701)
    metres = h[inside, 2]
    assert (len(metres), metres.min(), metres.max(), round(metres.mean())) == (3927, 154, 1253, 389)
    at = dict(zip((1, 5, 10, 25, 50, 75, 90, 95, 99), (168, 201, 226, 287, 355, 449, 575, 697, 1008), strict=True))
    for percent, expected in at.items():
        assert np.percentile(metres, percent) == pytest.approx(expected, abs=2)


def test_heights_go_through_the_measured_points(survey, euphrates):
    th, lattice = euphrates(0.5), Lattice(survey)
    assert lattice.at(38.0, 35.0) == survey.heights[(survey.heights[:, :2] == [38.0, 35.0]).all(axis=1), 2][0]
    between = lattice.at(38.025, 35.0)
    assert between == pytest.approx((lattice.at(38.0, 35.0) + lattice.at(38.05, 35.0)) / 2)
    cell = th.cell_at(36.0, 39.5)
    x, y = th.centre_km(cell)
    lon, lat = th.west + x / th.km_per_degree[0], th.south + y / th.km_per_degree[1]
    assert th.height[cell] == pytest.approx(lattice.at(lon, lat))


@pytest.mark.parametrize("cell_km", [0.5, 1.0, 2.0])
def test_jabal_tharda_stands_60_to_100_m_over_the_airport(euphrates, cell_km):
    th = euphrates(cell_km)
    airport = th.height[th.place("dez_airport").cell]
    for point in ("tharda1", "tharda2", "tharda3"):
        assert 59 <= th.height[th.place(point).cell] - airport <= 101, point


def test_the_escarpment_stands_20_to_60_m_over_the_valley(euphrates, survey):
    th, grid = euphrates(1.0), grid_of(survey.plane, 1.0)
    line = next(line.points_km for line in th.lines if line.id == "scarp_sw")
    middle, along = (line[1:] + line[:-1]) / 2, np.diff(line, axis=0)
    right = np.column_stack([along[:, 1], -along[:, 0]]) / np.hypot(*along.T)[:, None]
    rim, foot = th.height[grid.cells_at(middle + 0.7 * right)], th.height[grid.cells_at(middle - 1.3 * right)]
    assert ((rim - foot >= 20) & (rim - foot <= 60)).all()
    raised = th.height - euphrates_measured(survey, grid)
    assert raised.min() > -1e-9
    assert (raised > 1e-9).mean() < 0.01  # everything else is as measured


def euphrates_measured(survey, grid):
    x, y = grid.centres_km()
    lon, lat = grid.plane.degrees(np.column_stack([x, y])).T
    return Lattice(survey).grid_at(lon[: grid.width], lat[:: grid.width])


def test_a_drawn_hill_rises_to_its_crest(ground):
    hill = np.flatnonzero(ground.terrain == Terrain.HILL)
    assert ground.height[hill].min() > 240
    assert ground.height[ground.place("hill_top").cell] == pytest.approx(280)
