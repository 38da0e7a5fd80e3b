"""The days of runs: numbers as two matrices a run, so that a run costs little; many runs become one table."""

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from model.series import form_of
from sweeps.layout import DAY, RUN
from sweeps.plan import Record

Names = tuple[str, ...]
Whole = npt.NDArray[np.int32]
Broken = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
_NOT_PACKED = (KeyError, struct.error, OverflowError)  # what packing a row says of a number that is not there, or too large


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a run: whole numbers and broken ones, a row a measure and a column a day, words beside them.

    A broken number that is not known is nan; `gone` masks the days on which a whole number is not known.
    """

    day: tuple[int, ...]
    numbers: Names  # in the order of their columns
    whole: Whole
    broken: Broken
    words: Mapping[str, tuple[str | None, ...]]
    gone: Mapping[str, Mask] = field(default_factory=dict)


class DayBook:
    """Keeps the days of a run as they pass: a row is packed while it is at hand, which costs a third of packing all at the end.

    Parameters
    ----------
    record
        What is kept of a day, and of which days.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._passed = 0
        self._rows: list[Mapping[str, Any]] = []
        self._packed: list[bytes] = []
        self._pack: Callable[[Mapping[str, Any]], bytes] | None = None
        self._numbers: Names = ()
        self._words: Names = ()

    def note(self, row: Mapping[str, Any]) -> None:
        """Take the row of a day; days come in order, from day 0."""
        if self._passed % self._record.days == 0:
            if not self._rows:
                self._numbers, self._words = _kept(tuple(row), self._record.measures)
                self._pack = _packer(*_sorted_out(self._numbers))
            self._rows.append(row)
            self._take(row)
        self._passed += 1

    def _take(self, row: Mapping[str, Any]) -> None:
        if self._pack is None:
            return
        try:
            self._packed.append(self._pack(row))
        except _NOT_PACKED:
            self._pack = None

    def days(self) -> Days:
        """Return what was kept."""
        longest = max(map(len, self._rows))
        if self._pack is None or len(self._rows[0]) < longest:  # a force that came later has no figures on the first days
            return _one_by_one(self._rows, self._record)
        whole, _ = _sorted_out(self._numbers)
        flat = np.frombuffer(b"".join(self._packed), np.int32).reshape(len(self._rows), len(self._numbers)).T.copy()
        return Days(
            _of(self._rows),
            self._numbers,
            flat[: len(whole)],
            flat[len(whole) :].view(np.float32),
            _beside(self._rows, self._words),
        )


def days_of(rows: Sequence[Mapping[str, Any]], record: Record) -> Days:
    """Return what is kept of the days of a run that is over."""
    book = DayBook(record)
    for row in rows:
        book.note(row)
    return book.days()


def _one_by_one(rows: Sequence[Mapping[str, Any]], record: Record) -> Days:
    """Return the days of rows that do not all know the same numbers."""
    numbers, words = _kept(tuple(dict.fromkeys(name for row in rows for name in row)), record.measures)
    columns = {name: _column_of([row.get(name) for row in rows]) for name in numbers}
    return _gathered(_of(rows), numbers, columns, _beside(rows, words))


def _of(rows: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    return tuple(row[DAY] for row in rows)


def _beside(rows: Sequence[Mapping[str, Any]], words: Names) -> dict[str, tuple[str | None, ...]]:
    return {name: tuple(row.get(name) for row in rows) for name in words}


@lru_cache(maxsize=8)
def _packer(whole: Names, broken: Names) -> Callable[[Mapping[str, Any]], bytes]:
    """Return what packs a row: the whole numbers first, four bytes each."""
    form, names = struct.Struct(f"={len(whole)}i{len(broken)}f"), (*whole, *broken)
    if len(names) < 2:
        return lambda row: form.pack(*(row[name] for name in names))
    take = itemgetter(*names)
    return lambda row: form.pack(*take(row))


@lru_cache(maxsize=8)
def _sorted_out(numbers: Names) -> tuple[Names, Names]:
    """Return the names of whole and of broken numbers."""
    whole = tuple(name for name in numbers if form_of(name) == "int")
    return whole, tuple(name for name in numbers if form_of(name) != "int")


@lru_cache(maxsize=8)
def _kept(names: Names, asked: Names | None) -> tuple[Names, Names]:
    """Return the measures that are kept: numbers, and words."""
    wanted = [name for name in names if name not in {DAY, "date"} and (asked is None or name in asked)]
    words = tuple(name for name in wanted if form_of(name) == "str")
    return tuple(name for name in wanted if name not in words), words


def _column_of(values: Sequence[Any]) -> npt.NDArray[np.float64]:
    """Return the values of a measure, nan where it is not known."""
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _gathered(
    day: tuple[int, ...], numbers: Names, columns: Mapping[str, npt.NDArray[np.float64]],
    words: Mapping[str, tuple[str | None, ...]],
) -> Days:  # fmt: skip
    """Return days from columns of numbers, nan where one is not known."""
    whole, broken = _sorted_out(numbers)
    ints = np.array([np.nan_to_num(columns[name]) for name in whole]).reshape(len(whole), len(day))
    floats = np.array([columns[name] for name in broken]).reshape(len(broken), len(day))
    gone = {name: mask for name in whole if (mask := np.isnan(columns[name])).any()}
    return Days(day, numbers, ints.astype(np.int32), floats.astype(np.float32), words, gone)


def table_of(runs: Sequence[tuple[int, Days]]) -> pa.Table:
    """Return the days of some runs as one table: run, day, and a column a measure, numbers of 32 bits."""
    whole = [_table(alike) for alike in _alike(runs)]
    return (
        whole[0]
        if len(whole) == 1
        else pa.concat_tables(whole, promote_options="default").combine_chunks().sort_by([(RUN, "ascending"), (DAY, "ascending")])
    )


def _alike(runs: Sequence[tuple[int, Days]]) -> list[list[tuple[int, Days]]]:
    groups: dict[tuple[Names, Names], list[tuple[int, Days]]] = {}
    for run, days in runs:
        groups.setdefault((days.numbers, tuple(days.words)), []).append((run, days))
    return list(groups.values())


def _table(runs: Sequence[tuple[int, Days]]) -> pa.Table:
    first = runs[0][1]
    found = dict(_columns([days for _, days in runs]))
    lengths = [len(days.day) for _, days in runs]
    columns = {
        RUN: pa.array(np.repeat(np.array([run for run, _ in runs], np.int32), lengths)),
        DAY: pa.array(np.concatenate([np.array(days.day, np.int32) for _, days in runs])),
    }
    columns |= {name: found[name] for name in first.numbers}
    for name in first.words:
        columns[name] = pa.array([word for _, days in runs for word in days.words[name]], pa.string())
    return pa.table(columns)


def _columns(runs: Sequence[Days]) -> Iterable[tuple[str, pa.Array]]:
    """Yield the numbers of runs that have the same ones, a column a measure."""
    whole, broken = _sorted_out(runs[0].numbers)
    incomplete = {name for days in runs for name in days.gone}
    for name, ints in zip(whole, np.concatenate([days.whole for days in runs], axis=1), strict=True):
        yield name, pa.array(ints, mask=_gone(name, runs) if name in incomplete else None)
    floats = np.concatenate([days.broken for days in runs], axis=1)
    unknown = np.isnan(floats)
    for name, figures, gone in zip(broken, floats, unknown, strict=True):
        yield name, pa.array(figures, mask=gone if gone.any() else None)


def _gone(name: str, runs: Sequence[Days]) -> Mask:
    """Return the days of some runs on which a whole number is not known."""
    return np.concatenate([days.gone.get(name, np.zeros(len(days.day), np.bool_)) for days in runs])


def days_in(table: pa.Table) -> Days:
    """Return the days of one run from its rows of a table."""
    names = tuple(name for name in table.schema.names if name not in {RUN, DAY} and table[name].null_count < len(table))
    numbers, words = _kept(names, None)
    columns = {name: table[name].to_numpy().astype(np.float64) for name in numbers}
    return _gathered(tuple(table[DAY].to_pylist()), numbers, columns, {name: tuple(table[name].to_pylist()) for name in words})
