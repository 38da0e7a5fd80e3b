"""The folder of a sweep: opened for a sitting, new or to go on, and closed with word of what was done in it."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sweeps.design.asked import Asked
from sweeps.design.study import Study, design_csv, design_told, unit_csv
from sweeps.results import layout, manifest
from sweeps.results.parts import finished
from sweeps.storage import OutputProblem, write_whole


def open_folder(study: Study, asked: Asked) -> Path:
    """Return the folder of a sweep, made or found fit to go on with.

    Raises
    ------
    OutputProblem
        If it cannot be used.
    OtherSweep
        If it is of another design or other code.
    """
    folder = asked.out or Path("runs") / study.folder()
    try:
        for name in (layout.PARTS, layout.FAILURES):
            (folder / name).mkdir(parents=True, exist_ok=True)
        with manifest.alone(folder, "manifest"):
            if (folder / layout.MANIFEST).exists():
                _check(folder, study, asked)
            else:
                _begin(folder, study)
    except OSError as problem:
        msg = f"{folder}: cannot be used for the sweep's files: {problem.strerror}"
        raise OutputProblem(msg) from problem
    return folder


def _check(folder: Path, study: Study, asked: Asked) -> None:
    told = manifest.read(folder)
    manifest.compare(told, design=study.design_hash, code=study.code, folder=folder, allow_code=asked.allow_code)
    begun = layout.parts(folder, layout.OUTCOMES_PART)
    if begun and not asked.resume and asked.shard is None:
        msg = f"{folder}: already holds runs of this sweep; add --resume to go on with it, or name another folder with --out"
        raise OutputProblem(msg)


def _begin(folder: Path, study: Study) -> None:
    strange = [path.name for path in folder.iterdir() if not path.name.startswith(".") and path.name not in _OWN]
    if strange:
        msg = f"{folder}: is not empty and holds no sweep ({strange[0]}); name an empty or a new folder"
        raise OutputProblem(msg)
    write_whole(folder / layout.SWEEP_FILE, study.text)
    write_whole(folder / layout.DESIGN, design_csv(study))
    unit = unit_csv(study)
    if unit is not None:
        write_whole(folder / layout.UNIT, unit)
    manifest.write(folder, _manifest(study))


_OWN = {layout.PARTS, layout.FAILURES, layout.SWEEP_FILE, layout.DESIGN, layout.UNIT, layout.LOG}


def _manifest(study: Study) -> dict[str, Any]:
    plan = study.plan
    told = plan.told()
    return {
        "format": layout.FORMAT,
        "name": plan.name,
        "scenario": plan.scenario,
        "start": study.start,
        "sweep": told,
        "sweep_file_sha256": manifest.content(study.text),
        "design_hash": study.design_hash,
        "points": len(study.points),
        "rejected_points": study.points.rejected,
        "runs": len(study.points) * plan.replicates.least,
        "most_runs": len(study.runs),
        "factors": {path: factor.told() for path, factor in study.columns.factors.items()},
        "varied": [factor.path for factor in plan.factors],
        "design": design_told(study),
        "seeds": plan.seeds,
        "replicates": told["replicates"],
        "outcomes": list(plan.outcomes),
        "analyse": dict(plan.analyse),
        "code": {"hash": study.code},
        "machine": manifest.machine(),
        "sittings": [],
        "finished": False,
    }


def already(folder: Path, size: int, outcome: str, note: Callable[[int, Any], None]) -> bytearray:
    """Return which runs are done (1 well, 2 failed), and say an outcome of each; none is kept in memory."""
    done = bytearray(size)
    wanted = layout.OUTCOME + outcome
    for table in finished(folder, (wanted,)):
        values = table[wanted].to_pylist() if wanted in table.schema.names else [None] * len(table)
        for run, status, value in zip(table[layout.RUN].to_pylist(), table[layout.STATUS].to_pylist(), values, strict=True):
            done[run] = 1 if status == layout.OK else 2
            note(run, value)
    return done


def sitting(begun: datetime, asked: Asked, runs: int, reason: str) -> dict[str, Any]:
    """Return what the manifest says of a sitting."""
    return {
        "start": begun.isoformat(timespec="seconds"),
        "end": datetime.now(UTC).isoformat(timespec="seconds"),
        "host": socket.gethostname(),
        "engine": asked.engine,
        "workers": asked.workers,
        "shard": None if asked.shard is None else f"{asked.shard.index}/{asked.shard.count}",
        "runs": runs,
        "reason": reason,
    }
