"""`python -m sweeps.sensitivity`: how the war hangs on the numbers of the rulebook, in three steps. Writes docs/SENSITIVITY.md.

1. Without options: does each parameter do anything at all? Both ends of each range, one at a time.
2. `--screening` writes a Morris sweep over all numbers; `--screened DIR` reads it, plays the ends of those that it puts first
   over more seeds (the tornado) and writes a Sobol sweep over those that moved the war most.
3. `--shares DIR` reads that.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.progress import track

from model.configuration.loading import CONFIGS
from model.scenario import Scenario
from sweeps.marked_page import filled
from sweeps.sensitivity import designs, tornado
from sweeps.sensitivity.ends import Effect, End, Job, all_ends, ends_of, is_kept, kept_or_played, played, situation, usual
from sweeps.sensitivity.indices import indices_of, morris_table, reach, sobol_table
from sweeps.sensitivity.table import table
from sweeps.storage import OutputProblem, StorageFailed, write_whole

DOCS = Path(__file__).parents[2] / "docs"
SKELETON = Path(__file__).parent / "skeleton.md"
CHOSEN = 6  # parameters of the Sobol sweep


def main(words: list[str] | None = None) -> int:
    """Do one of the steps; 0 done, 2 a folder or page cannot be used, 7 the disk refused."""
    asked = argparse.ArgumentParser(prog="python -m sweeps.sensitivity", description=__doc__)
    asked.add_argument("--screening", action="store_true", help="write configs/sweeps/morris_all.yaml and stop")
    asked.add_argument("--screened", type=Path, metavar="DIR", help="folder of that sweep, finished")
    asked.add_argument("--count", type=int, default=24, help="of those it puts first, how many are looked at closely")
    asked.add_argument("--shares", type=Path, metavar="DIR", help="folder of the Sobol sweep, finished")
    asked.add_argument("--seeds", type=int, default=2)
    asked.add_argument("--turns", type=int, default=480)
    asked.add_argument("--whole", type=int, default=2396, help="turns of the run that a parameter without effect gets")
    asked.add_argument("--groups", nargs="*", default=[])
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--dry-run", action="store_true", help="say how many runs are left and what they cost")
    asked.add_argument("--docs", type=Path, default=DOCS, help="where SENSITIVITY.md and images stand")
    given = asked.parse_args(words)
    try:
        _step(given)
    except (OutputProblem, StorageFailed) as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    return 0


def _step(given: argparse.Namespace) -> None:
    scenario = situation()
    if given.screening:
        write_whole(CONFIGS / "sweeps" / "morris_all.yaml", designs.screening(scenario).encode())
    elif given.shares:
        write_page(given.docs, {"shares": sobol_table(indices_of(given.shares, "sobol")[1])})
    elif given.screened:
        sweep, found = indices_of(given.screened, "morris")
        first = list(reach(sweep, found))[: given.count]
        effects = _effects([end for name in first for end in _ends(name, scenario)], given)
        if not effects:
            return
        before, blocks = usual(1, given.turns)[1], {"screened": morris_table(sweep, found, _grades(scenario))}
        write_tornado(effects, scenario, before, given.docs, blocks)
        most = tornado.matter(tornado.bars(effects, scenario), before, CHOSEN)
        write_whole(CONFIGS / "sweeps" / "sobol_most.yaml", designs.shares(most, scenario).encode())
    else:
        effects = _effects(list(all_ends(scenario, given.groups)), given)
        if effects:
            write_page(given.docs, {"ends": table(effects, scenario, usual(1, given.turns)[1])})


def _grades(scenario: Scenario) -> dict[str, str]:
    return {f"{group}.{name}": str(p.grade) for group, parameters in scenario.rules.items() for name, p in parameters.items()}


def _ends(name: str, scenario: Scenario) -> list[End]:
    group, _, parameter = name.partition(".")
    return [End(group, parameter, value) for value in ends_of(scenario.rules[group][parameter])]


def _effects(ends: Sequence[End], given: argparse.Namespace) -> list[Effect]:
    """Play what has not been played before and return all effects; for a dry run say what it would cost, and return none."""
    jobs: list[Job] = [(end, given.seeds, given.turns, given.whole) for end in ends]
    fresh = [job for job in jobs if not is_kept(job)]
    if given.dry_run:
        sys.stdout.write(_forecast(jobs, fresh))
        return []
    with ProcessPoolExecutor(given.workers, multiprocessing.get_context("spawn")) as pool:
        for _ in track(pool.map(kept_or_played, fresh), total=len(fresh), description="parameters"):
            pass
    return [kept_or_played(job) for job in jobs]


def write_tornado(
    effects: Sequence[Effect], scenario: Scenario, usual_measures: dict[str, float], docs: Path, blocks: dict[str, str]
) -> None:
    """Write the tornado and the sentence on what the answers hang on, and other blocks with them."""
    found = tornado.bars(effects, scenario)
    (docs / "images").mkdir(parents=True, exist_ok=True)
    write_whole(docs / "images" / "tornado.png", tornado.png(found, usual_measures))
    told = f"{tornado.sentence(found, usual_measures)}\n\n![Tornado](images/tornado.png)"
    write_page(docs, {"hang": told, **blocks})


def write_page(docs: Path, blocks: dict[str, str]) -> None:
    """Put blocks of text into SENSITIVITY.md, which is begun if there is none."""
    page = docs / "SENSITIVITY.md"
    text = page.read_text(encoding="utf-8") if page.exists() else SKELETON.read_text(encoding="utf-8")
    write_whole(page, filled(text, blocks, kind="sensitivity", where="docs/SENSITIVITY.md").encode())


def _forecast(jobs: list[Job], fresh: list[Job]) -> str:
    """Return what is left, from one measured run."""
    if not jobs:
        return "nothing to play\n"
    _, seeds, turns, whole = jobs[0]
    played(situation(), 1, 8)
    begin = time.process_time()
    played(situation(), 1, turns)
    spent = time.process_time() - begin
    low, high = len(fresh) * seeds * spent, len(fresh) * (seeds * spent + spent * whole / max(1, turns))
    return (
        f"{len(jobs)} ends of ranges, {len(fresh)} still to be played: {low / 3600:.1f} h of processor time, and at most "
        f"{high / 3600:.1f} h if none of them moved anything in {turns} turns\n"
    )
