"""A store under construction: its options, its work folder, its counts, and how it is finished."""

from __future__ import annotations

import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from ..index.store_layout import MANIFEST, VERSION, Manifest, Table, manifest_text, read_manifest
from ..utils.file_names import FileName
from ..utils.files import write_all
from .checkpoints import Checkpoints
from .rejects import RejectLimit
from .shards import Shard


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest.

    `memory` is in bytes, for everything together. `threads` is how many shards or parts to work on at a time; fewer
    where memory is small. `sentences` keeps the citing sentences, `updatable` the rows with their ids, so that diffs
    can be applied. `release` is the name of the release, for the manifest, and `reject_limit` the number of lines that
    may be no rows of it.
    """

    release: str | None = None
    memory: int = 8 << 30
    threads: int = 1
    sentences: bool = False
    updatable: bool = False
    reject_limit: RejectLimit = field(default_factory=lambda: RejectLimit(fraction=0.001))


WORK_FOLDER = "ingest"
ROWS_FOLDER = "rows"
REJECTS_FOLDER = "rejects"
RUNS_BY_CITED_FOLDER = "turned"


class Workspace:
    """A folder in which a store is being made; no other engine than the named one can continue the unfinished work."""

    def __init__(self, store: Path, shards: Sequence[Shard], options: IngestOptions, engine: str) -> None:
        self.store, self.shards, self.options, self._engine = store, shards, options, engine
        self.work = store / WORK_FOLDER
        self.rows = store / ROWS_FOLDER if options.updatable else self.work / ROWS_FOLDER
        self.runs_by_cited = self.work / RUNS_BY_CITED_FOLDER
        self.checkpoints = Checkpoints(self.work / "done")

    def finished_manifest(self) -> Manifest | None:
        """The manifest, when the store is finished; raises `InputError` when it was made from other shards."""
        manifest = self._existing_manifest()
        if manifest is None:
            return None
        if list(manifest.made_from) != [shard.row() for shard in self.shards]:
            raise InputError(
                "the folder holds a store that was made from other shards",
                where=self.location(),
                remedy="choose another --to, or 'lineage bulk update'",
            )
        return manifest

    def start_or_resume(self) -> None:
        """Make the folders, or go on in those of an unfinished ingest of the same shards.

        Raises `InputError` when an unfinished ingest of other shards, or with other options, is here.
        """
        request = {
            "version": VERSION,
            "engine": self._engine,
            "release": self.options.release,
            "sentences": self.options.sentences,
            "updatable": self.options.updatable,
            "shards": [shard.label for shard in self.shards],
        }
        unfinished = self.checkpoints.get("asked")
        if unfinished is not None and unfinished != request:
            raise InputError(
                "the folder holds an unfinished ingest of other shards, or with other options",
                where=self.location(WORK_FOLDER),
                remedy="type its command again to finish it, or delete this folder to begin anew",
            )
        self._prepare()
        self.checkpoints.put("asked", request)

    def counts_of(self, shard: Shard) -> dict[str, int] | None:
        """The counts of a shard, None when it has not been read; raises `InputError` when it was changed since."""
        checkpoint = self.checkpoints.get(f"read-{shard.label}")
        if checkpoint is None:
            return None
        if checkpoint["shard"] != shard.row():
            raise InputError(
                "the shard was changed after it was read",
                where=shard.path,
                remedy=f"put the old one back, or delete {self.work} to begin anew",
            )
        counts: dict[str, int] = checkpoint["counts"]
        return counts

    def mark_as_read(self, shard: Shard, counts: Mapping[str, int], runs: Iterable[Path]) -> None:
        """Record that a shard has been read, after its runs are on disk."""
        self.checkpoints.put(f"read-{shard.label}", {"shard": shard.row(), "counts": dict(counts)}, runs)

    def finish(self, tables: Mapping[str, Table], counts: Mapping[str, int]) -> Manifest:
        """Write the manifest, and delete the work folder."""
        manifest = Manifest(
            self.options.release, tables, manifest_counts(counts, tables), tuple(shard.row() for shard in self.shards)
        )
        self.write(MANIFEST, manifest_text(manifest))
        self._delete_work()
        return manifest

    def location(self, *names: str) -> str:
        """The path or URL of a file or folder of the store, in a form that every engine understands."""
        return str(self.store.joinpath(*names))

    def write(self, name: str, text: str) -> None:
        """Write a file of the store, complete or not at all."""
        write_all(self.store, {name: text})

    def _existing_manifest(self) -> Manifest | None:
        return read_manifest(self.store) if (self.store / MANIFEST).is_file() else None

    def _prepare(self) -> None:
        self.rows.mkdir(parents=True, exist_ok=True)
        for unfinished in self.store.rglob("*.part"):
            unfinished.unlink()
        shutil.rmtree(self.work / "scratch", ignore_errors=True)
        (self.work / "scratch").mkdir(parents=True)

    def _delete_work(self) -> None:
        shutil.rmtree(self.work)


class Totals:
    """The counts of all shards together; too many rejects end the run."""

    def __init__(self, options: IngestOptions, rejects: Path | str) -> None:
        self.counts: Counter[str] = Counter()
        self._limit, self._rejects = options.reject_limit, rejects
        self._lock = threading.Lock()

    def add(self, counts: Mapping[str, int]) -> None:
        """Add the counts of one more shard; raises `InputError` when there are more rejects than allowed."""
        with self._lock:
            self.counts.update(counts)
            if not self._limit.allows(self.counts["rejects"], self.counts["lines"]):
                raise InputError(
                    f"{self.counts['rejects']:,} of {self.counts['lines']:,} lines are no rows of the release",
                    where=str(self._rejects),
                    remedy="look at them there; --max-rejects allows more, and goes on from here",
                )


def manifest_counts(counts: Mapping[str, int], tables: Mapping[str, Table]) -> dict[str, int]:
    """The counts for a manifest: those of the shards, and how many rows the merge left out as duplicates."""
    duplicates = {
        f"duplicate_{kind}": counts[f"{kind}_rows"] - tables[table].rows
        for kind, table in (("citation", "references"), ("paper", "papers"))
        if table in tables
    }
    return dict(sorted((dict(counts) | duplicates).items()))


def rows_folder(store: Path, manifest: Manifest) -> Path:
    """The folder with the kept rows of a store; raises `InputError` when the rows were not kept."""
    for folder in (store / f"{ROWS_FOLDER}-{file_name_of(manifest.release or '')}", store / ROWS_FOLDER):
        if folder.is_dir():
            return folder
    raise InputError(
        "this store was made without its rows, which an update changes",
        where=str(store),
        remedy="ingest the release again with --updatable",
    )


def file_name_of(release: str) -> FileName:
    """A release as a part of a file name."""
    return FileName.of(re.sub(r"[^\w.-]", "_", release, flags=re.ASCII))
