"""One seed, one war: in this process, in a fresh one, in a forked one, in the view, and without compiled laws."""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from agents.muster import open_campaign
from model.chance import Chance
from model.recording import encode, same
from model.rows import PER_ROW, lengthen
from viz.feeds.live import Factory, LiveFeed

ROOT = Path(__file__).parents[2]
TURNS = 24
WAR = ("skirmish", (), 3)
TELL = "from tests.campaign.test_determinism import played; print(*played({turns}))"


def played(turns=TURNS, war=WAR):
    """Play so many turns; return the digest after each."""
    campaign = open_campaign(*war)
    digests = []
    for _ in range(turns):
        campaign.step()
        digests.append(campaign.digest())
    return digests


@pytest.fixture(scope="module")
def digests():
    return played()


def in_a_fresh_process(turns, **environment):
    done = subprocess.run(
        [sys.executable, "-c", TELL.format(turns=turns)], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True,
        check=True, timeout=600,
    )  # fmt: skip
    return done.stdout.split()


def test_a_war_changes_every_turn(digests):
    assert len(set(digests)) == TURNS


def test_the_same_seed_gives_the_same_war(digests):
    assert played() == digests


def test_another_seed_gives_another(digests):
    assert played(2, ("skirmish", (), 4))[-1] != digests[1]


def test_one_changed_parameter_gives_another(digests):
    assert played(8, ("skirmish", ("rules.combat.k_harass=0.0011",), 3))[-1] != digests[7]


def test_a_fresh_process_plays_the_same(digests):
    assert in_a_fresh_process(TURNS) == digests


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # newer Pythons warn of forks
@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_forked_process_plays_the_same(digests):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        forked = pool.apply(played)
        pool.close()  # not terminated: once SDL has run in this process, a fork of it takes SIGTERM for an event of a window
        pool.join()
    assert forked == digests


def test_plain_python_plays_the_same_as_compiled_laws(digests):
    assert in_a_fresh_process(8, NUMBA_DISABLE_JIT="1") == digests[:8]


def test_looking_changes_nothing(digests):
    campaign = open_campaign(*WAR)
    seen = []
    for _ in range(TURNS):
        campaign.opening()
        campaign.frame()
        campaign.step()
        assert same(campaign.frame(), campaign.frame())
        seen.append(campaign.digest())
    assert seen == digests


def test_frames_cannot_be_written_to():
    frame = open_campaign(*WAR).frame()
    for array in (frame.units, frame.control):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]


def test_the_live_view_shows_the_headless_war():
    campaign = open_campaign(*WAR)
    feed, shown = LiveFeed(Factory(open_campaign, WAR)), 0
    try:
        feed.speed = float("inf")
        end = time.perf_counter() + 60.0
        while not campaign.over and time.perf_counter() < end:
            frame = feed.poll()
            if frame is None:
                assert not feed.error, feed.error
                time.sleep(0.002)
                continue
            if shown:
                campaign.step()
            assert encode(frame) == encode(campaign.frame())
            shown += 1
    finally:
        feed.close()
    assert shown == campaign.turns_planned + 1
    assert same(frame, campaign.frame())


def test_no_dice_of_one_turn_depend_on_those_of_another():
    """A stream stands at the count of its turn, whatever was drawn before: laws draw only what they need."""
    some, none = Chance(7), Chance(7)
    for turn in range(5):
        some.turn = none.turn = turn
        some["fire"].random(turn * 3)
    assert some["fire"].random(4).tolist() != none["fire"].random(4).tolist()
    some.turn = none.turn = 5
    assert some["fire"].random(4).tolist() == none["fire"].random(4).tolist()


def test_every_array_with_an_entry_a_unit_grows_with_the_units():
    campaign = open_campaign("skirmish", (), 1)
    rows = campaign.rows
    arrays = {name: value for name, value in vars(campaign).items() if isinstance(value, np.ndarray)}
    lengths = {name: value.shape for name, value in arrays.items() if rows in value.shape}
    lengthen(campaign, rows + 3)
    grown = {name: np.shape(getattr(campaign, name)) for name in lengths}
    assert all(rows + 3 in shape for shape in grown.values()), grown
    assert set(PER_ROW) <= set(lengths)
