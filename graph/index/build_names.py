"""Building the table of names from the papers of a store: see `graph.index.resolve_names`."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..utils.database import confine, quoted
from ..utils.timing import log_phase
from .column_keys import COLUMNS, Keys, keys_of
from .name_keys import FORMAT, VERSION
from .prefetch import WORKERS, map_ahead
from .top_k_filter import MAX_PAPERS, Payload, TopKFilter, first_of_each, ranks_of, sort_rows

log = logging.getLogger(__name__)

PAPERS_AT_A_TIME = 1 << 17
MIN_COUNTED = 20_000
"""The table says how many papers a name has when it has more than this many."""
MAX_ROWS_A_PAPER = 24
"""Nine words, five other names, and the ids and family names of four authors are usual."""
SORT_BYTES_A_ROW = 48
"""What a row takes while it is sorted: twice the row, and its columns."""
_MAX_FILE_BITS = 9
_ROW = np.dtype([("key", "<u8"), ("corpusid", "<u4"), ("rank", "<u1")])
_TABLES = (
    "CREATE TABLE keys (key UBIGINT, corpusid UINTEGER, rank UTINYINT)",
    "CREATE TABLE frequent (key UBIGINT, papers BIGINT)",
    "CREATE TABLE about (format VARCHAR, version INTEGER)",
)


def build_names(path: Path, files: Sequence[Path], *, memory: int, max_papers: int = MAX_PAPERS) -> None:
    """Build the table of names of a store.

    Raises `OSError` when there is no room. `path` is a database that does not exist yet; `files` are the Parquet files
    of the papers, sorted by corpus id; `memory` is in bytes. Of a name `max_papers` papers are kept: those that are
    cited most by the release's count, in steps of an eighth of a doubling, and among equals those with the lower corpus
    ids.

    Every key is computed once, and is written to one of several files by its upper bits. Each file is sorted in memory
    and appended to the table. Until then the files take 13 bytes a row, in a folder beside `path`.
    """
    import duckdb

    runs = path.with_suffix(".runs")
    runs.mkdir()
    papers = sum(pq.read_metadata(file).num_rows for file in files)
    sort_bytes = MAX_ROWS_A_PAPER * papers * SORT_BYTES_A_ROW * WORKERS
    bits = max(sort_bytes // max(memory // 2, 1), 1).bit_length()
    row_filter = TopKFilter(max_papers, min_rows=max_papers * PAPERS_AT_A_TIME // max(papers, 1))
    with log_phase(log, "computing the keys of names", f"{papers:,} papers"):
        run_files = _write_runs(runs, _rows(files, row_filter), min(bits, _MAX_FILE_BITS))
    try:
        with (
            log_phase(log, "sorting the keys of names", f"{len(run_files)} files"),
            duckdb.connect(str(path)) as database,
        ):
            database.execute(f"SET memory_limit = '{max(memory >> 22, 256)}MiB'")
            database.execute(f"SET temp_directory = {quoted(str(runs))}")
            confine(database)
            for table in _TABLES:
                database.execute(table)
            database.execute("INSERT INTO about VALUES (?, ?)", [FORMAT, VERSION])
            papers_of = Counter(row_filter.left_out)
            for keys, payload, counts in map_ahead(lambda file: _sorted_rows(file, max_papers), run_files):
                _append(database, keys, payload)
                papers_of.update(counts)
            frequent = sorted(key for key, papers in papers_of.items() if papers > min(max_papers, MIN_COUNTED))
            counts_of_frequent = pa.array([papers_of[key] for key in frequent], pa.int64())
            database.register(
                "counted", pa.table({"key": pa.array(frequent, pa.uint64()), "papers": counts_of_frequent})
            )
            database.execute("INSERT INTO frequent SELECT * FROM counted")
            database.execute("CHECKPOINT")  # closing does it, too, but does not report a full disk
    except (duckdb.IOException, duckdb.FatalException) as fault:
        raise OSError(str(fault).splitlines()[0]) from None
    shutil.rmtree(runs)


def _rows(files: Sequence[Path], row_filter: TopKFilter) -> Iterator[Any]:
    """The rows of all papers, without those that the filter drops."""
    columns = ["corpusid", "citationcount", *COLUMNS]
    batches = (
        batch for file in files for batch in pq.ParquetFile(file).iter_batches(PAPERS_AT_A_TIME, columns=columns)
    )
    for keys, ids, ranks in map_ahead(_keys_ids_ranks, batches):
        kept = row_filter.kept(keys, ranks)
        rows = np.empty(int(kept.sum()), _ROW)
        rows["key"], rows["corpusid"], rows["rank"] = keys[kept], ids[kept], ranks[kept]
        yield rows


def _keys_ids_ranks(batch: pa.RecordBatch) -> tuple[Keys, Any, Payload]:
    keys, rows = keys_of(batch)
    citation_counts = batch.column("citationcount").cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    ids = batch.column("corpusid").to_numpy(zero_copy_only=False)
    return keys, ids[rows], ranks_of(citation_counts)[rows]


def _write_runs(folder: Path, blocks: Iterable[Any], bits: int) -> list[Path]:
    """Append rows to files by the upper bits of their keys; the files that have rows, in the order of the keys."""
    files = [folder / f"{number:04}" for number in range(1 << bits)]
    for rows in blocks:
        number = (rows["key"] >> np.uint64(64 - bits)).astype(np.uint16)
        rows_by_file = rows[np.argsort(number, kind="stable")]
        ends = np.bincount(number, minlength=len(files)).cumsum().tolist()
        for path, begin, end in zip(files, [0, *ends], ends, strict=False):
            if begin < end:
                with path.open("ab") as file:  # opened each time: systems allow only some hundred open files
                    file.write(rows_by_file[begin:end])
    return [path for path in files if path.exists()]


def _sorted_rows(file: Path, max_papers: int) -> tuple[Keys, Payload, dict[int, int]]:
    """The rows of a file in order, and how many rows there are of the keys with many; deletes the file."""
    rows = np.fromfile(file, _ROW)
    file.unlink()
    payload = rows["rank"].astype(np.uint64) << np.uint64(32) | rows["corpusid"]
    keys, payload = sort_rows(np.ascontiguousarray(rows["key"]), payload)
    kept, counts = first_of_each(keys, max_papers, min(max_papers, MIN_COUNTED))
    return (keys[kept], payload[kept], counts) if counts else (keys, payload, counts)


def _append(database: Any, keys: Keys, payload: Payload) -> None:
    ids, ranks = payload.astype(np.uint32), (payload >> np.uint64(32)).astype(np.uint8)
    database.register("sorted_rows", pa.table({"key": keys, "corpusid": ids, "rank": ranks}))
    database.execute("INSERT INTO keys SELECT * FROM sorted_rows")
    database.unregister("sorted_rows")
