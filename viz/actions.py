"""Actions: what keys and buttons do to time, map and choice. One method for each action the key table names."""

from collections.abc import Callable
from pathlib import Path

from model.configuration.problems import ConfigProblems
from model.events import EventKind
from model.recording import RecordingError
from viz.desk import Desk
from viz.feeds.feed import Feed
from viz.feeds.fork import Course, Fork
from viz.feeds.pace import SPEEDS
from viz.looks import Looks
from viz.map.views import look_at_city
from viz.panels.chapters import NOTED
from viz.panels.ending import epilogue
from viz.panels.question import Question
from viz.panels.story import Story, next_event

PAN_PX_S = 900.0
"""Speed of moving the map by keys, pixels per second."""
LEAVES_S = 3.0
"""Seconds within which Esc has to be pressed again to leave."""
FIGHTS = {EventKind.FIGHTING, EventKind.SVBIED, EventKind.RAID, EventKind.ROUT}


class Actions(Looks):
    """What the reader can do, on one desk and one feed; how things look is changed in `viz.looks`."""

    def __init__(self, desk: Desk, feed: Feed, *, shots: Path, clock: Callable[[], float]) -> None:
        super().__init__(desk, shots=shots, clock=clock)
        self.course: Course | None = None
        self.fork: Fork | None = None
        self.asked: Question | None = None
        self.feed = feed
        self.running = True
        self.telling = Story(desk.theatre)
        self._read = False  # a page was closed by what is being done
        self._next_fight = 0
        self._leaves_until = float("-inf")

    def do(self, name: str, argument: float = 0.0) -> None:
        """Do an action by name; a page that lies over everything goes first."""
        self._read = self.desk.state.page is not None and name not in {"escape", "leave", "summary"}
        if self._read:
            self.desk.state.page = None
        getattr(self, name)(argument)

    def pause(self, _: float = 0.0) -> None:
        """Play or pause; who closes a page by it wants to see the run."""
        if self.feed.error:
            return
        if self._read:
            self.feed.resume()
            return
        (self.feed.resume if self.feed.paused else self.feed.pause)()

    def step(self, _: float = 0.0) -> None:
        """Play one turn and stop."""
        self.feed.step()

    def go(self, turns: float) -> None:
        """Go back or on by turns, as far as there are any."""
        self.feed.pause()
        self.feed.seek(self.feed.index + int(turns))

    def seek(self, turn: float) -> None:
        """Go to a turn; in a live run to the last that was played, if it is not yet there."""
        if turn > len(self.feed) + 1 and self.feed.live:
            self.desk.toast("That day has not come yet", self.clock())
        self.feed.seek(int(turn))

    def first(self, _: float = 0.0) -> None:
        """Go to the first turn."""
        self.feed.seek(0)

    def last(self, _: float = 0.0) -> None:
        """Go to the last turn that was played."""
        self.feed.seek(len(self.feed) - 1)

    def to_event(self, step: float) -> None:
        """Go to the weighty event before or after this turn, in time and on the map."""
        frame, told = self.desk.frame, self.desk.chronicle
        if frame is None:
            return
        events = told.weighty(told.last, NOTED)
        turn = next_event(events, frame.turn, int(step))
        if turn is None:
            self.desk.toast("No such event is known yet" if step > 0 else "Nothing before that", self.clock())
            return
        event = max((one for one in events if one.turn == turn), key=lambda one: one.weight)
        self.feed.pause()
        self.feed.seek(turn)
        self.visit(event.cell)
        self.desk.toast(event.text, self.clock())

    def speed(self, number: float) -> None:
        """Choose a speed."""
        self.telling.on = False
        self.feed.speed = SPEEDS[int(number)]

    def story(self, _: float = 0.0) -> None:
        """Tell the campaign as a story, or go back to an even pace."""
        self.telling.on = not self.telling.on
        if self.telling.on:
            self.desk.state.follow = False
            self.feed.resume()
        else:
            self.feed.speed = SPEEDS[0]

    def what_if(self, _: float = 0.0) -> None:
        """Ask by which other settings the run should go on from here."""
        frame = self.desk.frame
        if self.course is None or frame is None:
            self.desk.toast("This run cannot be played on by other settings here", self.clock())
            return
        self.feed.pause()
        try:
            self.desk.state.question = Question(frame.when.date(), frame.turn, self.course.offers)
        except (ConfigProblems, RecordingError) as problem:
            self.desk.toast(str(problem).splitlines()[0], self.clock())

    def answer(self, settings: tuple[str, ...]) -> None:
        """Close the question; with settings, begin the branch."""
        self.asked, self.desk.state.question = self.desk.state.question, None
        frame = self.desk.frame
        if settings and self.course is not None and frame is not None:
            self.give_up()
            self.fork = Fork(self.course.branched(frame.turn, settings), frame, settings)

    def give_up(self) -> None:
        """Give up a branch that is in the making."""
        if self.fork is not None:
            self.fork.leave()
            self.fork = None

    def north(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(0, PAN_PX_S * seconds)

    def south(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(0, -PAN_PX_S * seconds)

    def west(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(PAN_PX_S * seconds, 0)

    def east(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(-PAN_PX_S * seconds, 0)

    def zoom(self, factor: float) -> None:
        """Come closer or go further from the middle."""
        self.desk.scene.view.zoom(factor)

    def fit(self, _: float = 0.0) -> None:
        """Show the whole theatre."""
        self.desk.scene.view.fit()

    def city(self, _: float = 0.0) -> None:
        """Show the city and the enclave."""
        look_at_city(self.desk.scene.view, self.desk.theatre)

    def follow(self, _: float = 0.0) -> None:
        """Keep the chosen unit in the middle, or stop to."""
        self.desk.state.follow = self.desk.state.row >= 0 and not self.desk.state.follow

    def next_fight(self, _: float = 0.0) -> None:
        """Go to the next of the last fights."""
        if self.desk.frame is None:
            return
        told = self.desk.chronicle.events(self.desk.frame.turn, 120)
        events = [event for event in told if event.cell >= 0 and event.kind in FIGHTS][:12]
        if events:
            event = events[self._next_fight % len(events)]
            self._next_fight += 1
            self.visit(event.cell)
            self.desk.toast(event.text, self.clock())

    def visit(self, cell: float) -> None:
        """Bring a cell into the middle, near enough to see who is there."""
        view = self.desk.scene.view
        if cell >= 0:
            view.zoom(max(1.0, 14.0 / view.scale))
            view.centre(*self.desk.theatre.centre_km(int(cell)))

    def summary(self, _: float = 0.0) -> None:
        """Say what happened so far, or close that page."""
        state, frame = self.desk.state, self.desk.frame
        state.page = None if state.page is not None or frame is None else epilogue(self.desk.opening, frame, self.desk.beside)

    def escape(self, _: float = 0.0) -> None:
        """Close what is open; if nothing is, leave when it is pressed a second time."""
        state = self.desk.state
        if state.help:
            state.help = False
        elif state.menu:
            state.menu = False
        elif state.page is not None:
            state.page = None
        elif state.row >= 0 or state.place >= 0:
            state.row, state.place, state.follow = -1, -1, False
        elif self.clock() <= self._leaves_until:
            self.running = False
        else:
            self._leaves_until = self.clock() + LEAVES_S
            self.desk.toast("Esc again leaves", self.clock())

    def leave(self, _: float = 0.0) -> None:
        """Leave."""
        self.running = False

    def drawer(self, number: int) -> None:
        """Choose which events the log tells of."""
        self.desk.panel.drawer = number
