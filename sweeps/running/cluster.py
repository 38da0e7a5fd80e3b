"""Sweeps on a cluster: dask's scheduler and workers play the runs, in chunks of a few seconds' work.

A chunk whose workers keep dying is split, so that the run which kills them is found and recorded, and only that one.
"""

import os
import pickle
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from queue import Empty, SimpleQueue
from statistics import median
from typing import Any

from model.configuration.problems import ConfigProblems, Problem
from sweeps.code import code_hash
from sweeps.results.manifest import OtherSweep
from sweeps.running.executor import Done, EngineLost, Job, Jobs, attempt, named, prepare

CHUNK_S = 5.0  # work in a chunk, so that the scheduler's share stays small
LARGEST, AHEAD = 50, 2  # runs in a chunk; chunks in flight for each worker
CONNECT_S = 20
TICK_S = 0.25
HUNG = 87  # exit code of a worker that gave up a run


class Dask:
    """Plays jobs on the workers of a dask scheduler.

    Raises
    ------
    ConfigProblems
        If dask is not installed, or no scheduler answers at the address.
    OtherSweep
        If workers run other code than this process.
    """

    def __init__(self, target: str, address: str, *, timeout_s: float, retries: int) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise _refused("dask is not installed: pip install -e '.[cluster]'") from None
        self._target, self._timeout, self._retries = target, timeout_s, retries
        try:
            self._client = Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as problem:
            raise _refused(f"no scheduler answers at {address} ({type(problem).__name__})") from None
        self._stopped = False
        self._walls: deque[float] = deque(maxlen=200)
        self._again: deque[tuple[list[Job], int]] = deque()
        self._chunks: dict[Any, tuple[list[Job], int]] = {}
        self._over: SimpleQueue[Any] = SimpleQueue()
        try:
            self._check_code()
        except BaseException:
            self.close()
            raise

    def _check_code(self) -> None:
        hashes = self._client.run(code_hash)
        if not hashes:
            raise _refused("the scheduler has no workers")
        other = sum(found != code_hash() for found in hashes.values())
        if other:
            msg = f"{other} of {len(hashes)} workers run other code than yours; bring them to the same checkout"
            raise OtherSweep(msg)

    def run(self, jobs: Jobs) -> Iterator[Done | None]:
        """Play jobs; yield each as it is over."""
        source = iter(jobs)
        while True:
            self._submit(source)
            if not self._chunks:
                return
            try:
                future = self._over.get(timeout=TICK_S)
            except Empty:
                self._check_alive()
                yield None
                continue
            yield from self._collected(future)

    def _check_alive(self) -> None:
        if self._client.status not in {"running", "connecting"} or self._client.scheduler.comm is None:
            self._lost()

    def _lost(self) -> None:
        msg = f"the scheduler at {self._client.scheduler.address if self._client.scheduler else '?'} is gone"
        raise EngineLost(msg)

    def _submit(self, source: Iterator[Job | None]) -> None:
        """Keep every worker supplied, and no more than that."""
        most = AHEAD * max(1, self.workers())
        while len(self._chunks) < most:
            chunk, attempts = self._next(source)
            if not chunk:
                return
            work = pickle.dumps(_Call((self._target, chunk, self._timeout)))
            future = self._client.submit(pickle.loads, work, pure=False, retries=0)
            self._chunks[future] = (chunk, attempts)
            future.add_done_callback(self._over.put)

    def workers(self) -> int:
        """Return how many workers the scheduler has now."""
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _next(self, source: Iterator[Job | None]) -> tuple[list[Job], int]:
        if self._again:
            return self._again.popleft()
        if self._stopped:
            return [], 1
        size = 1 if not self._walls else max(1, min(LARGEST, int(CHUNK_S / max(1e-3, median(self._walls)))))
        chunk = []
        for job in islice(source, size):
            if job is None:
                break
            chunk.append(job)
        return chunk, 1

    def _collected(self, future: Any) -> Iterator[Done]:
        from distributed import KilledWorker

        chunk, attempts = self._chunks.pop(future)
        if future.cancelled():
            self._lost()
        try:
            results: list[Done] = future.result()
        except KilledWorker as problem:
            yield from self._killed(chunk, attempts, str(problem))
            return
        finally:
            future.release()
        for done in results:
            done.attempts = attempts
            self._walls.append(done.wall_s)
            yield done

    def _killed(self, chunk: list[Job], attempts: int, why: str) -> Iterator[Done]:
        """Split a chunk that killed its workers; a single run that does so once more is recorded."""
        if len(chunk) > 1:
            self._again.extend(([job], attempts) for job in chunk)
        elif attempts <= self._retries:
            self._again.append((chunk, attempts + 1))
        else:
            said = f"ended its workers again and again, or ran past {self._timeout:g} s ({why.partition('.')[0]})"
            yield Done(chunk[0][0], "killed", None, said, attempts=attempts)

    def stop(self) -> None:
        """Submit nothing more."""
        self._stopped = True
        self._again.clear()

    def close(self) -> None:
        """Take back what is in flight and say goodbye."""
        with suppress(Exception):
            self._client.cancel(list(self._chunks), force=True)
        with suppress(Exception):
            self._client.close(timeout=5)


def _refused(message: str) -> ConfigProblems:
    return ConfigProblems([Problem("--engine", 0, "dask", message)])


class _Call:
    """A chunk as bytes that play it when a worker unpacks them: so the scheduler needs nothing of this project."""

    def __init__(self, arguments: tuple[str, list[Job], float]) -> None:
        self._arguments = arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return play_chunk, self._arguments


def play_chunk(target: str, chunk: list[Job], timeout_s: float) -> list[Done]:
    """Play some runs one after another on a worker; one that hangs ends the worker, which its nanny replaces."""
    function = named(target)
    prepare(target)
    found = []
    for number, task in chunk:
        watch = threading.Timer(timeout_s, os._exit, (HUNG,))
        watch.daemon = True
        watch.start()
        try:
            done = attempt(function, number, task)
        finally:
            watch.cancel()
        done.worker = f"{os.uname().nodename}:{os.getpid()}"
        found.append(done)
    return found
