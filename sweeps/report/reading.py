"""A sweep as its report reads it: which runs there are, what was varied, what they came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sweeps.analysis.intervals import Floats, Interval, clustered
from sweeps.analysis.survival import Flags
from sweeps.results.layout import OK, OUTCOME, POINT, POLICY, REP, RUN, SEED, STATUS, WORLD
from sweeps.storage import OutputProblem

DEAD = "siege.civilians.dead"
DAYS, CENSORED = "siege.survival_days", "siege.censored"
SURVIVED = "survived"
RELIEF, FALL = "relief", "fall"


@dataclass(frozen=True)
class Sweep:
    """The folder of a sweep, finished or not."""

    path: Path
    manifest: dict[str, Any]
    all_runs: Any  # a table: a row a run that was tried
    units: Mapping[str, str] = field(default_factory=dict)  # of the columns
    measures: frozenset[str] = frozenset()  # that the daily series holds

    @cached_property
    def runs(self) -> Any:
        """The runs that came to an end."""
        return self.all_runs[self.all_runs[STATUS] == OK].reset_index(drop=True)

    @cached_property
    def failed(self) -> Any:
        """The runs that did not."""
        return self.all_runs[self.all_runs[STATUS] != OK].reset_index(drop=True)

    @property
    def name(self) -> str:
        """The sweep's name."""
        return str(self.manifest.get("name", self.path.name))

    @property
    def planned(self) -> int:
        """Runs that were asked for."""
        return int(self.manifest.get("runs") or len(self.all_runs))

    @property
    def design(self) -> dict[str, Any]:
        """The design as the manifest has it."""
        return dict(self.manifest.get("design") or {})

    @cached_property
    def factors(self) -> tuple[str, ...]:
        """The paths whose value differs between points; in a nested design policy and world."""
        if {POLICY, WORLD} <= set(self.all_runs.columns):
            return POLICY, WORLD
        asked = [*self.manifest.get("factors", {})] or [
            name for name in self.all_runs.columns if "." in name and OUTCOME not in name
        ]
        return tuple(name for name in asked if name in self.all_runs and self.all_runs[name].nunique() > 1)

    def numeric(self, factor: str) -> bool:
        """Whether a factor is a number (a switch is not)."""
        from pandas.api.types import is_bool_dtype, is_numeric_dtype

        column = self.all_runs[factor]
        return bool(is_numeric_dtype(column)) and not is_bool_dtype(column)

    def levels(self, factor: str, table: Any = None) -> Any:
        """Return a factor as an array: floats for numbers, words for choices and switches."""
        column = (self.runs if table is None else table)[factor]
        return column.to_numpy(dtype=np.float64) if self.numeric(factor) else column.astype(str).to_numpy(dtype=object)

    def has(self, outcome: str) -> bool:
        """Whether any run has a figure of that name."""
        return f"{OUTCOME}{outcome}" in self.runs and bool(self.runs[f"{OUTCOME}{outcome}"].notna().any())

    def outcome(self, name: str) -> Floats:
        """Return an outcome as floats, a run each; yes is 1, NaN where a run has none."""
        return self.number(self.runs[f"{OUTCOME}{name}"])

    @staticmethod
    def number(column: Any) -> Floats:
        """Return a column as floats."""
        import pandas as pd

        return np.asarray(pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan))

    @cached_property
    def main(self) -> str:
        """The outcome the sweep was made for: the first that its file names, else survival, else the first figure."""
        asked = [*self.manifest.get("outcomes", []), SURVIVED, DEAD, "days"]
        return next((name for name in asked if self.has(name) and self.is_figure(name)), "days")

    def is_figure(self, name: str) -> bool:
        """Whether an outcome is a number or yes/no."""
        return self.has(name) and bool(np.isfinite(self.outcome(name)).any())

    def yes_no(self, name: str) -> bool:
        """Whether an outcome is yes or no."""
        column = self.runs[f"{OUTCOME}{name}"].dropna()
        return bool(len(column)) and all(isinstance(value, bool | np.bool_) for value in column)

    def over_runs(self, y: Floats, *, yes_no: bool = False) -> Interval:
        """Return the mean over all runs; its limits count seeds, not runs, where points share their seeds."""
        return clustered(y, self.runs[SEED].to_numpy(), yes_no=yes_no)

    def unit(self, name: str) -> str:
        """Return the unit of an outcome."""
        unit = self.units.get(f"{OUTCOME}{name}", "")
        return "" if unit in {"1", "-"} else unit

    @cached_property
    def besieged(self) -> bool:
        """Whether there is an enclave to survive."""
        return self.has(DAYS) and self.has(CENSORED)

    @cached_property
    def held(self) -> tuple[Floats, Flags]:
        """Days that each run's enclave held, and whether it fell then."""
        fell = self.outcome(CENSORED) == 0
        return self.outcome(DAYS), fell

    @cached_property
    def ends(self) -> tuple[Floats, list[str | None]]:
        """When the siege was over and how: a fall, a relief before any fall, or None while it lasted."""
        days, fell = self.held
        relief = self.outcome(f"milestones.{RELIEF}") if self.has(f"milestones.{RELIEF}") else np.full(len(days), np.nan)
        relieved = np.isfinite(relief) & ((relief < days) | ~fell)
        ended = np.where(relieved, relief, days)
        return ended, [RELIEF if r else FALL if f else None for r, f in zip(relieved, fell, strict=True)]

    def table(self, y: Floats) -> Floats:
        """Return a column of runs as points × replicates, NaN where a run is missing."""
        points, row = np.unique(self.runs[POINT].to_numpy(), return_inverse=True)
        reps, column = np.unique(self.runs[REP].to_numpy(), return_inverse=True)
        made = np.full((len(points), len(reps)), np.nan)
        made[row, column] = y
        return made

    @cached_property
    def points(self) -> Any:
        """One row a point that has a finished run: its factors, in order of the points."""
        return self.runs.drop_duplicates(POINT).sort_values(POINT, ignore_index=True)

    def by_point(self, y: Floats) -> Floats:
        """Return the mean over the replicates of each point."""
        import pandas as pd

        return np.asarray(pd.Series(y).groupby(self.runs[POINT].to_numpy()).mean().to_numpy(dtype=np.float64))


def read(folder: Path) -> Sweep:
    """Read the folder of a sweep.

    Raises
    ------
    OutputProblem
        If it holds none, or no run of it has ended yet.
    """
    from sweeps.results.manifest import read as read_manifest
    from sweeps.results.tables import load, outcomes_schema, series_schema

    manifest = read_manifest(folder)
    outcomes, _ = load(folder, series=False)
    if not len(outcomes):
        msg = f"{folder}: no run of this sweep has ended yet"
        raise OutputProblem(msg)
    days = series_schema(folder)
    measures = frozenset(() if days is None else days.names)
    return Sweep(folder, manifest, outcomes.sort_values(RUN, ignore_index=True), _units(outcomes_schema(folder)), measures)


def _units(schema: Any) -> dict[str, str]:
    return {name: (schema.field(name).metadata or {}).get(b"unit", b"").decode() for name in schema.names}


def series(sweep: Sweep, measures: tuple[str, ...]) -> Any:
    """Return the daily series of some measures, or None where the sweep has none."""
    from sweeps.results.tables import load

    known = [name for name in measures if name in sweep.measures]
    return load(sweep.path, series=known)[1] if known else None
