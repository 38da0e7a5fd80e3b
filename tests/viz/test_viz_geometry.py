"""Pure geometry: camera, stacks, names, contours, curves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viz.camera import CLOSEST, Camera
from viz.map.contour import chained, contour
from viz.map.drainage import flow
from viz.map.placing import Wish, candidates, overlap, place
from viz.map.sampling import blurred, resample
from viz.map.strokes import Path, dashes, smooth
from viz.units.stacks import cell_of, size_at, stack

coordinate = st.floats(0, 300)


@given(coordinate, coordinate, st.floats(1.0, 60.0), coordinate, coordinate)
def test_camera_goes_there_and_back(x, y, zoom, px, py):
    camera = Camera(1240, 756, (344.0, 278.0))
    camera.zoom(zoom)
    camera.centre(x, y)
    assert camera.pixel(*camera.km(px, py)) == pytest.approx((px, py), abs=1e-6)
    assert camera.pixels(np.array([[x, y]]))[0] == pytest.approx(camera.pixel(x, y))


def test_zoom_keeps_the_ground_under_the_pointer():
    camera = Camera(1240, 756, (344.0, 278.0))
    camera.zoom(6.0)
    camera.centre(170, 120)
    before = camera.km(300, 500)
    camera.zoom(1.2, (300, 500))
    assert camera.km(300, 500) == pytest.approx(before)


def test_camera_stays_on_the_theatre():
    camera = Camera(1240, 756, (344.0, 278.0))
    camera.zoom(1e-6)
    assert camera.scale == pytest.approx(camera.widest)
    camera.zoom(1e6)
    assert camera.scale == CLOSEST
    camera.pan(1e9, -1e9)
    west, north = camera.km(0, 0)
    assert west == pytest.approx(0)
    assert north == pytest.approx(756 / CLOSEST)


def test_north_is_up():
    camera = Camera(100, 100, (10.0, 10.0))
    assert camera.pixel(5, 9)[1] < camera.pixel(5, 1)[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200), st.integers(0, 10_000), st.sampled_from([17, 25, 36]))
def test_no_two_stacks_overlap_and_nobody_is_lost(count, seed, size):
    from model.chance import Chance

    dice = Chance(seed)["stacks"]
    points = dice.uniform(0, 500, (count, 2))
    group, men = dice.integers(0, 3, count), dice.integers(1, 400, count)
    stacks = stack(points, group, men, size)
    assert sorted(index for one in stacks for index in one.members) == list(range(count))
    assert all(len({int(group[index]) for index in one.members}) == 1 for one in stacks)
    width, height = cell_of(size)
    where = np.array([(one.x, one.y) for one in stacks])
    gap = np.abs(where[:, None] - where[None])
    touching = (gap[:, :, 0] < width - 1e-3) & (gap[:, :, 1] < height - 1e-3)
    assert touching.sum() == len(stacks)  # each only itself


def test_the_strongest_leads_a_stack():
    points = np.array([[5.0, 5.0], [6.0, 5.0], [5.0, 6.0]])
    (one,) = stack(points, np.zeros(3, dtype=np.int64), np.array([10, 90, 40]), 25)
    assert one.members == (1, 2, 0)


def test_symbols_grow_as_one_comes_closer():
    sizes = [size_at(scale) for scale in (6, 9, 12, 20, 40, 90)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)
    assert size_at(3) > size_at(6)  # sectors of a front, not units


def test_names_never_overlap_and_avoid_units():
    wishes = [Wish(200 + 9 * k, 200 + 4 * k, 70, 16, 6) for k in range(12)]
    units = np.array([[205.0, 180.0, 300.0, 300.0]])
    chosen = place(wishes, np.empty((0, 4)), units, (0, 0, 600, 400))
    boxes = np.array([candidates(wish)[side] for wish, side in zip(wishes, chosen, strict=True) if side >= 0])
    assert len(boxes) >= 4
    shared = overlap(boxes, boxes)
    np.fill_diagonal(shared, 0)
    assert shared.sum() == 0
    assert chosen[0] == 1  # left of the first place: its right is covered by units


def test_a_lesser_name_gives_way_to_units():
    units = np.array([[0.0, 0.0, 600.0, 400.0]])
    assert place([Wish(300, 200, 70, 16, 6, covered=0.2)], np.empty((0, 4)), units, (0, 0, 600, 400)) == [-1]
    assert place([Wish(300, 200, 70, 16, 6)], np.empty((0, 4)), units, (0, 0, 600, 400)) != [-1]


def test_the_contour_of_a_cone_is_a_closed_circle():
    y, x = np.mgrid[0:41, 0:41]
    lines = chained(contour(12.0 - np.hypot(x - 20.0, y - 20.0), 0.0))
    assert len(lines) == 1
    assert np.array_equal(lines[0][0], lines[0][-1])
    radius = np.hypot(lines[0][:, 0] - 20, lines[0][:, 1] - 20)
    assert radius == pytest.approx(12.0, abs=0.1)


def test_smooth_curves_pass_through_their_points():
    points = np.array([[0.0, 0.0], [3.0, 4.0], [7.0, 1.0], [9.0, 9.0]])
    curve = smooth(points, 5)
    assert np.allclose(curve[::5], points)


def test_a_path_gives_only_what_crosses_the_box():
    points = np.column_stack([np.arange(500.0), np.zeros(500)])
    (part,) = Path(points).within(100, -1, 110, 1)
    assert part[0, 0] <= 100
    assert part[-1, 0] >= 110
    assert len(part) < 80
    assert Path(points).within(0, 5, 500, 9) == []


def test_dashes_have_their_length():
    made = dashes(np.array([[0.0, 0.0], [100.0, 0.0]]), 6, 4)
    assert len(made) == 10
    assert all(np.ptp(dash[:, 0]) == pytest.approx(6) for dash in made)


def test_resampling_keeps_a_plane():
    y, x = np.mgrid[0:20, 0:30]
    plane = (2.0 * x + 3.0 * y).astype(np.float32)
    made = resample(plane, np.array([5.25, 9.5]), np.array([7.75, 20.0]))
    assert made == pytest.approx(np.array([[31.25, 55.75], [44.0, 68.5]]), rel=1e-5)
    assert blurred(plane, 2.0)[10, 15] == pytest.approx(60.0, rel=1e-4)


def test_all_water_leaves_the_sheet():
    amount = flow(np.random.Generator(np.random.Philox(3)).random((12, 15)).astype(np.float32))
    assert amount.min() >= 1
    edge = amount.copy()
    edge[1:-1, 1:-1] = 0
    assert edge.max() > 12  # streams gather before they leave
