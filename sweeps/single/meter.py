"""The meter of a headless run: date, turn, pace and time left, on stderr."""

from datetime import datetime
from time import perf_counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

_EVERY_S = 0.1  # seconds between two looks at the bar
_LINES = 10  # plain lines in a whole run, where there is no terminal


class Meter:
    """Shows how far a run has come: a bar on a terminal, a line every tenth of the run elsewhere.

    Parameters
    ----------
    first, last
        The turns it starts from and goes to.
    shown
        False: says nothing.
    console
        Where to; stderr unless given.
    """

    def __init__(self, first: int, last: int, *, shown: bool, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._first, self._last = first, last
        self._begun = perf_counter()
        self._looked = 0.0
        self._tenth = 0
        self._shown = shown
        self._bar = self._new_bar() if shown and self._console.is_terminal else None
        self._task = self._bar.add_task("", total=last - first, when="", pace="") if self._bar else None

    def _new_bar(self) -> Progress:
        columns = (
            TextColumn("{task.fields[when]}"),
            BarColumn(),
            TextColumn("turn {task.completed:,.0f} of {task.total:,.0f} · {task.fields[pace]} · ETA"),
            TimeRemainingColumn(),
        )
        return Progress(*columns, console=self._console, auto_refresh=False, transient=True)

    def show(self, turn: int, when: datetime) -> None:
        """Say that a turn is over."""
        if not self._shown:
            return
        if self._bar is None:
            self._say_tenth(turn, when)
        elif perf_counter() - self._looked > _EVERY_S or turn == self._last:
            self._looked = perf_counter()
            self._draw(self._bar, turn, when)

    def _draw(self, bar: Progress, turn: int, when: datetime) -> None:
        if self._task is not None:
            done = turn - self._first
            bar.update(self._task, completed=done, when=f"{when:%d %b %Y}", pace=self._pace(turn), refresh=True)

    def _say_tenth(self, turn: int, when: datetime) -> None:
        tenth = _LINES * (turn - self._first) // max(1, self._last - self._first)
        if tenth > self._tenth:
            self._tenth = tenth
            left = (perf_counter() - self._begun) * (self._last - turn) / (turn - self._first)
            self._console.print(
                f"{when:%Y-%m-%d}  turn {turn:,} of {self._last:,}  {self._pace(turn)}  ETA {left:.0f} s", highlight=False
            )

    def _pace(self, turn: int) -> str:
        return f"{(turn - self._first) / max(1e-9, perf_counter() - self._begun):,.0f} turns/s"

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
