"""The days of runs: numbers as one matrix a run, so that a run costs little; many runs become one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from model.series import form_of
from sweeps.layout import DAY, RUN
from sweeps.plan import Record

_FORMS = {"int": np.int32, "float": np.float32}


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a run: a row of the matrix a measure and a column a day (nan: not known), words beside it."""

    day: tuple[int, ...]
    numbers: tuple[str, ...]
    matrix: npt.NDArray[np.float64]
    words: Mapping[str, tuple[str | None, ...]]


def days_of(rows: Sequence[Mapping[str, Any]], record: Record) -> Days:
    """Return what is kept of the days of a run."""
    kept = rows[:: record.days]
    longest = max(kept, key=len)
    names = tuple(longest) if all(len(row) == len(longest) for row in kept) else tuple(dict.fromkeys(n for r in kept for n in r))
    numbers, words = _kept(names, record.measures)
    matrix = _figures(kept, names, numbers).T.copy()
    return Days(tuple(row[DAY] for row in kept), numbers, matrix, {name: tuple(row.get(name) for row in kept) for name in words})


def _figures(rows: Sequence[Mapping[str, Any]], names: tuple[str, ...], numbers: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Return the numbers of each row. Rows are as a rule alike, and are then cut in slices: a run has tens of thousands."""
    cuts = _slices(names, numbers)
    figures = np.empty((len(rows), len(numbers)))
    for figure, row in zip(figures, rows, strict=True):  # row by row: lists of all of them would wake the garbage collector
        if tuple(row) == names:
            values = list(row.values())
            figure[:] = [*chain.from_iterable(values[cut] for cut in cuts)]
        else:
            figure[:] = [row.get(name) for name in numbers]  # a force that came later has no figures on the first days
    return figures


@lru_cache(maxsize=8)
def _slices(names: tuple[str, ...], numbers: tuple[str, ...]) -> tuple[slice, ...]:
    """Return where the numbers stand among all names, neighbours together."""
    places = [names.index(name) for name in numbers]
    starts = [i for i, place in enumerate(places) if i == 0 or place != places[i - 1] + 1]
    return tuple(slice(places[a], places[b - 1] + 1) for a, b in zip(starts, [*starts[1:], len(places)], strict=True))


@lru_cache(maxsize=8)
def _kept(names: tuple[str, ...], asked: tuple[str, ...] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures that are kept: numbers, and words."""
    wanted = [name for name in names if name not in {DAY, "date"} and (asked is None or name in asked)]
    words = tuple(name for name in wanted if form_of(name) == "str")
    return tuple(name for name in wanted if name not in words), words


def table_of(runs: Sequence[tuple[int, Days]]) -> pa.Table:
    """Return the days of some runs as one table: run, day, and a column a measure, numbers of 32 bits."""
    whole = [_table(alike) for alike in _alike(runs)]
    return (
        whole[0]
        if len(whole) == 1
        else pa.concat_tables(whole, promote_options="default").combine_chunks().sort_by([(RUN, "ascending"), (DAY, "ascending")])
    )


def _alike(runs: Sequence[tuple[int, Days]]) -> list[list[tuple[int, Days]]]:
    groups: dict[tuple[tuple[str, ...], ...], list[tuple[int, Days]]] = {}
    for run, days in runs:
        groups.setdefault((days.numbers, tuple(days.words)), []).append((run, days))
    return list(groups.values())


def _table(runs: Sequence[tuple[int, Days]]) -> pa.Table:
    first = runs[0][1]
    matrix = np.concatenate([days.matrix for _, days in runs], axis=1)
    gone = np.isnan(matrix)
    lengths = [len(days.day) for _, days in runs]
    columns = {
        RUN: pa.array(np.repeat(np.array([run for run, _ in runs], np.int32), lengths)),
        DAY: pa.array(np.concatenate([np.array(days.day, np.int32) for _, days in runs])),
    }
    columns |= {name: _column(name, *each) for name, *each in zip(first.numbers, matrix, gone, gone.any(axis=1), strict=True)}
    for name in first.words:
        columns[name] = pa.array([word for _, days in runs for word in days.words[name]], pa.string())
    return pa.table(columns)


def _column(name: str, figures: npt.NDArray[np.float64], gone: npt.NDArray[np.bool_], any_gone: bool) -> pa.Array:  # noqa: FBT001 (of a zip)
    kind = _FORMS[form_of(name)]
    return pa.array(np.where(gone, 0, figures).astype(kind), mask=gone) if any_gone else pa.array(figures.astype(kind))


def days_in(table: pa.Table) -> Days:
    """Return the days of one run from its rows of a table."""
    names = tuple(name for name in table.schema.names if name not in {RUN, DAY} and table[name].null_count < len(table))
    numbers, words = _kept(names, None)
    figures = [table[name].to_numpy().astype(np.float64) for name in numbers]
    matrix = np.array(figures).reshape(len(numbers), len(table))
    return Days(tuple(table[DAY].to_pylist()), numbers, matrix, {name: tuple(table[name].to_pylist()) for name in words})
