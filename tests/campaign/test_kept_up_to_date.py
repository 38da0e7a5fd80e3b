"""What is kept by what has changed is what counting anew gives: men, zones of control, refuges, stored routes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.muster import open_campaign
from model.chance import Chance
from model.ledger import HOSTILE, SIDES, State
from model.ways.field_store import cut, keep, kept
from model.ways.open_country import across_country, depots
from model.zones import END, LEAST_MEN


def counted(campaign):
    """Return the men of each side in each cell, counted from nothing."""
    men = np.zeros((SIDES, campaign.theatre.cells), dtype=np.int64)
    u = campaign.units
    stands = (u["alive"] == 1) & (u["state"] != State.ROUTED)
    np.add.at(men, (u["side"][stands], u["cell"][stands]), u["men"][stands])
    return men


def laid_out(campaign, zones):
    """Return the zones of control, laid out from nothing."""
    width, cells = campaign.theatre.width, campaign.theatre.cells
    zoc = np.zeros((cells // width, width), dtype=np.uint8)
    for u in campaign.units[(campaign.units["alive"] == 1) & (campaign.units["men"] >= LEAST_MEN)]:
        row, column = divmod(int(u["cell"]), width)
        for along, up in zones.reach[campaign.layers.urban_like[u["cell"]]] if u["state"] == State.STEADY else ():
            if along == END:
                break
            r, c = row + up, column + along
            if 1 <= r < zoc.shape[0] - 1 and 1 <= c < width - 1:
                zoc[r, c] |= 1 << u["side"]
    return zoc.ravel()


@pytest.mark.parametrize("scenario", ["skirmish", "deir_ez_zor_2016"])
def test_men_and_zones_are_those_of_a_fresh_count_turn_after_turn(scenario):
    campaign = open_campaign(scenario, (), 2)
    for _ in range(24):
        campaign.step()
        campaign.layers.occupy(campaign.units)
        assert (campaign.layers.men == counted(campaign)).all()
        for zones in campaign._zones:
            campaign.layers.project(campaign.units, zones)
            assert (campaign.layers.zoc == laid_out(campaign, zones)).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_whatever_befalls_units_the_layers_follow(seed):
    campaign, dice = fresh(), Chance(seed)["test"]
    units, inside = campaign.units, np.flatnonzero(campaign.theatre.inside)
    for _ in range(4):
        rows = dice.integers(0, campaign.rows, 12)
        units["cell"][rows] = dice.choice(inside, 12)
        units["men"][rows[:8]] = dice.integers(0, 60, 8)
        units["state"][rows[4:]] = dice.integers(0, len(State), 8)
        units["side"][rows[:2]] = dice.integers(1, SIDES, 2)
        units["alive"][rows[6:]] = dice.integers(0, 2, 6)
        zones = campaign._zones[int(dice.integers(0, 2))]
        campaign.layers.occupy(units)
        campaign.layers.project(units, zones)
        assert (campaign.layers.men == counted(campaign)).all()
        assert (campaign.layers.zoc == laid_out(campaign, zones)).all()


KEPT = {}


def fresh():
    """Return a small campaign that is shared by all examples: the layers must follow from wherever they stand."""
    if "campaign" not in KEPT:
        KEPT["campaign"] = open_campaign("skirmish", (), 1)
    return KEPT["campaign"]


def test_a_refuge_is_the_nearest_safe_post_of_friends():
    campaign = open_campaign("deir_ez_zor_2016", (), 3)
    for _ in range(40):
        campaign.step()
    campaign.layers.occupy(campaign.units)
    found = [campaign.refuge(row) for row in range(campaign.rows)]
    assert found == [nearest_safe(campaign, row) for row in range(campaign.rows)]
    assert len(set(found)) > 10


def nearest_safe(campaign, row):
    """Return the refuge of a unit by sorting all posts."""
    units, theatre, me = campaign.units, campaign.theatre, campaign.units[row]
    side, cell = int(me["side"]), int(me["cell"])

    def safe(post):
        around = [post, *(post + theatre.offsets)]
        return campaign.layers.control[post] in (side, 0) and not campaign.layers.men[HOSTILE[side] == 1][:, around].any()

    if me["home"] != cell and safe(int(me["home"])):
        return int(me["home"])
    friends = units[(units["side"] == side) & (units["alive"] == 1) & (units["state"] == State.STEADY) & (units["engaged"] == 0)]
    posts = [int(post) for post in np.unique(friends["home"]) if theatre.bank[post] == theatre.bank[cell] and post != cell]
    width = theatre.width
    posts.sort(key=lambda post: ((post // width - cell // width) ** 2 + (post % width - cell % width) ** 2, post))
    return next((post for post in posts[:12] if safe(post)), -1)


def test_the_way_across_country_begins_at_the_best_node_in_sight():
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    for _ in range(12):
        campaign.step()
    theatre, control = campaign.theatre, campaign.layers.control
    cells = Chance(1)["test"].choice(np.flatnonzero(theatre.inside), 60)
    found = []
    for side in (1, 2, 3):
        enemies, times = int((HOSTILE[side].astype(int) << np.arange(SIDES)).sum()), campaign.node_times[side]
        sites = depots(times, campaign.near_nodes)
        rest = (theatre.width, theatre.cell_km, campaign.offroad_km_day)
        for cell in cells.tolist():
            node = across_country(cell, sites, control, theatre.bank, enemies, *rest)
            assert node == best_in_sight(campaign, cell, times, enemies)
            found.append(node)
    assert max(found) >= 0


def best_in_sight(campaign, cell, times, enemies):
    """Return the best node by trying every one."""
    theatre, graph, off = campaign.theatre, campaign.theatre.graph, campaign.offroad_km_day
    row, column = divmod(cell, theatre.width)
    x, y = (column - 0.5) * theatre.cell_km, (row - 0.5) * theatre.cell_km
    best, least = -1, np.inf
    for node in np.flatnonzero(np.isfinite(times) & (graph.node_cell >= 0)).tolist():
        dx, dy = graph.node_xy_km[node, 0] - x, graph.node_xy_km[node, 1] - y
        days = np.sqrt(dx * dx + dy * dy) / off
        if days > 1.0 or times[node] + days >= least or theatre.bank[graph.node_cell[node]] != theatre.bank[cell]:
            continue
        steps = int(days * off / theatre.cell_km) + 1
        k = np.arange(1, steps)
        c = ((x + dx * k / steps) / theatre.cell_km).astype(int) + 1
        r = ((y + dy * k / steps) / theatre.cell_km).astype(int) + 1
        if not (enemies >> campaign.layers.control[r * theatre.width + c] & 1).any():
            best, least = node, times[node] + days
    return best


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_stored_route_is_read_as_it_was_written(tmp_path_factory, seed, whole):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TORGAU_CACHE", str(tmp_path_factory.mktemp("cache")))
        dice = Chance(seed)["test"]
        way = np.full((9, 7), -1, dtype=np.int8)
        top, left = dice.integers(0, 9), dice.integers(0, 7)
        way[top : dice.integers(0, 10), left : dice.integers(0, 8)] = dice.integers(-1, 9)
        reached = np.flatnonzero(way.ravel() >= 0).astype(np.int32)
        keep(b"ground", seed, cut(whole, way.ravel(), reached, 7))
        read = kept(b"ground", seed, 63, 7)
        assert read is not None
        again = np.full(63, -1, dtype=np.int8)
        read.lay(again, 7)
        assert read.whole == whole
        assert (again == way.ravel()).all()
        assert [read.way_from(cell, 7) for cell in range(63)] == again.tolist()
