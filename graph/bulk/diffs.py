"""The diffs between releases: downloaded into a folder, and found there again in their order.

Their shards are in ``STORE/diffs/START-to-END/NNN-RELEASE/DATASET/update`` and ``delete``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..index.store_layout import Manifest
from ..utils.file_names import FileName
from ..utils.files import json_text, write_all
from .shards import CITATIONS, PAPERS, Shard, shard_of
from .workspace import file_name_of, rows_folder

if TYPE_CHECKING:
    from .datasets import DatasetsService, Link
    from .download import Downloader

DIFFS_FOLDER = "diffs"
DIFFS_MANIFEST = "diffs.json"
TABLE_OF = {CITATIONS: "references", PAPERS: "papers"}
"""The table of a store that a dataset fills."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file of a diff: new or changed rows, or the keys of deleted rows."""

    shard: Shard
    step: int
    deletes: bool

    @property
    def name(self) -> FileName:
        """A file name; names sort in the order in which the changes are applied."""
        action = "delete" if self.deletes else "update"
        return FileName.of(f"{self.shard.kind}-{self.step:04d}-{action}-{self.shard.name}")


def download_diffs(
    service: DatasetsService, downloader: Downloader, store: Path, manifest: Manifest, release: str
) -> Path:
    """Download the diffs from the release of a store to another one.

    They are in the folder ``STORE/diffs/START-to-END``, which is returned, as ``NNN-END/DATASET/update`` and
    ``delete``.
    """
    start = _known_release(store, manifest)
    end = service.release(release)
    folder = store / DIFFS_FOLDER / f"{file_name_of(start)}-to-{file_name_of(end)}"
    datasets = [kind for kind, table in TABLE_OF.items() if table in manifest.tables] if end != start else []
    for dataset in datasets:
        for n, diff in enumerate(service.diffs(start, end, dataset)):
            for action in ("update", "delete"):
                downloader.download(
                    _listing(service, start, end, dataset, n, action),
                    folder / f"{n:03d}-{file_name_of(diff.end)}" / dataset / action,
                    {"release": diff.end, "dataset": dataset},
                )
    write_all(folder, {DIFFS_MANIFEST: json_text({"start": start, "end": end})})
    return folder


def _listing(
    service: DatasetsService, start: str, end: str, dataset: str, n: int, action: str
) -> Callable[[], Sequence[Link]]:
    def list_links() -> Sequence[Link]:
        diff = service.diffs(start, end, dataset)[n]
        return diff.updates if action == "update" else diff.deletes

    return list_links


def find_changes(folder: Path) -> list[Change]:
    """The files of all diffs, in the order in which they are applied."""
    changes: list[Change] = []
    for n, diff in enumerate(sorted(path for path in folder.iterdir() if path.is_dir())):
        for kind in TABLE_OF:
            for deletes, action in enumerate(("update", "delete")):
                for path in sorted((diff / kind / action).glob("*.gz")):
                    changes.append(Change(shard_of(path, kind), 2 * n + deletes, bool(deletes)))
    return changes


def _known_release(store: Path, manifest: Manifest) -> str:
    if manifest.release is None:
        raise InputError(
            "the store does not say which release it is",
            where=str(store),
            remedy="ingest again with --release, or shards that 'lineage bulk download' fetched",
        )
    rows_folder(store, manifest)  # an update needs the rows: say so before the download
    return manifest.release
