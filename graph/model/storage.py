"""A corpus on disk: one folder of plain files that diff well.

``papers.jsonl``, ``citations.jsonl``, ``coverage.jsonl``, ``merges.jsonl`` and ``doubts.jsonl`` hold
one object a line, sorted, without the fields that have their default; ``manifest.json`` holds the
format, the sources, the counts and the hash of every file. Equal corpora are equal bytes. JSON
lines rather than CSV, because None, 0 and "" are three things here and a CSV cell knows only two.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InputError
from ..utils.array_file import ArrayFile, DamagedFile
from ..utils.files import (
    LONGEST_ROW,
    differing,
    json_lines,
    json_text,
    read_bytes,
    refuse_long_lines,
    write_all,
)
from ..utils.generations import settled, sha256
from ..utils.locks import edited
from ..utils.open_file import OpenFile
from .corpus import Corpus
from .corpus_index import INDEX, INDEXED, MAGIC, VERSION, index_bytes, indexed_corpus, is_in_order
from .corpus_manifest import (
    FORMAT,
    REBUILD,
    SOMETIMES,
    SOURCES,
    TABLES,
    hash_of_sources,
    read_manifest,
    sources_of,
    tables_of,
    warn_of_changes,
)
from .row_readers import LaterRows
from .rows import corpus_of_rows, read_row_by_row
from .serialize import Row, decode_rows, to_row
from .tables import Table
from .vectors import kept_hash

log = logging.getLogger(__name__)

_PATIENCE = 50
"""How often to look whether the clock of files has ticked."""
T = TypeVar("T")


def corpus_files(
    corpus: Corpus,
    *,
    built_from: Mapping[str, str] | None = None,
    as_they_are: Mapping[str, bytes] | None = None,
    beside: Mapping[str, str] | None = None,
) -> dict[str, str | bytes]:
    """The files of a corpus by name, ready to be written or compared.

    Equal corpora give equal texts. `built_from` has the SHA-256 of every file that the corpus was built from, and
    `beside` those of further files that belong to it, both by name. `as_they_are` has tables that exist and hold the
    rows of this corpus in its order, by the names of their files.
    """
    held = {name: getattr(corpus, name) for name in TABLES}
    held |= {name: getattr(corpus, name) for name in SOMETIMES if getattr(corpus, name)}
    held["papers"] = _by_key(corpus.papers)
    tables: dict[str, str | bytes] = {}
    for name, values in held.items():
        table = (as_they_are or {}).get(f"{name}.jsonl")
        tables[f"{name}.jsonl"] = json_lines(map(to_row, values)) if table is None else table
    hashes = {name: sha256(table) for name, table in tables.items()}
    sources = [to_row(source) for source in _by_key(corpus.sources)]
    index = index_bytes(corpus, {name: _encoded(tables[name]) for name in INDEXED}, hashes, sources)
    manifest = {
        "format": FORMAT,
        "counts": {name: len(values) for name, values in held.items()},
        "sources": sources,
        "sha256": hashes | {INDEX: sha256(index), SOURCES: hash_of_sources(sources)} | dict(beside or {}),
        "built_from": dict(sorted((built_from or {}).items())),
    }
    return {**tables, INDEX: index, "manifest.json": json_text(manifest)}


def save_corpus(corpus: Corpus, folder: Path, *, beside: Mapping[str, str | bytes] | None = None) -> None:
    """Write a corpus into a folder, and other files that belong to it, by name: all of them or none."""
    _write(folder, {**(beside or {}), **corpus_files(corpus, beside=kept_hash(folder))})


def copy_corpus(folder: Path, to: Path) -> None:
    """Copy the tables of a corpus, its index and its manifest, as they are, into another folder.

    Raises `InputError` when the folder holds no corpus, and `OutputError` when the other cannot be written to.
    """
    with settled(folder):
        names = [*(f"{name}.jsonl" for name in tables_of(read_manifest(folder))), "manifest.json"]
        files: dict[str, str | bytes] = {name: read_bytes(folder / name, most=None) for name in names}
        if (folder / INDEX).is_file():
            files[INDEX] = read_bytes(folder / INDEX, most=None)
    write_all(to, files)


def write_index(folder: Path) -> list[str]:
    """Write the index of a corpus folder, from its tables.

    An index needs sorted tables, a row a line. Tables that a person put otherwise are written anew with the same rows.
    Raises `InputError` when the folder holds no corpus, and for every bad row, and `OutputError` when the folder cannot
    be written to. Returns the names of the files that were written: none where the index fits.
    """
    with settled(folder):
        read_manifest(folder)  # a folder without a corpus stays as it is
    with edited(folder):
        with settled(folder):
            manifest = read_manifest(folder)
        corpus = _decoded(folder, manifest) or read_row_by_row(folder, manifest)
        found = {f"{name}.jsonl": read_bytes(folder / f"{name}.jsonl", most=None) for name in tables_of(manifest)}
        in_order = {name: found[name] for name in INDEXED if is_in_order(name, found[name], corpus)}
        files = corpus_files(
            corpus, built_from=manifest.get("built_from"), as_they_are=in_order, beside=kept_hash(folder)
        )
        changed = differing(folder, files)
        _write(folder, files, only=changed)
    return changed


def _write(folder: Path, files: Mapping[str, str | bytes], *, only: Collection[str] | None = None) -> None:
    """Write a corpus, or some files of it, and make the index the youngest: then nobody has to compare hashes."""
    write_all(folder, {name: content for name, content in files.items() if only is None or name in only})
    tables = [f"{name}.jsonl" for name in TABLES]
    with suppress(OSError):  # somebody else writes here, too: what does not fit together is read from its rows
        for _ in range(_PATIENCE):
            index = OpenFile(folder / INDEX)
            if all(OpenFile(folder / name).changed_at < index.changed_at for name in tables):
                break
            time.sleep(0.001)  # the clock of files ticks every few milliseconds
            os.utime(folder / INDEX)
        if any(OpenFile(folder / name).sha256() != sha256(files[name]) for name in tables):
            (folder / INDEX).unlink()  # a table was changed meanwhile, and must not pass for older than the index


def _by_key(values: Mapping[str, T]) -> list[T]:
    return [values[key] for key in sorted(values)]


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def load_corpus(folder: Path) -> Corpus:
    """Read a corpus back from its folder.

    Raises `InputError` for a folder that holds no corpus, a format that this version does not read, and for every bad
    row, all at once with file and line. Linear in the size of the files; 4 microseconds for a paper with four
    citations. Papers and citations become values when they are asked for. A table that is not what was written, by the
    hashes of the manifest, is read as it is, and a warning says so.
    """
    with settled(folder):
        return _loaded(folder)


def _loaded(folder: Path) -> Corpus:
    manifest = read_manifest(folder)
    started = time.perf_counter()
    corpus, how = _indexed(folder, manifest), "by its index"
    if corpus is None:
        corpus, how = _decoded(folder, manifest), "from its rows"
    if corpus is None:
        corpus, how = read_row_by_row(folder, manifest), "row by row"
    if how != "by its index":  # which only serves what was compared
        warn_of_changes(folder, manifest, {name: len(getattr(corpus, name)) for name in tables_of(manifest)})
    papers, citations, took = len(corpus.papers), len(corpus.citations), time.perf_counter() - started
    log.info("%s: %s papers and %s citations, read %s in %.2f s", folder, f"{papers:,}", f"{citations:,}", how, took)
    return corpus


def _indexed(folder: Path, manifest: Row) -> Corpus | None:
    """The corpus by its index; None when there is none that fits."""
    if not (folder / INDEX).is_file():  # to open a pipe is to wait for ever
        log.info("%s: there is no index; 'lineage --corpus %s index' writes one", folder, folder)
        return None
    try:
        index = ArrayFile(folder / INDEX, MAGIC, VERSION)
        tables = {f"{name}.jsonl": OpenFile(folder / f"{name}.jsonl") for name in tables_of(manifest)}
        _refuse_changed(index, tables, manifest["sha256"])
        rest: dict[str, Any] = {
            name: Table.of(kind, LaterRows(tables[f"{name}.jsonl"], kind, remedy=REBUILD))
            for name, kind in tables_of(manifest).items()
            if f"{name}.jsonl" not in INDEXED
        }
        return indexed_corpus(index, tables, manifest, rest | {"sources": sources_of(manifest)})
    except (OSError, KeyError, TypeError, ValueError) as fault:
        log.info("%s: the index does not serve (%s)", folder, fault)
        return None


def _refuse_changed(index: ArrayFile, tables: Mapping[str, OpenFile], hashes: Mapping[str, Any]) -> None:
    """Raise `DamagedFile` unless the tables are those of the manifest: older than the index, or with its hashes."""
    younger = {name: table for name, table in tables.items() if table.changed_at >= index.file.changed_at}
    for name, table in younger.items():
        if table.sha256() != hashes.get(name):
            raise DamagedFile(f"{name} was changed since it was made")
    if younger:
        log.debug("%s: no older than the index, and compared by their hashes", ", ".join(younger))


def _decoded(folder: Path, manifest: Row) -> Corpus | None:
    """The corpus, read as whole tables; None when anything about them is odd, which takes longer to explain."""
    try:
        tables = {name: read_bytes(folder / f"{name}.jsonl", most=None) for name in tables_of(manifest)}
        for name, table in tables.items():
            refuse_long_lines(table, LONGEST_ROW, folder / f"{name}.jsonl")
        sources = sources_of(manifest)
    except (InputError, ValueError):
        return None
    citations = tables.pop("citations")
    rows = {name: decode_rows(tables_of(manifest)[name], table) for name, table in tables.items()}
    if any(table is None for table in rows.values()):
        return None
    return corpus_of_rows({name: table or [] for name, table in rows.items()}, citations, sources)
