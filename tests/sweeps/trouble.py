"""Runs that go wrong in every way a run can; the pool's tests hand them out as tasks."""

import os
import signal
import time


def play(task):
    """Do what the task says."""
    return DEEDS[task]()


def _raise():
    msg = "no road to Palmyra"
    raise ValueError(msg)


def _eat():
    kept = []
    while True:
        kept.append(bytearray(20 * 1024 * 1024))
        time.sleep(0.01)


DEEDS = {
    "well": lambda: "done",
    "raise": _raise,
    "exit": lambda: os._exit(7),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hang": lambda: time.sleep(600),
    "eat": _eat,
}
