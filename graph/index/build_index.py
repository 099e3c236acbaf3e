"""From the tables of a store to what answers questions: the index, the records of papers, the table of names."""

from __future__ import annotations

import logging
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
from ..utils.file_names import inside
from ..utils.locks import folder_lock
from ..utils.timing import log_phase
from .build_names import build_names
from .checked_file import REBUILD
from .citation_index import CITATIONS_FILE, INFLUENTIAL, INTENTS, Ints, Longs, check_index, open_index
from .column_keys import arxiv_months
from .page_sums import SUMS_FILE, read_page_sums, write_page_sums
from .paper_records import COLUMNS, RECORDS_FILE, write_paper_records
from .store_layout import INDEX_FOLDER, MANIFEST, NAMES_FILE, Manifest, read_manifest, table_files
from .write_index import GIB, Batch, write_index

log = logging.getLogger(__name__)

ROWS_AT_A_TIME = 1 << 20
MAX_CORPUS_ID = 1 << 32
"""Corpus ids are running numbers below this, so that an array can have a place for each of them."""
_BYTES_A_CORPUS_ID = 5
_OF_LATER_STORES = {"authorids": pa.list_(pa.int64())}
"""Columns that the tables of earlier versions lack."""
Say = Callable[[str], None]


def index_store(store: Path, *, memory: int = 4 * GIB, say: Say = lambda _: None) -> None:
    """Build the index of a store, its records of papers and its table of names.

    Parameters
    ----------
    store : Path
    memory : int
        How many bytes to use. It takes at least 5 for every number up to the largest corpus id, and 60 a paper.
    say : callable
        Called with a message after each step.

    Raises
    ------
    InputError
        For an incomplete store, tables that are not sorted, and too little memory.
    OutputError
        When the disk is full; an older index stays as it was.

    Notes
    -----
    Two passes over the citing and cited columns, one over the papers, a sort of the names on disk.
    """
    manifest = read_manifest(store)
    part = store / f".{INDEX_FOLDER}.part"
    try:
        finish_index(store)
        for leftover in (part, _old_index(store), _ready_index(store)):
            shutil.rmtree(leftover, ignore_errors=True)
        part.mkdir()
        _build(store, manifest, part, memory, say)
        part.rename(_ready_index(store))
        finish_index(store)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{store}: cannot write ({reason}); make room there, nothing was changed") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _build(store: Path, manifest: Manifest, part: Path, memory: int, say: Say) -> None:
    started = time.monotonic()

    def say_with_time(line: str) -> None:
        say(f"{line}, {time.monotonic() - started:.0f} s")

    papers = table_files(store, manifest, "papers") if "papers" in manifest.tables else []
    references = table_files(store, manifest, "references")
    citations = manifest.tables["references"].rows
    with log_phase(log, "collecting corpus ids", f"{citations:,} citations"):
        ids, place_of_id = _collect_ids(papers, references, memory)
    say(f"{len(ids):,} papers have a record or a citation")
    dates = np.zeros(len(ids), np.int32)
    with log_phase(log, "writing the records of papers", f"{len(ids):,} papers"):
        write_paper_records(part / RECORDS_FILE, _records(papers, place_of_id, dates))
    say_with_time("records of papers are written")
    build_names(part / NAMES_FILE, papers, memory=memory // 2)
    say_with_time("names are written")
    made_from = {
        "release": manifest.release,
        "manifest": fingerprint(store),
        "files": {name: _size_and_crc(part / name) for name in (RECORDS_FILE, NAMES_FILE)},
    }
    write_index(
        part / CITATIONS_FILE,
        ids,
        dates,
        _batches(references, place_of_id),
        memory=memory // 4,
        made_from=made_from,
        say=say_with_time,
    )
    files = {name: part / name for name in (CITATIONS_FILE, RECORDS_FILE, NAMES_FILE)}
    if "sentences" in manifest.tables:
        files |= {path.relative_to(store).as_posix(): path for path in table_files(store, manifest, "sentences")}
    with log_phase(log, "computing checksums", f"{len(files)} files"):
        write_page_sums(part / SUMS_FILE, files)
    size = (part / CITATIONS_FILE).stat().st_size
    say_with_time(f"{citations:,} citations in {size:,} bytes, {size / max(citations, 1):.1f} a citation")


def check_indexed(store: Path) -> None:
    """Compare everything that `index_store` wrote, and the citing sentences, with checksums: reads all of it.

    Raises
    ------
    InputError
        For the first file whose contents differ.
    """
    path = store / INDEX_FOLDER / CITATIONS_FILE
    sums = read_page_sums(store / INDEX_FOLDER / SUMS_FILE)
    if sums is not None:
        open_index(path, sums)
        for name in sums:
            checked = sums.open(name, indexed_file(store, name))
            checked.check(0, len(checked))
        return
    check_index(path)
    for name, size_and_crc in open_index(path).made_from["files"].items():
        file = indexed_file(store, name)
        if not file.is_file() or _size_and_crc(file) != size_and_crc:
            raise InputError("not what was written", where=str(file), remedy=REBUILD)


def indexed_file(store: Path, name: str) -> Path:
    """A file that an index was built together with, by its name there.

    Raises `InputError` when a file cannot have this name.
    """
    try:
        if name in (CITATIONS_FILE, RECORDS_FILE):
            return store / INDEX_FOLDER / name
        return inside(store, name, depth=1 if name == NAMES_FILE else 2)
    except ValueError as fault:
        raise InputError(f"{fault}", where=str(store / INDEX_FOLDER), remedy=REBUILD) from None


def fingerprint(store: Path) -> int:
    """A checksum of a store's manifest, by which an index recognises the tables that it was made from."""
    return zlib.crc32((store / MANIFEST).read_bytes())


def _size_and_crc(path: Path) -> list[int]:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            crc = isal_zlib.crc32(block, crc)  # five times as fast as zlib's, the same number
    return [path.stat().st_size, crc]


def finish_index(store: Path) -> None:
    """Put a new index that is complete in the place of the old one: the end of `index_store`, also of a killed one.

    A complete index has a name of its own, and counts from then on. Every step can be repeated.
    """
    ready, old = _ready_index(store), _old_index(store)
    if not (ready / CITATIONS_FILE).is_file():
        return
    with folder_lock(store):
        if not ready.is_dir():  # another run was faster
            return
        if (store / INDEX_FOLDER).exists():
            shutil.rmtree(old, ignore_errors=True)
            (store / INDEX_FOLDER).rename(old)
        if (ready / NAMES_FILE).exists():
            (ready / NAMES_FILE).replace(store / NAMES_FILE)
        ready.rename(store / INDEX_FOLDER)
        shutil.rmtree(old, ignore_errors=True)


def _ready_index(store: Path) -> Path:
    return store / f".{INDEX_FOLDER}.ready"


def _old_index(store: Path) -> Path:
    return store / f".{INDEX_FOLDER}.old"


def _collect_ids(papers: list[Path], references: list[Path], memory: int) -> tuple[Longs, Ints]:
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
        try:
            with pq.ParquetFile(path, memory_map=True) as table:
                named = table.schema_arrow.names
                here = [name for name in columns if name in named or name not in _OF_LATER_STORES]
                for batch in table.iter_batches(ROWS_AT_A_TIME, columns=here):
                    yield batch if len(here) == len(columns) else _completed(batch, columns)
        except (pa.ArrowInvalid, pa.ArrowKeyError, OSError) as fault:
            raise InputError(
                f"not a table of a store ({str(fault).splitlines()[0]})",
                where=str(path),
                remedy="make the store again with 'lineage bulk ingest'",
            ) from None


def _completed(batch: pa.RecordBatch, columns: list[str]) -> pa.RecordBatch:
    """The batch with nulls for the columns that stores of earlier versions lack."""
    arrays = [
        batch.column(name) if name in batch.schema.names else pa.nulls(len(batch), _OF_LATER_STORES[name])
        for name in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=columns)


def _batches(files: list[Path], place_of_id: Ints) -> Iterator[Batch]:
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


def _records(files: list[Path], place_of_id: Ints, dates: Ints) -> Iterator[pa.RecordBatch]:
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
