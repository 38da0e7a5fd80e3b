"""What a sweep costs beyond its runs: `run.py bench --sweeps`. Linux. Processor time, but for the ratio of two paces.

The cost is taken from a real sweep on one worker whose runs are told again from the first, so that only the making of rows, the
way home and the writing of parts are left. What a run does for its series while it is played, day by day, is timed in a real
campaign and added. The pace is that of two workers against that of two bare processes (`pace`).
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from agents.muster import muster
from model.account.outcome import Outcome
from model.account.tally import Tally
from sweeps.design.asked import Asked
from sweeps.design.plan import Record
from sweeps.design.study import Study, study_of
from sweeps.design.sweep_file import read
from sweeps.results.days import Days, days_of
from sweeps.results.flat_row import row_of
from sweeps.running.conduct import Sitting
from sweeps.running.executor import Done, Jobs
from sweeps.running.play import play_out
from sweeps.running.pool import Pool
from sweeps.running.situations import situation
from sweeps.running.task import Played, Task
from sweeps.speed.pace import shares

TOLD_AGAIN = "sweeps.speed.bench_sweeps:told_again"
COSTED, SETTLED = 2000, 400  # runs of the sweep that is costed; those before its clock starts
KEPT = 50  # how often the days of a campaign are packed to know what that costs
TIMES = 5
CAMPAIGN = "deir_ez_zor_2016"
TEXT = """
sweep: bench
scenario: {scenario}
seed: 1
design: factorial
factors: {{rules.islamic_state.raid_gap: [10.0, 20.0]}}
replicates: {replicates}
record: {{series: {series}}}
"""


@lru_cache(maxsize=2)
def _campaign(scenario: str) -> tuple[Outcome, Days, float, float]:
    """Play a campaign; return what came of it, its days, and the seconds that it and the packing of its days took."""
    begun = process_time()
    campaign = muster(situation(scenario, ()), 1)
    tally = Tally(campaign.opening(), campaign.theatre.places)
    play_out(campaign, tally, Task(scenario, (), 1, None, (), Record(days=0)))
    played, begun = process_time() - begun, process_time()
    for _ in range(KEPT):
        days = days_of(tally.figures, Record())
    kept = (process_time() - begun) / KEPT
    return tally.outcome(campaign.digest()), days, played, kept


def told_again(task: Task) -> Played:
    """Give back what the scenario's first campaign came to: all that a run costs but its turns."""
    outcome, days, _, _ = _campaign(task.scenario)
    return Played(row_of(outcome), days if task.record.days else None)


class _Watched:
    """An engine whose workers and parent are looked at on the way."""

    def __init__(self, pool: Pool, marks: tuple[int, ...]) -> None:
        self._pool, self._marks = pool, marks
        self.seen: list[tuple[float, float, float]] = []  # wall, processor s of parent and workers, MB of the parent

    def run(self, jobs: Jobs) -> Iterator[Done | None]:
        """Play, and look when so many runs are done."""
        count = 0
        for done in self._pool.run(jobs):
            if done is not None:
                count += 1
                if count in self._marks:
                    self.seen.append((perf_counter(), process_time() + _spent(done), _megabytes()))
            yield done

    def stop(self) -> None:
        """Start nothing more."""
        self._pool.stop()

    def close(self) -> None:
        """End the workers."""
        self._pool.close()


def _spent(done: Done) -> float:
    """Return the processor seconds that a worker has used (Linux)."""
    stat = Path(f"/proc/{done.worker.rpartition(':')[2]}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _study(folder: Path, scenario: str, runs: int, series: str) -> Study:
    path = folder / "bench.yaml"
    path.write_text(TEXT.format(scenario=scenario, replicates=runs // 2, series=series), encoding="utf-8")
    plan, base = read(path)
    return study_of(plan, base, path.read_bytes())


def _sat(study: Study, engine: _Watched, folder: Path) -> None:
    code = Sitting(study, Asked(out=folder / "out", quiet=True), engine).play()
    if code:
        msg = f"the sweep that is measured ended with {code}"
        raise RuntimeError(msg)


def cost(series: str, scenario: str = CAMPAIGN) -> tuple[float, float]:
    """Return the milliseconds of processor time a run costs beyond its turns, and the MB by which the parent has grown.

    With a series, without what the run itself does for it day by day (`keeping`).
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        engine = _Watched(Pool(TOLD_AGAIN, 1), (SETTLED, COSTED))
        _sat(_study(folder, scenario, COSTED, series), engine, folder)
    (_, before, small), (_, after, large) = engine.seen
    return 1e3 * (after - before) / (COSTED - SETTLED), large - small


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def measured(what: str = "all", times: int = TIMES) -> dict[str, Any]:
    """Return the figures of `cost`, of `pace`, or of both: medians of so many measurements."""
    found = {"times": times} | (costs(times) if what != "pace" else {})
    if what != "cost":
        _say(f"two workers and two bare processes take turns, {times} times ...")
        each = shares(lambda folder, runs: _study(folder, "skirmish", runs, "all"), times)
        found |= {"share_of_two_bare_processes": statistics.median(each), "shares": each}
    return found


def costs(times: int) -> dict[str, Any]:
    """Return what runs cost beyond their turns."""
    _say("a campaign, to be told again ...")
    _, _, played, kept = _campaign(CAMPAIGN)
    found: dict[str, list[tuple[float, float]]] = {"none": [], "all": []}
    for number in range(times):
        for series, each in found.items():
            _say(f"{COSTED:,} runs told again, series: {series} ({number + 1} of {times}) ...")
            each.append(cost(series))
    plain, full = (statistics.median(ms for ms, _ in each) for each in found.values())
    return {
        "ms_a_run_without_series": plain,
        "ms_a_run_with_series": full + 1e3 * kept,
        "of_it_ms_kept_day_by_day": 1e3 * kept,
        "ms_a_campaign": 1e3 * played,
        "parent_grew_mb": statistics.median(grown for _, grown in found["all"]),
        "costed": {"runs": COSTED - SETTLED, "without": found["none"], "with": found["all"]},
    }


def report(found: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = [f"medians of {found['times']}"]
    if "costed" in found:
        full, kept = found["ms_a_run_with_series"], found["of_it_ms_kept_day_by_day"]
        lines += [
            f"processor time a run beyond its turns, from {found['costed']['runs']:,} runs each:",
            f"{found['ms_a_run_without_series']:8.2f} ms without series (wanted: 1 at most)",
            f"{full:8.2f} ms with the series of a whole campaign (wanted: 2 at most), of it {kept:.2f} when it is over",
            f"{100 * full / found['ms_a_campaign']:8.2f} % of a campaign's {found['ms_a_campaign'] / 1e3:.2f} s is that",
            f"{found['parent_grew_mb']:8.1f} MB by which the parent grew over them, with series (wanted: about nothing)",
        ]
    if "shares" in found:
        share = found["share_of_two_bare_processes"]
        lines.append(f"{share:8.2f} of the pace of two bare processes, by two workers on runs of the skirmish (wanted: 0.9)")
    return "\n".join(lines)
