"""A store, opened for questions: what it holds, and the searches in it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..algorithms.network import Flags, Ints
from ..errors import InputError
from ..model.in_memory import NO_NUMBERS, Reached
from ..model.lineage import Lineage
from ..model.reading_list import ReadingList
from .between import fewest_hops, papers_between, reach, reachable, shortest_path
from .build_index import fingerprint, finish_index, indexed_file
from .citation_index import CITATIONS_FILE, Index, open_index
from .extract import extract
from .page_sums import SUMS_FILE, read_page_sums
from .paper_records import RECORDS_FILE
from .store_data import StoreData
from .store_layout import INDEX_FOLDER, MANIFEST, NAMES_FILE, read_manifest

log = logging.getLogger(__name__)

MOST_PAPERS = 5_000
"""The most papers among which a full answer is computed."""
MOST_SEARCHED = 500_000
"""A search for what lies between two papers that touches more papers than this is stopped."""
_REBUILD = "run 'lineage bulk index' again"


@dataclass(frozen=True)
class Store(StoreData):
    """A store that answers questions: a `graph.model.collection.PaperCollection` whose searches stop at a limit."""

    most_papers: int = MOST_PAPERS
    """The most papers among which a full answer is computed."""

    def __reduce__(self) -> tuple[Any, ...]:
        """A store for another process: that one opens the folder itself, where it is."""
        return _reopened, (self.folder, self.reading_list, self.most_papers)

    @property
    def network(self) -> Index:
        """Its citations in both directions."""
        return self.index

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


def open_store(folder: Path, reading_list: ReadingList) -> Store:
    """Open an indexed store.

    Raises `InputError` for a folder without a store or an index, an index that is damaged or of another version, and an
    index that was made from other tables.
    """
    if not (folder / MANIFEST).is_file():
        raise InputError(
            "no store here (manifest.json is missing)",
            where=str(folder),
            remedy="make one with 'lineage bulk ingest', then 'lineage bulk index'",
        )
    try:
        finish_index(folder)
    except OSError as fault:
        raise InputError(
            f"the index was built and is not in its place ({fault.strerror})",
            where=str(folder),
            remedy="allow writing there, and type the same command again",
        ) from None
    if not (folder / INDEX_FOLDER / CITATIONS_FILE).is_file():
        read_manifest(folder)  # without an index this may be a corpus, which is said
    sums = read_page_sums(folder / INDEX_FOLDER / SUMS_FILE)
    index = open_index(folder / INDEX_FOLDER / CITATIONS_FILE, sums)
    if sums is None:
        log.warning(
            "%s: the index has no checksums, so damage goes unnoticed; 'lineage bulk index' builds one with them",
            folder,
        )
    if index.made_from.get("manifest") != fingerprint(folder):
        raise InputError("the index was made from other tables than these", where=str(folder), remedy=_REBUILD)
    for name in (RECORDS_FILE, NAMES_FILE):
        file, size = indexed_file(folder, name), _written_size(index, name)
        if not file.is_file() or file.stat().st_size != size:
            raise InputError("the file is missing, or has another size than before", where=str(file), remedy=_REBUILD)
    return Store(folder, index, reading_list, sums)


def _reopened(folder: Path, reading_list: ReadingList, most_papers: int) -> Store:
    """The store of a folder in another process."""
    return replace(open_store(folder, reading_list), most_papers=most_papers)


def _written_size(index: Index, name: str) -> int:
    """The size of a file that was built together with an index."""
    try:
        size, _ = index.made_from["files"][name]
        return int(size)
    except (KeyError, TypeError, ValueError):
        raise index.file.damaged("its header is damaged") from None
