"""Whether the tables and sources of a corpus are those that were written. A corpus may be edited by hand."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..utils.open_file import OpenFile
from .corpus_manifest import SOURCES, hash_of_sources

log = logging.getLogger(__name__)


def warn_of_changes(folder: Path, manifest: Mapping[str, Any], rows: Mapping[str, int]) -> None:
    """Say which tables, or the sources, are not what was written: edited by hand, cut short, or another corpus's.

    Parameters
    ----------
    folder : Path
    manifest : mapping
        With the hashes and counts of what was written.
    rows : mapping of str to int
        How many rows each table has, by its name.

    Notes
    -----
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
