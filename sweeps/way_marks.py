"""Way marks of a run: the digest of its state every so many turns, so that a run made again can be held against it."""

import json
from pathlib import Path

from sweeps.storage import OutputProblem, storing, write_whole

NAME = "digests.jsonl"
EVERY = 40  # turns; a digest costs less than a turn
_LARGEST = 50_000_000  # bytes


class WayMarks:
    """Writes the digests as they come; a run that is killed leaves those of its whole turns."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        with storing(self.path):
            write_whole(self.path, b"")

    def set(self, turn: int, digest: str) -> None:
        """Write down the digest of a turn."""
        with storing(self.path), self.path.open("a", encoding="ascii") as file:
            file.write(json.dumps({"turn": turn, "digest": digest}) + "\n")


def read(folder: Path) -> dict[int, str]:
    """Return turn → digest of a run's folder (a last line that was cut short is left out, a missing file is empty)."""
    path = folder / NAME
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > _LARGEST:
            raise ValueError("is larger than any run makes it")
        lines = path.read_text(encoding="ascii").split("\n")[:-1]
        told = [json.loads(line) for line in lines]
        return {int(mark["turn"]): str(mark["digest"]) for mark in told}
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError) as problem:
        msg = f"{path}: cannot be read: {problem}"
        raise OutputProblem(msg) from None
