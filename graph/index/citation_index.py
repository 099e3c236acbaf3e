"""The citations of a store as one file that is mapped and not read, so that opening it takes no time at any size.

Its vertices are numbered in the order of lineage: a paper follows all papers that it cites, as early as its
date allows. The papers of a cycle stand side by side. So every path runs to higher numbers, except within a
cycle. Whether there can be a path at all is therefore a comparison, and a question about all papers is one sweep.

The file is a header of 4,096 bytes and then plain arrays, little-endian, each at a multiple of 4,096:

.. code-block:: text

    section          type     values             what
    references_at    int64    papers + 1         where the references of each vertex begin
    references       int32    citations          what each vertex cites, ascending
    evidence         uint8    citations          what the release says of each of these citations
    citers_at        int64    papers + 1         where the citers of each vertex begin
    citers           int32    citations          what cites each vertex, ascending
    dates            int32    papers             YYYYMMDD, 00 for a month or day that is not known, 0 for no date
    places           int32    papers             the place of each vertex among the corpus ids
    ids              int64    papers             the corpus ids, ascending
    vertices         int32    papers             the vertex of each corpus id
    circles          int32    2 a cycle          the first vertex of each cycle, and the one after its last

So a citation takes 9 bytes for both directions, a paper 36. Bit 0 of an evidence byte means influential; bits 1, 2
and 3 are the intents background, methodology and result. Bits 4 and 5 say that the arc is left out where cycles
are broken: bit 4 because the cited paper has a later date, bit 5 because in a cycle the cited paper is not the
older one. The header has the magic bytes, the version, its own length and checksum, and as JSON the sections
with their offsets and CRC-32, how many arcs have bit 4 and how many bit 5, and what the index was made from.

What is read of a section was checked before, a page at a time when it is first touched: its values lead nowhere
outside of the file, and its bytes are those that were written (`graph.index.page_sums`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .checked_file import REBUILD, CheckedFile, Section
from .index_header import read_header
from .jit import Kernel
from .kernels.pages import CheckedArray
from .page_sums import PageSums

_BLOCK_BYTES = 1 << 22

CITATIONS_FILE = "citations.index"

INFLUENTIAL, BACKGROUND, METHODOLOGY, RESULT = 1, 2, 4, 8
INTENTS = {"background": BACKGROUND, "methodology": METHODOLOGY, "result": RESULT}

SECTIONS: Mapping[str, str] = {
    "references_at": "<i8",
    "references": "<i4",
    "evidence": "<u1",
    "citers_at": "<i8",
    "citers": "<i4",
    "dates": "<i4",
    "places": "<i4",
    "ids": "<i8",
    "vertices": "<i4",
    "circles": "<i4",
}
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Index:
    """A citation graph on disk. All arrays are read-only, and any number of threads may read them.

    What is read of an array was checked before: see `graph.index.checked_file.Section`. An `InputError` names the file
    when it is damaged.
    """

    file: CheckedFile
    references_at: Section
    references: Section
    """``references[references_at[v] : references_at[v + 1]]`` are the vertices that v cites."""
    evidence: Section
    """One byte for each of `references`."""
    citers_at: Section
    citers: Section
    """The other direction: the vertices that cite v."""
    dates: Section
    """The date of every vertex."""
    places: Section
    ids: Section
    """``ids[places[v]]`` is the corpus id of v; the ids are ascending."""
    vertices: Section
    """The vertex of each of `ids`."""
    cycles: Section
    """``cycles[2 * n]`` is the first vertex of a cycle, and ``cycles[2 * n + 1]`` the one after its last."""
    left_out: tuple[int, int] = (0, 0)
    """How many citations are left out where cycles are broken: those of later papers, and those in cycles."""
    made_from: Mapping[str, Any] = field(default_factory=dict)
    """What the index was built from."""

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.file.path

    @property
    def papers(self) -> int:
        """How many vertices there are."""
        return len(self.ids)

    @property
    def citations(self) -> int:
        """How many arcs there are."""
        return len(self.references)

    @property
    def arcs(self) -> tuple[CheckedArray, CheckedArray, CheckedArray, CheckedArray]:
        """The citers and the references, as kernels take them."""
        return self.citers_at.checked, self.citers.checked, self.references_at.checked, self.references.checked

    @property
    def references_with_evidence(self) -> tuple[CheckedArray, CheckedArray, CheckedArray]:
        """The references and their evidence, as kernels take them."""
        return self.references_at.checked, self.references.checked, self.evidence.checked

    def run(self, kernel: Kernel, *arguments: Any) -> Any:
        """Call a kernel; an `InputError` names the file when it meets a damaged page."""
        return self.file.run(kernel, *arguments)

    def vertex(self, corpusid: int) -> int | None:
        """The vertex of a corpus id; None when the store does not have it."""
        found: Ints = self.vertices_of(np.array([corpusid]))
        return int(found[0]) if found[0] >= 0 else None

    def vertices_of(self, corpusids: NDArray[Any]) -> Ints:
        """The vertices of corpus ids, -1 for those that the store does not have."""
        places = self.ids.places_of(corpusids)
        vertices = np.full(len(places), -1, np.int32)
        inside = np.flatnonzero(places < self.papers)
        known = inside[self.ids[places[inside]] == corpusids[inside]]
        vertices[known] = self.vertices[places[known]]
        return vertices

    def corpusid(self, vertex: int) -> int:
        """The corpus id of a vertex."""
        return int(self.ids[self.places[vertex]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the vertices on all paths between two; when `end` is outside of them there is no path."""
        return self._cycle(start)[0], self._cycle(end)[1]

    def _cycle(self, vertex: int) -> tuple[int, int]:
        """The first and the last vertex of the cycle of a vertex: twice the vertex itself where it is in none."""
        place = int(self.cycles.places_of([vertex + 1])[0])
        return (int(self.cycles[place - 1]), int(self.cycles[place]) - 1) if place % 2 else (vertex, vertex)

    def references_of(self, vertex: int) -> Ints:
        """What a paper cites."""
        references: Ints = self.references[self.references_at[vertex] : self.references_at[vertex + 1]]
        return references

    def citers_of(self, vertex: int) -> Ints:
        """What cites a paper."""
        citers: Ints = self.citers[self.citers_at[vertex] : self.citers_at[vertex + 1]]
        return citers

    def citation_count(self, vertex: int) -> int:
        """How many papers cite a paper."""
        return int(self.citers_at[vertex + 1] - self.citers_at[vertex])

    def reference_count(self, vertex: int) -> int:
        """How many papers a paper cites."""
        return int(self.references_at[vertex + 1] - self.references_at[vertex])

    def drop_pages(self) -> None:
        """Drop the mapped pages from memory: the next access reads them from the system's cache, or from disk."""
        self.file.advise("MADV_DONTNEED")

    @contextmanager
    def sequential_access(self) -> Iterator[None]:
        """Let the system read ahead while the whole file is read in order. A search would only wait for that."""
        self.file.advise("MADV_SEQUENTIAL")
        try:
            yield
        finally:
            self.file.advise("MADV_RANDOM")


def open_index(path: Path, sums: PageSums | None = None) -> Index:
    """Map an index, after checking its header and its size.

    Raises `InputError` when the file does not exist, is of another kind or version, has a damaged header or is cut
    short. Whatever reads a damaged part of it raises one, too. Reads a few pages. Its pages are compared with `sums`
    when they are first touched. Without these, values only have to be inside of their bounds.
    """
    header = read_header(path)
    file = sums.open(CITATIONS_FILE, path) if sums else CheckedFile(path)
    try:
        index = _opened(file, header)
        sizes = [(index.references_at, index.references), (index.citers_at, index.citers)]
        dict(index.made_from)
        fits = all(len(at) == index.papers + 1 and len(arcs) == len(index.evidence) for at, arcs in sizes) and all(
            len(each) == index.papers for each in (index.dates, index.places, index.vertices)
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise file.damaged("its header is damaged") from None
    if not fits or any(at[0] != 0 or at[len(at) - 1] != len(arcs) for at, arcs in sizes):
        raise file.damaged("the offsets do not fit the citations")
    return index


def _opened(file: CheckedFile, header: Mapping[str, Any]) -> Index:
    counts = {name: header["sections"][name]["count"] for name in SECTIONS}
    papers, citations = counts["ids"], counts["references"]
    highest = dict.fromkeys(("references", "citers", "places", "vertices"), papers - 1)
    highest |= {"references_at": citations, "citers_at": citations, "circles": papers}
    arrays = {}
    for name, dtype in SECTIONS.items():
        limits = np.iinfo(dtype)
        bounds = (0, highest[name]) if name in highest else (int(limits.min), int(limits.max))
        arrays[name] = Section(file, dtype, header["sections"][name]["offset"], counts[name], *bounds)
    later, tied = header["left_out"]
    cycles = arrays.pop("circles")
    return Index(file, **arrays, cycles=cycles, left_out=(later, tied), made_from=header["made_from"])


def check_index(path: Path) -> None:
    """Compare every section with its checksum: reads the whole file.

    Raises `InputError` for the first section that is not what was written, and wherever `open_index` raises it.
    """
    open_index(path)
    header = read_header(path)
    with path.open("rb") as file:
        for name, section in header["sections"].items():
            file.seek(section["offset"])
            bytes_left, crc = section["count"] * np.dtype(SECTIONS[name]).itemsize, 0
            while bytes_left:
                block = file.read(min(bytes_left, _BLOCK_BYTES))
                crc = zlib.crc32(block, crc)
                bytes_left -= len(block)
            if crc != section["crc32"]:
                raise InputError(f"the section {name} is not what was written", where=str(path), remedy=REBUILD)
