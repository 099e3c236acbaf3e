"""The table by which names are looked up, built from the papers of a store: see `graph.index.resolve_names`."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .name_keys import COLUMNS, FORMAT, VERSION, Keys, keys_of
from .prefetch import WORKERS, ahead
from .top_k_filter import MOST, Bits, TopKFilter, first_of_each, in_order, ranks_of

ROWS = 1 << 17
"""Papers that are read at a time."""
COUNTED = 20_000
"""Of names of more papers than this it is written down how many they are."""
EXPECTED = 16
"""Rows a paper, at the most: nine words and five other names are usual."""
SORTING = 48
"""Bytes a row while it is sorted: twice itself, and its columns."""
_ROW = np.dtype([("key", "<u8"), ("rest", "<u4"), ("rank", "<u1")])
_TABLES = (
    "CREATE TABLE keys (key UBIGINT, corpusid UINTEGER, rank UTINYINT)",
    "CREATE TABLE frequent (key UBIGINT, papers BIGINT)",
    "CREATE TABLE about (format VARCHAR, version INTEGER)",
)


def build_names(path: Path, files: Sequence[Path], *, memory: int, most: int = MOST) -> None:
    """Build the look-up of a store's names.

    Parameters
    ----------
    path : Path
        A database that is not there yet.
    files : sequence of Path
        The Parquet files of the papers, sorted by corpus id.
    memory : int
        Bytes.
    most : int
        Of a name of more papers so many are kept: those that are cited most by the release's count, in
        steps of an eighth of a doubling, and among equals those of the lower corpus ids.

    Raises
    ------
    OSError
        When there is no room.

    Notes
    -----
    Every key is computed once, and goes to one of some files by its upper bits; each of these is sorted in memory and
    appended to the table. Beside the table they take 13 bytes a row on disk until then, in a folder beside `path`.
    """
    import duckdb

    runs = path.with_suffix(".runs")
    runs.mkdir()
    papers = sum(pq.read_metadata(file).num_rows for file in files)
    bits = max(EXPECTED * papers * SORTING * WORKERS // max(memory // 2, 1), 1).bit_length()
    sieve = TopKFilter(most, least=most * ROWS // max(papers, 1))
    parts = _spread(runs, _rows(files, sieve), min(bits, 9))
    try:
        with duckdb.connect(str(path)) as base:
            base.execute(f"SET memory_limit = '{max(memory >> 22, 256)}MiB'")
            base.execute("SET temp_directory = '" + str(runs).replace("'", "''") + "'")
            for table in _TABLES:
                base.execute(table)
            base.execute("INSERT INTO about VALUES (?, ?)", [FORMAT, VERSION])
            frequent = Counter(sieve.left_out)
            for keys, rest, counts in ahead(lambda part: _sorted(part, most), parts):
                _append(base, keys, rest)
                frequent.update(counts)
            many = sorted(key for key, papers in frequent.items() if papers > min(most, COUNTED))
            papers_of = pa.array([frequent[key] for key in many], pa.int64())
            base.register("many", pa.table({"key": pa.array(many, pa.uint64()), "papers": papers_of}))
            base.execute("INSERT INTO frequent SELECT * FROM many")
            base.execute("CHECKPOINT")  # closing would do it too, and not say when there is no room
    except (duckdb.IOException, duckdb.FatalException) as fault:
        raise OSError(str(fault).splitlines()[0]) from None
    shutil.rmtree(runs)


def _rows(files: Sequence[Path], sieve: TopKFilter) -> Iterator[Any]:
    """The rows of all papers, without those that are left out."""
    columns = ["corpusid", "citationcount", *COLUMNS]
    batches = (batch for file in files for batch in pq.ParquetFile(file).iter_batches(ROWS, columns=columns))
    for keys, ids, ranks in ahead(_named, batches):
        kept = sieve.kept(keys, ranks)
        rows = np.empty(int(kept.sum()), _ROW)
        rows["key"], rows["rest"], rows["rank"] = keys[kept], ids[kept], ranks[kept]
        yield rows


def _named(batch: pa.RecordBatch) -> tuple[Keys, Any, Bits]:
    keys, rows = keys_of(batch)
    cited = batch.column("citationcount").cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    ids = batch.column("corpusid").to_numpy(zero_copy_only=False)
    return keys, ids[rows], ranks_of(cited)[rows]


def _spread(folder: Path, blocks: Iterable[Any], bits: int) -> list[Path]:
    """Append rows to files by the upper bits of their keys; the files, in the order of the keys."""
    parts = [folder / f"{number:04}" for number in range(1 << bits)]
    for rows in blocks:
        part = (rows["key"] >> np.uint64(64 - bits)).astype(np.uint16)
        ordered = rows[np.argsort(part, kind="stable")]
        ends = np.bincount(part, minlength=len(parts)).cumsum().tolist()
        for path, begin, end in zip(parts, [0, *ends], ends, strict=False):
            if begin < end:
                with path.open("ab") as file:  # opened anew: systems allow some hundred open files
                    file.write(ordered[begin:end])
    return [path for path in parts if path.exists()]


def _sorted(part: Path, most: int) -> tuple[Keys, Bits, dict[int, int]]:
    """The rows of a file in their order, the file being removed; and how many there were of the keys with many."""
    rows = np.fromfile(part, _ROW)
    part.unlink()
    rest = rows["rank"].astype(np.uint64) << np.uint64(32) | rows["rest"]
    keys, rest = in_order(np.ascontiguousarray(rows["key"]), rest)
    kept, counts = first_of_each(keys, most, min(most, COUNTED))
    return (keys[kept], rest[kept], counts) if counts else (keys, rest, counts)


def _append(base: Any, keys: Keys, rest: Bits) -> None:
    rows = pa.table({"key": keys, "corpusid": rest.astype(np.uint32), "rank": (rest >> np.uint64(32)).astype(np.uint8)})
    base.register("part", rows)
    base.execute("INSERT INTO keys SELECT * FROM part")
    base.unregister("part")
