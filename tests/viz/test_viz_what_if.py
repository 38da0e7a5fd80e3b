"""What if, from here: the question, the run played again beside the view, and the view that goes over to it."""

import time
from dataclasses import dataclass

import pygame
import pytest
from small_war import SmallRun

from viz.feeds.live import WINDOW, Factory, LiveFeed
from viz.palette import DAY
from viz.panels.question import Question
from viz.window import Window

OFFERS = [
    ("rules.air.ru_sorties", "30 a day", "sorties of one day"),
    ("rules.drop.loss", "0.1 share", "what the wind takes of an airdrop"),
    ("doctrine.sdf.settings.pace", "2", "setting of sdf"),
]


class Otherwise(SmallRun):
    """The small war that from a turn on is another one, or was another one all along."""

    def __init__(self, turn, settings, strange):
        super().__init__(60)
        self.from_turn, self.settings, self.strange = turn, settings, strange

    def frame(self):
        made = super().frame()
        if self.strange or self.turn > self.from_turn:
            units = made.units.copy()
            units["men"] = 1
            made.units.setflags(write=False)
            object.__setattr__(made, "units", units)
        return made


@dataclass(frozen=True)
class SmallCourse:
    """How the small war came to be."""

    turns: tuple = ()
    strange: bool = False

    def branched(self, turn, settings):
        return SmallCourse((*self.turns, (turn, tuple(settings))), self.strange)

    def offers(self):
        return OFFERS

    def open(self):
        turn, settings = self.turns[0][0], self.turns[-1][1]
        if "rules.no.such=1" in settings:
            msg = "rules.no.such: no such key"
            raise ValueError(msg)
        return Otherwise(turn, settings, self.strange)


def press(window, key, letters=""):
    window.take(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=letters))


@pytest.fixture
def window(tmp_path):
    feed = LiveFeed(Factory(SmallRun, (60,)))
    made = Window(feed, (1100, 640), DAY, tmp_path)
    made.actions.course = SmallCourse()
    feed.speed = float("inf")
    _until(made, lambda: made.desk.frame is not None and made.desk.frame.turn >= 20)
    feed.pause()
    made.desk.state.page = None
    yield made
    made.actions.give_up()
    made.feed.close()


def _until(window, true, seconds=180.0):
    end = time.perf_counter() + seconds
    while not true() and time.perf_counter() < end:
        window.run(frames=1)
    assert true()


def ask(window, words):
    press(window, pygame.K_b)
    window.desk.state.question.write(words)
    press(window, pygame.K_RETURN)


def test_the_view_goes_over_to_the_branch_and_forgets_what_came_after(window):
    window.feed.seek(12)
    window.run(frames=2)
    before = window.desk.frame
    ask(window, "rules.drop.loss=0.2")
    _until(window, lambda: window.desk.state.what_if[0])
    assert window.desk.state.what_if == ("what if, from turn 12", "rules.drop.loss=0.2")
    assert window.feed.ahead == WINDOW
    window.feed.pause()
    window.feed.seek(12)
    window.run(frames=2)
    assert window.desk.frame.units.tobytes() == before.units.tobytes()
    window.feed.seek(13)
    window.run(frames=2)
    assert set(window.desk.frame.units["men"]) == {1}
    assert window.actions.course.turns == ((12, ("rules.drop.loss=0.2",)),)
    ask(window, "rules.drop.loss=0.3")  # and once more from there
    _until(window, lambda: window.desk.state.what_if[1] == "rules.drop.loss=0.3")


def test_a_setting_that_means_nothing_brings_the_question_back(window):
    ask(window, "rules.no.such=1")
    _until(window, lambda: window.desk.state.question is not None)
    assert "no such key" in window.desk.state.question.problem
    assert window.desk.state.question.typed == "rules.no.such=1"
    assert window.desk.state.what_if == ("", "")
    press(window, pygame.K_ESCAPE)
    assert window.desk.state.question is None
    assert window.actions.running


def test_a_run_that_is_another_one_is_refused(window):
    window.actions.course = SmallCourse(strange=True)
    ask(window, "rules.drop.loss=0.2")
    _until(window, lambda: window.desk.state.question is not None)
    assert "another one" in window.desk.state.question.problem


def test_without_a_course_there_is_nothing_to_ask(window):
    window.actions.course = None
    press(window, pygame.K_b)
    assert window.desk.state.question is None
    assert "cannot" in window.desk.state.toast


def key(code, letters=""):
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=letters)


def test_the_question_finds_completes_and_answers():
    question = Question(None, 3, lambda: OFFERS)
    assert len(question.matches) == 3
    for letter in "drop":
        assert question.take(key(0, letter)) is None
    assert [offer[0] for offer in question.matches] == ["rules.drop.loss"]
    question.take(key(pygame.K_TAB, "\t"))
    assert question.typed == "rules.drop.loss="
    assert question.take(key(pygame.K_RETURN, "\r")) is None  # there is no value yet
    question.write("0.2 sort")
    assert [offer[0] for offer in question.matches] == ["rules.air.ru_sorties"]
    for _ in "sort":
        question.take(key(pygame.K_BACKSPACE, "\b"))
    question.take(key(pygame.K_DOWN))
    question.take(key(pygame.K_RETURN, "\r"))
    assert question.typed == f"rules.drop.loss=0.2 {OFFERS[1][0]}="
    question.write("1")
    assert question.take(key(pygame.K_RETURN, "\r")) == ("rules.drop.loss=0.2", "rules.drop.loss=1")
    assert question.take(key(pygame.K_ESCAPE)) == ()
