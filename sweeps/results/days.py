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

from model.account.series import Figures, Names, form_of, row_of
from sweeps.design.plan import Record
from sweeps.results.layout import DAY, RUN

Whole = npt.NDArray[np.int32]
Broken = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
_CODE = {"int": "i", "float": "f"}
_NOT_PACKED = (struct.error, OverflowError)  # what packing a row says of a number that is not there, or too large


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


def days_of(rows: Sequence[Figures], record: Record) -> Days:
    """Return what is kept of the days of a run."""
    kept = rows[:: record.days]
    known, figures = zip(*kept, strict=True)
    names = known[0]
    if known.count(names) < len(known):
        return _one_by_one([row_of(row) for row in kept], record)
    numbers, words = _kept(names, record.measures)
    try:
        whole, broken = _packed(figures, names, numbers)
    except _NOT_PACKED:
        return _one_by_one([row_of(row) for row in kept], record)
    day, *beside = (tuple(map(itemgetter(names.index(name)), figures)) for name in (DAY, *words))
    return Days(day, numbers, whole, broken, dict(zip(words, beside, strict=True)))


def _packed(figures: Sequence[tuple[Any, ...]], names: Names, numbers: Names) -> tuple[Whole, Broken]:
    """Return the numbers of days that know the same ones: a run has tens of thousands, so they are packed in C as they stand."""
    spans, whole, broken = _spans(names, numbers)
    flat = np.frombuffer(b"".join([pack(*day[at]) for day in figures for at, pack in spans]), np.int32)
    flat = flat.reshape(len(figures), len(whole) + len(broken)).T.copy()
    return flat[whole], flat[broken].view(np.float32)


@lru_cache(maxsize=8)
def _spans(names: Names, numbers: Names) -> tuple[tuple[tuple[slice, Callable[..., bytes]], ...], list[int], list[int]]:
    """Return where numbers stand side by side in a day and what packs them, four bytes each; places of the two kinds therein."""
    places = [place for place, name in enumerate(names) if name in set(numbers)]
    firsts = [place for place in places if place - 1 not in places]
    lasts = [place for place in places if place + 1 not in places]
    packed = [names[place] for place in places]
    spans = tuple(
        (slice(first, last + 1), struct.Struct("@" + "".join(_CODE[form_of(name)] for name in names[first : last + 1])).pack)
        for first, last in zip(firsts, lasts, strict=True)
    )
    whole, broken = _sorted_out(numbers)
    return spans, [packed.index(name) for name in whole], [packed.index(name) for name in broken]


def _one_by_one(rows: Sequence[Mapping[str, Any]], record: Record) -> Days:
    """Return the days of rows that do not all know the same numbers."""
    numbers, words = _kept(tuple(dict.fromkeys(name for row in rows for name in row)), record.measures)
    columns = {name: _column_of([row.get(name) for row in rows]) for name in numbers}
    beside = {name: tuple(row.get(name) for row in rows) for name in words}
    return _gathered(tuple(row[DAY] for row in rows), numbers, columns, beside)


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
