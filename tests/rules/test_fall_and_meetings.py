"""Of what an enclave fell, and how near two armies are."""

import numpy as np
import pytest

from model.ledger import UNIT
from model.rules.milestones import losses_at, nearest_cells2
from model.subjects.siege_log import SiegeDay, SiegeLog, cause_of_fall


def month(**last):
    """Return 31 quiet days, the figures of the last changed."""
    quiet = {"garrison": 3000, "soldier_ration": 1.0, "split": False, "airport_lost": False, "killed_and_wounded": 0, "gone": 0}
    days = [SiegeDay(**quiet) for _ in range(30)]
    return [*days, SiegeDay(**(quiet | {"garrison": 400} | last))]


def test_stormed_when_most_of_the_lost_were_killed_or_wounded():
    assert cause_of_fall(month(killed_and_wounded=1500, gone=900)) == "storm"
    assert cause_of_fall(month(killed_and_wounded=900, gone=1500)) == "collapse"


def test_losses_before_the_last_month_do_not_count():
    days = [SiegeDay(3000, 1.0, False, False, 5000, 0)] * 30 + [SiegeDay(400, 1.0, False, False, 5100, 2000)]
    assert cause_of_fall(days) == "collapse"


def test_starved_soldiers_come_before_every_other_cause():
    starved = [SiegeDay(3000, 0.3, True, False, 0, 0)] * 30 + [SiegeDay(400, 0.3, True, True, 2000, 0)]
    assert cause_of_fall(starved) == "hunger"


def test_the_airport_counts_if_it_was_lost_within_the_month():
    assert cause_of_fall(month(airport_lost=True, killed_and_wounded=2000)) == "airport"
    long_gone = [SiegeDay(3000, 1.0, False, True, 0, 0)] * 30 + [SiegeDay(400, 1.0, False, True, 2000, 0)]
    assert cause_of_fall(long_gone) == "storm"


@pytest.mark.parametrize(("days_split", "cause"), [(6, "storm"), (7, "split")])
def test_a_split_of_a_week(days_split, cause):
    days = [SiegeDay(3000, 1.0, k >= 31 - days_split, False, 100 * k, 0) for k in range(31)]
    assert cause_of_fall(days) == cause


def test_the_log_forgets_after_a_month_and_counts_for_ever():
    log = SiegeLog()
    for _ in range(50):
        log.add(SiegeDay(3000, 1.0, True, False, 0, 0))
    assert (len(log.days), log.days_split, log.days_airport_lost) == (31, 50, 0)


def units(*rows, width=100):
    """Return units (side, command, row, column)."""
    made = np.zeros(len(rows), dtype=UNIT)
    for unit, (side, command, row, column) in zip(made, rows, strict=True):
        unit["alive"] = unit["used"] = 1
        unit["side"], unit["command"], unit["cell"] = side, command, row * width + column
    return made


def nearest(made):
    scratch = np.zeros((2, len(made)), dtype=np.int32)
    return nearest_cells2(made, 1, 3, 100, scratch[0], scratch[1])


def test_the_nearest_pair_is_found():
    made = units((1, 0, 10, 10), (1, 0, 20, 20), (3, 1, 23, 24), (3, 1, 90, 90), (2, 0, 20, 21))
    assert nearest(made) == 3 * 3 + 4 * 4
    assert nearest(made[::-1].copy()) == 25


def test_whoever_obeys_no_commander_makes_no_contact():
    assert nearest(units((1, -1, 10, 10), (3, 1, 10, 11))) == -1
    assert nearest(units((1, 0, 10, 10))) == -1


def test_losses_are_those_of_units_posted_inside():
    made = units((1, 0, 1, 1), (1, 0, 1, 2), (2, 0, 1, 1))
    made["home"] = [101, 102, 101]
    made["killed"], made["wounded"], made["captured"], made["deserted"] = 3, 4, 5, 6
    inside = np.zeros(10_000, dtype=np.int8)
    inside[101] = 1
    assert losses_at(made, 1, inside) == (7, 11)
