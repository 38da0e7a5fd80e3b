"""A course can be played again, takes its settings at its turn, and says what could be set."""

import pytest

import run
from model.configuration.problems import ConfigProblems
from model.recording import same
from sweeps.single.standing import standing
from sweeps.single.what_if import Course

TURN = 9
LATER = ("rules.supply.food_soldier=1.5",)


def frames(course, count):
    played = course.open()
    out = [played.frame()]
    for _ in range(count):
        played.step()
        out.append(played.frame())
    return out


def test_a_branch_is_the_run_up_to_its_turn_and_another_after_it():
    plain = Course("skirmish", (), 3)
    was, now = frames(plain, TURN + 8), frames(plain.branched(TURN, LATER), TURN + 8)
    assert all(same(one, other) for one, other in zip(was[: TURN + 1], now[: TURN + 1], strict=True))
    assert not same(was[-1], now[-1])


def test_a_recorded_run_is_branched_as_it_was_played(tmp_path):
    out = tmp_path / "whole"
    assert run.main(["run", "skirmish", "--seed", "3", "--out", str(out), "--turns", str(TURN + 4), "--json"]) == 0
    recorded, live = Course(recording=out / "run.rec"), Course("skirmish", (), 3)
    both = [frames(course.branched(TURN, LATER), TURN + 4) for course in (recorded, live)]
    assert all(same(one, other) for one, other in zip(*both, strict=True))


def test_what_means_nothing_is_said_before_the_first_turn():
    with pytest.raises(ConfigProblems, match="no such key"):
        Course("skirmish", (), 3).branched(TURN, ("rules.supply.nonsense=1",)).open()


def test_the_offers_name_parameters_with_their_value_now():
    offers = Course("skirmish", (), 3).branched(TURN, LATER).offers()
    told = {path: value for path, value, _ in offers}
    assert told["rules.supply.food_soldier"].startswith("1.5 ")
    assert any(path.startswith("doctrine.") for path in told)


def test_a_run_stands_among_the_others_of_its_sweep(monkeypatch):
    import pandas as pd

    columns = {
        "run": [0, 1, 2, 3],
        "status": ["ok", "ok", "failed", "ok"],
        "outcome.siege.civilians.dead_fire": [10.0, 30.0, 0.0, 20.0],
    }
    table = pd.DataFrame(columns | {"outcome.milestones.relief": [float("nan"), 90.0, float("nan"), 60.0]})
    monkeypatch.setattr("sweeps.single.standing.load", lambda folder, series: (table, None))
    said = standing("sweep", 1)
    assert said == (
        "Among 3 runs of this sweep: fewer civilians died in 2 of them, half had 20 dead or fewer; "
        "the road was opened in 2, earlier in 1."
    )
    assert standing("sweep", 0).endswith("the road was opened in 2, not in this one.")
    assert standing("sweep", 2) == ""
