"""From the tables of a store to what answers questions: the index, the records of papers, the table of names."""

from __future__ import annotations

import logging
import shutil
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from isal import isal_zlib

from ..errors import InputError, OutputError
from ..utils.file_names import inside
from ..utils.locks import folder_lock
from ..utils.timing import log_phase
from .build_names import build_names
from .checked_file import REBUILD
from .citation_index import CITATIONS_FILE, check_index, open_index
from .page_sums import SUMS_FILE, read_page_sums, write_page_sums
from .paper_records import RECORDS_FILE, write_paper_records
from .store_layout import INDEX_FOLDER, MANIFEST, NAMES_FILE, Manifest, read_manifest, table_files
from .store_rows import citation_batches, collect_ids, record_batches
from .write_index import GIB, write_index

log = logging.getLogger(__name__)

Say = Callable[[str], None]


def index_store(store: Path, *, memory: int = 4 * GIB, say: Say = lambda _: None) -> None:
    """Build the index of a store, its records of papers and its table of names.

    Raises `InputError` for an incomplete store, tables that are not sorted, and too little memory, and `OutputError`
    when the disk is full; an older index stays as it was. Two passes over the citing and cited columns, one over the
    papers, a sort of the names on disk. It takes at least 5 bytes of `memory` for every number up to the largest corpus
    id, and 60 a paper. `say` takes a message after each step.
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
        ids, place_of_id = collect_ids(papers, references, memory)
    say(f"{len(ids):,} papers have a record or a citation")
    dates = np.zeros(len(ids), np.int32)
    with log_phase(log, "writing the records of papers", f"{len(ids):,} papers"):
        write_paper_records(part / RECORDS_FILE, record_batches(papers, place_of_id, dates))
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
        citation_batches(references, place_of_id),
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

    Raises `InputError` for the first file whose contents differ.
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
