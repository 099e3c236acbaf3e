"""From the tables of a store to what answers questions: the index, the records by vertex, the look-up of names."""

from __future__ import annotations

import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from isal import isal_zlib

from ..errors import InputError, OutputError
from .build_names import build_names
from .citation_index import INFLUENTIAL, INTENTS, Ints, Longs, check_index, open_index
from .name_keys import arxiv_months
from .paper_records import COLUMNS, write_paper_records
from .store_layout import INDEX_FOLDER, MANIFEST, NAMES_FILE, Manifest, read_manifest, table_files
from .write_index import GIB, Batch, write_index

CITATIONS_FILE, CARDS_FILE = "citations.index", "papers.arrow"
ROWS = 1 << 20
"""Rows that are read at a time."""
LARGEST = 1 << 32
"""Corpus ids are running numbers: an array has a place for each of them."""
Say = Callable[[str], None]


def index_store(store: Path, *, memory: int = 4 * GIB, say: Say = lambda _: None) -> None:
    """Build the index of a store, its records by vertex and its look-up of names.

    Parameters
    ----------
    store : Path
    memory : int
        Bytes to stay within. At least 5 for every corpus id up to the largest are needed, and 60 a paper.
    say : callable
        Told what is being done.

    Raises
    ------
    InputError
        For a store that is not whole, tables that are not sorted, and too little memory.
    OutputError
        When there is no room; an older index is left as it was.

    Notes
    -----
    Two passes over the citing and cited columns, one over the papers, a sort of the names on disk.
    """
    manifest = read_manifest(store)
    part = store / f".{INDEX_FOLDER}.part"
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        _build(store, manifest, part, memory, say)
        _take_places(store, part)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{store}: cannot write ({reason}); make room there, nothing was changed") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _build(store: Path, manifest: Manifest, part: Path, memory: int, say: Say) -> None:
    started = time.monotonic()
    papers = table_files(store, manifest, "papers") if "papers" in manifest.tables else []
    ids, place = _numbered(papers, table_files(store, manifest, "references"), memory)
    say(f"{len(ids):,} papers have a record or a citation")
    dates = np.zeros(len(ids), np.int32)
    write_paper_records(part / CARDS_FILE, _records(papers, place, dates))
    say(f"records by number, {time.monotonic() - started:.0f} s")
    build_names(part / NAMES_FILE, papers, memory=memory // 2)
    say(f"names, {time.monotonic() - started:.0f} s")
    made_from = {
        "release": manifest.release,
        "manifest": fingerprint(store),
        "files": {name: _measured(part / name) for name in (CARDS_FILE, NAMES_FILE)},
    }
    batches = _batches(table_files(store, manifest, "references"), place)
    write_index(
        part / CITATIONS_FILE,
        ids,
        dates,
        batches,
        memory=memory // 4,
        made_from=made_from,
        say=lambda line: say(f"{line}, {time.monotonic() - started:.0f} s"),
    )
    size = (part / CITATIONS_FILE).stat().st_size
    citations = manifest.tables["references"].rows
    say(
        f"{citations:,} citations in {size:,} bytes, {size / max(citations, 1):.1f} a citation; "
        f"{time.monotonic() - started:.0f} s"
    )


def check_indexed(store: Path) -> None:
    """Compare everything that `index_store` made with its checksums: reads all of it.

    Raises
    ------
    InputError
        For the first file that is not what was written.
    """
    path = store / INDEX_FOLDER / CITATIONS_FILE
    check_index(path)
    for name, (size, crc) in open_index(path).made_from["files"].items():
        file = store / INDEX_FOLDER / name if name == CARDS_FILE else store / name
        if not file.is_file() or _measured(file) != [size, crc]:
            raise InputError("not what was written", where=str(file), remedy="build it again with 'lineage bulk index'")


def fingerprint(store: Path) -> int:
    """A mark of a store's manifest, by which an index knows the tables that it was made from."""
    return zlib.crc32((store / MANIFEST).read_bytes())


def _measured(path: Path) -> list[int]:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            crc = isal_zlib.crc32(block, crc)  # five times as fast as zlib's, the same number
    return [path.stat().st_size, crc]


def _take_places(store: Path, part: Path) -> None:
    """Put the new index where the old one was; between the two renames there is none, and never half of one."""
    old = store / f".{INDEX_FOLDER}.old"
    shutil.rmtree(old, ignore_errors=True)
    if (store / INDEX_FOLDER).exists():
        (store / INDEX_FOLDER).rename(old)
    (part / NAMES_FILE).replace(store / NAMES_FILE)
    part.rename(store / INDEX_FOLDER)
    shutil.rmtree(old, ignore_errors=True)


def _numbered(papers: list[Path], references: list[Path], memory: int) -> tuple[Longs, Ints]:
    """All corpus ids, ascending, and for every corpus id its place among them."""
    seen = np.zeros(1 << 16, np.bool_)
    columns = [(papers, "corpusid"), (references, "citing"), (references, "cited")]
    for files, column in columns:
        for batch in _read(files, [column]):
            ids = batch.column(0).to_numpy(zero_copy_only=False)
            if not len(ids):
                continue
            low, high = int(ids.min()), int(ids.max())
            if low < 0 or high >= LARGEST or 5 * high > memory:
                raise InputError(
                    f"corpus id {high if high else low:,} needs more memory than there may be",
                    remedy="allow more with --memory" if low >= 0 and high < LARGEST else "ingest the store again",
                )
            if high >= len(seen):
                more = np.zeros(high + 1 + high // 8, np.bool_)
                more[: len(seen)] = seen
                seen = more
            seen[ids] = True
    found = np.flatnonzero(seen)
    place = np.empty(len(seen), np.int32)  # touched only where there is a paper
    place[found] = np.arange(len(found), dtype=np.int32)
    return found, place


def _read(files: list[Path], columns: list[str]) -> Iterator[pa.RecordBatch]:
    for path in files:
        try:
            with pq.ParquetFile(path, memory_map=True) as table:
                yield from table.iter_batches(ROWS, columns=columns)
        except (pa.ArrowInvalid, pa.ArrowKeyError, OSError) as fault:
            raise InputError(
                f"not a table of a store ({str(fault).splitlines()[0]})",
                where=str(path),
                remedy="make the store again with 'lineage bulk ingest'",
            ) from None


def _batches(files: list[Path], place: Ints) -> Iterator[Batch]:
    """The citations as vertices, with their evidence, in the order of the table."""
    for batch in _read(files, ["citing", "cited", "influential", "intents"]):
        evidence = pc.fill_null(batch.column("influential"), False).cast(pa.uint8()).to_numpy(zero_copy_only=False)
        evidence = evidence * np.uint8(INFLUENTIAL)
        intents = batch.column("intents")
        if not pa.types.is_null(intents.type):
            parents = pc.list_parent_indices(intents).to_numpy()
            named = pc.list_flatten(intents)
            for intent, bit in INTENTS.items():
                evidence[parents[pc.fill_null(pc.equal(named, intent), False).to_numpy(zero_copy_only=False)]] |= bit
        citing, cited = (place[batch.column(name).to_numpy()] for name in ("citing", "cited"))
        yield citing, cited, evidence


def _records(files: list[Path], place: Ints, dates: Ints) -> Iterator[pa.RecordBatch]:
    """A row for every vertex, nulls for those without a record; fills in the dates by the way."""
    done = 0
    wanted = [name for name in COLUMNS if name != "recorded"]
    schema: Any = None
    for batch in _read(files, ["corpusid", *wanted]):
        vertices = place[batch.column("corpusid").to_numpy()]
        if not len(vertices):
            continue
        schema = batch.schema
        dates[vertices] = _dates(batch)
        yield from _spread(batch, vertices, done, int(vertices[-1]) + 1)
        done = int(vertices[-1]) + 1
    schema = schema or pa.schema([(name, pa.string()) for name in ("corpusid", *wanted)])
    empty = pa.RecordBatch.from_pylist([], schema)
    yield from _spread(empty, np.empty(0, np.int32), done, len(dates))


def _spread(batch: pa.RecordBatch, vertices: Ints, first: int, last: int) -> Iterator[pa.RecordBatch]:
    """The rows of a batch at their vertices among first .. last - 1."""
    for begin in range(first, last, 1 << 16):
        end = min(begin + (1 << 16), last)
        low, high = np.searchsorted(vertices, (begin, end))
        rows = np.full(end - begin, -1, np.int64)
        rows[vertices[low:high] - begin] = np.arange(low, high)
        at = pa.array(rows, mask=rows < 0)
        columns = [pa.array(rows >= 0)] + [pc.take(batch.column(name), at) for name in COLUMNS if name != "recorded"]
        yield pa.RecordBatch.from_arrays(columns, names=list(COLUMNS))


def _dates(batch: pa.RecordBatch) -> Ints:
    """The dates of papers as the index holds them: arXiv's month, else the year that is stated."""
    by_arxiv = arxiv_months(batch.column("arxiv")) * 100
    stated = pc.coalesce(batch.column("year").cast(pa.int32()), pc.year(batch.column("date")).cast(pa.int32()))
    stated = pc.fill_null(stated, 0).to_numpy(zero_copy_only=False)
    stated = np.where((stated > 0) & (stated <= 9999), stated * 10000, 0)
    found: Ints = np.where(by_arxiv > 0, by_arxiv, stated).astype(np.int32)
    return found
