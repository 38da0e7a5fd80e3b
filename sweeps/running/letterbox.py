"""A letterbox: memory that a worker shares with its parent. Through it matrices come home at a fifth of what a pipe costs.

One run is in flight per worker, so the box is read before it is filled again. What does not fit goes through the pipe whole.
"""

import pickle
from multiprocessing.connection import Connection
from typing import Any

ROOM = 2**20
"""Bytes: the days of three campaigns."""


def letterbox(context: Any) -> Any:
    """Return a box that a process of this context can be given, or None where the system has no room for one."""
    try:
        return context.RawArray("b", ROOM)
    except OSError:
        return None


def post(pipe: Connection, box: Any, told: Any) -> None:
    """Send something, its matrices through the box."""
    beside: list[pickle.PickleBuffer] = []
    letter = pickle.dumps(told, protocol=5, buffer_callback=beside.append)
    pages = [each.raw() for each in beside]
    sizes = [page.nbytes for page in pages]
    if box is None or sum(sizes) > ROOM:
        pipe.send((pickle.dumps(told, protocol=5), []))
        return
    room, at = memoryview(box).cast("B"), 0
    for page, size in zip(pages, sizes, strict=True):
        room[at : at + size] = page
        at += size
    pipe.send((letter, sizes))


def collected(pipe: Connection, box: Any) -> Any:
    """Return what was sent.

    Raises
    ------
    EOFError, OSError
        If nobody is left who sends.
    """
    letter, sizes = pipe.recv()
    at, pages = 0, []
    room = memoryview(box).cast("B") if sizes else b""
    for size in sizes:
        pages.append(bytearray(room[at : at + size]))
        at += size
    return pickle.loads(letter, buffers=pages)
