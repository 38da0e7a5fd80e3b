"""A worker of the pool: a process that plays one run at a time and dies with its parent."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait

from sweeps.executor import attempt, named, prepare

SURROUNDINGS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "SDL_VIDEODRIVER": "dummy",
}
"""One run, one core, no window."""
READY = "ready"


@contextmanager
def surroundings() -> Iterator[None]:
    """Set what workers must find in their environment when they start."""
    before = {name: os.environ.get(name) for name in SURROUNDINGS}
    os.environ.update(SURROUNDINGS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def work(pipe: Connection, target: str) -> None:
    """Take jobs from the pipe and send back what came of them until the parent hangs up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C and a cluster's warning are for the parent: runs in flight finish
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        function = named(target)
        prepare(target)
        pipe.send(READY)
        while True:
            pipe.send(attempt(function, *pipe.recv()))
    except (EOFError, OSError):
        os._exit(0)


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
