"""The default campaign goes on from checkpoints and recorded turns bit by bit; a what-if of the view is that of `run`."""

import time

import pygame
import pytest

import run
from agents.muster import open_campaign
from model.recording import Recording, same
from sweeps.single.what_if import Course
from tests.drills.counted import tried

pytestmark = pytest.mark.drill
SAME = ("outcome.json", "series.parquet", "events.jsonl", "run.rec", "scenario.resolved.yaml", "digests.jsonl")
TURNS, EVERY = 240, 60
LATER = "rules.air.ru_sorties=20"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The default campaign for two months, undisturbed."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    words = ["--seed", "4", "--turns", str(TURNS), "--checkpoint-every", str(EVERY), "--out", str(out), "--json"]
    assert run.main(["run", "deir_ez_zor_2016", *words]) == 0
    return out


def content(folder):
    return {name: (folder / name).read_bytes() for name in SAME}


def went_on(where, turn, out, *words):
    left = ["--turns", str(TURNS - turn), "--out", str(out), "--json"]
    assert run.main(["run", "--from", where, *words, *left]) == 0
    return out


@pytest.mark.parametrize("turn", range(EVERY, TURNS + 1, EVERY))
def test_it_goes_on_from_each_checkpoint_bit_by_bit(whole, tmp_path, turn):
    point = whole / "checkpoints" / f"turn-{turn:06d}.json"
    out = went_on(str(point), turn, tmp_path / "on", "--checkpoint-every", str(EVERY))
    assert content(out) == content(whole)
    tried("run gone on with from a checkpoint or a recorded turn, compared byte by byte")


@pytest.mark.parametrize("turn", [0, 1, 7, 33, 111, 239])
def test_it_goes_on_from_recorded_turns_bit_by_bit(whole, tmp_path, turn):
    out = went_on(f"{whole}/run.rec@{turn}", turn, tmp_path / "on", "--checkpoint-every", str(EVERY))
    assert content(out) == content(whole)
    tried("run gone on with from a checkpoint or a recorded turn, compared byte by byte")


@pytest.mark.parametrize("setting", [LATER, "rules.combat.attr_k=0.12", "doctrine.sdf.axes.raqqa.effort=1.0"])
def test_a_branch_is_the_run_until_its_turn_and_another_later(whole, tmp_path, setting):
    out = went_on(f"{whole}@100", 100, tmp_path / "branch", "--set", setting)
    with Recording(whole) as was, Recording(out) as now:
        pairs = [same(was.frame(turn), now.frame(turn)) for turn in range(TURNS + 1)]
    assert all(pairs[:101])
    assert not all(pairs[101:])
    assert run.main(["compare", str(whole), str(out)]) == 0
    tried("branch of a recorded turn")


def until(window, true, seconds=300.0):
    end = time.monotonic() + seconds
    while not true():
        window.run(frames=1)
        assert time.monotonic() < end, window.desk.state.toast


def test_a_what_if_of_the_view_is_that_of_the_command_line(tmp_path):
    """Seen live, branched at turn 20 by the key B, played to turn 60: the pictures of `run --from DIR@20 --set`."""
    from viz import sdl
    from viz.feeds.live import Factory, LiveFeed
    from viz.palette import DAY
    from viz.window import Window

    words = ("deir_ez_zor_2016", (), 4)
    out, branch = tmp_path / "run", tmp_path / "branch"
    assert run.main(["run", words[0], "--seed", "4", "--turns", "60", "--out", str(out), "--json"]) == 0
    assert run.main(["run", "--from", f"{out}@20", "--set", LATER, "--turns", "40", "--out", str(branch), "--json"]) == 0
    sdl.start(headless=True)
    window = Window(LiveFeed(Factory(open_campaign, words)), (1100, 640), DAY, tmp_path)
    try:
        window.actions.course = Course(*words)
        window.feed.speed = float("inf")
        until(window, lambda: window.desk.frame is not None and window.desk.frame.turn >= 30)
        window.feed.pause()
        window.desk.state.page = None
        window.feed.seek(20)
        until(window, lambda: window.desk.frame.turn == 20)
        for key, letters in ((pygame.K_b, ""), (0, LATER), (pygame.K_RETURN, "\r")):
            for letter in letters or ("",):
                window.take(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=letter))
        until(window, lambda: window.desk.state.what_if[0])
        window.feed.speed = float("inf")
        until(window, lambda: len(window.feed) > 60)
        with Recording(branch) as recording:
            assert all(same(recording.frame(turn), window.feed.frame_at(turn)) for turn in range(61))
    finally:
        window.actions.give_up()
        window.feed.close()
    tried("what-if of the live view, held against `run --from`")
