"""Reads the tables of a sweep as an analyst would: `python docs/examples/read_a_sweep.py runs/demo-1a2b3c4d`.

Needs nothing but the project (pandas comes with it). Polars and DuckDB are tried where they are installed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the checkout, wherever this is started from

from sweeps import load  # noqa: E402 (the checkout has to be on the path first)
from sweeps.analysis.intervals import t_mean  # noqa: E402 (as above)

DEAD = "outcome.siege.civilians.dead"


def by_point(folder):
    """Print the civilians dead at each point of the design, with the interval that its runs allow."""
    outcomes, _ = load(folder, series=False)
    good = outcomes[outcomes["status"] == "ok"]
    for point, runs in good.groupby("point"):
        found = t_mean(runs[DEAD].to_numpy(dtype=float))
        print(f"point {point}: {found.value:,.0f} civilians dead [{found.low:,.0f} to {found.high:,.0f}], {len(runs)} runs")


def day_by_day(folder):
    """Print the median of those still alive, every tenth day, over the runs of each replicate."""
    outcomes, series = load(folder, series=["enclave.civilians"])
    if series is None:
        return print("this sweep kept no days")
    days = series[series["day"] % 10 == 0].merge(outcomes[["run", "rep"]], on="run")
    print(days.pivot_table(index="day", columns="rep", values="enclave.civilians", aggfunc="median").to_string())


def paired(folder):
    """Print the difference between the first two points, seed by seed: what the seeds share drops out."""
    outcomes, _ = load(folder, series=False)
    table = outcomes[outcomes["status"] == "ok"].pivot_table(index="seed", columns="point", values=DEAD)
    if table.shape[1] < 2:
        return
    pairs = (table[table.columns[1]] - table[table.columns[0]]).dropna()
    if len(pairs) > 1:
        found = t_mean(pairs.to_numpy(dtype=float))
        print(f"point 1 less point 0: {found.value:+,.0f} [{found.low:+,.0f} to {found.high:+,.0f}] over {len(pairs)} seeds")


def elsewhere(folder):
    """Ask the same files in polars and DuckDB: no step in between."""
    try:
        import duckdb
        import polars
    except ImportError:
        return print("polars and duckdb are not installed")
    print("polars:", polars.read_parquet(folder / "outcomes.parquet").select(polars.col(DEAD).mean()).item())
    question = f"select avg(\"{DEAD}\") from '{folder}/outcomes.parquet' where status = 'ok'"
    print("duckdb:", duckdb.sql(question).fetchone()[0])


# In R: d <- arrow::read_parquet("runs/demo-1a2b3c4d/outcomes.parquet"), or without arrow, of a folder that has its report,
#       d <- read.csv(gzfile("runs/demo-1a2b3c4d/outcomes.csv.gz"), check.names = FALSE)

if __name__ == "__main__":
    where = Path(sys.argv[1])
    for step in (by_point, day_by_day, paired, elsewhere):
        step(where)
