import numpy as np
import pytest

from model.map.banks import labels
from model.map.crossings import open_steps
from model.map.projection import grid_of
from model.map.strays import pieces
from model.map.terrain import Terrain
from model.map.theatre import LEFT_BANK, RIGHT_BANK

ALL_SIZES = [0.5, 1.0, 2.0, 3.0, 5.0]
BANK = {"R": RIGHT_BANK, "L": LEFT_BANK}

WRONG_BY_POLYGON = {
    0.5: "",
    1.0: "halabiya",
    2.0: "dez rashdiya sinaa ashara abukamal mansura",
    3.0: "ayyash saqr_island salihiyah_s abukamal halabiya muqla",
    5.0: "dez rashdiya hamidiya baghiliya marrat mayadin quriyah salihiyah_s abukamal halabiya",
}


def numbered(th, steps):
    passable = (th.inside == 1) & (th.terrain != Terrain.LAKE)
    piece = np.full(th.cells, -1, dtype=np.int32)
    return pieces(steps, passable, th.offsets, piece), piece


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_every_place_lies_on_its_own_bank(euphrates, cell_km):
    th = euphrates(cell_km)
    for place in th.places:
        if place.cell >= 0 and place.bank in BANK:
            assert th.bank[place.cell] == BANK[place.bank], place.id
            assert th.terrain[place.cell] != Terrain.LAKE, place.id


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_the_polygon_alone_is_wrong_where_it_is_known_to_be(euphrates, survey, cell_km):
    th = euphrates(cell_km)
    bank = labels(survey, grid_of(survey.plane, cell_km))
    inside = [place for place in th.places if place.cell >= 0 and place.bank in BANK]
    wrong = {place.id for place in inside if bank[th.cell_at(place.lat, place.lon)] != BANK[place.bank]}
    assert wrong == set(WRONG_BY_POLYGON[cell_km].split())


@pytest.mark.parametrize("cell_km", [0.5, 1.0])
def test_places_stay_in_their_own_cell_at_1_km_and_finer(euphrates, cell_km):
    th = euphrates(cell_km)
    assert all(place.cell == th.cell_at(place.lat, place.lon) for place in th.places if place.cell >= 0)


def test_places_of_both_banks_in_one_cell_are_seated_apart(euphrates):
    at_2, at_5 = euphrates(2.0), euphrates(5.0)
    assert at_2.place("sinaa").cell != at_2.place("saqr_island").cell
    assert at_5.place("abukamal").cell != at_5.place("baghuz").cell
    assert at_5.place("dez").cell != at_5.place("husayniya").cell


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_no_step_joins_the_banks(euphrates, cell_km):
    th = euphrates(cell_km)
    for d, offset in enumerate(th.offsets):
        may = np.flatnonzero(th.steps >> d & 1)
        assert (th.bank[may] == th.bank[may + offset]).all()
        assert (th.terrain[may + offset] != Terrain.LAKE).all()
        assert (th.inside[may + offset] == 1).all()


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_steps_work_both_ways(euphrates, all_intact, cell_km):
    th = euphrates(cell_km)
    steps = open_steps(th, all_intact(th))
    for d, offset in enumerate(th.offsets):
        may = np.flatnonzero(steps >> d & 1)
        assert (steps[may + offset] >> ((d + 4) % 8) & 1).all()


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_both_banks_are_one_piece_each_and_nothing_leads_across(euphrates, cell_km):
    th = euphrates(cell_km)
    count, piece = numbered(th, th.steps)
    assert count == (3 if cell_km == 2.0 else 2)  # at 2 km one cell east of the frame's edge stands alone
    for number in range(count):
        assert len(set(th.bank[piece == number].tolist())) == 1
    sizes = sorted(np.bincount(piece[piece >= 0]).tolist())
    assert sizes[0] == 1 if count == 3 else sizes[0] > 0.4 * th.nx * th.ny
    assert piece[th.place("palmyra").cell] != piece[th.place("hasaka").cell]


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_any_single_crossing_joins_the_banks(euphrates, cell_km):
    th = euphrates(cell_km)
    palmyra, hasaka = th.place("palmyra").cell, th.place("hasaka").cell
    for one in range(len(th.crossings)) if cell_km >= 2.0 else (0, 5):
        intact = np.zeros(len(th.crossings), dtype=np.bool_)
        intact[one] = True
        _, piece = numbered(th, open_steps(th, intact))
        assert piece[palmyra] == piece[hasaka], th.crossings[one].id


@pytest.mark.parametrize("cell_km", ALL_SIZES)
def test_crossings_join_neighbouring_cells_of_both_banks(euphrates, cell_km):
    th = euphrates(cell_km)
    for crossing in th.crossings:
        assert crossing.left_cell - crossing.right_cell in th.offsets.tolist()
        assert (th.bank[crossing.right_cell], th.bank[crossing.left_cell]) == (RIGHT_BANK, LEFT_BANK)
        place = th.places[crossing.place]
        for cell in (crossing.right_cell, crossing.left_cell):
            x, y = th.centre_km(cell)
            assert np.hypot(x - place.x_km, y - place.y_km) <= 2.1 * cell_km, crossing.id


def test_the_crossings_of_11_may_2016(euphrates):
    state = {crossing.id: crossing.intact for crossing in euphrates().crossings}
    assert len(state) == 13
    assert {name for name, intact in state.items() if not intact} == {
        "bridge_susp",
        "bridge_siyasiya",
        "bridge_qarahqawzaq",
        "ford_jafra",
    }


def test_a_place_overrides_its_own_cell_only(ground):
    islet = ground.place("islet")
    assert ground.bank[islet.cell] == RIGHT_BANK
    assert int((ground.bank.reshape(20, -1)[1:-1, 13:-1] == RIGHT_BANK).sum()) == 1
    assert ground.bank[islet.cell + 1] == ground.bank[islet.cell + ground.width] == LEFT_BANK
    assert not ground.steps[islet.cell] & 1  # no way east from it
