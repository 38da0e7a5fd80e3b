import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.map.polygons import fill, holds, outline_km
from model.map.projection import Grid, Plane

PLANE = Plane(0.0, 0.0, 1.0, 1.0, (12.0, 9.0))
GRID = Grid(PLANE, 1.0, 12, 9)
corner = st.tuples(st.floats(-3, 15), st.floats(-3, 12))


@settings(max_examples=60, deadline=None)
@given(st.lists(corner, min_size=3, max_size=9), st.lists(corner, min_size=3, max_size=5))
def test_a_cell_is_filled_if_its_centre_is_inside(outline, hole):
    rings = [np.array(outline), np.array(hole)]
    mask = fill(rings, GRID)
    for row in range(9):
        for column in range(12):
            centre = np.array([column + 0.5, row + 0.5])
            if outline_km(rings, centre[None])[0] > 1e-6:
                assert mask[row, column] == holds(rings, centre)


def test_areas_that_share_an_edge_leave_no_cell_and_share_none():
    left = fill([np.array([[0, 0], [5.5, 0], [5.5, 9], [0, 9]])], GRID)
    right = fill([np.array([[5.5, 0], [12, 0], [12, 9], [5.5, 9]])], GRID)
    assert not (left & right).any()
    assert (left | right).all()


def test_an_area_off_the_grid_fills_nothing():
    assert not fill([np.array([[20.0, 0.0], [25.0, 0.0], [25.0, 5.0]])], GRID).any()
    assert not fill([np.array([[1.0, -9.0], [5.0, -9.0], [5.0, -2.0]])], GRID).any()
    assert fill([np.array([[-99.0, -99.0], [99.0, -99.0], [99.0, 99.0], [-99.0, 99.0]])], GRID).all()
