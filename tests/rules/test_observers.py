"""Observers: what is kept of who stands near whom is what a search from nothing finds, whoever moves, falls or comes."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.ledger import HOSTILE
from model.rules.observers import NOBODY_KM, RINGS
from model.rules.sighting import Sight, watch
from tests.rules.small_field import formation, war

SIDES = ("government", "islamic_state", "sdf")
UNITS = 8
STEPS = st.lists(
    st.lists(st.tuples(st.integers(0, 3 * UNITS - 1), st.integers(2, 28), st.integers(2, 18), st.integers(0, 9)), max_size=6),
    max_size=6,
)
"""Turns of moves: unit, column, row, and 0 if it falls on the way."""


def field():
    """Return a war of three sides whose units stand one to a cell, on ground that was made hilly."""
    campaign = war({side: [formation((2 + 3 * k, 4 + 6 * n)) for k in range(UNITS)] for n, side in enumerate(SIDES)})
    hills = np.where(np.arange(campaign.theatre.cells) % 7 < 2, 100.0, 0.0)
    campaign.theatre = replace(campaign.theatre, height=hills.astype(campaign.theatre.height.dtype))
    return campaign


def look(campaign):
    """Look with dice that see nobody; return what is known of the nearest."""
    watch(campaign, 1.0, campaign.turn, 0.25, np.ones((campaign.rows, 3)))
    return campaign.sight.observers.km[: campaign.rows].copy(), campaign.enemy_km.copy()


def expected(campaign):
    """Return by pairs what the law says: km to the nearest of each hostile side in the bins, and to the plainest."""
    units, width, cell_km = campaign.units, campaign.theatre.width, campaign.theatre.cell_km
    size = int(campaign.sight.observers.bins[0])
    out = np.full((campaign.rows, HOSTILE.shape[0]), NOBODY_KM)
    row, column = np.divmod(units["cell"], width)
    for i in np.flatnonzero(units["alive"] == 1):
        near = (abs(row // size - row[i] // size) <= RINGS) & (abs(column // size - column[i] // size) <= RINGS)
        for side in np.flatnonzero(HOSTILE[:, units["side"][i]]):
            foes = near & (units["alive"] == 1) & (units["side"] == side)
            if not foes.any():
                continue
            away = np.hypot(row[foes] - row[i], column[foes] - column[i])
            down = campaign.theatre.height[units["cell"][foes]] > campaign.theatre.height[units["cell"][i]] + 30.0
            edge = np.maximum(0.0, away - 0.5) * cell_km
            out[i, side] = np.where(down, np.minimum(edge, edge / campaign.rules.intel.det_height), edge).min()
            out[i, 0] = min(out[i, 0], away.min() * cell_km)
    return out


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_is_kept_is_what_a_search_from_nothing_finds(turns):
    campaign = field()
    units, width = campaign.units, campaign.theatre.width
    for moves in [[], *turns]:
        for unit, column, row, fate in moves:
            units["cell"][unit] = row * width + column
            units["alive"][unit] = fate > 0
        kept, enemy_km = look(campaign)
        mine = campaign.sight
        campaign.sight = Sight(campaign)
        anew, _ = look(campaign)
        campaign.sight = mine
        alive = units["alive"] == 1
        assert (kept[alive] == anew[alive]).all()
        assert (enemy_km[alive] == kept[alive, 0]).all()
        np.testing.assert_allclose(kept[alive], expected(campaign)[alive], rtol=1e-12)


def test_units_that_come_are_seen_and_see():
    campaign = field()
    before, _ = look(campaign)
    campaign.raise_formation("islamic_state", "late", formation((2, 5), units=3))
    after, _ = look(campaign)
    assert len(after) == len(before) + 3
    assert (after[-3:, 1] < before[UNITS : 2 * UNITS, 1].min()).all()  # beside the first unit of the government
    assert after[0, 2] < before[0, 2]
    np.testing.assert_allclose(after, expected(campaign), rtol=1e-12)
