"""A store under construction at a URL: what `graph.bulk.workspace.Workspace` is for a folder of this machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import InputError
from ..index.store_layout import MANIFEST, Manifest, parse_manifest
from .checkpoints import Checkpoints
from .options import IngestOptions
from .remote import Remote
from .shards import Shard
from .workspace import WORK_FOLDER, Workspace


class RemoteWorkspace(Workspace):
    """A folder by URL in which a store is being made.

    Nothing there can be locked, so nothing keeps two runs on one URL apart.
    """

    def __init__(self, store: Remote, shards: Sequence[Shard], options: IngestOptions, engine: str) -> None:
        super().__init__(Path(), shards, options, engine)
        self._remote = store
        self.checkpoints = RemoteCheckpoints(store.child(WORK_FOLDER, "done"))

    def location(self, *names: str) -> str:
        """The URL of a file or folder of the store."""
        return self._remote.child(*names).url

    def write(self, name: str, text: str) -> None:
        """Write a file of the store, complete or not at all."""
        self._remote.child(name).write(text)

    def _existing_manifest(self) -> Manifest | None:
        text = self._remote.child(MANIFEST).text()
        if text is None:
            return None
        manifest = parse_manifest(text, where=self.location(MANIFEST))
        sizes = {url.removeprefix("/"): size for url, size in self._remote.sizes().items()}
        for part in (part for table in manifest.tables.values() for part in table.files):
            if not any(url.endswith(f"/{part.name}") and size == part.bytes for url, size in sizes.items()):
                raise InputError(
                    f"the file is missing, or does not have the {part.bytes:,} bytes that were written",
                    where=self.location(part.name),
                    remedy="make the store with 'lineage bulk ingest'",
                )
        return manifest

    def _prepare(self) -> None:
        """Do nothing: Spark makes folders when it writes."""

    def _delete_work(self) -> None:
        self._remote.child(WORK_FOLDER).delete()


class RemoteCheckpoints(Checkpoints):
    """The checkpoints in a folder by URL."""

    def __init__(self, folder: Remote) -> None:
        self._remote = folder

    def _read(self, name: str) -> tuple[str, str | None]:
        file = self._remote.child(name)
        return file.url, file.text()

    def _write(self, name: str, text: str) -> None:
        self._remote.child(name).write(text)
