"""A dry run: what a sweep would play, how long it would take and how large it would get. Nothing is kept of it."""

import json
from dataclasses import dataclass
from statistics import fmean, stdev

from sweeps.design.asked import Asked
from sweeps.design.study import Study, design_told
from sweeps.results.columns import Columns
from sweeps.results.parts import Parts
from sweeps.running.engines import executor_of
from sweeps.running.executor import Done
from sweeps.running.progress import spoken
from sweeps.running.task import Played

ALLOWANCE = 0.3  # a pilot of a few runs is not exact


@dataclass(frozen=True, slots=True)
class Pilot:
    """What a few runs took: seconds each, bytes each on the disk, memory, and how many failed."""

    runs: int
    run_s: float
    spread_s: float
    run_bytes: float
    peak_mb: float
    failed: tuple[str, ...]


def pilot(study: Study, asked: Asked, runs: int) -> Pilot | None:
    """Play some runs spread over the points."""
    count = min(runs, len(study.points))
    if count == 0:
        return None
    picked = [study.runs.number(round(index * (len(study.points) - 1) / max(1, count - 1)), 0) for index in range(count)]
    executor = executor_of(asked, study.plan.limits)
    try:
        jobs = ((number, study.runs.task(study.runs[number])) for number in picked)
        done = [each for each in executor.run(jobs) if each is not None]
    finally:
        executor.close()
    good = sorted(each.wall_s for each in done if each.status == "ok")
    warm = good[: max(1, len(good) - asked.workers)]  # the first run of each worker also reads and compiles
    failed = tuple(f"run {each.number}: {each.error}" for each in done if each.status != "ok")
    size = bytes_a_run(study.columns, study, done)
    peak = max((each.peak_mb for each in done), default=0.0)
    return Pilot(len(done), fmean(warm) if warm else 0.0, stdev(warm) if len(warm) > 1 else 0.0, size, peak, failed)


def bytes_a_run(columns: Columns, study: Study, done: list[Done]) -> float:
    """Return how many bytes a run takes in the parts, were these written."""
    good = [each for each in done if isinstance(each.value, Played)]
    if not good:
        return 0.0
    rows = [columns.row(study.runs[each.number], study.runs.key(study.runs[each.number]), each) for each in good]
    days = [(each.number, each.value.days) for each in good if each.value.days is not None]
    return len(Parts.packed(columns, rows, days)) / len(good)


def forecast(study: Study, asked: Asked, runs: int, *, as_json: bool) -> str:
    """Return what a sweep would be, as lines or as JSON."""
    tried = pilot(study, asked, runs)
    plan = study.plan
    least, most = len(study.points) * plan.replicates.least, len(study.runs)
    total = least if asked.shard is None else -(-least // asked.shard.count)
    told = {
        "sweep": plan.name, "points": len(study.points), "rejected": study.points.rejected, "runs": least, "most_runs": most,
        "design": design_told(study) | {"problem": None}, "folder": study.folder(),
    }  # fmt: skip
    lines = [f"{plan.name}: {_product(study)}"]
    if study.points.rejected:
        lines.append(f"'where' takes away {study.points.rejected} points")
    lines += [f"point {point.number}: {_shown(point.settings, point.policy, point.world)}" for point in study.points.points[:3]]
    if "max_corr" in study.points.told:
        lines.append("largest correlation {max_corr:.4f}, centred discrepancy {discrepancy:.5f}".format(**study.points.told))
    if tried is not None:
        hands = max(1, asked.workers)
        time = total * tried.run_s / hands
        told |= {"run_s": tried.run_s, "seconds": time, "bytes": total * tried.run_bytes, "peak_mb": tried.peak_mb}
        told["pilot_failed"] = list(tried.failed)
        lines.append(
            f"time: about {spoken(time)} on {hands} worker{'s' * (hands > 1)}, ±{ALLOWANCE:.0%} "
            f"({tried.runs} pilot runs, {tried.run_s:.2f} ± {tried.spread_s:.2f} s each)"
        )
        lines.append(f"disk: about {sized(total * tried.run_bytes)}; memory: about {tried.peak_mb:.0f} MB a worker")
        lines += [f"pilot failed: {said}" for said in tried.failed]
    lines.append("nothing was kept")
    return json.dumps(told) if as_json else "\n".join(lines)


def _product(study: Study) -> str:
    replicates, points = study.plan.replicates, len(study.points)
    if replicates.until is None:
        return f"{points:,} points × {replicates.least} replicates = {points * replicates.least:,} runs"
    least, most = points * replicates.least, points * replicates.most
    return f"{points:,} points × {replicates.least} to {replicates.most} replicates = {least:,} to {most:,} runs"


def _shown(settings: dict[str, float | int | bool | str], policy: str, world: str) -> str:
    branch = [f"{name} {value}" for name, value in (("policy", policy), ("world", world)) if value]
    said = [f"{path}={value:.6g}" if isinstance(value, float) else f"{path}={value}" for path, value in settings.items()]
    return ", ".join([*branch, *said]) or "the scenario as it is"


def sized(size: float) -> str:
    """Return an amount of bytes as one would say it."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} GB"
