"""Replicates until a width: what a point gets depends on its own results alone."""

import pytest

from sweeps.design.factor import Factor
from sweeps.design.plan import Plan, Replicates, Until
from sweeps.design.points import points_of
from sweeps.design.runs import Runs
from sweeps.design.sequential import Widths, jobs
from sweeps.running.executor import Done
from sweeps.running.progress import Estimate, spoken


def runs_of(half_width=0.2, most=60):
    factor = Factor("a.x", "float", values=(0.0, 0.5, 1.0))
    replicates = Replicates(6, most, 6, Until("survived", half_width))
    plan = Plan("made up", "skirmish", 3, {"type": "factorial"}, (factor,), replicates=replicates)
    return Runs(plan, points_of(plan), "", "")


def fate(run):
    """Survive always, half of the time, never."""
    return {0.0: True, 0.5: run.rep % 2 == 0, 1.0: False}[run.point.settings["a.x"]]


def played(runs, order):
    """Play to the end, taking results in the order that `order` picks from those in flight."""
    widths, done, seen = Widths(runs, None), bytearray(len(runs)), []
    flight, source = [], jobs(runs, None, done, widths)
    while True:
        while len(flight) < 4 and (job := next(source, None)) is not None:
            flight.append(job[0])
        if not flight:
            return seen
        number = flight.pop(order(len(flight)))
        seen.append(number)
        widths.note(number, fate(runs[number]))


def test_sure_points_need_few_runs_and_open_ones_many():
    runs = runs_of()
    counts = {}
    for number in played(runs, lambda _: 0):
        counts[runs[number].point.settings["a.x"]] = counts.get(runs[number].point.settings["a.x"], 0) + 1
    assert counts[0.0] == counts[1.0] < counts[0.5] <= 60


def test_the_order_in_which_runs_finish_changes_nothing():
    runs = runs_of()
    assert sorted(played(runs, lambda _: 0)) == sorted(played(runs, lambda flight: flight - 1))


def test_going_on_needs_the_same_runs():
    runs = runs_of()
    whole = played(runs, lambda _: 0)
    done, widths = bytearray(len(runs)), Widths(runs, None)
    for number in whole[:25]:
        done[number] = 1
        widths.note(number, fate(runs[number]))
    rest = []
    source = jobs(runs, None, done, widths)
    while (job := next(source, None)) is not None:
        rest.append(job[0])
        widths.note(job[0], fate(runs[job[0]]))
    assert sorted(whole[:25] + rest) == sorted(whole)


def test_no_point_gets_more_than_the_most():
    runs = runs_of(half_width=0.001, most=20)
    assert len(played(runs, lambda _: 0)) == 3 * 20


@pytest.mark.parametrize(("good", "of", "half"), [(0, 20, 0.0806), (10, 20, 0.2007), (81, 263, 0.0553)])
def test_shares_have_wilson_intervals(good, of, half):
    estimate = Estimate()
    for index in range(of):
        estimate.add(index < good)
    assert estimate.half_width() == pytest.approx(half, abs=2e-4)


def test_figures_have_students_interval():
    estimate = Estimate()
    for value in (4.0, 6.0, 5.0, None, "word"):
        estimate.add(value)
    assert (estimate.count, estimate.mean) == (3, 5.0)
    assert estimate.half_width() == pytest.approx(4.302653 / 3**0.5, abs=1e-5)


def test_time_is_spoken():
    assert [spoken(value) for value in (5, 600, 7200, 400_000)] == ["5 s", "10 min", "2.0 h", "4.6 days"]


def test_a_run_that_failed_says_nothing_of_the_outcome():
    assert Done(1, "killed").value is None
    estimate = Estimate()
    estimate.add(None)
    assert estimate.count == 0
