"""History matching against known answers: a war that is a formula, whose true parameters must not be ruled out."""

from types import SimpleNamespace

import numpy as np
import pytest

from model.chance import Chance
from sweeps.calibration import learnt, page, pictures, tables
from sweeps.calibration.matching import emulator, found, implausibility, nth_largest, weights
from sweeps.calibration.plan import Goal, read
from sweeps.calibration.playing import Done, settings_of
from sweeps.calibration.waves import add, first, following, opened, region, spread

LOG = Goal(why="w", scale="log", observation=0.4, discrepancy=0.3)


def test_implausibility_is_the_distance_over_all_that_may_excuse_it():
    table = np.array([[100.0, 100.0], [200.0, 200.0], [np.nan, np.nan]])
    seen = found(table, LOG, 100.0)
    off = implausibility(seen, LOG, 100.0)
    assert off[0] == 0.0
    assert off[1] == pytest.approx(np.log(2) / 0.5)
    assert np.isinf(off[2]), "no run holds a case of what was seen"


def test_the_spread_between_runs_excuses_and_more_runs_excuse_less():
    wide = np.array([[50.0, 200.0], [50.0, 200.0]])
    few = implausibility(found(wide, LOG, 400.0), LOG, 400.0)[0]
    many = implausibility(found(np.tile(wide, 8), LOG, 400.0), LOG, 400.0)[0]
    assert many > few


def test_zero_counts_as_a_fiftieth_and_no_more():
    assert found(np.array([[0.0, 0.0]]), LOG, 100.0).mean[0] == pytest.approx(np.log(2.0))


def test_the_nth_largest_decides():
    off = np.array([[9.0, 2.0, 1.0], [2.0, 2.5, 0.0]])
    assert nth_largest(off, 1).tolist() == [9.0, 2.5]
    assert nth_largest(off, 2).tolist() == [2.0, 2.0]
    assert nth_largest(off, 7).tolist() == [1.0, 0.0]


def test_points_weigh_what_normal_errors_make_of_them():
    off = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 1.0]])
    weight = weights(off)
    assert weight.sum() == pytest.approx(1.0)
    assert weight[1] / weight[0] == pytest.approx(np.exp(-2.0))
    assert weight[2] / weight[0] == pytest.approx(np.exp(-1.0))
    assert weights(off + 90.0).sum() == pytest.approx(1.0), "however far all are off"


def test_weighed_quantiles_are_those_of_repeated_values():
    values, weight = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.6, 0.2])
    assert learnt.weighed(values, weight, (0.1, 0.5, 0.7, 0.9)) == [1.0, 1.0, 2.0, 3.0]


def test_the_emulator_learns_a_surface_and_owns_up_to_noise():
    dice = Chance(1)["trial"]
    unit = dice.random((60, 3))
    bent = 3 * unit[:, 0] - 2 * unit[:, 1] ** 2 + unit[:, 0] * unit[:, 2]
    learns = emulator(unit, bent)
    assert learns is not None
    assert learns.explained > 0.99
    fresh = dice.random((50, 3))
    true = 3 * fresh[:, 0] - 2 * fresh[:, 1] ** 2 + fresh[:, 0] * fresh[:, 2]
    assert np.abs(learns.at(fresh) - true).max() < 0.1
    noise = emulator(unit, dice.normal(size=60))
    assert noise is not None
    assert noise.explained < 0.2
    assert noise.error > 0.5
    assert emulator(unit[:3], bent[:3]) is None


@pytest.fixture(scope="module")
def plan():
    whole = read()
    chosen = {name: whole.fitted[name] for name in ("S03a", "S03b", "S07b", "S06b")}
    return whole.model_copy(update={"points": 40, "replicates": 4, "fitted": chosen})


def war(plan, unit, clause, seed):
    """Return a clause's value: the target where the first two parameters are 0.7 and 0.3, the others do nothing."""
    names = list(plan.fitted)
    slope = 6.0 if names.index(clause) % 2 == 0 else -6.0
    off = unit[0] - 0.7 if names.index(clause) < 2 else unit[1] - 0.3
    return plan.target(clause) * float(np.exp(slope * off + 0.1 * np.sin(7 * seed + len(clause))))


@pytest.fixture(scope="module")
def matched(plan):
    evidence = opened(plan)
    unit = first(plan)
    shares = []
    for wave in (1, 2):
        new = [*evidence.points[: 1 if wave == 1 else 0], *add(evidence, unit, wave)]
        for point in new:
            for seed in range(1, 5):
                for clause in plan.fitted:
                    told = plan.clauses[clause]
                    value = war(plan, evidence.unit[point.number], clause, seed)
                    evidence.done.append(Done(point.number, told.run, seed, {(told.measure, told.days): value}))
        known = region(evidence)
        shares.append(known.share)
        unit = following(evidence, known)
    return SimpleNamespace(evidence=evidence, known=known, shares=shares, left=learnt.widths(plan, known))


def test_the_truth_is_never_ruled_out_and_most_of_the_rest_is(matched):
    share = matched.shares[-1]
    assert 0.01 < share < 0.4
    near = np.abs(matched.known.unit[:, :2] - [0.7, 0.3]).max(axis=1) < 0.05
    assert (matched.known.off[near] < matched.known.cutoff).all()
    second = np.array(matched.evidence.wave) == 2
    inside = (matched.evidence.deciding()[second] < 3.0).mean()
    outside = (matched.evidence.deciding()[np.array(matched.evidence.wave) == 1] < 3.0).mean()
    assert inside > 1.2 * outside, "the second wave is spread over what is left"


def truth(matched, i):
    """Return the true value of a parameter."""
    return float(matched.evidence.plan.factors[i].at((0.7, 0.3)[i]))


def test_what_the_record_tells_is_learnt_and_nothing_else(matched):
    said = [width.said for width in matched.left]
    assert said[:2] == ["learnt", "learnt"]
    assert set(said[2:]) == {"not identifiable"}
    assert all(width.low <= width.middle <= width.high for width in matched.left)
    assert all(width.likely_share < width.share for width in matched.left[:2]), "likelihood reads more out of the record"
    assert matched.left[0].likely_low <= truth(matched, 0) <= matched.left[0].likely_high


def test_the_sets_are_not_ruled_out_and_far_from_each_other(plan, matched):
    sets = learnt.chosen(matched.evidence)
    assert len(set(sets)) == plan.sets
    assert (matched.evidence.deciding()[sets] < plan.cutoff).all()
    assert 0 not in sets


def test_page_pictures_and_tables_are_made_of_it(plan, matched, tmp_path):
    evidence, known, left = matched.evidence, matched.known, matched.left
    sets = learnt.chosen(evidence)
    text = page.page(evidence, known, left, sets, [], "python run.py calibrate --publish", "images")
    assert "| `combat.attr_k` |" in text
    assert "Not identifiable from this record: `morale.lam0`" in text
    assert "The search fitted nothing to S01" in text
    tables.write(evidence, known, left, sets, [], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {"points.csv", "region.csv", "widths.csv", "runs.csv", "sets"}
    assert len((tmp_path / "points.csv").read_text().splitlines()) == 1 + len(evidence.points)
    assert pictures.pairs(evidence, known, sets)[:4] == b"\x89PNG"
    assert pictures.fit(evidence, sets)[:4] == b"\x89PNG"


def test_a_set_is_a_file_that_a_scenario_can_include(plan, matched, tmp_path):
    from model.configuration.loading import CONFIGS, load

    names = tables.write_sets(matched.evidence, learnt.chosen(matched.evidence), tmp_path)
    text = (CONFIGS / "scenarios" / "no_airdrops.yaml").read_text()
    built = text.replace("extends: deir_ez_zor_2016", f"extends: below.yaml\ninclude: [{names[0]}.yaml]")
    (tmp_path / "with_set.yaml").write_text(built)
    (tmp_path / "below.yaml").write_text("extends: deir_ez_zor_2016\n")
    chosen = learnt.chosen(matched.evidence)[0]
    assert load(tmp_path / "with_set.yaml").rules["combat"]["attr_k"].value == pytest.approx(
        matched.evidence.points[chosen].values[0], rel=1e-5
    )


def test_points_lie_within_the_ranges_of_the_rulebook(plan, matched):
    for point in matched.evidence.points:
        assert all(f.low <= v <= f.high for f, v in zip(plan.factors, point.values, strict=True))
    assert settings_of(plan.factors, plan.defaults)[0] == "rules.combat.attr_k=0.2"


def test_spread_takes_what_is_far():
    line = np.array([[0.0], [0.1], [0.5], [1.0]])
    assert spread(line, np.array([[0.0]]), 2).ravel().tolist() == [1.0, 0.5]
