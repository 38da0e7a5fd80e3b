"""The tables of a sweep, as anyone reads them: outcomes by run, series by run and day. Works on a sweep that still runs."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from sweeps.results import layout
from sweeps.results.columns import in_order
from sweeps.results.parts import encodings
from sweeps.storage import OutputProblem, settle, storing, temporary

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 20_000  # runs in memory at once when the final table is written
SERIES_WINDOW = 500
Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def legible(read: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Let a reader of a sweep's parts say in a sentence that one of them is damaged or gone."""

    @wraps(read)
    def reader(*asked: Asked.args, **named: Asked.kwargs) -> Given:
        try:
            return read(*asked, **named)
        except (pa.ArrowException, OSError, LookupError) as problem:
            msg = f"the tables of the sweep cannot be read: {str(problem).splitlines()[0]} (going on with --resume mends it)"
            raise OutputProblem(msg) from None

    return reader


@legible
def load(folder: str | Path, series: Sequence[str] | Literal[False] | None = None) -> "tuple[pd.DataFrame, pd.DataFrame | None]":
    """Return the outcomes (a row a run) and the series (a row a run and day) of a sweep, sorted, as data frames.

    Parameters
    ----------
    folder
        The sweep's folder; one that is still running, or was interrupted, gives what is finished.
    series
        Measures wanted (all unless named); False leaves the series out.
    """
    folder = Path(folder)
    outcomes = outcomes_table(folder).to_pandas()
    if series is False:
        return outcomes, None
    found = series_table(folder, series)
    return outcomes, None if found is None else found.to_pandas()


@legible
def outcomes_schema(folder: Path) -> pa.Schema | None:
    """Return the columns of the outcomes, as all parts together have them; None where there is no part."""
    schema = _schema(folder, layout.OUTCOMES_PART)
    return None if schema is None else pa.schema([schema.field(name) for name in _ordered(schema.names)])


@legible
def series_schema(folder: Path) -> pa.Schema | None:
    """Return the columns of the series; None where there is none."""
    return _schema(folder, layout.SERIES_PART)


def _schema(folder: Path, kind: str) -> pa.Schema | None:
    schemas = [pq.read_schema(path) for path in layout.parts(folder, kind)]
    return pa.unify_schemas(schemas, promote_options="permissive") if schemas else None


def outcomes_table(folder: Path) -> pa.Table:
    """Return the outcomes as an Arrow table, sorted by run."""
    paths = layout.parts(folder, layout.OUTCOMES_PART)
    if not paths:
        return pa.table({name: pa.array([], pa.int64()) for name in (layout.RUN, layout.POINT, layout.REP)})
    whole = pa.concat_tables([pq.read_table(path) for path in paths], promote_options="permissive")
    return whole.sort_by(layout.RUN).select(_ordered(whole.schema.names))


def series_table(folder: Path, measures: Sequence[str] | None = None) -> pa.Table | None:
    """Return the series as an Arrow table, sorted by run and day; None where none was recorded."""
    paths = layout.parts(folder, layout.SERIES_PART)
    if not paths:
        return None
    wanted = None if measures is None else [layout.RUN, layout.DAY, *measures]
    tables = []
    for path in paths:
        known = pq.read_schema(path).names
        tables.append(pq.read_table(path, columns=None if wanted is None else [name for name in wanted if name in known]))
    whole = pa.concat_tables(tables, promote_options="permissive")
    return whole.sort_by([(layout.RUN, "ascending"), (layout.DAY, "ascending")])


def _ordered(names: Sequence[str]) -> list[str]:
    paths = [
        name
        for name in names
        if name not in {*layout.IDENTITY, *layout.PASSING, layout.POLICY, layout.WORLD} and not name.startswith(layout.OUTCOME)
    ]
    return in_order(set(names), paths)


def _windows(folder: Path, kind: str, by: Sequence[str], size: int) -> Iterator[pa.Table]:
    """Yield the rows of all parts in order of runs, some thousand runs at a time."""
    paths = layout.parts(folder, kind)
    schema = _schema(folder, kind)
    whole = ds.dataset(paths, schema=schema)
    last = max(_last_run(path) for path in paths)
    for first in range(0, last + 1, size):
        window = whole.to_table(filter=(pc.field(layout.RUN) >= first) & (pc.field(layout.RUN) < first + size))
        yield window.sort_by([(name, "ascending") for name in by]).combine_chunks()


def _last_run(path: Path) -> int:
    return int(pc.max(pq.read_table(path, columns=[layout.RUN])[layout.RUN]).as_py())


def write_outcomes(folder: Path) -> Path:
    """Write the final table of outcomes: sorted by run, without what differs from sitting to sitting."""
    path = folder / layout.OUTCOMES
    with storing(path):
        writer = None
        for window in _windows(folder, layout.OUTCOMES_PART, [layout.RUN], WINDOW):
            kept = window.select([name for name in _ordered(window.schema.names) if name not in layout.PASSING])
            if writer is None:
                words = [field.name for field in kept.schema if pa.types.is_string(field.type)]
                writer = pq.ParquetWriter(
                    temporary(path), kept.schema, compression="zstd", use_dictionary=words, column_encoding=encodings(kept.schema)
                )
            writer.write_table(kept)
        if writer is not None:
            writer.close()
            settle(path)
    return path


@legible
def digests(folder: Path) -> dict[str, str]:
    """Return a sha256 of the content of each table: equal for equal sweeps, however and in however many sittings played."""
    found = {}
    kinds = ((layout.OUTCOMES_PART, [layout.RUN], WINDOW), (layout.SERIES_PART, [layout.RUN, layout.DAY], SERIES_WINDOW))
    for kind, by, size in kinds:
        if not layout.parts(folder, kind):
            continue
        digest = hashlib.sha256()
        for window in _windows(folder, kind, by, size):
            kept = window.select(sorted(name for name in window.schema.names if name not in layout.PASSING))
            digest.update(",".join(kept.schema.names).encode())
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, kept.schema.remove_metadata()) as stream:
                stream.write_table(kept.replace_schema_metadata(None).cast(pa.schema([(f.name, f.type) for f in kept.schema])))
            digest.update(sink.getvalue())
        found[kind] = digest.hexdigest()
    return found
