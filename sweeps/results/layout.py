"""The folder of a sweep: names of its files, columns of its tables, keys of its manifest. Everything else reads them here."""

from pathlib import Path

FORMAT = 1
SWEEP_FILE = "sweep.yaml"  # as given
MANIFEST = "manifest.json"  # what was asked for, of which code, in which sittings
DESIGN = "design.csv"  # run, point, rep, seed, key, every parameter: written before the first run
OUTCOMES = "outcomes.parquet"  # every run, by number: written when the sweep is over; equal bytes for equal sweeps
DICTIONARY = "DICTIONARY.md"  # every column of both tables with its unit
UNIT = "points_unit.csv"  # the sample of the unit cube, for Sobol's and Morris's methods
PROGRESS = "progress.json"
LOG = "log.txt"
PARTS, FAILURES = "parts", "failures"

RUN, POINT, REP, SEED, KEY, STATUS, ERROR = "run", "point", "rep", "seed", "key", "status", "error"
IDENTITY = (RUN, POINT, REP, SEED, KEY, STATUS, ERROR)
"""Columns of the outcomes that every run has; then the parameters under their paths, then `outcome.…`."""
POLICY, WORLD = "policy", "world"  # columns of a nested design
PASSING = ("attempts", "wall_s", "peak_mb", "worker")
"""Columns of the parts that differ from one sitting to the next; the final table leaves them out."""
OUTCOME = "outcome."  # prefix of what a run came to
OK = "ok"
STATUSES = (OK, "error", "killed", "timeout", "memory")
DAY = "day"  # the series: run, day, then the columns of `model.account.series`

OUTCOMES_PART, SERIES_PART = "outcomes", "series"


def part(kind: str, number: int, shard: int | None = None) -> str:
    """Return the name of a part: of the outcomes or the series, of a shard or of an undivided sweep."""
    of_shard = "" if shard is None else f"s{shard:04d}-"
    return f"{kind}-{of_shard}{number:06d}.parquet"


def parts(folder: Path, kind: str, shard: int | None = None) -> list[Path]:
    """Return the parts of a kind that are in a sweep's folder, in order (those of one shard, or all)."""
    pattern = f"{kind}-*.parquet" if shard is None else f"{kind}-s{shard:04d}-*.parquet"
    return sorted((folder / PARTS).glob(pattern))


def failure(run: int) -> str:
    """Return the name of the file that says why a run failed."""
    return f"run-{run:06d}.txt"
