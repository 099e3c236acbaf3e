"""The manifest of a corpus folder: its format, its sources, and the hash of every table, by which changes show."""

from __future__ import annotations

import logging
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError
from ..utils.decode import converted
from ..utils.files import json_text, parse_json, read_text
from ..utils.generations import sha256
from ..utils.open_file import OpenFile
from .corpus import Citation, Coverage, Doubt, Merge, Notice, Paper, Source
from .serialize import Row, from_row

FORMAT = 1
SOURCES = "sources"
"""The name of the sources among the hashes of a manifest."""
STORE_FORMAT = "citation-lineage store"
"""The format that the manifest of a store names: see `graph.index.store_layout`."""
REBUILD = "rebuild the corpus, or restore the file"
TABLES: dict[str, type] = {
    "papers": Paper,
    "citations": Citation,
    "coverage": Coverage,
    "merges": Merge,
    "doubts": Doubt,
}
SOMETIMES: dict[str, type] = {"notices": Notice}
"""Tables that a corpus has only where there is something in them; the manifest says whether it does."""


class _Manifest(msgspec.Struct):
    """What has to be in a manifest, and of which types."""

    sources: list[Any]
    sha256: dict[str, str] = {}
    built_from: dict[str, str] = {}


def read_manifest(folder: Path) -> Row:
    """The manifest of a folder; an `InputError` says what it lacks."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise InputError(
            "no corpus here (manifest.json is missing)",
            where=str(folder),
            remedy="name the folder of a corpus; 'lineage fetch LIST --to FOLDER' makes one",
        )
    manifest = parse_json(read_text(path), where=str(path), remedy=REBUILD)
    if manifest.get("format") == STORE_FORMAT:
        raise InputError(
            "this is a store, not a corpus",
            where=str(folder),
            remedy=f"a store is read with --store: lineage --store {shlex.quote(str(folder))}",
        )
    if "made_with" in manifest:
        what = "'lineage build' wrote pages here, and this is no corpus"
        raise InputError(what, where=str(folder), remedy="name the folder of the corpus that they are about")
    try:
        converted(manifest, _Manifest)
    except ValueError as fault:
        raise InputError(f"not the manifest of a corpus: {fault}", where=str(path), remedy=REBUILD) from None
    if manifest.get("format") != FORMAT:
        raise InputError(
            f"format {manifest.get('format')!r}, and this version reads {FORMAT}",
            where=str(path),
            remedy="use the version of citation-lineage that wrote it, or rebuild the corpus",
        )
    return manifest


def tables_of(manifest: Row) -> Mapping[str, type]:
    """The tables of a corpus, by its manifest: their names, and what their rows are."""
    hashes = manifest.get("sha256", ())
    return {**TABLES, **{name: kind for name, kind in SOMETIMES.items() if f"{name}.jsonl" in hashes}}


def hash_of_sources(rows: object) -> str:
    """The SHA-256 of the sources in a manifest: no table has them, and they say who asserts what."""
    return sha256(json_text(rows))


def sources_of(manifest: Row) -> dict[str, Source]:
    """The sources that a manifest names, by their ids."""
    return {source.id: source for source in (from_row(Source, row) for row in manifest["sources"])}


log = logging.getLogger(__name__)


def warn_of_changes(folder: Path, manifest: Mapping[str, Any], rows: Mapping[str, int]) -> None:
    """Say which tables, or the sources, are not what was written: edited by hand, cut short, or another corpus's.

    The manifest has the hashes and counts of what was written; `rows` are how many rows each table has, by its name.
    Reads the tables, at 1.5 GB a second.
    """
    changes = list(_changes(folder, manifest, rows))
    if changes:
        log.warning(
            "%s: not as it was written, and read as it is: %s; 'lineage --corpus %s index' accepts the changes",
            folder, ", ".join(changes), folder,
        )  # fmt: skip


def _changes(folder: Path, manifest: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[str]:
    hashes, counts = (
        each if isinstance(each, dict) else {} for each in (manifest.get("sha256"), manifest.get("counts"))
    )
    for name, found in rows.items():
        table, written = f"{name}.jsonl", counts.get(name)
        if isinstance(written, int) and written != found:
            yield f"{table} ({found:,} rows, {written:,} were written)"
        elif table in hashes and OpenFile(folder / table).sha256() != hashes[table]:
            yield table
    now = hash_of_sources(manifest.get("sources"))
    if hashes.get(SOURCES, now) != now:
        yield "the sources in manifest.json"
