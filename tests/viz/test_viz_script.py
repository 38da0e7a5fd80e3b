"""The script: what each order does in a real (unseen) window, what is refused, and what a failed assertion says."""

import pytest
from small_war import SmallRun, frame

from viz.feeds.feed import ListFeed
from viz.feeds.live import Factory, LiveFeed
from viz.palette import DAY
from viz.problems import CueError, ScriptError
from viz.script import VERBS, read
from viz.sitting import Sitting, watch


@pytest.fixture
def play(header, ground, tmp_path):
    """Return a function that plays the lines of a script on a small war in a window nobody sees."""

    def playing(*lines, feed=None, ui_scale=1.0):
        path = tmp_path / "a.script"
        path.write_text("\n".join(lines), encoding="utf-8")
        frames = [frame(turn, 60, turn == 11, ground) for turn in range(12)]
        shown = ListFeed(header, ground, frames) if feed is None else feed
        code = watch(lambda: shown, Sitting(DAY, ui_scale, tmp_path, read(path), headless=True, size=(1200, 700)))
        return code, shown

    return playing


def test_a_script_drives_the_view_as_a_reader_would(play, tmp_path):
    code, feed = play(
        "assert page open   # what is said before the first turn",
        "key esc",
        "assert page none",
        "speed max",
        "wait turns 3",
        "assert turn >= 3",
        "key 3",
        "assert speed 4",
        "key space",
        "assert paused yes",
        "turn 5",
        "assert turn 5",
        "key ,",
        "assert turn 4",
        "click unit",
        "assert selected unit",
        "key esc",
        "key u",
        "click place Mayadin",
        "assert selected place",
        "wheel +4 400 300",
        "assert scale > 20",
        "drag 400 300 300 250",
        "key d 0.5",
        "key shift+right",
        "view theatre",
        "theme night",
        "assert theme night",
        "key v",
        "key v",
        "assert fog is",
        "size 1280 720",
        f"shot {tmp_path / 'out.png'}",
        "quit",
        "assert turn 99",
    )
    assert code == 0
    assert feed.paused
    assert (tmp_path / "out.png").read_bytes()[16:24] == (1280).to_bytes(4, "big") + (720).to_bytes(4, "big")


def test_pixels_are_those_of_the_desk_at_any_scale(play):
    assert play("key esc", "key space", "click unit", "assert selected unit", ui_scale=1.5)[0] == 0


def test_a_script_that_leaves_before_its_end_fails(play):
    with pytest.raises(CueError, match=r"a.script:3: .*was left"):
        play("key esc", "key q", "assert speed 1")


@pytest.mark.parametrize(
    ("line", "found"),
    [("assert speed 4", "assert speed = 4: it is 1"), ("click place Atlantis", "there is none"), ("wait turns 90", "run ended")],
)
def test_what_does_not_hold_is_said_with_its_line(play, line, found):
    with pytest.raises(CueError, match=rf"a\.script:3: .*{found}"):
        play("key esc", "speed max", line) if line[0] == "w" else play("key esc", "key space", line)


def test_every_bad_line_is_named_at_once(tmp_path):
    bad = (
        "foo", "key zz", "key ctrl+a", "key q 3", "click 1", "click a b", "drag 1 2 3", "wheel", "wheel 1 2", "wait turns",
        "wait years 3", "speed 3", "turn -1", "view moon", "theme pink", "size 20 20", "assert turn", "assert turn ~ 3",
        "assert selected king", "assert selected > unit", "shot out.gif", "quit now", 'key "', "type", "type two words",
    )  # fmt: skip
    path = tmp_path / "bad.script"
    path.write_text("\n".join(["# all of it", "key space", *bad]), encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        read(path)
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{path}:{number}" for number in range(3, 3 + len(bad))]
    assert {line.split()[0] for line in bad} >= set(VERBS) - {"hover"}
    with pytest.raises(ScriptError, match="cannot be read"):
        read(tmp_path / "none.script")


def test_a_live_run_can_be_driven(play):
    feed = LiveFeed(Factory(SmallRun, (30,)))
    code, _ = play("key esc", "assert live yes", "speed max", "wait turns 5", "key space", "turn 2", "assert turn 2", feed=feed)
    assert code == 0


def test_a_run_that_stops_is_told(play):
    feed = LiveFeed(Factory(SmallRun, (30, 4)))
    with pytest.raises(CueError, match="the river ran dry"):
        play("key esc", "speed max", "wait turns 20", feed=feed)
