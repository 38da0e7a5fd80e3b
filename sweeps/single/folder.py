"""The folder of a run: recording and events as they come, the rest when it is over."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from model.account.frame import Frame, Opening
from model.account.outcome import Outcome
from model.account.reasons import Reason
from model.configuration.plain_file import bytes_of
from model.configuration.resolved import resolved_yaml
from model.events import Event
from model.ledger import Side
from model.map.theatre import Place
from model.recording import Recorder, lasting
from model.scenario import Scenario
from sweeps.code import code_hash
from sweeps.single import checkpoint, way_marks
from sweeps.single.order_lines import order_line
from sweeps.single.parquet import series_bytes
from sweeps.storage import OutputProblem, StorageFailed, settle, storing, temporary, write_whole

_LARGEST = 10_000_000  # bytes of a provenance
ORIGIN = "provenance.json"  # says whose folder it is: written first, and again when the run is over
_MADE = ("outcome.json", "series.parquet", "events.jsonl", "run.rec", "scenario.resolved.yaml", way_marks.NAME)


class RunFolder:
    """What a headless run leaves behind.

    Parameters
    ----------
    path
        The folder; made if missing. An earlier run of the same scenario and seed in it is replaced.
    scenario, opening, places, provenance
        The resolved scenario, the names of the run, the theatre's places, and where the run comes from.

    Raises
    ------
    OutputProblem
        If the folder holds something else, or cannot be made.
    """

    def __init__(
        self, path: Path, scenario: Scenario, opening: Opening, places: Sequence[Place], provenance: Mapping[str, Any]
    ) -> None:
        self.path = path
        self._opening, self._places, self._provenance = opening, places, dict(provenance)
        claim(path, opening.scenario, opening.seed)
        try:
            self._begin(scenario)
        except StorageFailed as problem:
            msg = f"{problem}; nothing was run"
            raise OutputProblem(msg) from problem

    def _begin(self, scenario: Scenario) -> None:
        self._write_origin({"finished": False})
        write_whole(self.path / "scenario.resolved.yaml", resolved_yaml(scenario).encode())
        with storing(self.path / "events.jsonl"):
            self._events = temporary(self.path / "events.jsonl").open("w", encoding="utf-8")
        with storing(self.path / "run.rec"):
            self._recorder = Recorder(self.path / "run.rec", self._opening, lasting(self._provenance))
        self._marks = way_marks.WayMarks(self.path)

    def add(self, frame: Frame, reasons: Sequence[Reason] = (), near: Callable[[int], str] = str) -> None:
        """Record a frame, its events and why orders were given in its turn; `near` names cells."""
        with storing(self._recorder.path):
            self._recorder.write(frame, reasons)
        with storing(self.path / "events.jsonl"):
            self._events.writelines(event_line(event, frame, self._opening, self._places) for event in frame.events)
            self._events.writelines(order_line(reason, frame, near) for reason in reasons)

    def mark(self, turn: int, digest: str, *, point: bool) -> None:
        """Write down the digest of a turn, and a checkpoint from which the run can go on, if one is wanted."""
        self._marks.set(turn, digest)
        if point:
            self._checkpoint(turn, digest)

    def _checkpoint(self, turn: int, digest: str) -> None:
        told = {name: self._provenance[name] for name in ("scenario", "seed", "config_digest", "overrides")}
        branches = [branch for branch in self._provenance.get("branches", ()) if branch["turn"] < turn]
        point = {**told, "branches": branches, "turn": turn, "digest": digest, "code": code_hash()}
        with storing(self.path / checkpoint.FOLDER):
            checkpoint.write(self.path, checkpoint.Checkpoint.model_validate(point))

    def finish(self, outcome: Outcome, rows: Sequence[Mapping[str, Any]], seconds: float) -> None:
        """Close the recording (left marked as cut short if the last turn was not finished) and write the rest."""
        if outcome.digest is None:
            self._recorder.abandon()
        else:
            with storing(self._recorder.path):
                self._recorder.close()
        with storing(self.path / "events.jsonl"):
            self._events.close()
            settle(self.path / "events.jsonl")
        write_whole(self.path / "series.parquet", series_bytes(rows, lasting(self._provenance)))
        write_whole(self.path / "outcome.json", outcome.to_json().encode())
        told = {"finished": True, "ended_by": outcome.ended_by, "turns": outcome.turns, "digest": outcome.digest}
        self._write_origin(told | {"seconds": round(seconds, 3)})

    def abandon(self) -> None:
        """Close the files as they are: the recording can be read up to the last turn that reached the disk."""
        self._recorder.abandon()
        with suppress(OSError):  # the disk has already refused it
            self._events.close()

    def _write_origin(self, end: Mapping[str, Any]) -> None:
        told = json.dumps(self._provenance | dict(end), ensure_ascii=False, indent=2)
        write_whole(self.path / ORIGIN, (told + "\n").encode())


def claim(path: Path, scenario: str, seed: int) -> None:
    """Make the folder, or clear it of an earlier run of the same scenario and seed; refuse any other."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            _check_owner(path, scenario, seed)
        for old in (path / checkpoint.FOLDER).glob("turn-*.json"):
            old.unlink()
        for name in _MADE:
            (path / name).unlink(missing_ok=True)
            temporary(path / name).unlink(missing_ok=True)
    except OSError as problem:
        msg = f"{path}: cannot be used for the run's files: {problem.strerror}"
        raise OutputProblem(msg) from problem


def _check_owner(path: Path, scenario: str, seed: int) -> None:
    try:
        origin = json.loads(bytes_of(path / ORIGIN, _LARGEST))
        owner = (origin["scenario"], origin["seed"])
    except (FileNotFoundError, ValueError, LookupError, TypeError, RecursionError):
        msg = f"{path}: is not empty and holds no run; name an empty or a new folder"
        raise OutputProblem(msg) from None
    if owner != (scenario, seed):
        msg = f"{path}: holds a run of {owner[0]} with seed {owner[1]}; name another folder"
        raise OutputProblem(msg)


def event_line(event: Event, frame: Frame, opening: Opening, places: Sequence[Place]) -> str:
    """Return an event as one line of JSON: when, where by name, who, what happened, its figures."""
    told = {
        "date": frame.when.isoformat(),
        "turn": event.turn,
        "kind": str(event.kind),
        "place": places[event.place].name if 0 <= event.place < len(places) else None,
        "cell": event.cell if event.cell >= 0 else None,
        "side": Side(event.side).name.lower(),
        "force": opening.force_ids[event.force] if 0 <= event.force < len(opening.force_ids) else None,
        "weight": event.weight,
        "text": event.text,
        "numbers": event.numbers,
    }
    return json.dumps(told, ensure_ascii=False, default=float) + "\n"
