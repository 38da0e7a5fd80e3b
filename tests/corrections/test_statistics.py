"""The statistics themselves: they tell of distributions, and count an attack as one."""

from types import SimpleNamespace

import numpy as np

from tests.corrections.attacks import Attack, Attacks
from tests.corrections.campaign_statistics import BANDS, found, holds, row


def runs(name, values):
    return [dict.fromkeys(BANDS, 0.0) | {name: value} for value in values]


def test_the_table_tells_how_often_and_how_widely_and_not_only_a_mean():
    """Half of the runs relieved early, half never: no mean day could say so."""
    halves = runs("relief", [430.0, None, 450.0, None])
    assert found("relief", halves) == 0.5
    assert "(2 of 4 seeds)" in row("relief", halves)
    assert "431 to 449" in row("relief", halves)
    two_peaks = runs("starved", [0.0, 0.0, 40_000.0])
    assert found("starved", two_peaks) == 0.0
    assert "36,000" in row("starved", two_peaks)


def test_a_band_says_whether_it_holds():
    assert holds("attacks, 100 and more army dead", runs("attacks, 100 and more army dead", [0.0, 1.0, 5.0]))
    assert not holds("garrison, 15 January 2017", runs("garrison, 15 January 2017", [1000.0]))
    assert holds("raiders, day 400", runs("raiders, day 400", [1e9]))  # nothing is wanted of it


def test_assaults_near_each_other_in_place_and_time_are_one_attack():
    kinds = [("cell", "i4"), ("attacker", "i1"), ("defender", "i1"), ("assault", "i1")]
    units = np.zeros(1, dtype=[("killed", "i4"), ("captured", "i4"), ("side", "i1"), ("cell", "i4")])
    units["side"], units["cell"] = 1, 101
    campaign = SimpleNamespace(
        units=units, siege=SimpleNamespace(relieved=False), turn=0, turns_per_day=4, battles=1, in_box=np.ones(10_000),
        report=np.zeros(1, dtype=kinds), theatre=SimpleNamespace(width=100, cell_km=1.0),
        rules=SimpleNamespace(morale=SimpleNamespace(exec_frac=0.5)),
    )  # fmt: skip
    attacks = Attacks(campaign)
    for turn, cell, dead in ((1, 101, 3), (3, 103, 4), (40, 103, 5), (41, 160, 6)):  # two men taken each time, one of them spared
        campaign.turn = turn
        campaign.report[0] = (cell, 2, 1, 1)
        units["killed"] += dead
        units["captured"] += 2
        attacks.look()
    assert [one.dead for one in attacks.all] == [9, 6, 0]
    assert isinstance(attacks.all[0], Attack)
    assert attacks.dead_until(5) == [9]
