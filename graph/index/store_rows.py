"""The rows of a store's tables as an index takes them: corpus ids, citations as places among these, and records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..errors import InputError
from .citation_index import INFLUENTIAL, INTENTS, Ints, Longs
from .column_keys import arxiv_months
from .paper_records import COLUMNS
from .write_index import Batch

ROWS_AT_A_TIME = 1 << 20
MAX_CORPUS_ID = 1 << 32
"""Corpus ids are running numbers below this, so that an array can have a place for each of them."""
_BYTES_A_CORPUS_ID = 5
_OF_LATER_STORES = {"authorids": pa.list_(pa.int64())}
"""Columns that the tables of earlier versions lack."""


def collect_ids(papers: list[Path], references: list[Path], memory: int) -> tuple[Longs, Ints]:
    """All corpus ids, ascending, and for every number the place of that corpus id among them."""
    is_used = np.zeros(1 << 16, np.bool_)
    for files, column in ((papers, "corpusid"), (references, "citing"), (references, "cited")):
        for batch in _read(files, [column]):
            ids = batch.column(0).to_numpy(zero_copy_only=False)
            if not len(ids):
                continue
            low, high = int(ids.min()), int(ids.max())
            if low < 0 or high >= MAX_CORPUS_ID:
                raise InputError(
                    f"corpus id {low if low < 0 else high:,} is out of range", remedy="ingest the store again"
                )
            if _BYTES_A_CORPUS_ID * high > memory:
                raise InputError(
                    f"corpus id {high:,} needs {_BYTES_A_CORPUS_ID * high:,} bytes, which exceeds --memory",
                    remedy="allow more with --memory",
                )
            if high >= len(is_used):
                longer = np.zeros(high + 1 + high // 8, np.bool_)
                longer[: len(is_used)] = is_used
                is_used = longer
            is_used[ids] = True
    ids = np.flatnonzero(is_used)
    place_of_id = np.empty(len(is_used), np.int32)  # its pages take memory only where there is a paper
    place_of_id[ids] = np.arange(len(ids), dtype=np.int32)
    return ids, place_of_id


def _read(files: list[Path], columns: list[str]) -> Iterator[pa.RecordBatch]:
    for path in files:
        with _faults_named(path), pq.ParquetFile(path, memory_map=True) as table:
            named = table.schema_arrow.names
            here = [name for name in columns if name in named or name not in _OF_LATER_STORES]
            for batch in table.iter_batches(ROWS_AT_A_TIME, columns=here):
                yield batch if len(here) == len(columns) else _completed(batch, columns)


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError) as fault:
        raise InputError(
            f"not a table of a store ({str(fault).splitlines()[0]})",
            where=str(path),
            remedy="make the store again with 'lineage bulk ingest'",
        ) from None


def has_author_ids(papers: Path) -> bool:
    """Whether a table of papers has a place for the ids of authors, which tables of earlier versions lack."""
    with _faults_named(papers):
        return "authorids" in pq.read_schema(papers).names


def _completed(batch: pa.RecordBatch, columns: list[str]) -> pa.RecordBatch:
    """The batch with nulls for the columns that stores of earlier versions lack."""
    arrays = [
        batch.column(name) if name in batch.schema.names else pa.nulls(len(batch), _OF_LATER_STORES[name])
        for name in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=columns)


def citation_batches(files: list[Path], place_of_id: Ints) -> Iterator[Batch]:
    """The citations as places among the corpus ids, with their evidence, in the order of the table."""
    for batch in _read(files, ["citing", "cited", "influential", "intents"]):
        is_influential = pc.fill_null(batch.column("influential"), False).cast(pa.uint8())
        evidence = is_influential.to_numpy(zero_copy_only=False) * np.uint8(INFLUENTIAL)
        intents = batch.column("intents")
        if not pa.types.is_null(intents.type):
            row_of_intent = pc.list_parent_indices(intents).to_numpy()
            names = pc.list_flatten(intents)
            for intent, bit in INTENTS.items():
                is_intent = pc.fill_null(pc.equal(names, intent), False).to_numpy(zero_copy_only=False)
                evidence[row_of_intent[is_intent]] |= bit
        citing, cited = (place_of_id[batch.column(name).to_numpy()] for name in ("citing", "cited"))
        yield citing, cited, evidence


def record_batches(files: list[Path], place_of_id: Ints, dates: Ints) -> Iterator[pa.RecordBatch]:
    """A row for every paper in the order of corpus ids, nulls for those without a record; also fills in `dates`."""
    done = 0
    columns = [name for name in COLUMNS if name != "recorded"]
    schema: Any = None
    for batch in _read(files, ["corpusid", *columns]):
        places = place_of_id[batch.column("corpusid").to_numpy()]
        if not len(places):
            continue
        schema = batch.schema
        dates[places] = _dates(batch)
        yield from _with_missing_rows(batch, places, done, int(places[-1]) + 1)
        done = int(places[-1]) + 1
    schema = schema or pa.schema([(name, pa.string()) for name in ("corpusid", *columns)])
    empty = pa.RecordBatch.from_pylist([], schema)
    yield from _with_missing_rows(empty, np.empty(0, np.int32), done, len(dates))


def _with_missing_rows(batch: pa.RecordBatch, places: Ints, first: int, last: int) -> Iterator[pa.RecordBatch]:
    """The rows of a batch at their places among first .. last - 1, and nulls at the other places."""
    for begin in range(first, last, 1 << 16):
        end = min(begin + (1 << 16), last)
        low, high = np.searchsorted(places, (begin, end))
        rows = np.full(end - begin, -1, np.int64)
        rows[places[low:high] - begin] = np.arange(low, high)
        row_or_null = pa.array(rows, mask=rows < 0)
        columns = [pc.take(batch.column(name), row_or_null) for name in COLUMNS if name != "recorded"]
        yield pa.RecordBatch.from_arrays([pa.array(rows >= 0), *columns], names=list(COLUMNS))


def _dates(batch: pa.RecordBatch) -> Ints:
    """The dates of papers as the index holds them: the month of the arXiv identifier, else the stated year."""
    by_arxiv = arxiv_months(batch.column("arxiv")) * 100
    years = pc.coalesce(batch.column("year").cast(pa.int32()), pc.year(batch.column("date")).cast(pa.int32()))
    years = pc.fill_null(years, 0).to_numpy(zero_copy_only=False)
    stated = np.where((years > 0) & (years <= 9999), years * 10000, 0)
    dates: Ints = np.where(by_arxiv > 0, by_arxiv, stated).astype(np.int32)
    return dates
