"""Designs: each gives the points that its name promises."""

import math

import numpy as np
import pytest

from sweeps.design import cube
from sweeps.design.base import Base
from sweeps.design.conditions import all_hold, parsed
from sweeps.design.factor import Factor, triangular
from sweeps.design.plan import Branch, Plan, Replicates
from sweeps.design.points import points_of
from sweeps.design.runs import Runs, Shard

A = Factor("a.x", "float", low=1.0, high=100.0, scale="log", levels=3)
B = Factor("a.n", "int", low=3, high=7)
C = Factor("a.word", "choice", values=("none", "parallel", "coordinated"))


def plan(kind, *factors, **more):
    design = more.pop("design", {})
    return Plan("made up", "skirmish", 7, {"type": kind} | design, factors, **more)


def test_a_factorial_has_every_combination_once():
    points = points_of(plan("factorial", A, B, C)).points
    assert len(points) == 3 * 5 * 3
    assert len({tuple(point.settings.values()) for point in points}) == 45
    assert {point.settings["a.x"] for point in points} == {1.0, 10.0, 100.0}


def test_a_latin_hypercube_has_one_point_in_every_slice_and_hardly_correlates():
    sample = cube.latin(17, 7, 1)
    assert all(sorted((column * 17).astype(int)) == list(range(17)) for column in sample.T)
    assert cube.largest_correlation(sample) < 0.05
    assert cube.discrepancy(cube.latin(33, 4, 1, criterion="spread")) < cube.discrepancy(cube.uniform(33, 4, 1))


def test_words_and_whole_numbers_are_balanced_in_a_hypercube():
    points = points_of(plan("lhs", B, C, design={"points": 60, "criterion": "orthogonal"})).points
    words = [point.settings["a.word"] for point in points]
    numbers = [point.settings["a.n"] for point in points]
    assert {words.count(word) for word in C.values} == {20}
    assert {numbers.count(number) for number in range(3, 8)} == {12}
    assert all(type(number) is int for number in numbers)


def test_saltelli_and_morris_have_the_sizes_and_order_of_their_methods():
    sobol = points_of(plan("sobol", A, B, design={"base": 16, "second_order": False}))
    assert len(sobol) == 16 * 4
    assert sobol.unit is not None
    first = sobol.unit[:4]
    assert (first[1, 1], first[2, 0]) == (first[0, 1], first[0, 0])  # A, AB_1, AB_2, B: one column changed at a time
    morris = points_of(plan("morris", A, B, design={"trajectories": 5, "levels": 4}))
    assert len(morris) == 5 * 3
    assert morris.unit is not None
    steps = np.count_nonzero(np.diff(morris.unit.reshape(5, 3, 2), axis=1), axis=2)
    assert (steps == 1).all()


def test_sobol_indices_of_the_sample_are_those_of_ishigami():
    from SALib.analyze import sobol

    names = ["x1", "x2", "x3"]
    x = (cube.saltelli(names, 1024, 3, second_order=False) * 2 - 1) * math.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sobol.analyze(cube.problem(names), y, calc_second_order=False, seed=1)
    assert found["S1"] == pytest.approx([0.314, 0.442, 0.0], abs=0.03)


def test_one_at_a_time_leaves_all_else_alone():
    points = points_of(plan("oat", A, C)).points
    assert points[0].settings == {}
    assert [len(point.settings) for point in points[1:]] == [1] * 6


def test_policies_meet_every_world_at_the_same_points():
    policies = (Branch("as_is", {}), Branch("push", {"a.push": 1.0}))
    worlds = (Branch("mild", {"a.n": 3}), Branch("far", {}, "deir_ez_zor_2016"))
    nested = plan("nested", A, policies=policies, worlds=worlds, design={"over": {"type": "random", "points": 5}})
    points = points_of(nested).points
    assert len(points) == 2 * 2 * 5
    by = {(point.policy, point.world): [] for point in points}
    for point in points:
        by[point.policy, point.world].append(point.settings["a.x"])
    assert len(by) == 4
    assert len({tuple(values) for values in by.values()}) == 1
    assert {point.scenario for point in points if point.world == "far"} == {"deir_ez_zor_2016"}


def test_a_filter_takes_points_away_and_counts_them():
    found = points_of(plan("factorial", A, B, where=("a.x > 5 and a.n != 4",)))
    assert (len(found), found.rejected) == (2 * 4, 15 - 8)
    assert [point.number for point in found.points] == list(range(8))


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ("a.x >= 3", {"a.x": 3}, True),
        ("a.x < a.y", {"a.x": 1, "a.y": 2}, True),
        ("a.word == none", {"a.word": "none"}, True),
        ("a.word != 'none'", {"a.word": "none"}, False),
        ("a.flag == true", {"a.flag": True}, True),
        ("a.x > 1 and a.x < 2", {"a.x": 1.5}, True),
        ("a.gone > 0", {}, False),
        ("a.word > 3", {"a.word": "none"}, False),
    ],
)
def test_comparisons(text, values, holds):
    assert all_hold((parsed(text),), values) is holds


@pytest.mark.parametrize("text", ["a.x", "a.x = 3", "f(a) > 3", "a.x > 1 or a.x < 0", "a.x >", "3 > > 2", "a; b > 1"])
def test_what_is_no_comparison_is_none(text):
    assert parsed(text) is None


def test_shares_become_values():
    assert [B.at(share) for share in (0.0, 0.19, 0.21, 0.999, 1.0)] == [3, 3, 4, 7, 7]
    assert A.at(0.5) == pytest.approx(10.0)
    assert C.at(0.34) == "parallel"
    drawn = [triangular((index + 0.5) / 4000, 0.0, 2.0, 6.0) for index in range(4000)]
    assert np.mean(drawn) == pytest.approx(8 / 3, abs=0.01)


def runs_of(seeds="common", **more):
    made = plan("factorial", A, B, replicates=Replicates(4, 4), seeds=seeds, **more)
    return Runs(made, points_of(made), "code", "scenario")


def test_every_point_gets_every_replicate_once_replicate_by_replicate():
    runs = runs_of()
    assert len(runs) == 60
    seen = [(runs[number].rep, runs[number].point.number) for number in range(60)]
    assert len(set(seen)) == 60
    assert [rep for rep, _ in seen] == [index // 15 for index in range(60)]
    assert [point for _, point in seen[:15]] != list(range(15))
    assert all(runs.number(runs[number].point.number, runs[number].rep) == number for number in range(60))


def test_seeds_are_common_to_points_or_each_its_own():
    common, own = runs_of(), runs_of("independent")
    assert len({common[number].seed for number in range(60)}) == 4
    assert len({own[number].seed for number in range(60)}) == 60
    assert all(0 <= own[number].seed < 2**52 for number in range(60))
    listed = plan("factorial", A, replicates=Replicates(2, 2, own_seeds=(11, 12)))
    runs = Runs(listed, points_of(listed), "", "")
    assert {runs[number].seed for number in range(6)} == {11, 12}


def test_shards_share_out_every_run_once():
    runs = runs_of()
    shared = [list(runs.firsts(Shard(index, 7))) for index in range(7)]
    assert sorted(number for part in shared for number in part) == list(range(60))


def test_keys_differ_by_settings_and_seed_and_by_nothing_else():
    runs, again = runs_of(), runs_of()
    keys = {runs.key(runs[number]) for number in range(60)}
    assert keys == {again.key(again[number]) for number in range(60)}
    assert len(keys) == 60


def test_bounds_and_units_come_from_the_model():
    base = Base("skirmish")
    gap = base.allowed("rules.islamic_state.raid_gap")
    assert (gap.low, gap.high, gap.unit) == (10.0, 20.0, "days")
    assert base.allowed("rules.patrons.cooperation").options == ("none", "parallel", "coordinated")
    men = base.allowed("forces.ndf.order_of_battle.joura.men")
    assert men.low == 0.0
