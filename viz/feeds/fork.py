"""The fork: opens a run again in another process, lets it play up to a turn, and holds it against what was seen there."""

from collections.abc import Callable, Sequence
from threading import Thread
from typing import Protocol

from model.account.frame import Frame
from model.recording import same
from viz.feeds.live import WINDOW, Factory, LiveFeed, Play
from viz.panels.question import Offer
from viz.problems import FeedError


class Course(Protocol):
    """How the run that is shown came to be; it can take other settings from a turn."""

    def branched(self, turn: int, settings: Sequence[str]) -> "Course":
        """Return the course that takes other settings from a turn."""

    def offers(self) -> list[Offer]:
        """Return what can be set."""

    def open(self) -> Play:
        """Open the run on its first day."""


def play(course: Course) -> Play:
    """Open a course in the process of the model."""
    return course.open()


class Fork:
    """One branch in the making: `look` at it once a picture until it has come to its turn or failed."""

    def __init__(
        self, course: Course, shown: Frame, settings: tuple[str, ...] = (), make: Callable[..., LiveFeed] = LiveFeed
    ) -> None:
        self.course, self.shown, self.settings = course, shown, settings
        self.problem = ""
        self._make, self._left = make, False
        self._feed: LiveFeed | None = None
        self._opening = Thread(target=self._open, name="fork", daemon=True)
        self._opening.start()

    def _open(self) -> None:
        try:
            feed = self._make(Factory(play, (self.course,)), window=self.shown.turn + 2)
        except (FeedError, OSError) as problem:
            self.problem = str(problem)
            return
        if self._left:
            feed.close()
        else:
            self._feed = feed

    @property
    def said(self) -> str:
        """How far it has come, in words."""
        done = 0 if self._feed is None else min(len(self._feed), self.shown.turn)
        return f"What if: playing again to turn {self.shown.turn} ({done} so far)"

    def look(self) -> LiveFeed | None:
        """Return the feed once it has played on from its turn and is the very same run up to there, else None."""
        feed, turn = self._feed, self.shown.turn
        if feed is None or self.problem:
            return None
        feed.hear()
        if feed.error:
            self._fail(feed.error)
        elif len(feed) > turn:
            if same(feed.frame_at(turn), self.shown):
                self._feed, feed.ahead = None, WINDOW  # whoever takes it closes it
                return feed
            self._fail(f"played again, the run is another one by turn {turn}")
        return None

    def _fail(self, problem: str) -> None:
        self.problem = problem
        self.leave()

    def leave(self) -> None:
        """Give it up."""
        self._left = True
        if self._feed is not None:
            self._feed.close()
            self._feed = None
