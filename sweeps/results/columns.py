"""The columns of the outcomes table of a sweep, their types, and a run's row in them."""

from typing import Any

import pyarrow as pa

from sweeps.design.base import Base
from sweeps.design.factor import Factor, Kind, Value, kind_of
from sweeps.design.plan import Plan
from sweeps.design.points import Points
from sweeps.design.runs import Run
from sweeps.results.flat_row import prefixed
from sweeps.results.layout import ERROR, IDENTITY, KEY, OUTCOME, PASSING, POINT, POLICY, REP, RUN, SEED, STATUS, WORLD
from sweeps.running.executor import Done
from sweeps.running.task import Played

_OF_KIND: dict[Kind, pa.DataType] = {"float": pa.float64(), "int": pa.int64(), "bool": pa.bool_(), "choice": pa.string()}
_KNOWN = {
    RUN: pa.int64(), POINT: pa.int64(), REP: pa.int32(), SEED: pa.int64(), KEY: pa.string(), STATUS: pa.string(),
    ERROR: pa.string(), POLICY: pa.string(), WORLD: pa.string(), "attempts": pa.int32(), "wall_s": pa.float64(),
    "peak_mb": pa.float64(), "worker": pa.string(),
}  # fmt: skip


class Columns:
    """Which parameters the tables of a sweep hold, and of which type.

    Every path that any point sets is a column; where a point leaves it alone, the scenario's own value stands there.
    """

    def __init__(self, plan: Plan, points: Points, base: Base) -> None:
        paths = dict.fromkeys(path for point in points.points for path in point.settings)
        self.usual: dict[str, Value] = {path: base.allowed(path).value for path in paths}
        self.nested = tuple(name for name, given in ((POLICY, plan.policies), (WORLD, plan.worlds)) if given)
        self.factors = {factor.path: factor for factor in plan.factors} | {
            path: self._set_only(path, base, points) for path in paths if path not in {each.path for each in plan.factors}
        }
        self.types = {path: _OF_KIND[self._kind(path, points)] for path in paths}

    @staticmethod
    def _set_only(path: str, base: Base, points: Points) -> Factor:
        allowed = base.allowed(path)
        values = tuple(dict.fromkeys(point.settings[path] for point in points.points if path in point.settings))
        return Factor(path, kind_of(values), allowed.unit, allowed.meaning, values=values[:100])

    def _kind(self, path: str, points: Points) -> Kind:
        return kind_of([point.settings.get(path, self.usual[path]) for point in points.points])

    def row(self, run: Run, key: str, done: Done) -> dict[str, Any]:
        """Return a run as a row of the outcomes."""
        point = run.point
        row: dict[str, Any] = {RUN: run.number, POINT: point.number, REP: run.rep, SEED: run.seed, KEY: key}
        row |= {STATUS: done.status, ERROR: done.error or None}
        row |= {name: point.policy if name == POLICY else point.world for name in self.nested}
        row |= {path: self._as_typed(path, value) for path, value in (self.usual | point.settings).items()}
        if isinstance(done.value, Played):
            row |= prefixed(done.value.row)
        passing = (done.attempts, round(done.wall_s, 4), round(done.peak_mb, 1), done.worker)
        return row | dict(zip(PASSING, passing, strict=True))

    def _as_typed(self, path: str, value: Value) -> Value:
        words = pa.types.is_string(self.types[path])  # a doctrine's setting may be a number here, the name of a rule there
        return str(value) if words and value is not None else value

    def type_of(self, column: str) -> pa.DataType | None:
        """Return the type of a column that is known before the first run."""
        if column.startswith(OUTCOME + "milestones."):
            return pa.float64()
        return self.types.get(column) or _KNOWN.get(column)

    def ordered(self, names: set[str]) -> list[str]:
        """Return columns in their order: who, what was set, what came of it, in passing."""
        return in_order(names, list(self.types))


def in_order(names: set[str], paths: list[str]) -> list[str]:
    """Return the columns of an outcomes table in their order, outcomes by name."""
    came = sorted(name for name in names if name.startswith(OUTCOME))
    first = [name for name in (*IDENTITY, POLICY, WORLD) if name in names]
    return [*first, *(path for path in paths if path in names), *came, *(name for name in PASSING if name in names)]
