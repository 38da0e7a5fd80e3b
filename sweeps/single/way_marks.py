"""Way marks of a run: the digest of its state every so many turns, so that a run made again can be held against it."""

import json
from collections.abc import Mapping
from pathlib import Path

from model.configuration.plain_file import text_of
from sweeps.storage import OutputProblem, storing, write_whole

NAME = "digests.jsonl"
FORMAT = 1  # of the file; said in its first line
EVERY = 40  # turns; a digest costs less than a turn
_LARGEST = 50_000_000  # bytes


class WayMarks:
    """Writes the digests as they come; a run that is killed leaves those of its whole turns."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        with storing(self.path):
            write_whole(self.path, _line({"format": FORMAT}))

    def set(self, turn: int, digest: str) -> None:
        """Write down the digest of a turn."""
        with storing(self.path), self.path.open("ab") as file:
            file.write(_line({"turn": turn, "digest": digest}))


def _line(told: Mapping[str, object]) -> bytes:
    return (json.dumps(told) + "\n").encode("ascii")


def read(folder: Path) -> dict[int, str]:
    """Return turn → digest of a run's folder (a last line that was cut short is left out, a missing file is empty)."""
    path = folder / NAME
    try:
        if not path.is_file():
            return {}
        lines = text_of(path, _LARGEST, "ascii").split("\n")[:-1]
        told = [json.loads(line) for line in lines]
        if told and "format" in told[0]:  # one without is of form 1
            if told[0]["format"] != FORMAT:
                raise ValueError(f"is of form {told[0]['format']}; this version reads form {FORMAT}")
            told = told[1:]
        return {int(mark["turn"]): str(mark["digest"]) for mark in told}
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError) as problem:
        msg = f"{path}: cannot be read: {problem}"
        raise OutputProblem(msg) from None
