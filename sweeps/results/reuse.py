"""Runs that another sweep has played already: found by their key, taken over row and days."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sweeps.results import layout
from sweeps.results.days import days_in
from sweeps.results.manifest import read
from sweeps.running.task import Played


class Finished:
    """The finished runs of other sweeps' folders, by key; only where each stands is held in memory."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._where: dict[str, tuple[Path, int]] = {}
        self._open: tuple[Path, pa.Table, pa.Table | None] | None = None
        for folder in folders:
            read(folder)  # refuses what is no sweep
            for path in layout.parts(folder, layout.OUTCOMES_PART):
                table = pq.read_table(path, columns=[layout.KEY, layout.RUN, layout.STATUS])
                good = table.filter(pc.equal(table[layout.STATUS], layout.OK))
                pairs = zip(good[layout.KEY].to_pylist(), good[layout.RUN].to_pylist(), strict=True)
                self._where.update({key: (path, run) for key, run in pairs})

    def found(self, key: str) -> Played | None:
        """Return what came of a run with this key, None if nobody has played it."""
        if key not in self._where:
            return None
        path, run = self._where[key]
        _, outcomes, series = self._part(path)
        row = outcomes.filter(pc.equal(outcomes[layout.RUN], run)).to_pylist()[0]
        came = {name.removeprefix(layout.OUTCOME): value for name, value in row.items() if name.startswith(layout.OUTCOME)}
        return Played(came, None if series is None else days_in(series.filter(pc.equal(series[layout.RUN], run))))

    def _part(self, path: Path) -> tuple[Path, pa.Table, pa.Table | None]:
        if self._open is None or self._open[0] != path:
            days = path.with_name(path.name.replace(layout.OUTCOMES_PART, layout.SERIES_PART, 1))
            self._open = (path, pq.read_table(path), pq.read_table(days) if days.exists() else None)
        return self._open
