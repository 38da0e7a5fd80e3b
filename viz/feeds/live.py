"""The live feed: the model plays in its own process and sends its frames here over a pipe, a few turns ahead at most."""

import contextlib
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol

from model.account.frame import Frame, Opening
from model.account.reasons import Reason
from model.configuration.problems import ConfigProblems
from model.map.theatre import Theatre
from viz.feeds.feed import ReplayFeed
from viz.feeds.pace import Pace
from viz.feeds.tape import Packer, Tape
from viz.problems import FeedError

WINDOW = 8
"""Frames the model may be ahead of the view; each frame shown lets it play one more turn."""


class Play(Protocol):
    """A run as the child process sees it."""

    @property
    def theatre(self) -> Theatre:
        """The ground."""

    @property
    def over(self) -> bool:
        """Whether the run has ended."""

    @property
    def reasons(self) -> Sequence[Reason]:
        """Why orders were given in the last turn."""

    def opening(self) -> Opening:
        """Return names, dates and the frame of the map."""

    def step(self) -> None:
        """Play one turn."""

    def frame(self) -> Frame:
        """Return the frame of this turn."""


@dataclass(frozen=True, slots=True)
class Factory:
    """How to make the run in the child: a module-level callable and its (picklable) arguments."""

    make: Callable[..., Play]
    arguments: tuple[Any, ...] = ()


def play(pipe: Connection, factory: Factory) -> None:
    """Play a run in the child: opening first, then one frame for each credit that arrives, until over, stopped or failed."""
    try:
        _play(pipe, factory)
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return  # the view is gone: nothing is left to do
    except Exception as problem:  # noqa: BLE001 - whatever stops the model is shown in the view
        with contextlib.suppress(OSError):
            pipe.send(("error", _account(problem)))


def _account(problem: Exception) -> str:
    """Return one line that says what went wrong and where."""
    if isinstance(problem, ConfigProblems):
        return "; ".join(f"{one.path}: {one.message}" for one in problem.problems)
    last = traceback.extract_tb(problem.__traceback__)[-1]
    name = last.filename.replace("\\", "/").rsplit("/", 2)
    return f"{type(problem).__name__}: {problem} ({'/'.join(name[-2:])}:{last.lineno})"


def _play(pipe: Connection, factory: Factory) -> None:
    run = factory.make(*factory.arguments)
    pipe.send(("opening", run.opening(), run.theatre))
    packer, frame = Packer(), run.frame()
    while pipe.recv() == "more":
        pipe.send(("frame", *packer.pack(frame), frame.over, tuple(run.reasons)))
        if frame.over:
            return
        run.step()
        frame = run.frame()


class LiveFeed(ReplayFeed):
    """A feed from a model in its own process: a replay of what was played so far, whose end grows.

    The constructor waits until the run is opened (the map is built there too) and raises FeedError if it cannot be.
    """

    live = True

    def __init__(self, factory: Factory, *, window: int = WINDOW, pace: Pace | None = None) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=play, args=(theirs, factory), name="model", daemon=True)
        self._child.start()
        theirs.close()
        self._tape, self.ahead, self._granted = Tape(), window, 0
        self._ended = False
        opening, theatre = self._open()
        super().__init__(opening, theatre, self._tape, pace)
        self._grant(window)

    def _open(self) -> tuple[Opening, Theatre]:
        try:
            message = self._pipe.recv()
        except EOFError:
            message = ("error", "the model's process ended before it opened the run")
        if message[0] != "opening":
            self.close()
            raise FeedError(message[1])
        return message[1], message[2]

    def _grant(self, upto: int) -> None:
        """Let the model play until so many frames are made."""
        with contextlib.suppress(OSError):
            while self._granted < upto and not self._ended:
                self._pipe.send("more")
                self._granted += 1

    def hear(self) -> None:
        """Take in whatever has arrived."""
        try:
            while not self._ended and self._pipe.poll():
                self._take(self._pipe.recv())
        except (EOFError, OSError):
            self._fail("the model's process ended without a word")

    def _take(self, message: tuple[Any, ...]) -> None:
        if message[0] == "error":
            self._fail(message[1])
            return
        _, key, packed, over, reasons = message
        self._tape.add(packed, key=key)
        self.orders.add(reasons)
        self._ended = over

    def _fail(self, text: str) -> None:
        self._ended, self.error = True, text
        self.pace.pause()
        if self.index < 0:
            self.pace.at_once()  # what was played is worth seeing, if only its first turn

    def poll(self) -> Frame | None:
        """Return the next frame if it is due and here; coming near the end of the tape lets the model play on."""
        self.hear()
        frame = super().poll()
        if frame is not None:
            self._grant(self._next + self.ahead)
        return frame

    @property
    def weight(self) -> int:
        """Bytes of the packed frames."""
        return self._tape.weight

    def frame_at(self, index: int) -> Frame:
        """Return a frame that was played, wherever the view is."""
        return self._tape.frame(index)

    def seek(self, index: int) -> None:
        """Make frame `index` the next one to come, of those that were played."""
        self.hear()
        super().seek(index)

    def close(self) -> None:
        """Stop the model's process."""
        self._ended = True
        self._pipe.close()
        self._child.join(timeout=1.0)
        if self._child.is_alive():
            self._child.terminate()
            self._child.join(timeout=2.0)
