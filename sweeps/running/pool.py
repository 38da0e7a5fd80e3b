"""A pool on this machine: one run in flight per worker, so that whatever happens to a worker costs one run.

A worker that crashes, hangs or eats the memory is ended and replaced, and its run is tried once more on a fresh one.
"""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import perf_counter
from typing import Any

from sweeps.running.executor import Done, EngineLost, Job, Jobs, Status
from sweeps.running.letterbox import collected, letterbox
from sweeps.running.worker import READY, surroundings, work

TICK_S, LOOK_S = 0.25, 0.5  # between two looks at the clocks; at the memory
START_S = 900.0  # a worker that says nothing for so long will not start; the first compiles the laws, perhaps on a busy machine
MOST_STARTS = 3  # in a row that may fail in one worker's place
_KIND = "forkserver" if sys.platform != "win32" else "spawn"


@dataclass(slots=True)
class _Try:
    """A job and how often it was started."""

    job: Job
    attempts: int = 1


class _Hand:
    """A worker as its parent sees it."""

    def __init__(self, context: Any, target: str, number: int, failed: int) -> None:
        self.failed = failed  # starts in its place that failed in a row
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.box = letterbox(context)
        self.process = context.Process(target=work, args=(theirs, self.box, target), daemon=True, name=f"worker-{number}")
        self.process.start()
        theirs.close()
        self.ready = False
        self.trying: _Try | None = None
        self.since = perf_counter()
        self.ended_for: tuple[Status, str] | None = None
        self.hung_up = False

    def give(self, trying: _Try) -> None:
        """Send a job."""
        self.trying, self.since = trying, perf_counter()
        self.pipe.send(trying.job)

    def end(self, status: Status, why: str) -> None:
        """Kill it, noting why."""
        self.ended_for = (status, why)
        self.process.kill()

    def memory_mb(self) -> float:
        """Return the memory it holds now (0 where the system does not tell)."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return 0.0
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2

    def fate(self) -> tuple[Status, str]:
        """Return how it ended."""
        self.process.join()
        code = self.process.exitcode or 0
        if self.ended_for is not None:
            return self.ended_for
        if code < 0:
            name = signal.Signals(-code).name if -code in {each.value for each in signal.Signals} else str(-code)
            return "killed", f"its process was ended by signal {-code} ({name})"
        return "killed", f"its process ended by itself with exit code {code}"


class Pool:
    """Plays jobs on worker processes.

    Parameters
    ----------
    target
        `module:function`, called with each task.
    workers
        How many.
    timeout_s, memory_mb
        What one run may take; beyond it the worker is ended.
    retries
        How often a run that ended its worker is tried again.
    """

    def __init__(
        self, target: str, workers: int, *, timeout_s: float = 600.0, memory_mb: float = 2048.0, retries: int = 1
    ) -> None:
        self._target, self._timeout, self._memory, self._retries = target, timeout_s, memory_mb, retries
        self._context = multiprocessing.get_context(_KIND)
        if _KIND == "forkserver":
            self._context.set_forkserver_preload([target.partition(":")[0]])
        self._numbers = iter(range(10**9))
        self._again: deque[_Try] = deque()
        self._stopped = False
        self._looked = 0.0
        self._workers = workers
        self._hands: list[_Hand] = []

    def _hire(self, failed: int = 0) -> _Hand:
        try:
            with surroundings():
                return _Hand(self._context, self._target, next(self._numbers), failed)
        except (OSError, EOFError) as problem:
            msg = f"no worker can be started: {type(problem).__name__}: {problem}"
            raise EngineLost(msg) from None

    def run(self, jobs: Jobs) -> Iterator[Done | None]:
        """Play jobs; yield each as it is over, None at each tick without news."""
        source = iter(jobs)
        self._hands = [self._hire() for _ in range(self._workers)]
        try:
            while True:
                more = self._hand_out(source)
                if not more and not any(hand.trying for hand in self._hands):
                    return
                over = list(self._collect())
                if over != [None]:
                    self._hand_out(source)  # before anybody writes what came back: no worker waits for the disk
                yield from over
        finally:
            self.close()

    def _hand_out(self, source: Iterator[Job | None]) -> bool:
        """Give a job to everyone who is idle; tell whether there may be more."""
        for hand in self._hands:
            if not hand.ready or hand.trying is not None:
                continue
            trying = self._next(source)
            if trying is None:
                return bool(self._again)
            self._give(hand, trying)
        return True

    def _next(self, source: Iterator[Job | None]) -> _Try | None:
        if self._again:
            return self._again.popleft()
        if self._stopped:
            return None
        job = next(source, None)
        return None if job is None else _Try(job)

    def _give(self, hand: _Hand, trying: _Try) -> None:
        try:
            hand.give(trying)
        except OSError:  # it died before it had the run; its sentinel will say so
            hand.trying = None
            self._again.appendleft(trying)

    def _collect(self) -> Iterator[Done | None]:
        """Wait for what comes next: a result, a death, or the next look at the clocks."""
        pipes = {hand.pipe: hand for hand in self._hands}
        ends = {hand.process.sentinel: hand for hand in self._hands}
        said = wait([*pipes, *ends], TICK_S)
        if not said:
            yield None
        for each in said:
            if each in pipes:
                done = self._listen(pipes[each])
                if done is not None:
                    yield done
        for each in said:
            hand = ends.get(each)
            if hand in self._hands and (hand.hung_up or not hand.pipe.poll()):  # its last words first
                done = self._bury(hand)
                if done is not None:
                    yield done
        self._look_at_clocks()

    def _listen(self, hand: _Hand) -> Done | None:
        try:
            said = collected(hand.pipe, hand.box)
        except (EOFError, OSError):
            hand.hung_up = True  # it died; its sentinel says so
            return None
        if said == READY:
            hand.ready = True
            return None
        done: Done = said
        done.attempts = hand.trying.attempts if hand.trying else 1
        done.worker = f"{os.uname().nodename if hasattr(os, 'uname') else 'here'}:{hand.process.pid}"
        hand.trying, hand.failed = None, 0
        if done.peak_mb > self._memory / 2 and hand.memory_mb() > self._memory / 2:
            self._replace(hand)  # what a run leaves behind must not fail the next
        return done

    def _bury(self, hand: _Hand) -> Done | None:
        """Take a dead worker's run back, to be tried once more or to be recorded, and hire another."""
        status, why = hand.fate()
        trying = hand.trying
        if trying is None:
            hand.failed += 1
            if hand.failed >= MOST_STARTS:
                msg = f"workers do not start: {hand.failed} in a row ended before they took a run, the last because {why}"
                raise EngineLost(msg)
        self._replace(hand)
        if trying is None:
            return None
        if trying.attempts <= self._retries:
            self._again.append(_Try(trying.job, trying.attempts + 1))
            return None
        return Done(trying.job[0], status, None, why, attempts=trying.attempts, wall_s=perf_counter() - hand.since)

    def _replace(self, hand: _Hand) -> None:
        if hand.process.is_alive():
            hand.process.kill()
        hand.process.join()
        hand.pipe.close()
        self._hands[self._hands.index(hand)] = self._hire(hand.failed)

    def _look_at_clocks(self) -> None:
        now = perf_counter()
        for hand in self._hands:
            spent = now - hand.since
            if not hand.ready and spent > START_S:
                hand.end("killed", f"its worker did not start within {START_S:.0f} s")
            if hand.trying is not None and spent > self._timeout:
                hand.end("timeout", f"ran past {self._timeout:g} s and was ended")
        if now - self._looked > LOOK_S:
            self._looked = now
            for hand in self._hands:
                if hand.trying is not None and hand.memory_mb() > self._memory:
                    hand.end("memory", f"used more than {self._memory:g} MB and was ended")

    def stop(self) -> None:
        """Start nothing more; runs in flight are finished."""
        self._stopped = True
        self._again.clear()

    def close(self) -> None:
        """End all workers at once."""
        hands, self._hands = self._hands, []
        for hand in hands:
            hand.process.kill()
        for hand in hands:
            hand.process.join()
            hand.pipe.close()
