"""A run of a sweep made again: from its row and its seed, in every turn the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.muster import muster
from model.account.tally import Tally
from model.recording import provenance
from sweeps.code import code_hash
from sweeps.design.base import written
from sweeps.design.factor import Value
from sweeps.design.plan import Record
from sweeps.results import layout
from sweeps.results.manifest import read
from sweeps.results.tables import load
from sweeps.running.play import play, play_out
from sweeps.running.situations import situation
from sweeps.running.task import Task
from sweeps.single.folder import RunFolder
from sweeps.storage import OutputProblem


@dataclass(frozen=True, slots=True)
class Again:
    """A run that was made again: where its recording is, its digest then and now."""

    recording: Path
    then: str | None
    now: str | None
    same_code: bool

    def said(self) -> str:
        """Return whether it was the same, in words."""
        if self.then is None:
            return "the row of this run holds no end state (it failed)"
        if self.then == self.now:
            return f"identical: end state {self.now[:16]}" if self.now else "identical"
        code = "" if self.same_code else "; the code has changed since"
        return f"NOT identical: end state {self.then[:16]} then, {(self.now or '-')[:16]} now{code}"


def task_of(told: Mapping[str, Any], row: Mapping[str, Any]) -> Task:
    """Return the task of a row of a sweep; OutputProblem if the manifest does not tell it."""
    try:
        return _task(told, row)
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        msg = f"{layout.MANIFEST}: does not say how the runs of the sweep were played ({problem})"
        raise OutputProblem(msg) from None


def _task(told: Mapping[str, Any], row: Mapping[str, Any]) -> Task:
    sweep = told["sweep"]
    turns = None if sweep["turns"] is None else int(sweep["turns"])
    worlds = {each["name"]: each for each in sweep["worlds"]}
    world = worlds.get(str(row.get(layout.WORLD, "")), {})
    settings = tuple((path, _plain(row[path])) for path in told["factors"])
    record = sweep["record"]
    measures = None if record["measures"] is None else tuple(record["measures"])
    scenario = world.get("scenario") or sweep["scenario"]
    return Task(scenario, settings, int(row[layout.SEED]), turns, tuple(sweep["stop_when"]), Record(record["days"], measures))


def _plain(value: Any) -> Value:
    plain: Value = value.item() if hasattr(value, "item") else value
    return plain


def row_of_run(folder: Path, run: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the manifest and the row of a run; OutputProblem if there is none."""
    told = read(folder)
    outcomes, _ = load(folder, series=False)
    rows = outcomes[outcomes[layout.RUN] == run]
    if not len(rows):
        msg = f"{folder}: has no finished run {run} (there are {len(outcomes):,}, of numbers below {told['most_runs']:,})"
        raise OutputProblem(msg)
    return told, rows.iloc[0].to_dict()


def replay(folder: Path, run: int) -> Again:
    """Play a run again and record it; the recording replaces an earlier one of the same run."""
    told, row = row_of_run(folder, run)
    task = task_of(told, row)
    campaign = muster(situation(task.scenario, task.settings), task.seed)
    opening = campaign.opening()
    tally = Tally(opening, campaign.theatre.places)
    out = folder / "replays" / f"run-{run:06d}"
    overrides = [f"{path}={written(value)}" for path, value in task.settings]
    kept = RunFolder(
        out, campaign.situation, opening, campaign.theatre.places, provenance(campaign.situation, opening, overrides)
    )
    try:
        play_out(campaign, tally, task, (kept.add,))
        outcome = tally.outcome(campaign.digest())
        kept.finish(outcome, tally.days, 0.0)
    except BaseException:
        kept.abandon()
        raise
    then = row.get("outcome.digest")
    return Again(out, then if isinstance(then, str) else None, outcome.digest, told["code"]["hash"] == code_hash())


def verify(folder: Path, sample: int) -> tuple[int, list[str]]:
    """Play some runs again, spread over the sweep; return how many, and in words which came to another end."""
    told = read(folder)
    outcomes, _ = load(folder, series=False)
    good = outcomes[outcomes[layout.STATUS] == layout.OK]
    if not len(good):
        msg = f"{folder}: has no finished run"
        raise OutputProblem(msg)
    count = min(sample, len(good))
    picked = sorted({round(index * (len(good) - 1) / max(1, count - 1)) for index in range(count)})
    different = []
    for place in picked:
        row = good.iloc[place].to_dict()
        now = play(task_of(told, row)).row
        apart = [name for name, value in now.items() if not _same(value, row.get(layout.OUTCOME + name))]
        if apart:
            different.append(f"run {row[layout.RUN]}: {', '.join(apart[:5])}{' …' * (len(apart) > 5)}")
    return len(picked), different


def _same(now: Any, then: Any) -> bool:
    if now is None:
        return then is None or then != then  # noqa: PLR0124 (a missing figure reads back as NaN)
    return bool(now == then)
