"""`run.py calibrate`: plays the waves, writes tables, pictures, sets and the page."""

import argparse
import math
import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from sweeps.calibration import page, pictures, tables
from sweeps.calibration.judged import Line, judgement
from sweeps.calibration.learnt import chosen, widths
from sweeps.calibration.plan import FILE, Plan, read
from sweeps.calibration.playing import Job, Point, Told, jobs, play
from sweeps.calibration.waves import Evidence, Region, add, first, following, opened, region
from sweeps.storage import OutputProblem, write_whole
from sweeps.validation.trial import kept, measured

ROOT = Path(__file__).parents[2]


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    words = verbs.add_parser("calibrate", help="say which parameters the past does not rule out (history matching in waves)")
    words.add_argument("plan", type=Path, nargs="?", default=FILE, metavar="CALIBRATION.yaml")
    words.add_argument(
        "--wave", type=int, default=None, metavar="N", help="stop after so many waves (default: those of the file)"
    )
    words.add_argument("--out", type=Path, default=None, metavar="DIR", help="default runs/calibrate-NAME")
    words.add_argument("--resume", action="store_true", help="go on with what is in the folder")
    words.add_argument("--dry-run", action="store_true", help="say what would be run and how long it takes")
    words.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    words.add_argument(
        "--publish", action="store_true", help="also write docs/CALIBRATION.md, its pictures and configs/rules/sets"
    )
    words.set_defaults(verb=calibrate)


def calibrate(options: argparse.Namespace) -> int:
    """Run the verb; 0 done, 3 done with failed runs."""
    plan = read(options.plan)
    waves = plan.waves if options.wave is None else options.wave
    if waves < 1 or options.workers < 1:
        msg = "calibrate: --wave and --workers should be 1 or more"
        raise OutputProblem(msg)
    if options.dry_run:
        print(forecast(plan, waves, options.workers))
        return 0
    out = options.out or Path("runs") / f"calibrate-{plan.name}"
    tables.folder_for(plan, out, resume=options.resume)
    evidence, known = matched(plan, waves, options.workers)
    sets = chosen(evidence)
    lines = judgement(evidence, sets, options.workers, _teller("judging"))
    publish(evidence, known, sets, lines, out, _said(options), everywhere=options.publish)
    return 3 if any(each.failure for each in evidence.done) else 0


def _said(options: argparse.Namespace) -> str:
    """Return the command that remakes the page, never with the place of this machine."""
    plan = "" if options.plan.resolve() == FILE else f" {_shown(options.plan)}"
    return f"python run.py calibrate{plan}{'' if options.wave is None else f' --wave {options.wave}'} --publish"


def _shown(plan: Path) -> str:
    """Return a plan's file as it is named from the project's folder."""
    path = plan.resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def matched(plan: Plan, waves: int, workers: int) -> tuple[Evidence, Region]:
    """Play the waves and return all evidence and what is not ruled out."""
    evidence = opened(plan)
    unit = first(plan)
    for wave in range(1, waves + 1):
        new = [*evidence.points[: 1 if wave == 1 else 0], *add(evidence, unit, wave)]
        evidence.done += play(_jobs(plan, new), workers, _teller(f"wave {wave}"))
        known = region(evidence)
        print(f"wave {wave}: {100 * known.share:.1f} % of the space is not ruled out", file=sys.stderr, flush=True)
        unit = following(evidence, known)
    return evidence, known


def _jobs(plan: Plan, points: Iterable[Point]) -> list[Job]:
    return jobs(plan, points, plan.fitted, range(1, plan.replicates + 1))


def publish(
    evidence: Evidence, known: Region, sets: Sequence[int], lines: Sequence[Line], out: Path, command: str, *, everywhere: bool
) -> None:
    """Write tables, pictures, sets and page into the folder, and into docs and configs where asked for."""
    left = widths(evidence.plan, known)
    tables.write(evidence, known, left, sets, lines, out)
    drawn = {"pairs.png": pictures.pairs(evidence, known, sets), "fit.png": pictures.fit(evidence, sets)}
    homes = [(out, out / "CALIBRATION.md", "."), (ROOT / "docs" / "images" / "calibration", ROOT / "docs" / "CALIBRATION.md", "")]
    for folder, path, pictures_at in homes[: 2 if everywhere else 1]:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in drawn.items():
            write_whole(folder / name, content)
        told = page.page(evidence, known, left, sets, lines, command, pictures_at or "images/calibration")
        write_whole(path, told.encode())
    if everywhere:
        tables.write_sets(evidence, sets, ROOT / "configs" / "rules" / "sets")
    print(f"written to {out}: CALIBRATION.md, pairs.png, fit.png, points.csv, region.csv, widths.csv, judgement.csv, sets/")


def forecast(plan: Plan, waves: int, workers: int) -> str:
    """Return what would be run, measured on one run of each window of the defaults."""
    once = _jobs(plan, opened(plan).points)
    ones = [job for job in once if job.task.seed == 1]
    cost = 0.0
    lines = []
    for job in ones:
        measured(job.task)  # the first may have to compile
        begin = time.process_time()
        measured(job.task)
        spent = time.process_time() - begin
        cost += spent
        lines.append(f"  {job.task.run}: {max(days for _, days in job.task.wanted)} days, {spent:.1f} s of processor time")
    runs = plan.replicates * len(ones)
    total = (1 + plan.points) * runs + (waves - 1) * plan.points * runs
    seconds = total / max(1, len(ones)) * cost
    found = sum(kept(job.task) is not None for job in _jobs(plan, _first_points(plan)))
    head = (
        f"{plan.name}: {waves} waves of {plan.points} points, {plan.replicates} runs on each of {len(ones)} windows: "
        f"{total:,} runs, {seconds / 3600:.1f} h of processor time, {seconds / 3600 / workers:.1f} h with {workers} workers; "
        f"{found:,} of the first wave are kept already. Judging: {plan.judging_seeds} runs of each window "
        f"for {1 + plan.sets} sets besides."
    )
    return "\n".join([head, *lines])


def _first_points(plan: Plan) -> list[Point]:
    evidence = opened(plan)
    add(evidence, first(plan), 1)
    return evidence.points


def _teller(what: str) -> Told:
    """Return who is told of every finished run: a line that rewrites itself on a terminal, one for every twentieth elsewhere."""
    console, begin, said = Console(file=sys.stderr), time.monotonic(), -1
    before = -1

    def told(done: int, total: int) -> None:
        nonlocal said, before
        if before < 0:
            before = done
        step = 20 * done // max(1, total)
        if not console.is_terminal and step == said:
            return
        said = step
        gone = time.monotonic() - begin
        ahead = gone * (total - done) / (done - before) if done > before else float("nan")
        eta = f", {ahead / 60:.0f} min to go" if math.isfinite(ahead) else ""
        console.print(f"{what}: {done:,} of {total:,} runs{eta}", end="\r" if console.is_terminal else "\n", highlight=False)

    return told
