"""Where a run is to go on from: a checkpoint, or a turn of a run that was recorded (`DIR@TURN`, `run.rec@TURN`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.configuration.loading import load
from model.configuration.problems import ConfigProblems
from model.recording import Recording, RecordingError
from model.recording.provenance import config_digest
from model.scenario import Scenario
from sweeps.code import code_hash
from sweeps.single import checkpoint, way_marks
from sweeps.single.checkpoint import Branch
from sweeps.storage import OutputProblem

RESOLVED = "scenario.resolved.yaml"


@dataclass(frozen=True)
class Origin:
    """A turn of an earlier run, and all that leads there."""

    named: str  # as it was named
    folder: Path
    scenario: Scenario
    source: str | Path  # what the scenario is read from
    given: tuple[str, ...]  # settings its reader needs besides
    seed: int
    turn: int
    overrides: tuple[str, ...]  # of the run's own start
    branches: tuple[Branch, ...]
    digests: Mapping[int, str] = field(default_factory=dict)
    recording: Path | None = None
    code: str = ""

    def settings(self, turn: int, more: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return all settings in force after a turn, `more` on top."""
        earlier = [setting for branch in self.branches if branch.turn <= turn for setting in branch.overrides]
        return (*self.given, *earlier, *more)

    def changed_code(self) -> str:
        """Return a word on the code, for messages."""
        return " (the code has changed since)" if self.code and self.code != code_hash() else ""


def origin(words: str) -> Origin:
    """Return where to go on from; OutputProblem or RecordingError if it cannot be made out."""
    path = Path(words)
    if path.suffix == ".json":
        return _of_checkpoint(words, checkpoint.read(path))
    name, at, turn = words.rpartition("@")
    if not at or not turn.isdecimal() or len(turn) > 9:
        msg = f"{words}: should read DIR@TURN, run.rec@TURN, or be the file of a checkpoint"
        raise OutputProblem(msg)
    return _of_recording(words, Path(name), int(turn))


def _of_checkpoint(words: str, told: checkpoint.Checkpoint) -> Origin:
    folder = Path(words).parent
    folder = folder.parent if folder.name == checkpoint.FOLDER else folder
    source, given, scenario = _scenario(folder, told.scenario, told.overrides, told.config_digest)
    recording = folder / "run.rec"
    return Origin(
        words, folder, scenario, source, given, told.seed, told.turn, tuple(told.overrides), tuple(told.branches),
        {told.turn: told.digest}, recording if recording.is_file() else None, told.code,
    )  # fmt: skip


def _of_recording(words: str, path: Path, turn: int) -> Origin:
    with Recording(path) as recording:
        told, opening = recording.provenance, recording.opening
        if turn not in recording.turns:
            msg = (
                f"{words}: the recording holds turns 0 to {recording.turns[-1]}" if recording.turns else f"{words}: holds no turn"
            )
            raise OutputProblem(msg)
    try:
        branches = tuple(Branch.model_validate(branch) for branch in told.get("branches", []))
        overrides, digest = [str(setting) for setting in told["overrides"]], str(told["config_digest"])
    except (ValidationError, LookupError, TypeError) as problem:
        msg = f"{recording.path}: does not say how its run was made ({str(problem).splitlines()[0]})"
        raise RecordingError(msg) from None
    folder = recording.path.parent
    source, given, scenario = _scenario(folder, opening.scenario, overrides, digest)
    marks = {at: mark for at, mark in way_marks.read(folder).items() if at <= turn}
    return Origin(words, folder, scenario, source, given, opening.seed, turn, tuple(overrides), branches, marks, recording.path)


def _scenario(folder: Path, name: str, overrides: list[str], digest: str) -> tuple[str | Path, tuple[str, ...], Scenario]:
    """Return the scenario of a run: as it lies beside it, else by name and settings. It must be the very same."""
    tried: list[tuple[str | Path, tuple[str, ...]]] = []
    if (folder / RESOLVED).is_file():
        tried.append((folder / RESOLVED, ()))
    tried.append((name, tuple(overrides)))
    for source, given in tried:
        try:
            scenario = load(source, given)
        except ConfigProblems:
            continue
        if config_digest(scenario) == digest:
            return source, given, scenario
    msg = f"{folder}: neither {RESOLVED} nor the scenario '{name}' is the one this run was played by"
    raise OutputProblem(msg)


def plain(branches: tuple[Branch, ...]) -> list[dict[str, Any]]:
    """Return branches as the provenance holds them."""
    return [branch.model_dump() for branch in branches]
