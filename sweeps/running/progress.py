"""How far a sweep has come: one line on a terminal, a line a minute elsewhere, and progress.json for everyone else."""

import json
import math
from pathlib import Path
from statistics import NormalDist
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.text import Text

from sweeps.results import layout
from sweeps.storage import StorageFailed, write_whole

LINE_S, FILE_S = 60.0, 2.0
Z = NormalDist().inv_cdf(0.975)


class Estimate:
    """The mean of an outcome with its 95 % interval, taken one by one: shares after Wilson, figures by the normal."""

    def __init__(self) -> None:
        self.count, self.mean, self._square, self._share = 0, 0.0, 0.0, True

    def add(self, value: Any) -> None:
        """Take a value; what is missing or a word does not count."""
        if value is None or isinstance(value, str):
            return
        self._share = self._share and isinstance(value, bool)
        self.count += 1
        step = float(value) - self.mean
        self.mean += step / self.count
        self._square += step * (float(value) - self.mean)

    def half_width(self) -> float:
        """Return half the width of the interval (infinite below two values)."""
        n = self.count
        if n < 2:
            return math.inf
        if self._share:
            return float(Z / (1 + Z * Z / n) * math.sqrt(self.mean * (1 - self.mean) / n + Z * Z / (4 * n * n)))
        from scipy.stats import t

        return float(t.ppf(0.975, n - 1) * math.sqrt(self._square / (n - 1) / n))


class Progress:
    """Tells how far a sweep has come."""

    def __init__(self, folder: Path, outcome: str, *, shown: bool, shard: int | None = None) -> None:
        self.total = self.done = self.failed = self.retried = self._at_start = 0
        self.estimate = Estimate()
        self._outcome, self._shown = outcome, shown
        name = layout.PROGRESS if shard is None else f"progress-s{shard:04d}.json"
        self._path = folder / name
        self._console = Console(stderr=True)
        self._begun = perf_counter()
        self._saved = perf_counter()
        self._lined = self._filed = 0.0
        self._live = Live(console=self._console, refresh_per_second=4, transient=True) if self._on_terminal() else None

    def _on_terminal(self) -> bool:
        return self._shown and self._console.is_terminal

    def take_up(self, total: int, done: int, failed: int) -> None:
        """Begin where earlier sittings have ended."""
        self.total, self.done, self._at_start, self.failed = total, done, done, failed

    def start(self) -> None:
        """Begin to show."""
        if self._live is not None:
            self._live.start()

    def finish(self) -> None:
        """Show the last line and stop."""
        if self._live is not None:
            self._live.stop()
        if self._shown:
            self._console.print(self.line(), highlight=False, markup=False, soft_wrap=True)
        self._file(finished=True)

    def saved(self) -> None:
        """Note that everything so far is on the disk."""
        self._saved = perf_counter()

    def tick(self) -> None:
        """Show what there is to show now."""
        now = perf_counter()
        if self._live is not None:
            self._live.update(Text(self.line()))
        elif self._shown and now - max(self._lined, self._begun) > LINE_S:
            self._lined = now
            self._console.print(self.line(), highlight=False, markup=False, soft_wrap=True)
        if now - self._filed > FILE_S:
            self._filed = now
            self._file(finished=False)

    def pace(self) -> float:
        """Return the runs a second of this sitting."""
        return (self.done - self._at_start) / max(1e-9, perf_counter() - self._begun)

    def line(self) -> str:
        """Return how far it has come as one line."""
        share = 100 * self.done / max(1, self.total)
        parts = [f"{self.done:,}/{self.total:,}", f"{share:.0f} %", f"{self.failed} failed", f"{self.retried} retried"]
        if self.done > self._at_start:
            parts += [f"{self.pace():.1f} runs/s", f"ETA {spoken((self.total - self.done) / self.pace())}"]
        width = self.estimate.half_width()
        if math.isfinite(width):
            parts.append(f"{self._outcome} {self.estimate.mean:.3g} ± {width:.2g}")
        return " · ".join([*parts, f"saved {perf_counter() - self._saved:.0f} s ago"])

    def _file(self, *, finished: bool) -> None:
        width = self.estimate.half_width()
        told = {
            "done": self.done, "total": self.total, "failed": self.failed, "retried": self.retried, "finished": finished,
            "runs_per_s": round(self.pace(), 4), "seconds": round(perf_counter() - self._begun, 1),
            "outcome": self._outcome, "mean": self.estimate.mean if self.estimate.count else None,
            "half_width": width if math.isfinite(width) else None,
        }  # fmt: skip
        try:
            write_whole(self._path, (json.dumps(told) + "\n").encode())
        except StorageFailed:
            if not finished:
                raise


def spoken(seconds: float) -> str:
    """Return a span of time as one would say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.1f} days"
