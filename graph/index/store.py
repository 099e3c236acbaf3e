"""A store, opened for questions: its index, records and names, and the papers of the reading list in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..algorithms.network import Flags, Ints, Network
from ..errors import InputError, NameNotFound
from ..model.collection import NO_NUMBERS, Reached
from ..model.lineage import Lineage
from ..model.reading_list import ReadingList
from .between import fewest_hops, papers_between, reach, reachable, shortest_path
from .build_index import CITATIONS_FILE, RECORDS_FILE, fingerprint, indexed_file
from .citation_index import Index, open_index
from .contexts import CitingSentences
from .extract import extract
from .paper_records import PaperRecords
from .resolve_names import NameResolver
from .store_layout import INDEX_FOLDER, MANIFEST, NAMES_FILE, read_manifest, table_files

MOST_PAPERS = 5_000
"""The most papers among which a full answer is computed."""
MOST_SEARCHED = 500_000
"""A search for what lies between two papers that touches more papers than this is stopped."""
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
    most_papers : int
        The most papers among which a full answer is computed.
    """

    folder: Path
    index: Index
    reading_list: ReadingList
    most_papers: int = MOST_PAPERS

    @property
    def release(self) -> str | None:
        """The release that the store was made from."""
        release: str | None = self.index.made_from.get("release")
        return release

    @property
    def network(self) -> Network:
        """Its citations in both directions, arcs cited -> citing."""
        index = self.index
        return Network(index.references_at, index.references, index.citers_at, index.citers)

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

    def number(self, key: str) -> int:
        """The vertex of the paper with this key.

        Raises
        ------
        NameNotFound
            When no paper has it.
        """
        vertex = self.names.vertex_of_key(key)
        if vertex is None:
            raise NameNotFound(key, ())
        return vertex

    def keys_of(self, numbers: Iterable[int]) -> list[str]:
        """The keys of vertices."""
        return [record.key for record in self.records.many([int(number) for number in numbers])]

    def part(self, numbers: Iterable[int]) -> Lineage:
        """These papers and those of the reading list: see `graph.index.extract.extract`."""
        return extract(self, numbers).lineage

    def members_between(self, stops: Sequence[int], via: Sequence[int], most_hops: int | None) -> Ints | None:
        """The papers between the first stop and the last, if a walk of at most `most_hops` passes all of them."""
        start, end = stops[0], stops[-1]
        fewest = fewest_hops(self.index, stops, via)
        if start == end or fewest is None or (most_hops is not None and most_hops < fewest):
            return NO_NUMBERS
        return papers_between(self.index, start, end, max_papers=MOST_SEARCHED)

    def members_before(self, number: int, most_hops: int | None) -> Reached:
        """The papers that lead to one, the nearest `most_papers` at most."""
        return self.reach(number, back=True, most_hops=most_hops, most_papers=self.most_papers)

    def reach(
        self, start: int, *, back: bool, among: Flags | None = None, most_hops: int | None = None, most_papers: int
    ) -> Reached:
        """The papers to which paths lead from one, or from which they lead to it; `among` is not supported here."""
        assert among is None
        depth = -1 if most_hops is None else most_hops
        return reach(self.index, [start], back=back, depth=depth, max_papers=most_papers)

    def reachable(self, start: int, *, back: bool) -> Flags:
        """For every vertex whether a path leads to it from one, or from it to that one."""
        return reachable(self.index, start, back=back)

    def count_paths(self, start: int, end: int, among: Flags | None = None) -> int | None:
        """0 when no path leads from one vertex to another, else None: paths are not counted here."""
        return None if start != end and shortest_path(self.index, start, end) else 0

    @cached_property
    def list_numbers(self) -> tuple[int, ...]:
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
