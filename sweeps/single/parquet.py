"""The daily series as a parquet file, with units and provenance in its schema."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from model.account.series import columns_of, form_of, unit_of

_TYPES = {"date": pa.date32(), "int": pa.int64(), "float": pa.float64(), "str": pa.string()}


def series_table(rows: Sequence[Mapping[str, Any]], provenance: Mapping[str, Any]) -> pa.Table:
    """Return the rows of a series as a table: each column says its unit, the schema (key `torgau`) where it comes from."""
    named = [pa.field(name, _TYPES[form_of(name)], metadata={"unit": unit_of(name)}) for name in columns_of(rows)]
    origin = json.dumps(dict(provenance), ensure_ascii=False, sort_keys=True)
    return pa.Table.from_pylist(list(rows), schema=pa.schema(named, metadata={"torgau": origin}))


def series_bytes(rows: Sequence[Mapping[str, Any]], provenance: Mapping[str, Any]) -> bytes:
    """Return a series as the bytes of a parquet file; the same series gives the same bytes."""
    whole = io.BytesIO()
    pq.write_table(series_table(rows, provenance), whole, compression="zstd")
    return whole.getvalue()
