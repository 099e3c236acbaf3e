"""What a store holds, opened: its index, records, names and sentences, and the papers of the reading list in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import NameNotFound
from ..model.reading_list import ReadingList
from .checked_file import CheckedFile
from .citation_index import Index
from .contexts import CitingSentences
from .page_sums import PageSums
from .paper_records import RECORDS_FILE, PaperRecords
from .resolve_names import NameResolver
from .store_layout import INDEX_FOLDER, NAMES_FILE, read_manifest
from .store_rows import has_author_ids


@dataclass(frozen=True)
class StoreData:
    """What a store holds. Opening it reads a few pages, whatever its size."""

    folder: Path
    index: Index
    reading_list: ReadingList
    """Its papers are part of every answer, as far as the store has them."""
    sums: PageSums | None
    """What the files of the index are compared with; None for an index that was made without."""

    @property
    def release(self) -> str | None:
        """The release that the store was made from."""
        release: str | None = self.index.made_from.get("release")
        return release

    @cached_property
    def records(self) -> PaperRecords:
        """The records of its papers."""
        path = self.folder / INDEX_FOLDER / RECORDS_FILE
        file = self.sums.open(RECORDS_FILE, path) if self.sums else CheckedFile(path)
        return PaperRecords(file, self.index.places, self.index.ids)

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
        return CitingSentences([self._sentences(part.name) for part in manifest.tables["sentences"].files if part.rows])

    @cached_property
    def has_author_ids(self) -> bool:
        """Whether the store was made by a version that keeps the ids of authors, and so was its index."""
        papers = read_manifest(self.folder).tables["papers"].files
        return self.records.has_author_ids and all(has_author_ids(self.folder / part.name) for part in papers)

    def _sentences(self, name: str) -> CheckedFile:
        path, remedy = self.folder / name, "compare the store with its checksums: lineage bulk check STORE"
        return self.sums.open(name, path, remedy=remedy) if self.sums else CheckedFile(path, remedy=remedy)

    def key(self, vertex: int) -> str:
        """The key of a vertex in answers; as a name it means this paper alone."""
        return self.records[vertex].key

    def number(self, key: str) -> int:
        """The vertex of the paper with this key.

        Raises `NameNotFound` when no paper has it.
        """
        vertex = self.names.vertex_of_key(key)
        if vertex is None:
            raise NameNotFound(key, ())
        return vertex

    def keys_of(self, numbers: Iterable[int]) -> list[str]:
        """The keys of vertices."""
        return [record.key for record in self.records.many([int(number) for number in numbers])]

    @cached_property
    def list_numbers(self) -> tuple[int, ...]:
        """The vertices of the reading list's papers that the store has, in the order of the list."""
        vertices = (self.names.vertex_of_entry(entry) for entry in self.reading_list.entries)
        return tuple(dict.fromkeys(vertex for vertex in vertices if vertex is not None))
