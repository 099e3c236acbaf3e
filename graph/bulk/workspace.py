"""A store under construction: its work folder, what was asked of it, what was counted, how it is finished."""

from __future__ import annotations

import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..errors import InputError
from ..index.store_layout import MANIFEST, VERSION, Manifest, Table, manifest_text, read_manifest
from ..utils.files import write_all
from .checkpoints import Checkpoints
from .options import IngestOptions
from .shards import Shard

WORK = "ingest"
KEPT_ROWS = "rows"
REJECTS = "rejects"


class Workspace:
    """Where a store is being made.

    Parameters
    ----------
    store : Path
    shards : sequence of Shard
    wish : IngestOptions
    engine : str
        Which engine works on it: their unfinished work differs.
    """

    def __init__(self, store: Path, shards: Sequence[Shard], wish: IngestOptions, engine: str) -> None:
        self.store, self.shards, self.wish, self._engine = store, shards, wish, engine
        self.work = store / WORK
        self.rows = store / KEPT_ROWS if wish.updatable else self.work / KEPT_ROWS
        self.marks = Checkpoints(self.work / "done")

    def finished(self) -> Manifest | None:
        """The manifest when the store is there already, made from these shards.

        Raises
        ------
        InputError
            When it was made from others.
        """
        manifest = self._standing()
        if manifest is None:
            return None
        if list(manifest.made_from) != [shard.row() for shard in self.shards]:
            raise InputError(
                "a store of other shards is here",
                where=self.at(),
                remedy="choose another --to, or 'lineage bulk update'",
            )
        return manifest

    def begin(self) -> None:
        """Make the folders, or go on in those of an ingest of the same shards.

        Raises
        ------
        InputError
            When an unfinished ingest of other shards, or with other options, is here.
        """
        asked = {
            "version": VERSION,
            "engine": self._engine,
            "release": self.wish.release,
            "sentences": self.wish.sentences,
            "updatable": self.wish.updatable,
            "shards": [shard.label for shard in self.shards],
        }
        begun = self.marks.get("asked")
        if begun is not None and begun != asked:
            raise InputError(
                "an unfinished ingest of other shards, or with other options, is here",
                where=self.at(WORK),
                remedy="type its command again to finish it, or delete this folder to begin anew",
            )
        self._prepare()
        self.marks.put("asked", asked)

    def read(self, shard: Shard) -> dict[str, int] | None:
        """The counts of a shard that was read already, or None.

        Raises
        ------
        InputError
            When the shard is no longer what was read.
        """
        mark = self.marks.get(f"read-{shard.label}")
        if mark is None:
            return None
        if mark["shard"] != shard.row():
            raise InputError(
                "the shard was changed after it was read",
                where=shard.path,
                remedy=f"put the old one back, or delete {self.work} to begin anew",
            )
        counts: dict[str, int] = mark["counts"]
        return counts

    def was_read(self, shard: Shard, counts: Mapping[str, int], files: Iterable[Path]) -> None:
        """Mark a shard as read, after its files are on disk."""
        self.marks.put(f"read-{shard.label}", {"shard": shard.row(), "counts": dict(counts)}, files)

    def finish(self, tables: Mapping[str, Table], counts: Mapping[str, int]) -> Manifest:
        """Write the manifest, and clear the work away."""
        manifest = Manifest(
            self.wish.release, tables, outcome(counts, tables), tuple(shard.row() for shard in self.shards)
        )
        self.put(MANIFEST, manifest_text(manifest))
        self._clear()
        return manifest

    def at(self, *names: str) -> str:
        """Where something of the store is, as every engine understands it."""
        return str(self.store.joinpath(*names))

    def put(self, name: str, text: str) -> None:
        """Write a file of the store, whole or not at all."""
        write_all(self.store, {name: text})

    def _standing(self) -> Manifest | None:
        return read_manifest(self.store) if (self.store / MANIFEST).is_file() else None

    def _prepare(self) -> None:
        self.rows.mkdir(parents=True, exist_ok=True)
        for left in self.store.rglob("*.part"):
            left.unlink()
        shutil.rmtree(self.work / "scratch", ignore_errors=True)
        (self.work / "scratch").mkdir(parents=True)

    def _clear(self) -> None:
        shutil.rmtree(self.work)


class Totals:
    """The counts of all shards together; too many rejects end the run."""

    def __init__(self, wish: IngestOptions, rejects: Path | str) -> None:
        self.counts: Counter[str] = Counter()
        self._wish, self._rejects = wish, rejects
        self._lock = threading.Lock()

    def add(self, counts: Mapping[str, int]) -> None:
        """Count one more shard.

        Raises
        ------
        InputError
            When there are more rejects than allowed.
        """
        with self._lock:
            self.counts.update(counts)
            if not self._wish.allowance.allows(self.counts["rejects"], self.counts["lines"]):
                raise InputError(
                    f"{self.counts['rejects']:,} of {self.counts['lines']:,} lines are no rows of the release",
                    where=str(self._rejects),
                    remedy="look at them there; --max-rejects allows more, and goes on from here",
                )


def outcome(counts: Mapping[str, int], tables: Mapping[str, Table]) -> dict[str, int]:
    """The counts of a manifest: what was read, and what the merge made of it."""
    merged = {
        f"duplicate_{kind}": counts[f"{kind}_rows"] - tables[table].rows
        for kind, table in (("citation", "references"), ("paper", "papers"))
        if table in tables
    }
    return dict(sorted((dict(counts) | merged).items()))


def rows_folder(store: Path, manifest: Manifest) -> Path:
    """Where the rows of a store are kept.

    Raises
    ------
    InputError
        When they are not.
    """
    for folder in (store / f"{KEPT_ROWS}-{plain(manifest.release or '')}", store / KEPT_ROWS):
        if folder.is_dir():
            return folder
    raise InputError(
        "the rows of this store were not kept, and a diff names rows",
        where=str(store),
        remedy="ingest the release again with --updatable",
    )


def plain(release: str) -> str:
    """A release as a part of a file name."""
    return re.sub(r"[^\w.-]", "_", release, flags=re.ASCII)
