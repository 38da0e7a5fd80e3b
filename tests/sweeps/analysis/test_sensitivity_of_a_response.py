import math

import numpy as np
import pytest
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami

from model.chance import Chance
from sweeps.analysis.indices import morris, pawn, sobol, tornado

NAMES = ["x1", "x2", "x3"]
PROBLEM = {"num_vars": 3, "names": NAMES, "bounds": [[0.0, 1.0]] * 3}


def ishigami(unit):
    return Ishigami.evaluate(-math.pi + 2 * math.pi * unit)


def blocks(base):
    x = sobol_sample.sample(PROBLEM, base, calc_second_order=False, seed=1)
    return ishigami(x).reshape(base, 5)


def test_sobol_of_ishigami():
    found = sobol(NAMES, blocks(1024), second_order=False)
    assert found.first == pytest.approx([0.314, 0.442, 0.0], abs=0.05)
    assert found.second == pytest.approx([0.558, 0.442, 0.244], abs=0.05)
    assert (found.used, found.dropped, found.warnings) == (1024, 0, ())


def test_a_block_with_a_failed_run_goes_whole_and_is_said():
    table = blocks(512)
    table[[3, 77], [0, 2]] = np.nan
    found = sobol(NAMES, table, second_order=False)
    assert (found.used, found.dropped) == (510, 2)
    assert found.first == pytest.approx([0.314, 0.442, 0.0], abs=0.1)


def test_a_wide_interval_is_said_with_what_to_ask_for():
    found = sobol(NAMES, blocks(16), second_order=False)
    assert len(found.warnings) == 1
    assert "raise base from 16 to" in found.warnings[0]


def test_sobol_of_a_constant_is_nothing():
    assert sobol(NAMES, np.ones((8, 5)), second_order=False) is None


def test_morris_of_a_line():
    x = morris_sample.sample(PROBLEM, 20, num_levels=4, seed=1)
    found = morris(NAMES, x, 3 * x[:, 0] - 1 * x[:, 1])
    assert found.first == pytest.approx([3, 1, 0])
    assert found.second == pytest.approx([0, 0, 0], abs=1e-9)
    y = 3 * x[:, 0] - x[:, 1]
    y[5] = np.nan
    assert (morris(NAMES, x, y).used, morris(NAMES, x, y).dropped) == (19, 1)


def test_pawn_puts_the_factors_in_order_and_shows_what_chance_gives():
    x = Chance(4)["x"].random((600, 3))
    found = pawn(NAMES, x, 5 * x[:, 0] + x[:, 1])
    strong, weak, none, chance = found.first
    assert strong > weak > none
    assert none == pytest.approx(chance, abs=0.08)
    assert pawn(NAMES, x[:20], x[:20, 0]) is None


def test_tornado_compares_the_fifths():
    x = Chance(4)["x"].random((500, 2))
    kind = np.array(["a", "b"] * 250, dtype=object)
    bars = tornado(
        {"strong": x[:, 0], "weak": x[:, 1], "kind": kind, "still": np.ones(500)}, 10 * x[:, 0] + x[:, 1] + 3 * (kind == "b")
    )
    assert [bar.factor for bar in bars] == ["strong", "kind", "weak"]
    assert bars[0].high.value - bars[0].low.value == pytest.approx(8, abs=0.6)
    assert (bars[1].low_name, bars[1].high_name) == ("a", "b")


@pytest.mark.parametrize("n", [40, 55, 70, 75, 85, 100])
def test_pawn_takes_any_number_of_points(n):
    x = Chance(4)["x"].random((n, 3))
    assert pawn(NAMES, x, x[:, 0]).used == n
