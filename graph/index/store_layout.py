"""The files of a store: the names, columns and order of its tables, and its manifest.

A store is one folder:

.. code-block:: text

    manifest.json            format, version, release, tables with sizes and hashes, counts
    papers/*.parquet         sorted by corpusid, which is unique
    references/*.parquet     a row for each citation, sorted by (citing, cited); each pair is unique
    citers/*.parquet         the same pairs sorted by (cited, citing)
    sentences/*.parquet      the citing sentences, sorted by (citing, cited); only with --contexts

The order is global: the files of a table, in the order of their names, are one sorted sequence. So a look-up
reads the one or two row groups that can hold its key. `citing` and `cited` are corpus ids of Semantic Scholar.
What a release does not say is null, never 0 or "".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError
from ..model.corpus_manifest import FORMAT as CORPUS_FORMAT
from ..model.corpus_manifest import STORE_FORMAT as FORMAT
from ..utils.decode import converted
from ..utils.file_names import inside
from ..utils.files import json_text, parse_json, read_text, write_all

VERSION = 1
MANIFEST = "manifest.json"
INDEX_FOLDER = "index"
NAMES_FILE = "names.duckdb"
_INGEST = "make the store with 'lineage bulk ingest'"

Columns = Mapping[str, str]
"""The columns of a table in their order, by name, each with its type as DuckDB writes it."""

PAPERS: Columns = {
    "corpusid": "BIGINT",
    "sha": "VARCHAR",
    "title": "VARCHAR",
    "year": "INTEGER",
    "date": "DATE",
    "venue": "VARCHAR",
    "doi": "VARCHAR",
    "arxiv": "VARCHAR",
    "acl": "VARCHAR",
    "pubmed": "VARCHAR",
    "mag": "VARCHAR",
    "dblp": "VARCHAR",
    "authors": "VARCHAR[]",
    "citationcount": "INTEGER",
    "influentialcitationcount": "INTEGER",
    "referencecount": "INTEGER",
    "isopenaccess": "BOOLEAN",
    "authorids": "BIGINT[]",  # those of authors, in their order; the last, since stores of earlier versions lack it
}
REFERENCES: Columns = {
    "citing": "BIGINT",
    "cited": "BIGINT",
    "influential": "BOOLEAN",  # true when any row of the release says so
    "copies": "SMALLINT",  # how many rows of the release were merged
    "intents": "VARCHAR[]",  # those of all rows, distinct and sorted; null when there are none
    "contexts": "INTEGER",  # the most citing sentences of a row; null when no row says
}
CITERS: Columns = {"citing": "BIGINT", "cited": "BIGINT", "influential": "BOOLEAN"}
SENTENCES: Columns = {"citing": "BIGINT", "cited": "BIGINT", "contexts": "VARCHAR[]", "intents": "VARCHAR[][]"}

TABLES: Mapping[str, Columns] = {
    "papers": PAPERS,
    "references": REFERENCES,
    "citers": CITERS,
    "sentences": SENTENCES,
}
ORDER: Mapping[str, tuple[str, ...]] = {
    "papers": ("corpusid",),
    "references": ("citing", "cited"),
    "citers": ("cited", "citing"),
    "sentences": ("citing", "cited"),
}
"""The columns by which each table is sorted."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """One Parquet file of a table. `name` is relative to the store: "references/00003.parquet"."""

    name: str
    rows: int
    bytes: int
    sha256: str

    def row(self) -> dict[str, Any]:
        """The part as JSON has it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Table:
    """The files of a table in the order of their keys, and how many rows they have in all."""

    rows: int
    files: tuple[TablePart, ...]

    @classmethod
    def of(cls, parts: Iterable[TablePart]) -> Table:
        """A table of these parts."""
        files = tuple(sorted(parts, key=lambda part: part.name))
        return cls(sum(part.rows for part in files), files)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store contains."""

    release: str | None
    """The release that it was made from ("2026-09-01"); None if that is not known."""
    tables: Mapping[str, Table]
    """By the keys of `TABLES`; a store may lack papers, or sentences."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many rows were kept, merged and left out: see ``docs/bulk.md``."""
    made_from: tuple[Mapping[str, Any], ...] = ()
    """Each shard with its name, bytes and gzip trailer."""


def write_manifest(store: Path, manifest: Manifest) -> None:
    """Write the manifest of a store, as the last step of making or changing it."""
    write_all(store, {MANIFEST: manifest_text(manifest)})


def manifest_text(manifest: Manifest) -> str:
    """A manifest as JSON."""
    tables = {
        name: {
            "rows": table.rows,
            "sorted_by": list(ORDER[name]),
            "files": [part.row() for part in table.files],
        }
        for name, table in manifest.tables.items()
    }
    return json_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "release": manifest.release,
            "tables": tables,
            "counts": dict(manifest.counts),
            "made_from": [dict(shard) for shard in manifest.made_from],
        }
    )


def read_manifest(store: Path) -> Manifest:
    """Read the manifest of a store, and check that its files exist and have the sizes that it says.

    Raises `InputError` for a folder without a store, an unfinished ingest, a store of a newer version, and a file that
    is missing or has another size. Only `check_store` compares the contents.
    """
    path = store / MANIFEST
    if not path.is_file():
        raise InputError("no store here (manifest.json is missing)", where=str(store), remedy=_INGEST)
    manifest = parse_manifest(read_text(path), where=str(path))
    _check_sizes(store, manifest)
    return manifest


def parse_manifest(text: str, *, where: str) -> Manifest:
    """The inverse of `manifest_text`.

    Raises `InputError` for a text that is no manifest, for that of a corpus, and for that of a newer version.
    """
    value = parse_json(text, where=where, remedy=_INGEST)
    if value.get("format") == CORPUS_FORMAT and "sources" in value:
        raise InputError("this is a corpus, not a store", where=where, remedy="a corpus is read with --corpus")
    if value.get("format") != FORMAT:
        raise InputError("not the manifest of a store", where=where, remedy=_INGEST)
    version = value.get("version")
    if type(version) is not int or version > VERSION:
        raise InputError(
            f"a store of version {version!r}, but this program reads versions up to {VERSION}",
            where=where,
            remedy="use the version of citation-lineage that made it, or a newer one",
        )
    try:
        return _manifest_of(converted(value, _ManifestJson))
    except ValueError as fault:
        raise InputError(f"an incomplete manifest ({fault})", where=where, remedy=_INGEST) from None


def table_files(store: Path, manifest: Manifest, name: str) -> list[Path]:
    """The files of a table, in the order of their keys.

    Raises `InputError` when the store lacks the table; the message says how to get it.
    """
    table = manifest.tables.get(name)
    if table is None:
        remedy = "ingest the citations again with --contexts" if name == "sentences" else f"ingest shards of {name}"
        raise InputError(f"this store has no {name}", where=str(store), remedy=remedy)
    return [store / part.name for part in table.files]


def check_store(store: Path, manifest: Manifest) -> None:
    """Compare every file with its hash in the manifest: reads the whole store.

    Raises `InputError` for the first file whose contents differ.
    """
    for table in manifest.tables.values():
        for part in table.files:
            if sha256_of(store / part.name) != part.sha256:
                raise InputError("not the bytes that were written", where=str(store / part.name), remedy=_INGEST)


def part_of(store: Path, path: Path, rows: int) -> TablePart:
    """A file that was just written, as a part of a table."""
    return TablePart(path.relative_to(store).as_posix(), rows, path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _TableJson(msgspec.Struct):
    files: list[TablePart]


class _ManifestJson(msgspec.Struct):
    release: str | None
    tables: dict[str, _TableJson]
    counts: dict[str, int]
    made_from: list[dict[str, Any]]


def _manifest_of(read: _ManifestJson) -> Manifest:
    """A manifest that somebody made up may name any file: a part lies in one folder of the store."""
    for table in read.tables.values():
        for part in table.files:
            inside(Path(), part.name, depth=2)
    tables = {name: Table.of(table.files) for name, table in read.tables.items() if name in TABLES}
    return Manifest(read.release, tables, read.counts, tuple(read.made_from))


def _check_sizes(store: Path, manifest: Manifest) -> None:
    for table in manifest.tables.values():
        for part in table.files:
            path = store / part.name
            if not path.is_file():
                raise InputError("the file is missing", where=str(path), remedy=_INGEST)
            if path.stat().st_size != part.bytes:
                raise InputError(
                    f"has {path.stat().st_size} bytes, but {part.bytes} were written", where=str(path), remedy=_INGEST
                )
