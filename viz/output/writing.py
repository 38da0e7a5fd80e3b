"""Pictures, films and pages that cannot be written: told in one line with the file's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame

from viz.problems import VideoError


@contextmanager
def writing(target: Path | str) -> Iterator[None]:
    """Turn a refusal of the disk into VideoError, naming the file; make its folder first."""
    try:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        yield
    except (OSError, pygame.error) as problem:
        msg = f"{target}: could not be written: {getattr(problem, 'strerror', None) or problem}"
        raise VideoError(msg) from problem
