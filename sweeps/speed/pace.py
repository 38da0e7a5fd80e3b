"""The pace of two workers against that of two bare processes, which play the same runs with nobody asking for anything.

They take turns, a second or so each, idle while the others play: what else the machine does meanwhile befalls both alike. Of
each pair of turns the ratio is taken, and of all ratios the median.
"""

import multiprocessing
import statistics
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

from sweeps.design.asked import Asked
from sweeps.design.study import Study
from sweeps.running.conduct import Sitting
from sweeps.running.executor import Done, Job, Jobs, prepare
from sweeps.running.play import play
from sweeps.running.pool import Pool
from sweeps.running.task import Task
from sweeps.running.worker import surroundings

PLAYED = "sweeps.running.play:play"
AT_A_TURN, TURNS = 24, 11  # runs of a turn; turns of either side, of which the first warms up and is not counted


def _bare(pipe: Connection) -> None:
    """Play what comes, again and again, and say only when it is done."""
    prepare(PLAYED)
    pipe.send("ready")
    while tasks := pipe.recv():
        for task in tasks:
            play(task)
        pipe.send("done")


class Bare:
    """Two processes that play half of a turn's runs each."""

    def __init__(self) -> None:
        context: Any = multiprocessing.get_context("spawn")
        self._pipes: list[Connection] = []
        with surroundings():
            for _ in range(2):
                mine, theirs = context.Pipe()
                context.Process(target=_bare, args=(theirs,), daemon=True).start()
                self._pipes.append(mine)
        for pipe in self._pipes:
            pipe.recv()

    def seconds(self, tasks: list[Task]) -> float:
        """Play a turn; return how long it took."""
        begun = perf_counter()
        for number, pipe in enumerate(self._pipes):
            pipe.send(tasks[number::2])
        for pipe in self._pipes:
            pipe.recv()
        return perf_counter() - begun

    def close(self) -> None:
        """End the two."""
        for pipe in self._pipes:
            pipe.send([])


class TurnAbout:
    """An engine of two workers that stands still after each turn until two bare processes have played the same runs."""

    def __init__(self, bare: Bare) -> None:
        self._pool, self._bare = Pool(PLAYED, 2), bare
        self._done = 0
        self._begun = self._ended = self._alone = 0.0
        self.ratios: list[float] = []

    def _jobs(self, jobs: Jobs) -> Iterator[Job | None]:
        """Hand out a turn's runs once all of the turn before are in."""
        source, given = iter(jobs), 0
        while turn := [job for job in islice(source, AT_A_TURN) if job is not None]:
            while self._done < given:
                yield None
            if given:
                self.ratios.append(self._alone / (self._ended - self._begun))
            self._alone = self._bare.seconds([task for _, task in turn])
            self._begun, given = perf_counter(), given + len(turn)
            yield from turn

    def run(self, jobs: Jobs) -> Iterator[Done | None]:
        """Play in turns."""
        for done in self._pool.run(self._jobs(jobs)):
            yield done  # what the sweep does with it belongs to the turn
            self._done += done is not None
            self._ended = perf_counter()

    def stop(self) -> None:
        """Start nothing more."""
        self._pool.stop()

    def close(self) -> None:
        """End the workers."""
        self._pool.close()


def share_of_bare(study: Study, folder: Path) -> list[float]:
    """Return the pace of a sweep as a share of that of two bare processes, turn by turn."""
    bare = Bare()
    engine = TurnAbout(bare)
    try:
        code = Sitting(study, Asked(out=folder / "out", quiet=True), engine).play()
    finally:
        bare.close()
    if code:
        msg = f"the sweep that is measured ended with {code}"
        raise RuntimeError(msg)
    return engine.ratios[1:]


def shares(study_in: Callable[[Path, int], Study], times: int) -> list[float]:
    """Return so many medians of a sweep's turns; `study_in` makes the study of so many runs in a folder."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as made:
            study = study_in(Path(made), AT_A_TURN * (TURNS + 1))
            found.append(statistics.median(share_of_bare(study, Path(made))))
    return found
