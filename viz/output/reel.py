"""The reel: what the window shows, recorded as a film while it runs."""

import contextlib
import subprocess
from pathlib import Path
from queue import Full, Queue
from threading import Thread

import pygame

from viz.fine import pixel_size
from viz.output.video import Film, encode_command, encoder
from viz.problems import VideoError

FPS = 20
WAITING = 3
"""Pictures that may wait for the encoder; if it falls further behind, pictures are left out rather than the window held up."""


class Reel:
    """One film that is being recorded: a picture each 1/FPS second of the clock goes to ffmpeg, by a thread of its own."""

    def __init__(self, path: Path, size: tuple[int, int], now: float) -> None:
        self.path = path
        self.film = Film(size=size, fps=FPS, preset="ultrafast")
        self.pictures = self.left_out = 0
        self._due = now
        found = encoder()
        if found is None:
            raise VideoError("no ffmpeg was found, neither on the PATH nor in imageio-ffmpeg: a film cannot be recorded")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._child = subprocess.Popen(
            encode_command(found, self.film, path), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._queue: Queue[bytes | None] = Queue(WAITING)
        self._thread = Thread(target=self._write, name="reel", daemon=True)
        self._thread.start()

    def _write(self) -> None:
        """Hand pictures to ffmpeg until there are no more; after it has gone, only take them off the queue."""
        pipe = self._child.stdin
        while (picture := self._queue.get()) is not None:
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.write(picture)
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()

    def take(self, screen: pygame.Surface, now: float) -> None:
        """Record the screen if a picture is due."""
        if now < self._due:
            return
        self._due = max(self._due + 1 / FPS, now - 1 / FPS)
        width, height = self.film.even
        shown = screen
        if pixel_size(screen) != (width, height):
            shown = pygame.Surface((width, height), depth=32)
            shown.blit(screen, (0, 0))
        try:
            self._queue.put_nowait(bytes(shown.get_view("0").raw))
        except Full:
            self.left_out += 1
        else:
            self.pictures += 1

    def stop(self) -> str:
        """End the film; return a sentence that says what was written."""
        self._queue.put(None)
        self._thread.join()
        code = self._child.wait()
        if code:
            return f"The film could not be written: ffmpeg ended with code {code}"
        return f"Saved {self.path}: {self.pictures / FPS:.0f} s"
