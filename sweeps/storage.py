"""Files written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class OutputProblem(Exception):  # noqa: N818 (a problem of the input, not a failure)
    """The folder named for a run's files cannot be used; nothing was run."""

    exit_code = 2


class StorageFailed(Exception):  # noqa: N818 (said as it happened)
    """The disk refused a file during a run; what was recorded until then can be replayed."""

    exit_code = 7


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn a refusal of the disk into StorageFailed, naming the file."""
    try:
        yield
    except OSError as problem:
        msg = f"{path}: could not be written: {problem.strerror or problem}"
        raise StorageFailed(msg) from problem


def temporary(path: Path) -> Path:
    """Return the name under which a file is written before it gets its own."""
    return path.with_name(f".{path.name}.part")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, wait until the disk has it, and give it its name."""
    with storing(path):
        try:
            with temporary(path).open("wb") as file:
                file.write(content)
            settle(path)
        except OSError:
            temporary(path).unlink(missing_ok=True)
            raise


def settle(path: Path) -> None:
    """Give a file that was written under its temporary name its own, once the disk has it."""
    with temporary(path).open("rb+") as file:
        os.fsync(file.fileno())
    temporary(path).replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # some systems cannot; the rename itself is done
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
