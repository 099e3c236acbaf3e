"""Parquet: papers and citations as typed tables, lists as lists."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ...utils.extras import require
from ..column import Column, records
from ..columns import citation_columns, paper_columns
from ..provenance import made_by
from ..selection import Selection


def write(selection: Selection) -> dict[str, bytes]:
    """The papers, and beside them the citations as ``-citations.parquet``."""
    papers, citations = paper_columns(selection), citation_columns(selection)
    return {
        ".parquet": _table(selection, papers, records(papers, selection.placed_papers)),
        "-citations.parquet": _table(selection, citations, records(citations, selection.citations)),
    }


def _table(selection: Selection, columns: Sequence[Column[Any]], found: list[dict[str, Any]]) -> bytes:
    require("parquet", "pyarrow")
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        "boolean": pa.bool_(),
        "int": pa.int32(),
        "long": pa.int64(),
        "double": pa.float64(),
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "longs": pa.list_(pa.int64()),
    }
    fields = [pa.field(column.name, types[column.type], metadata={"meaning": column.meaning}) for column in columns]
    schema = pa.schema(fields, metadata={"made_by": made_by(), "provenance": selection.provenance_of_measures})
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(found, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()
