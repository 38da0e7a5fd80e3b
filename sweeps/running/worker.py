"""A worker of the pool: a process that plays one run at a time and dies with its parent."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from sweeps.running.executor import attempt, named, prepare
from sweeps.running.letterbox import post

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
    """Set what workers must find when they start: their environment, and no Ctrl-C from the first moment on."""
    before = {name: os.environ.get(name) for name in SURROUNDINGS}
    os.environ.update(SURROUNDINGS)
    held = _held()
    try:
        yield
    finally:
        if held:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # one that came meanwhile is delivered now
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _held() -> bool:
    """Hold Ctrl-C back, which processes that start now inherit; False where the system cannot."""
    if sys.platform == "win32":
        return False
    resource_tracker.ensure_running()  # it lets Ctrl-C through again when it starts
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return True


def work(pipe: Connection, box: Any, target: str) -> None:
    """Take jobs from the pipe and send back what came of them until the parent hangs up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C and a cluster's warning are for the parent: runs in flight finish
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        function = named(target)
        prepare(target)
        post(pipe, box, READY)
        while True:
            post(pipe, box, attempt(function, *pipe.recv()))
    except (EOFError, OSError):
        os._exit(0)


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
