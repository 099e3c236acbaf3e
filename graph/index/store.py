"""A store, opened for questions: its index, records and names, and the papers of the reading list in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import InputError
from ..model.reading_list import ReadingList
from .build_index import CITATIONS_FILE, RECORDS_FILE, fingerprint, indexed_file
from .citation_index import Index, open_index
from .contexts import CitingSentences
from .paper_records import PaperRecords
from .resolve_names import NameResolver
from .store_layout import INDEX_FOLDER, MANIFEST, NAMES_FILE, read_manifest, table_files

_REBUILD = "run 'lineage bulk index' again"


@dataclass(frozen=True)
class Store:
    """Everything that questions about a store need. Opening it reads a few pages, whatever its size.

    Attributes
    ----------
    folder : Path
    index : Index
    reading_list : ReadingList
        Its papers are part of every answer, as far as the store has them.
    """

    folder: Path
    index: Index
    reading_list: ReadingList

    @property
    def release(self) -> str | None:
        """The release that the store was made from."""
        release: str | None = self.index.made_from.get("release")
        return release

    @cached_property
    def records(self) -> PaperRecords:
        """The records of its papers."""
        return PaperRecords(self.folder / INDEX_FOLDER / RECORDS_FILE, self.index.places, self.index.ids)

    @cached_property
    def names(self) -> NameResolver:
        """Finds papers by name."""
        return NameResolver(self.folder / NAMES_FILE, self.index, self.records, self.reading_list)

    @cached_property
    def sentences(self) -> CitingSentences | None:
        """The citing sentences; None when the store was made without them."""
        manifest = read_manifest(self.folder)
        if "sentences" not in manifest.tables:
            return None
        return CitingSentences(table_files(self.folder, manifest, "sentences"))

    def key(self, vertex: int) -> str:
        """The key of a vertex in answers; as a name it means this paper alone."""
        return self.records[vertex].key

    @cached_property
    def listed(self) -> tuple[int, ...]:
        """The vertices of the reading list's papers that the store has, in the order of the list."""
        vertices = (self.names.vertex_of_entry(entry) for entry in self.reading_list.entries)
        return tuple(dict.fromkeys(vertex for vertex in vertices if vertex is not None))


def open_store(folder: Path, reading_list: ReadingList) -> Store:
    """Open an indexed store.

    Parameters
    ----------
    folder : Path
    reading_list : ReadingList

    Returns
    -------
    Store

    Raises
    ------
    InputError
        For a folder without a store or an index, an index that is damaged or of another version, and an index that
        was made from other tables.
    """
    if not (folder / MANIFEST).is_file():
        raise InputError(
            "no store here (manifest.json is missing)",
            where=str(folder),
            remedy="make one with 'lineage bulk ingest', then 'lineage bulk index'",
        )
    index = open_index(folder / INDEX_FOLDER / CITATIONS_FILE)
    if index.made_from.get("manifest") != fingerprint(folder):
        raise InputError("the index was made from other tables than these", where=str(folder), remedy=_REBUILD)
    for name, (size, _) in index.made_from["files"].items():
        file = indexed_file(folder, name)
        if not file.is_file() or file.stat().st_size != size:
            raise InputError("the file is missing, or has another size than before", where=str(file), remedy=_REBUILD)
    return Store(folder, index, reading_list)
