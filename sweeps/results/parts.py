"""Parts: what was finished, committed as it comes. A run is done when its row stands in an outcomes part."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sweeps.results import layout
from sweeps.results.columns import Columns
from sweeps.results.days import Days, table_of
from sweeps.results.dictionary import entry
from sweeps.storage import write_whole

FIRST_RUNS, MOST_RUNS, MOST_S = 50, 200, 20.0
"""A part is written after so many runs or seconds, whichever comes first; each that is full lets the next be twice as large."""
QUICK = "lz4"  # packs outcomes as small as zstd does and series within a tenth, in two thirds of the time
INDEXED = [layout.RUN, layout.DAY]  # least and most of other columns would cost more than they help a reader


class Parts:
    """Writes the parts of one shard (or of the whole sweep), each whole or not at all, the series before the outcomes.

    Parameters
    ----------
    committed
        Called when a part has reached the disk.
    """

    def __init__(
        self, folder: Path, columns: Columns, origin: dict[str, Any], shard: int | None = None,
        committed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._folder, self._columns, self._shard, self._committed = folder, columns, shard, committed
        self._origin = {b"torgau": json.dumps(origin, sort_keys=True, ensure_ascii=False).encode()}
        self._taken: list[tuple[dict[str, Any], Days | None]] = []
        self._fields: dict[tuple[str, pa.DataType], pa.Field] = {}
        self._since = perf_counter()
        self._next, self._most = 0, FIRST_RUNS

    def take_up(self) -> None:
        """Go on with the number after the last that is in the folder, be that part good or bad."""
        found = [path.name for path in (self._folder / layout.PARTS).glob(f"*{self._mark()}*.parquet*")]
        numbers = [name.partition(".parquet")[0].rpartition("-")[2] for name in found]
        self._next = max((int(number) for number in numbers if number.isdigit()), default=-1) + 1

    def _mark(self) -> str:
        return "-" if self._shard is None else f"-s{self._shard:04d}-"

    def add(self, row: dict[str, Any], days: Days | None) -> None:
        """Take a run; write a part when it is time."""
        if not self._taken:
            self._since = perf_counter()
        self._taken.append((row, days))  # both at once: Ctrl-C must not come between them
        self.tick()

    def tick(self) -> None:
        """Write a part if enough has come or enough time has passed."""
        full = len(self._taken) >= self._most
        if full or (self._taken and perf_counter() - self._since >= MOST_S):
            self.flush()
        if full:
            self._most = min(2 * self._most, MOST_RUNS)

    def flush(self) -> None:
        """Write what has come since the last part."""
        if not self._taken:
            return
        taken = sorted(self._taken, key=lambda each: int(each[0][layout.RUN]))
        days = [(int(row[layout.RUN]), days) for row, days in taken if days is not None]
        if days:
            self._write(layout.SERIES_PART, self._series(days))
        self._write(layout.OUTCOMES_PART, parquet(self._table([row for row, _ in taken]), QUICK))
        self._taken, self._next = [], self._next + 1
        self._committed()

    @classmethod
    def packed(cls, columns: Columns, rows: list[dict[str, Any]], days: list[tuple[int, Days]]) -> bytes:
        """Return what runs would take on the disk: the content of their parts."""
        part = cls(Path(), columns, {})
        return parquet(part._table(rows), QUICK) + (part._series(days) if days else b"")

    def _write(self, kind: str, content: bytes) -> None:
        write_whole(self._folder / layout.PARTS / layout.part(kind, self._next, self._shard), content)

    def _table(self, rows: list[dict[str, Any]]) -> pa.Table:
        names = self._columns.ordered(set().union(*rows))
        arrays, fields = [], []
        for name, values in zip(names, _columns(rows, names), strict=True):
            array = pa.array(values, self._columns.type_of(name))
            if pa.types.is_null(array.type):
                continue
            arrays.append(array)
            fields.append(self._field(name, array.type))
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=self._origin))

    def _series(self, days: list[tuple[int, Days]]) -> bytes:
        whole = table_of(days)
        schema = pa.schema([self._field(field.name, field.type) for field in whole.schema], metadata=self._origin)
        return parquet(pa.Table.from_arrays(whole.columns, schema=schema), QUICK)

    def _field(self, name: str, kind: pa.DataType) -> pa.Field:
        if (name, kind) not in self._fields:
            known = entry(name, self._columns.factors)
            self._fields[name, kind] = pa.field(name, kind, metadata={"unit": known.unit, "description": known.text})
        return self._fields[name, kind]


def _columns(rows: list[dict[str, Any]], names: list[str]) -> Iterable[tuple[Any, ...]]:
    """Return the values of rows column by column, None where a row knows none."""
    take, nothing = itemgetter(*names), dict.fromkeys(names)
    return zip(*(take(row if len(row) == len(names) else nothing | row) for row in rows), strict=True)


def parquet(table: pa.Table, compression: str = "zstd") -> bytes:
    """Return a table as the bytes of a parquet file in one row group, numbers packed by their kind."""
    whole = io.BytesIO()
    words = [field.name for field in table.schema if pa.types.is_string(field.type)]
    pq.write_table(
        table, whole, compression=compression, row_group_size=max(1, len(table)), use_dictionary=words,
        column_encoding=encodings(table.schema), write_statistics=INDEXED,
    )  # fmt: skip
    return whole.getvalue()


def encodings(schema: pa.Schema) -> dict[str, str]:
    """Return how each column of numbers is packed."""
    packed = {field.name: "DELTA_BINARY_PACKED" for field in schema if pa.types.is_integer(field.type)}
    return packed | {field.name: "BYTE_STREAM_SPLIT" for field in schema if pa.types.is_floating(field.type)}


def finished(folder: Path, extra: tuple[str, ...] = ()) -> Iterator[pa.Table]:
    """Yield run, status and other columns of every outcomes part; one that cannot be read is set aside as `.bad`."""
    for path in layout.parts(folder, layout.OUTCOMES_PART):
        try:
            known = pq.read_schema(path).names
            yield pq.read_table(path, columns=[layout.RUN, layout.STATUS, *(name for name in extra if name in known)])
        except (pa.ArrowException, OSError, ValueError):
            path.rename(path.with_name(path.name + ".bad"))
            twin = path.name.replace(layout.OUTCOMES_PART, layout.SERIES_PART, 1)
            path.with_name(twin).unlink(missing_ok=True)  # its runs are played again


def tidy(folder: Path, shard: int | None) -> None:
    """Take away what a sitting that was killed left half done: files without their name, series without outcomes."""
    mark = "" if shard is None else f"s{shard:04d}-"
    for path in (folder / layout.PARTS).glob(f".*-{mark}*.part"):
        path.unlink(missing_ok=True)
    known = {path.name.removeprefix(layout.OUTCOMES_PART) for path in layout.parts(folder, layout.OUTCOMES_PART, shard)}
    for path in layout.parts(folder, layout.SERIES_PART, shard):
        if path.name.removeprefix(layout.SERIES_PART) not in known:
            path.unlink(missing_ok=True)


def drop_failed(folder: Path) -> int:
    """Take the rows of failed runs out of the parts so that they are played again; return how many there were."""
    dropped = 0
    for path in layout.parts(folder, layout.OUTCOMES_PART):
        table = pq.read_table(path)
        good = table.filter(pc.equal(table[layout.STATUS], layout.OK))
        if len(good) < len(table):
            dropped += len(table) - len(good)
            if len(good):
                write_whole(path, parquet(good, QUICK))
            else:
                path.unlink()
    return dropped
