"""The diffs between releases: downloaded into a folder, found there again in their order.

``STORE/diffs/START-to-END/NNN-RELEASE/DATASET/update`` and ``delete`` hold their shards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..index.store_layout import Manifest
from ..utils.files import json_text, write_all
from .shards import CITATIONS, PAPERS, Shard, shard_of
from .workspace import plain, rows_folder

if TYPE_CHECKING:
    from .datasets import Datasets, Link
    from .download import Downloader

FOLDER = "diffs"
ABOUT = "diffs.json"
TABLE_OF = {CITATIONS: "references", PAPERS: "papers"}
"""The table of a store that a dataset fills."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file of a diff: rows that are new or changed, or keys that are gone."""

    shard: Shard
    step: int
    deletes: bool

    @property
    def name(self) -> str:
        """A file name that sorts as the changes are applied."""
        kind = "delete" if self.deletes else "update"
        return f"{self.shard.kind}-{self.step:04d}-{kind}-{self.shard.name}"


def download_diffs(service: Datasets, downloader: Downloader, store: Path, manifest: Manifest, release: str) -> Path:
    """Download the diffs from the release of a store to another one.

    Returns
    -------
    Path
        ``STORE/diffs/START-to-END``; in it ``NNN-END/DATASET/update`` and ``delete``.
    """
    start = _known_release(store, manifest)
    end = service.release(release)
    folder = store / FOLDER / f"{plain(start)}-to-{plain(end)}"
    datasets = [kind for kind, table in TABLE_OF.items() if table in manifest.tables] if end != start else []
    for dataset in datasets:
        for n, step in enumerate(service.diffs(start, end, dataset)):
            for kind in ("update", "delete"):
                downloader.all(
                    _listing(service, start, end, dataset, n, kind),
                    folder / f"{n:03d}-{plain(step.end)}" / dataset / kind,
                    {"release": step.end, "dataset": dataset},
                )
    write_all(folder, {ABOUT: json_text({"start": start, "end": end})})
    return folder


def _listing(service: Datasets, start: str, end: str, dataset: str, n: int, kind: str) -> Callable[[], Sequence[Link]]:
    def links() -> Sequence[Link]:
        step = service.diffs(start, end, dataset)[n]
        return step.updates if kind == "update" else step.deletes

    return links


def find_changes(folder: Path) -> list[Change]:
    """The files of all diffs, in the order in which they are applied."""
    changes: list[Change] = []
    for place, step in enumerate(sorted(path for path in folder.iterdir() if path.is_dir())):
        for kind in TABLE_OF:
            for deletes, name in enumerate(("update", "delete")):
                for path in sorted((step / kind / name).glob("*.gz")):
                    changes.append(Change(shard_of(path, kind), 2 * place + deletes, bool(deletes)))
    return changes


def _known_release(store: Path, manifest: Manifest) -> str:
    if manifest.release is None:
        raise InputError(
            "the store does not say of which release it is",
            where=str(store),
            remedy="ingest again with --release, or shards that 'lineage bulk download' fetched",
        )
    rows_folder(store, manifest)
    return manifest.release
