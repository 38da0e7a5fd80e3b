import itertools

import numpy as np
import pytest

from model.chance import Chance
from sweeps.analysis.paired import FLIPS, holm, paired, sign_flip, verdict


def test_differences_are_after_minus_before():
    found = paired([1, 2, 3, 4], [2, 4, 3, 3])
    assert found.difference.value == 0.5
    assert (found.share_up, found.share_down, found.share_equal) == (0.5, 0.25, 0.25)
    assert (found.median_from, found.median_to) == (2.5, 3.0)
    assert (found.worst, found.best) == (3, 1)
    assert found.share("down") == 0.25


def test_all_ten_up_is_one_way_in_1024():
    assert sign_flip([1.0] * 10, "up") == (2**-10, True)
    assert sign_flip([1.0] * 10, "down") == (1.0, True)


def test_exact_test_agrees_with_counting_every_sign():
    d = np.array([0.3, -0.1, 2.0, 0.4, -0.9, 1.1])
    sums = [sum(s * x for s, x in zip(signs, d, strict=True)) for signs in itertools.product((1, -1), repeat=6)]
    assert sign_flip(d, "up")[0] == pytest.approx(np.mean([s >= d.sum() - 1e-9 for s in sums]))


def test_drawn_flips_agree_with_scipy_and_are_seeded():
    from scipy.stats import permutation_test

    assert FLIPS >= 20_000
    d = Chance(5)["d"].normal(0.3, 1, size=40)
    p, exact = sign_flip(d, "up")
    known = permutation_test(
        (d,), lambda x, axis: x.mean(axis=axis), permutation_type="samples", alternative="greater", n_resamples=20_000
    )
    assert not exact
    assert p == sign_flip(d, "up")[0]
    assert p == pytest.approx(known.pvalue, abs=0.01)


def test_under_no_effect_p_is_spread_evenly():
    dice = Chance(9)["null"]
    p = [sign_flip(dice.normal(size=12), "down")[0] for _ in range(300)]
    assert 0.02 <= np.mean(np.array(p) <= 0.05) <= 0.09


def test_holm_on_a_worked_example():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_verdict_takes_the_direction_that_was_named():
    found = verdict([5, 6, 7, 8, 9], [4, 5, 6, 7, 8], "down")
    assert found.p == 2**-5
    assert found.paired.difference.value == -1


@pytest.mark.parametrize(("before", "after"), [([1, 2], [1]), ([], []), ([1, np.nan], [1, 2])])
def test_pairs_must_be_whole(before, after):
    with pytest.raises(ValueError, match="paired values"):
        paired(before, after)
