"""A store under construction at a URL: what `site.Site` is for a folder of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..index.store_layout import MANIFEST, Manifest, parse_manifest
from ..utils.files import json_text, parse_json
from .checkpoints import Checkpoints
from .options import IngestOptions
from .remote import Remote
from .shards import Shard
from .workspace import WORK, Workspace


class RemoteWorkspace(Workspace):
    """Where a store is being made, by URL.

    Nothing there can be locked: two runs on one URL are not kept apart.

    Parameters
    ----------
    store : Remote
    shards : sequence of Shard
    wish : IngestOptions
    engine : str
    """

    def __init__(self, store: Remote, shards: Sequence[Shard], wish: IngestOptions, engine: str) -> None:
        super().__init__(Path(), shards, wish, engine)
        self._remote = store
        self.marks = RemoteCheckpoints(store.at(WORK, "done"))

    def at(self, *names: str) -> str:
        """Where something of the store is."""
        return self._remote.at(*names).url

    def put(self, name: str, text: str) -> None:
        """Write a file of the store."""
        self._remote.at(name).put(text)

    def _standing(self) -> Manifest | None:
        text = self._remote.at(MANIFEST).text()
        if text is None:
            return None
        manifest = parse_manifest(text, where=self.at(MANIFEST))
        sizes = {url.removeprefix("/"): size for url, size in self._remote.sizes().items()}
        for part in (part for table in manifest.tables.values() for part in table.files):
            if not any(url.endswith(f"/{part.name}") and size == part.bytes for url, size in sizes.items()):
                raise InputError(
                    f"the file is missing, or has not the {part.bytes:,} bytes that were written",
                    where=self.at(part.name),
                    remedy="make the store with 'lineage bulk ingest'",
                )
        return manifest

    def _prepare(self) -> None:
        """Nothing: Spark makes folders as it writes."""

    def _clear(self) -> None:
        self._remote.at(WORK).drop()


class RemoteCheckpoints(Checkpoints):
    """The marks of a folder, by URL."""

    def __init__(self, folder: Remote) -> None:
        self._remote = folder

    def get(self, name: str) -> dict[str, Any] | None:
        """What the unit left, or None when it is not done."""
        file = self._remote.at(f"{name}.json")
        text = file.text()
        return parse_json(text, where=file.url, remedy="delete this file; its unit is done again") if text else None

    def put(self, name: str, value: Mapping[str, Any], _: Iterable[Path] = ()) -> dict[str, Any]:
        """Mark a unit as done."""
        self._remote.at(f"{name}.json").put(json_text(dict(value)))
        return dict(value)
