"""A run goes on from a checkpoint or a recorded turn: as it went, bit by bit, or from there by other settings."""

import json
import shutil

import pytest

import run
from model.recording import Recording, same
from sweeps.single import checkpoint, way_marks

SAME = ("outcome.json", "series.parquet", "events.jsonl", "run.rec", "scenario.resolved.yaml", "digests.jsonl")
OWN = "rules.combat.attr_k=0.15"
LATER = "rules.supply.food_soldier=1.5"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The skirmish, undisturbed, with checkpoints."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    words = ["--seed", "3", "--set", OWN, "--checkpoint-every", "16", "--out", str(out)]
    assert run.main(["run", "skirmish", *words]) == 0
    return out


def content(folder):
    return {name: (folder / name).read_bytes() for name in SAME}


def frames(folder):
    with Recording(folder) as recording:
        return list(recording)


def test_a_run_leaves_checkpoints_and_way_marks(whole):
    assert [path.stem for path in sorted((whole / "checkpoints").iterdir())] == ["turn-000016", "turn-000032", "turn-000048"]
    assert sorted(way_marks.read(whole)) == [0, 16, 32, 40, 48]
    told = checkpoint.read(whole / "checkpoints" / "turn-000016.json")
    assert (told.seed, told.turn, told.digest) == (3, 16, way_marks.read(whole)[16])


@pytest.mark.parametrize("where", ["{whole}/checkpoints/turn-000016.json", "{whole}@23", "{whole}/run.rec@0", "{whole}@60"])
def test_going_on_gives_the_same_bytes(whole, tmp_path, where):
    words = ["run", "--from", where.format(whole=whole), "--checkpoint-every", "16", "--out", str(tmp_path / "on")]
    assert run.main(words) == 0
    assert content(tmp_path / "on") == content(whole)


def test_a_checkpoint_alone_is_enough_where_the_scenario_is_shipped(whole, tmp_path):
    alone = tmp_path / "alone.json"
    shutil.copy(whole / "checkpoints" / "turn-000032.json", alone)
    assert run.main(["run", "--from", str(alone), "--out", str(tmp_path / "on")]) == 0
    assert (tmp_path / "on" / "outcome.json").read_bytes() == (whole / "outcome.json").read_bytes()


def test_a_branch_is_the_run_until_its_turn_and_another_after_it(whole, tmp_path):
    out = tmp_path / "branch"
    assert run.main(["run", "--from", f"{whole}@20", "--set", LATER, "--out", str(out)]) == 0
    before, after = frames(whole), frames(out)
    assert all(same(one, other) for one, other in zip(before[:21], after[:21], strict=True))
    assert not all(same(one, other) for one, other in zip(before[21:], after[21:], strict=True))
    told = json.loads((out / "provenance.json").read_text())
    assert [(branch["turn"], branch["overrides"], branch["of"]) for branch in told["branches"]] == [(20, [LATER], f"{whole}@20")]
    assert run.main(["compare", str(whole), str(out)]) == 0


def test_a_branch_goes_on_and_branches_again(whole, tmp_path):
    first, again, second, on = (tmp_path / name for name in ("first", "again", "second", "on"))
    assert run.main(["run", "--from", f"{whole}@20", "--set", LATER, "--out", str(first)]) == 0
    assert run.main(["run", "--from", f"{first}@30", "--out", str(again)]) == 0
    assert content(again) == content(first)
    assert run.main(["run", "--from", f"{first}@30", "--set", "rules.islamic_state.raid_gap=11", "--out", str(second)]) == 0
    assert len(json.loads((second / "provenance.json").read_text())["branches"]) == 2
    assert run.main(["run", "--from", f"{second}@45", "--out", str(on)]) == 0
    assert content(on) == content(second)


def test_branching_at_the_start_is_a_run_by_those_settings(whole, tmp_path):
    branch, fresh = tmp_path / "branch", tmp_path / "fresh"
    assert run.main(["run", "--from", f"{whole}@0", "--set", LATER, "--out", str(branch)]) == 0
    assert run.main(["run", "skirmish", "--seed", "3", "--set", OWN, "--set", LATER, "--out", str(fresh)]) == 0
    assert (branch / "outcome.json").read_bytes() == (fresh / "outcome.json").read_bytes()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("start=2016-06-01", "cannot change in mid-run"),
        ("map.name=open_field", "cannot change in mid-run"),
        ("forces.rg.order_of_battle={}", "cannot change in mid-run"),
        ("rules.combat.cev_tribal=0.9", "stands for the first day (units)"),
        ("rules.combat.atr_k=0.2", "did you mean 'attr_k'"),
        ("rules.combat.attr_k=9", "range"),
        ("=", "cannot change in mid-run"),
    ],
)
def test_what_was_settled_on_the_first_day_is_refused_and_nothing_is_written(whole, tmp_path, capsys, setting, told):
    assert run.main(["run", "--from", f"{whole}@20", "--set", setting, "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("{whole}", "DIR@TURN"),
        ("{whole}@61", "turns 0 to 60"),
        ("{whole}@-1", "DIR@TURN"),
        ("{whole}@" + "9" * 400, "DIR@TURN"),
        ("no/such@4", "no/such"),
        ("no/such.json", "cannot be read"),
    ],
)
def test_no_such_turn(whole, capsys, where, told):
    assert run.main(["run", "--from", where.format(whole=whole)]) == 2
    assert told in capsys.readouterr().err


def test_a_run_that_does_not_come_there_again_is_refused(whole, tmp_path, capsys):
    other = tmp_path / "other"
    shutil.copytree(whole, other)
    marks = (other / "digests.jsonl").read_text().replace(way_marks.read(whole)[16], "0" * 64)
    (other / "digests.jsonl").write_text(marks)
    assert run.main(["run", "--from", f"{other}@20", "--out", str(tmp_path / "on")]) == 2
    assert "another one by turn 16" in capsys.readouterr().err
    assert not (tmp_path / "on").exists()


def test_a_run_is_not_continued_into_its_own_folder(whole, capsys):
    assert run.main(["run", "--from", f"{whole}@20", "--out", str(whole)]) == 2
    assert "is the run itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["skirmish", "--from", "x@1"], [], ["--from", "x@1", "--seed", "2"], ["skirmish", "--checkpoint-every", "4"]]
)
def test_words_that_do_not_go_together(words, capsys):
    assert run.main(["run", *words]) == 2
    assert capsys.readouterr().err.startswith("run: ")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda told: told | {"format": 2}, "another form; this version reads form 1"),
        (lambda told: told | {"seed": "3"}, "seed"),
        (lambda told: told | {"turn": -1}, "turn"),
        (lambda told: told | {"__reduce__": "os.system"}, "__reduce__"),
        (lambda told: told | {"scenario": "../../etc/passwd", "config_digest": "0" * 64}, "is the one this run was played by"),
    ],
)
def test_a_checkpoint_that_is_none_is_refused(whole, tmp_path, capsys, change, told):
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(change(json.loads((whole / "checkpoints" / "turn-000016.json").read_text()))))
    assert run.main(["run", "--from", str(file)]) == 2
    assert told in capsys.readouterr().err
