"""Checkpoints: what it takes to stand again at a turn of a run. Plain JSON; reading one executes nothing.

A checkpoint holds no state: the run is played again up to its turn, about a thousandth of a second a turn, and its state is held
against the digest. So it cannot be out of step with the laws:
it leads to the same bits, or says that it does not.
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from model.configuration.plain_file import bytes_of
from sweeps.storage import OutputProblem, write_whole

FOLDER = "checkpoints"
_LARGEST = 1_000_000  # bytes
_DIGEST = Field(pattern="^[0-9a-f]{64}$")


class _Plain(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Branch(_Plain):
    """A turn from which a run was played on by other settings."""

    turn: int = Field(ge=0)
    overrides: list[str]
    of: str = ""  # the run it branched from, as it was named
    digest: str | None = None  # of the state at that turn


class Checkpoint(_Plain):
    """A turn of a run, and how to come to it."""

    format: Literal[1] = 1
    scenario: str
    seed: int = Field(ge=0)
    config_digest: str = _DIGEST
    overrides: list[str] = []
    branches: list[Branch] = []
    turn: int = Field(ge=0)
    digest: str = _DIGEST
    code: str = ""  # hash of the sources that played it


def write(folder: Path, checkpoint: Checkpoint) -> Path:
    """Write a checkpoint into the folder of its run."""
    path = folder / FOLDER / f"turn-{checkpoint.turn:06d}.json"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, (checkpoint.model_dump_json(indent=2) + "\n").encode())
    return path


def read(path: Path) -> Checkpoint:
    """Return a checkpoint; OutputProblem if the file is none."""
    try:
        return Checkpoint.model_validate_json(bytes_of(path, _LARGEST))
    except OSError as problem:
        msg = f"{path}: cannot be read: {problem.strerror}"
        raise OutputProblem(msg) from None
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        if where == "format":
            msg = f"{path}: is a checkpoint of another form; this version reads form 1"
        else:
            msg = f"{path}: is no checkpoint: {where + ': ' if where else ''}{first['msg']}"
        raise OutputProblem(msg) from None
