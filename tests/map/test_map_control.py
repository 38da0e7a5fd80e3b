import numpy as np
import pytest

from model.ledger import Side
from model.scenario import MapChoice

HOLDERS = {
    Side.GOVERNMENT: "dez_airport joura qusour harabish muwazzafin brigade137 panorama tharda1 tharda2 tharda3 tall_baruq t4 "
    "palmyra palmyra_ab jazal ithriya kawkab assad_hospital",
    Side.ISLAMIC_STATE: "dez hamidiya rashdiya baghiliya ayyash taym mayadin raqqa tabqa abukamal arak sukhnah shaer t3 markada "
    "suwar dashishah abu_khashab ruweyshad palmyra_silos abu_rujmayn manbij maskanah conoco",
    Side.SDF: "juweif tishrin_dam shaddadi hasaka ain_issa hamra fadghami arishah hawl abd_aziz",
}


@pytest.mark.parametrize("cell_km", [0.5, 1.0, 2.0])
def test_who_held_what_on_11_may_2016(euphrates, cell_km):
    th = euphrates(cell_km)
    for side, names in HOLDERS.items():
        for name in names.split():
            assert th.control[th.place(name).cell] == side, name


@pytest.mark.parametrize("cell_km", [0.5, 1.0])
def test_the_enclave_is_257_square_km_in_one_piece(euphrates, cell_km):
    th = euphrates(cell_km)
    west, east = ((lon - th.west) * th.km_per_degree[0] for lon in (39.8, 40.5))
    column = (np.arange(th.cells) % th.width - 0.5) * cell_km
    held = (th.control == Side.GOVERNMENT) & (th.inside == 1) & (column > west) & (column < east)
    assert held.sum() * cell_km**2 == pytest.approx(257, rel=0.05)
    reached, edge = set(), [th.place("dez_airport").cell]
    while edge:
        cell = edge.pop()
        if cell not in reached and held[cell]:
            reached.add(cell)
            edge += (cell + th.offsets).tolist()
    assert len(reached) == held.sum()


def test_peshmerga_at_the_sinjar_edge(euphrates):
    th = euphrates()
    assert th.control[th.cell_at(36.33, 41.39)] == Side.PESHMERGA
    assert set(np.unique(th.control[th.inside == 1]).tolist()) == {1, 2, 3, 4}


@pytest.mark.parametrize("cell_km", [1.0, 5.0])
def test_baghiliya_is_the_scenarios_to_give(euphrates, cell_km):
    th = euphrates(cell_km, contested={"dist_baghiliya": "government"})
    before = euphrates(cell_km)
    changed = np.flatnonzero(th.control != before.control)
    assert 1 <= len(changed) <= 5
    assert (th.control[changed] == Side.GOVERNMENT).all()
    assert th.digest != before.digest
    if cell_km == 1.0:
        assert th.control[th.place("baghiliya").cell] == Side.GOVERNMENT


def test_nobody_holds_the_open_field(maps):
    from model.map.build import theatre

    th = theatre(MapChoice(name="open_field"), maps)
    assert (th.control == Side.NOBODY).all()
    assert len(th.crossings) == 0
    assert (th.bank == 0).all()
    assert set(np.unique(th.height).tolist()) == {250.0}
    assert (th.nx, th.ny) == (40, 30)
    row = th.place("west_camp").cell // th.width
    assert (th.road.reshape(-1, th.width)[row, 1:-1] == 3).all()
    assert set(th.graph.exits) == {"west", "east", "south", "north"}
