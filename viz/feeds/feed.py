"""The feed: where frames come from. The view cannot tell a live run from a recording."""

from collections.abc import Sequence
from typing import Protocol

from model.account.frame import Frame, Opening
from model.account.order_log import OrderLog
from model.map.theatre import Theatre
from model.recording import Recording, RecordingError
from viz.feeds.pace import Pace


class Feed(Protocol):
    """A source of frames, asked once per picture and never blocking."""

    @property
    def opening(self) -> Opening:
        """Names, dates and the frame of the map."""

    @property
    def theatre(self) -> Theatre:
        """The ground."""

    @property
    def speed(self) -> float:
        """Multiple of TURNS_PER_SECOND; infinite for as fast as frames come."""

    @speed.setter
    def speed(self, value: float) -> None: ...

    @property
    def paused(self) -> bool:
        """Whether frames are withheld."""

    @property
    def error(self) -> str:
        """What went wrong at the source, empty while all is well."""

    @property
    def orders(self) -> OrderLog:
        """Why orders were given, so far as it is known."""

    def poll(self) -> Frame | None:
        """Return the next frame if one is due and here, else None."""

    def pause(self) -> None:
        """Withhold frames."""

    def resume(self) -> None:
        """Let frames come again."""

    def step(self) -> None:
        """Pause, and let exactly one more frame come."""

    @property
    def live(self) -> bool:
        """Whether the run is still being played."""

    @property
    def ahead(self) -> int:
        """Frames that may wait at the end of a live run without anyone being late."""

    def seek(self, index: int) -> None:
        """Make frame `index` (clamped) the next one to come, at once, even while paused."""

    @property
    def index(self) -> int:
        """Index of the frame last given, -1 before the first."""

    def __len__(self) -> int: ...

    @property
    def surveyed(self) -> bool:
        """Whether all frames there are have been looked through."""

    def survey(self, count: int) -> list[Frame]:
        """Return the next frames of those not yet looked through, for charts that tell of the whole run."""

    def close(self) -> None:
        """End the source and free what it holds."""


class Paced:
    """The controls every feed shares."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.error = ""
        self.orders = OrderLog()

    @property
    def speed(self) -> float:
        """Multiple of TURNS_PER_SECOND."""
        return self.pace.speed

    @speed.setter
    def speed(self, value: float) -> None:
        self.pace.speed = value

    @property
    def paused(self) -> bool:
        """Whether frames are withheld."""
        return self.pace.paused

    def pause(self) -> None:
        """Withhold frames."""
        self.pace.pause()

    def resume(self) -> None:
        """Let frames come again."""
        self.pace.resume()

    def step(self) -> None:
        """Pause, and let exactly one more frame come."""
        self.pace.step()


class Frames(Protocol):
    """What a recording offers: its frames by number."""

    def __len__(self) -> int: ...

    def frame(self, index: int) -> Frame:
        """Return one frame."""


class ReplayFeed(Paced):
    """A feed over a recording (anything with a length and `frame(i)`), which can go back."""

    live = False
    ahead = 0

    def __init__(self, opening: Opening, theatre: Theatre, frames: Frames, pace: Pace | None = None) -> None:
        super().__init__(pace or Pace())
        self.opening, self.theatre = opening, theatre
        self._frames = frames
        self._next = self._surveyed = 0
        if isinstance(frames, Recording):
            self._read_orders(frames)

    def _read_orders(self, recording: Recording) -> None:
        try:
            self.orders = recording.orders()
        except (RecordingError, OSError) as problem:
            self.error = f"why orders were given cannot be read: {problem}"

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def index(self) -> int:
        """Index of the frame last given, -1 before the first."""
        return self._next - 1

    def poll(self) -> Frame | None:
        """Return the next frame if it is due; None at the end."""
        if self._next >= len(self._frames) or not self.pace.due():
            return None
        try:
            frame = self._frames.frame(self._next)
        except (RecordingError, OSError) as problem:
            self.error = f"frame {self._next} cannot be read: {problem}"
            self.pace.pause()
            return None
        self._next += 1
        self.pace.took()
        return frame

    def seek(self, index: int) -> None:
        """Make frame `index` (clamped) the next one to come, even while paused."""
        self._next = min(max(index, 0), max(len(self._frames) - 1, 0))
        self.pace.at_once()

    @property
    def surveyed(self) -> bool:
        """Whether all frames there are have been looked through."""
        return self._surveyed >= len(self._frames)

    def survey(self, count: int) -> list[Frame]:
        """Return the next frames of those not yet looked through; none once one cannot be read."""
        first, self._surveyed = self._surveyed, min(self._surveyed + count, len(self._frames))
        try:
            return [self._frames.frame(index) for index in range(first, self._surveyed)]
        except (RecordingError, OSError):  # told when it is to be shown
            self._surveyed = len(self._frames)
            return []

    def close(self) -> None:
        """Nothing to free."""


class FrameList:
    """Frames in memory, in the shape of a recording."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = frames

    def __len__(self) -> int:
        return len(self._frames)

    def frame(self, index: int) -> Frame:
        """Return one frame."""
        return self._frames[index]


class ListFeed(ReplayFeed):
    """A feed over frames in memory."""

    def __init__(self, opening: Opening, theatre: Theatre, frames: Sequence[Frame], pace: Pace | None = None) -> None:
        super().__init__(opening, theatre, FrameList(frames), pace)
