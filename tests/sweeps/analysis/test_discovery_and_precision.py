import numpy as np
import pytest

from model.chance import Chance
from sweeps.analysis.decisions import decide
from sweeps.analysis.precision import common_seeds_gain, convergence, noise_share
from sweeps.analysis.prim import discover, inside


def planted(n=600):
    dice = Chance(8)["box"]
    factors = {name: dice.random(n) for name in ("a", "b", "c", "d")}
    factors["pressure"] = np.array([("none", "some", "much")[i] for i in dice.integers(0, 3, n)], dtype=object)
    cases = (factors["a"] > 0.6) & (factors["b"] < 0.5) & (factors["pressure"] != "none")
    return factors, cases.astype(float)


def test_prim_finds_the_planted_box_and_only_its_limits():
    factors, cases = planted()
    found = discover(factors, cases)
    assert set(found.box.limits) == {"a", "b", "pressure"}
    assert found.box.limits["a"][0] == pytest.approx(0.6, abs=0.06)
    assert found.box.limits["a"][1] == factors["a"].max()  # the side that limits nothing is open
    assert found.box.limits["b"][1] == pytest.approx(0.5, abs=0.06)
    assert found.box.limits["pressure"] == {"some", "much"}
    assert found.box.density > 0.85
    assert found.box.coverage >= 0.75
    held = inside(found.box.limits, factors)
    assert (found.box.mass, found.box.density) == pytest.approx((held.mean(), cases[held].mean()))


def test_the_resampling_check_tells_real_limits_from_chance():
    found = discover(*planted())
    assert min(found.returns[name] for name in ("a", "b", "pressure")) > 0.9
    assert max(found.returns[name] for name in ("c", "d")) < 0.4


def test_prim_says_nothing_of_too_little():
    factors, _ = planted(60)
    assert discover(factors, np.zeros(60)) is None
    assert discover({"a": np.arange(10.0)}, np.array([0.0, 1] * 5)) is None


def test_half_widths_narrow_with_the_root_of_the_replicates():
    found = convergence(Chance(1)["y"].normal(0, 1, (40, 64)))
    by = dict(zip(found.replicates, found.mean, strict=True))
    assert by[64] == pytest.approx(1.998 / 8, rel=0.1)
    assert by[8] > 2 * by[64]


def test_noise_share_of_known_parts():
    dice = Chance(1)["y"]
    table = dice.normal(0, 2, (400, 1)) + dice.normal(0, 1, (400, 20))
    assert noise_share(table) == pytest.approx(1 / 5, abs=0.04)


def test_common_seeds_gain_is_honest():
    dice = Chance(6)["y"]
    shared = dice.normal(0, 2, (1, 200)) + dice.normal(0, 1, (6, 200))
    found = common_seeds_gain(shared)
    assert found.value == pytest.approx(5, rel=0.25)
    assert found.low <= 5 <= found.high
    none = common_seeds_gain(dice.normal(0, 1, (6, 200)))
    assert none.low < 1 < none.high
    assert common_seeds_gain(shared[:, :2]) is None


def test_regret_is_against_the_best_of_the_same_world():
    table = decide(
        ["hold", "hold", "go", "go"], ["dry", "wet", "dry", "wet"], np.array([100.0, 10, 40, 60]), more_is_better=False
    )
    assert table.regret.tolist() == [[60, 0], [0, 50]]
    assert table.most_regret.tolist() == [60, 50]
    assert table.least_regretted == "go"
