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
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

MAGIC = b"LINEAGE\x1a"
VERSION = 2
PAGE = 4096
_BLOCK_BYTES = 1 << 22
PREFIX = struct.Struct("<8sIII")
"""Magic, version, length of the JSON, CRC-32 of the JSON."""

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
_REBUILD = "build it again with 'lineage bulk index'"

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Index:
    """A citation graph on disk. All arrays are read-only, and any number of threads may read them.

    Attributes
    ----------
    path : Path
    references_at, references : arrays
        ``references[references_at[v] : references_at[v + 1]]`` are the vertices that v cites.
    evidence : array
        One byte for each of `references`.
    citers_at, citers : arrays
        The other direction: the vertices that cite v.
    dates : array
        The date of every vertex.
    places, ids : arrays
        ``ids[places[v]]`` is the corpus id of v; the ids are ascending.
    vertices : array
        The vertex of each of `ids`.
    cycles : array
        ``cycles[2 * n]`` is the first vertex of a cycle, and ``cycles[2 * n + 1]`` the one after its last.
    left_out : (int, int)
        How many citations are left out where cycles are broken: those of later papers, and those in cycles.
    made_from : mapping
        What the index was built from.
    """

    path: Path
    references_at: Longs
    references: Ints
    evidence: Bytes
    citers_at: Longs
    citers: Ints
    dates: Ints
    places: Ints
    ids: Longs
    vertices: Ints
    cycles: Ints
    left_out: tuple[int, int] = (0, 0)
    made_from: Mapping[str, Any] = field(default_factory=dict)
    _map: mmap.mmap | None = None

    @property
    def papers(self) -> int:
        """How many vertices there are."""
        return len(self.ids)

    @property
    def citations(self) -> int:
        """How many arcs there are."""
        return len(self.references)

    @property
    def arcs(self) -> tuple[Longs, Ints, Longs, Ints]:
        """The citers and the references, as kernels take them."""
        return self.citers_at, self.citers, self.references_at, self.references

    def vertex(self, corpusid: int) -> int | None:
        """The vertex of a corpus id; None when the store does not have it."""
        place = int(np.searchsorted(self.ids, corpusid))
        return int(self.vertices[place]) if place < len(self.ids) and self.ids[place] == corpusid else None

    def corpusid(self, vertex: int) -> int:
        """The corpus id of a vertex."""
        return int(self.ids[self.places[vertex]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the vertices on all paths between two; when `end` is outside of them there is no path."""
        return self._cycle(start)[0], self._cycle(end)[1]

    def _cycle(self, vertex: int) -> tuple[int, int]:
        """The first and the last vertex of the cycle of a vertex: twice the vertex itself where it is in none."""
        place = int(np.searchsorted(self.cycles, vertex, side="right"))
        return (int(self.cycles[place - 1]), int(self.cycles[place]) - 1) if place % 2 else (vertex, vertex)

    def citation_count(self, vertex: int) -> int:
        """How many papers cite a paper."""
        return int(self.citers_at[vertex + 1] - self.citers_at[vertex])

    def reference_count(self, vertex: int) -> int:
        """How many papers a paper cites."""
        return int(self.references_at[vertex + 1] - self.references_at[vertex])

    def drop_pages(self) -> None:
        """Drop the mapped pages from memory: the next access reads them from the system's cache, or from disk."""
        self._advise("MADV_DONTNEED")

    @contextmanager
    def sequential_access(self) -> Iterator[None]:
        """Let the system read ahead while the whole file is read in order. A search would only wait for that."""
        self._advise("MADV_SEQUENTIAL")
        try:
            yield
        finally:
            self._advise("MADV_RANDOM")

    def _advise(self, advice: str) -> None:
        if self._map is not None and hasattr(mmap, advice):  # not every system has it
            self._map.madvise(getattr(mmap, advice))


def open_index(path: Path) -> Index:
    """Map an index, after checking its header and its size.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Index

    Raises
    ------
    InputError
        When the file does not exist, is of another kind or version, has a damaged header or is cut short. Only
        `check_index` compares the contents with their checksums.

    Notes
    -----
    Reads one page.
    """
    header = _read_header(path)
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    arrays = {}
    for name, dtype in SECTIONS.items():
        section = header["sections"][name]
        arrays[name] = np.frombuffer(mapped, dtype, section["count"], section["offset"])
    cycles = arrays.pop("circles")
    index = Index(
        path, **arrays, cycles=cycles, left_out=tuple(header["left_out"]), made_from=header["made_from"], _map=mapped
    )
    index._advise("MADV_RANDOM")
    for offsets in (index.references_at, index.citers_at):
        if offsets[0] != 0 or offsets[-1] != index.citations:
            raise InputError("the offsets do not fit the citations", where=str(path), remedy=_REBUILD)
    return index


def check_index(path: Path) -> None:
    """Compare every section with its checksum: reads the whole file.

    Raises
    ------
    InputError
        For the first section that is not what was written, and wherever `open_index` raises it.
    """
    header = _read_header(path)
    with path.open("rb") as file:
        for name, section in header["sections"].items():
            file.seek(section["offset"])
            bytes_left, crc = section["count"] * np.dtype(SECTIONS[name]).itemsize, 0
            while bytes_left:
                block = file.read(min(bytes_left, _BLOCK_BYTES))
                crc = zlib.crc32(block, crc)
                bytes_left -= len(block)
            if crc != section["crc32"]:
                raise InputError(f"the section {name} is not what was written", where=str(path), remedy=_REBUILD)


def _read_header(path: Path) -> dict[str, Any]:
    """The header of an index, after checks of the header itself and the size of the file."""
    try:
        with path.open("rb") as file:
            page = file.read(PAGE)
        size = path.stat().st_size
    except FileNotFoundError:
        raise InputError("no index here", where=str(path), remedy="build it with 'lineage bulk index STORE'") from None
    except OSError as fault:
        raise InputError(f"cannot be read ({fault.strerror})", where=str(path), remedy="check the file") from None
    if page[: len(MAGIC)] != MAGIC:
        raise InputError("not an index of citations", where=str(path), remedy=_REBUILD)
    if len(page) < PAGE:
        raise InputError("cut short in its header", where=str(path), remedy=_REBUILD)
    _, version, length, crc = PREFIX.unpack_from(page)
    if version != VERSION:
        raise InputError(
            f"an index of version {version}, but this program reads version {VERSION}",
            where=str(path),
            remedy="use the version of citation-lineage that made it, or " + _REBUILD,
        )
    text = page[PREFIX.size : PREFIX.size + length]
    if zlib.crc32(text) != crc:
        raise InputError("its header is damaged", where=str(path), remedy=_REBUILD)
    header: dict[str, Any] = json.loads(text)
    if size != header["bytes"]:
        raise InputError(f"has {size:,} bytes, but {header['bytes']:,} were written", where=str(path), remedy=_REBUILD)
    return header
