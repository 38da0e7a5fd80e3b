"""What plays the tasks of a sweep: lazily taken in, given back as they are done. Serial here; see `pool` and `cluster`."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from traceback import format_exception
from typing import Any, Literal, Protocol

Status = Literal["ok", "error", "killed", "timeout", "memory"]
Job = tuple[int, Any]
"""A run's number and its task."""
Jobs = Iterable[Job | None]
"""Jobs, one by one; None: nothing to do until something is done."""


@dataclass(slots=True)
class Done:
    """A run that is over: what it gave back, or in words why it failed."""

    number: int
    status: Status
    value: Any = None
    error: str = ""
    trace: str = ""
    attempts: int = 1
    wall_s: float = 0.0
    peak_mb: float = 0.0
    worker: str = ""


class EngineLost(Exception):  # noqa: N818 (said as it happened)
    """The engine that plays the runs is gone; what was finished is kept, the sweep can be resumed."""

    exit_code = 5


class Executor(Protocol):
    """Plays tasks."""

    def run(self, jobs: Jobs) -> Iterator[Done | None]:
        """Play jobs; yield each as it is over, and None now and then while nothing is."""

    def stop(self) -> None:
        """Start nothing more; what is in flight is still finished and yielded."""

    def close(self) -> None:
        """End at once all that still runs."""


def named(target: str) -> Callable[[Any], Any]:
    """Return the function that `module:function` names."""
    module, _, function = target.partition(":")
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), function)
    return found


@lru_cache(maxsize=8)
def prepare(target: str) -> None:
    """Let a target's module make ready in this process, if it has a `prepare`: no run's time is spent on that."""
    ready = vars(importlib.import_module(target.partition(":")[0])).get("prepare")
    if ready is not None:
        ready()


def attempt(function: Callable[[Any], Any], number: int, task: Any) -> Done:
    """Play one task; an exception is a result like any other."""
    begun = perf_counter()
    try:
        return Done(number, "ok", function(task), wall_s=perf_counter() - begun, peak_mb=peak_mb())
    except Exception as problem:  # noqa: BLE001 (whatever a run raises is its result)
        return Done(
            number, "error", None, in_words(problem), "".join(format_exception(problem)), 1, perf_counter() - begun, peak_mb()
        )


def in_words(problem: BaseException) -> str:
    """Return an exception as one line: what it is, where it was raised, what it says."""
    trace, where = problem.__traceback__, ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        where = f" in {'/'.join(file.split('/')[-2:])}:{trace.tb_lineno}"
        trace = trace.tb_next
    said = " ".join(str(problem).split())
    return f"{type(problem).__name__}{where}: {said}"[:500]


def peak_mb() -> float:
    """Return the most memory that this process has used, in megabytes (0 where the system does not tell)."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


class Serial:
    """Plays one run after another in this process: for a look inside, or one core."""

    def __init__(self, target: str) -> None:
        self._function = named(target)
        self._stopped = False

    def run(self, jobs: Jobs) -> Iterator[Done | None]:
        """Play jobs in their order."""
        for job in jobs:
            if job is None or self._stopped:
                return
            yield attempt(self._function, *job)

    def stop(self) -> None:
        """Start nothing more."""
        self._stopped = True

    def close(self) -> None:
        """There is nothing to end."""
