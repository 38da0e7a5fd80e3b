"""The pool: whatever a run does to its worker costs that run, is said in words, and nothing else is lost."""

import os

import pytest

from sweeps.running.executor import Serial
from sweeps.running.pool import Pool
from tests.sweeps.one_starts import mark

TARGET = "tests.sweeps.trouble:play"


def played(tasks, **limits):
    """Play tasks on two workers; return what came of each by number."""
    pool = Pool(TARGET, 2, **limits)
    return {done.number: done for done in pool.run(iter(list(enumerate(tasks)))) if done is not None}


def test_all_that_is_well_comes_back_once():
    done = played(["well"] * 40)
    assert sorted(done) == list(range(40))
    assert {each.value for each in done.values()} == {"done"}
    assert {each.attempts for each in done.values()} == {1}


@pytest.mark.parametrize(
    ("deed", "status", "attempts", "words"),
    [
        ("raise", "error", 1, "ValueError in sweeps/trouble.py:15: no road to Palmyra"),
        ("exit", "killed", 2, "its process ended by itself with exit code 7"),
        ("segfault", "killed", 2, "its process was ended by signal 11 (SIGSEGV)"),
        ("hang", "timeout", 2, "ran past 1 s and was ended"),
        ("eat", "memory", 2, "used more than 400 MB and was ended"),
    ],
)
def test_trouble_costs_one_run_and_is_said(deed, status, attempts, words):
    timeout = 1.0 if deed == "hang" else 60.0
    done = played(["well", deed, *["well"] * 6], timeout_s=timeout, memory_mb=400.0)
    assert sorted(done) == list(range(8))
    bad = done.pop(1)
    assert (bad.status, bad.attempts, bad.error) == (status, attempts, words)
    assert {each.status for each in done.values()} == {"ok"}


def test_without_retries_a_crash_is_recorded_at_once():
    assert played(["exit"], retries=0)[0].attempts == 1


def test_a_target_that_cannot_be_imported_ends_the_engine():
    from sweeps.running.executor import EngineLost

    with pytest.raises(EngineLost, match="workers do not start"):
        list(Pool("tests.sweeps.nowhere:play", 1).run(iter([(0, "well")])))


def test_one_worker_that_never_starts_ends_the_engine_though_the_other_plays(request):
    from sweeps.running.executor import EngineLost

    mark(os.getpid()).unlink(missing_ok=True)
    request.addfinalizer(mark(os.getpid()).unlink)
    finished = []
    pool = Pool("tests.sweeps.one_starts:play", 2, retries=0)
    with pytest.raises(EngineLost, match=r"3 in a row ended before they took a run, .* exit code 7"):
        finished.extend(done.status for done in pool.run(enumerate(["well"] * 10_000)) if done is not None)
    assert set(finished) <= {"ok", "killed"}
    assert len(finished) < 10_000


def test_what_a_target_prepares_is_not_counted_as_time_of_a_run():
    done = [each for each in Pool("tests.sweeps.slow_to_start:play", 1, timeout_s=1.0).run(enumerate(["a", "b"])) if each]
    assert [(each.status, each.value, each.attempts) for each in done] == [("ok", "prepared", 1), ("ok", "prepared", 1)]


def test_stop_finishes_what_is_in_flight_and_starts_nothing():
    pool = Pool(TARGET, 2)
    seen = []
    for done in pool.run((number, "well") for number in range(10_000)):
        if done is not None:
            seen.append(done.number)
            pool.stop()
    assert 1 <= len(seen) <= 4


def test_jobs_are_taken_one_by_one_however_many_there_are():
    taken = []

    def endless():
        for number in range(10**9):
            taken.append(number)
            yield number, "well"

    pool = Pool(TARGET, 2)
    for count, _ in enumerate(pool.run(endless())):
        if count == 20:
            pool.stop()
    assert len(taken) < 30


def test_serial_gives_the_same_words():
    done = list(Serial(TARGET).run(enumerate(["well", "raise"])))
    assert [each.status for each in done] == ["ok", "error"]
    assert "no road to Palmyra" in done[1].trace
