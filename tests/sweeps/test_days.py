"""The days of runs come back from a table as they went in, whatever is not known on some of them."""

import math
from datetime import date, timedelta

import pyarrow.compute as pc
import pytest

from sweeps.design.plan import Record
from sweeps.results.days import days_in, days_of, table_of

ALL = ("date", "day", "weather", "wind", "enclave.garrison", "enclave.ration", "enclave.airport", "area.sdf")
EARLY = ALL[:4]  # before there was an enclave


def day(number, names=ALL, **other):
    known = dict(
        zip(ALL, (date(2016, 5, 11) + timedelta(number), number, "clear", 2.5, 4000 - number, 0.5, "shut", 10.0), strict=True)
    )
    return names, tuple(({**known, **other})[name] for name in names)


def whole(count):
    return [day(number) for number in range(count)]


def test_numbers_words_and_runs_of_unlike_length():
    table = table_of([(3, days_of(whole(5), Record())), (9, days_of(whole(2), Record()))])
    assert table["run"].to_pylist() == [3] * 5 + [9] * 2
    assert table["day"].to_pylist() == [0, 1, 2, 3, 4, 0, 1]
    assert table["enclave.garrison"].to_pylist() == [4000, 3999, 3998, 3997, 3996, 4000, 3999]
    assert set(table["weather"].to_pylist()) == {"clear"}
    assert [str(table.schema.field(name).type) for name in ("enclave.garrison", "wind")] == ["int32", "float"]


@pytest.mark.parametrize(
    "rows",
    [
        [day(0, EARLY), *whole(4)[1:]],
        [day(0, **{"enclave.garrison": None}), *whole(4)[1:]],
        [day(0, wind=math.nan), *whole(4)[1:]],
    ],
    ids=["columns that come later", "a whole number not known", "a broken number not known"],
)
def test_what_is_not_known_is_null(rows):
    table = table_of([(1, days_of(rows, Record())), (2, days_of(whole(4), Record()))])
    unknown = [name for name in table.schema.names if table[name][0].as_py() is None]
    assert unknown in (["wind"], ["enclave.garrison"], ["enclave.garrison", "enclave.ration", "area.sdf", "enclave.airport"])
    assert [table[name].null_count for name in unknown] == [1] * len(unknown)
    for run in (1, 2):
        own = table.filter(pc.equal(table["run"], run))
        assert table_of([(run, days_in(own))]).select(own.schema.names).equals(own.combine_chunks())


@pytest.mark.parametrize("asked", [("weather",), ("wind",), ("enclave.garrison",), ("weather", "area.sdf")])
def test_only_the_measures_asked_for_every_third_day(asked):
    table = table_of([(1, days_of(whole(7), Record(3, asked)))])
    assert set(table.schema.names) == {"run", "day", *asked}
    assert table["day"].to_pylist() == [0, 3, 6]
