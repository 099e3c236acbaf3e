"""Writing an index: one pass over the sorted citations, the other direction from what was written, bounded memory."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, OutputError
from .index import MAGIC, PAGE, PREFIX, SECTIONS, VERSION, Bytes, Index, Ints, Longs

GIB = 1 << 30
Batch = tuple[Any, Any, Any]
"""Citing vertices, cited vertices, evidence: three arrays of one length."""


def write_index(
    path: Path,
    ids: Longs,
    dates: Ints,
    batches: Iterable[Batch],
    *,
    memory: int = GIB,
    made_from: Mapping[str, Any] | None = None,
) -> None:
    """Build an index from citations in the order of their citing papers.

    Parameters
    ----------
    path : Path
        Replaced when the whole index is on disk.
    ids : array of int64
        The corpus ids, ascending: vertex v is the paper ``ids[v]``.
    dates : array of int32
        Of every vertex: see `graph.scale.index`.
    batches : iterable of (citing, cited, evidence)
        Vertices, sorted by (citing, cited) over all batches, each pair once, no paper citing itself.
    memory : int
        Bytes for turning the citations round, beside 16 bytes a paper and the ids and dates. Less means more passes.
    made_from : mapping, optional
        Goes into the header.

    Raises
    ------
    InputError
        When the citations are not sorted, or name vertices that there are not.
    OutputError
        When the disk is full or the folder cannot be written to; an older index is left alone.

    Notes
    -----
    Linear in the citations for each pass; ``4 * citations / memory`` passes.

    Examples
    --------
    >>> import numpy as np, tempfile
    >>> from graph.scale.index import open_index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_index(Path(folder) / "index", np.array([10, 20, 30]), np.array([20180000, 0, 20190100], np.int32),
    ...                 [(np.array([1, 2, 2]), np.array([0, 0, 1]), np.array([0, 1, 0]))])
    ...     index = open_index(Path(folder) / "index")
    ...     index.citers[index.citers_at[0] : index.citers_at[1]].tolist(), index.vertex(30)
    ([1, 2], 2)
    """
    try:
        with _File(path) as file:
            file.section("references_at", offsets(_write_references(file, len(ids), batches)))
            _write_citers(file, len(ids), memory)
            file.section("ids", np.asarray(ids))
            file.section("dates", np.asarray(dates))
            file.finish(made_from or {})
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{path}: cannot write ({reason}); make room there, nothing was changed") from None


def index_in_memory(at: Longs, to: Ints, evidence: Bytes, ids: Longs, dates: Ints) -> Index:
    """An index that is no file, from the references of its vertices.

    Parameters
    ----------
    at, to : arrays
        ``to[at[v] : at[v + 1]]`` are the vertices that v cites, ascending.
    evidence, ids, dates : arrays
        As `graph.scale.index` has them.

    Examples
    --------
    >>> import numpy as np
    >>> two = index_in_memory(np.array([0, 0, 1]), np.array([0], np.int32), np.zeros(1, np.uint8),
    ...                       np.array([10, 20]), np.zeros(2, np.int32))
    >>> two.citers.tolist(), two.cited_by(0)
    ([1], 1)
    """
    from .kernels.shape import count_into, turned

    counts = np.zeros(len(ids), np.int32)
    count_into(to, counts)
    citers_at, citers = offsets(counts), np.empty(len(to), np.int32)
    turned(at, to, 0, len(ids), citers_at[:-1].copy(), citers, 0)
    arrays = (at, to, evidence, citers_at, citers, ids, dates)
    for array in arrays:  # as those of a file are: the kernels are compiled once for both
        array.setflags(write=False)
    return Index(Path(), *arrays)


def _write_references(file: _File, papers: int, batches: Iterable[Batch]) -> Ints:
    """Write what papers cite, and the evidence of it; returns how many each cites."""
    counts = np.zeros(papers, np.int32)
    last = (-1, -1)
    file.begin("references")
    with file.beside("evidence") as evidence:
        for citing, cited, said in batches:
            if not len(citing):
                continue
            last = _checked(citing, cited, last, papers, file.path)
            low, high = int(citing[0]), int(citing[-1])
            counts[low : high + 1] += np.bincount(citing - low, minlength=high + 1 - low).astype(np.int32)
            file.write(cited)
            evidence.write(np.ascontiguousarray(said, SECTIONS["evidence"]).data)
        file.end()
        file.begin("evidence")
        evidence.seek(0)
        while block := evidence.read(1 << 22):
            file.write(np.frombuffer(block, SECTIONS["evidence"]))
        file.end()
    return counts


def _checked(citing: Ints, cited: Ints, last: tuple[int, int], papers: int, path: Path) -> tuple[int, int]:
    """The last citation of a batch that is in order and names vertices that there are."""
    steps = np.diff(citing)
    first = int(citing[0]), int(cited[0])
    if first <= last or (steps < 0).any() or ((steps == 0) & (np.diff(cited) <= 0)).any():
        raise InputError("the citations are not sorted, or one stands twice", where=str(path), remedy="sort them")
    if first[0] < 0 or citing[-1] >= papers or cited.min() < 0 or cited.max() >= papers:
        raise InputError("a citation names a paper that is not there", where=str(path), remedy="ingest the store again")
    if (citing == cited).any():
        raise InputError("a paper cites itself", where=str(path), remedy="leave such citations out")
    return int(citing[-1]), int(cited[-1])


def offsets(counts: NDArray[Any]) -> Longs:
    """Where the neighbours of each vertex begin, from how many each has."""
    at = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=at[1:])
    return at


def _write_citers(file: _File, papers: int, memory: int) -> None:
    """Turn the references round, as many citing papers' worth at a time as memory has room for."""
    from .kernels.shape import count_into, turned

    references_at, references = file.written("references_at"), file.written("references")
    counts = np.zeros(papers, np.int32)
    for first in range(0, len(references), 1 << 26):
        count_into(references[first : first + (1 << 26)], counts)
    file.section("citers_at", offsets(counts))
    del counts
    citers_at = file.written("citers_at")
    cursor = citers_at[:-1].copy()
    room = max(memory // 4, 1 << 16)
    file.begin("citers")
    first = 0
    while first < papers:
        last = int(np.searchsorted(citers_at, citers_at[first] + room, side="right")) - 1
        last = min(max(last, first + 1), papers)
        block = np.empty(citers_at[last] - citers_at[first], np.int32)
        turned(references_at, references, first, last, cursor, block, citers_at[first])
        file.write(block)
        first = last
    file.end()


class _File:
    """An index while it is written: beside its place, synced, then renamed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.part")
        self.sections: dict[str, dict[str, int]] = {}
        self.file: IO[bytes]
        self._open: tuple[str, int, int] = ("", 0, 0)

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.part.open("w+b")
        self.file.write(bytes(PAGE))
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        with suppress(OSError):
            self.file.close()
        for left in (self.part, self.part.with_suffix(".beside")):
            left.unlink(missing_ok=True)

    def beside(self, _name: str) -> IO[bytes]:
        """A file for a section that is written while another one is."""
        return self.part.with_suffix(".beside").open("w+b")

    def section(self, name: str, values: Any) -> None:
        """A whole section."""
        self.begin(name)
        self.write(values)
        self.end()

    def begin(self, name: str) -> None:
        """A new section, at the next page."""
        place = -(-self.file.tell() // PAGE) * PAGE
        self.file.write(bytes(place - self.file.tell()))
        self._open = name, place, 0

    def write(self, values: Any) -> None:
        """More of the section."""
        name, place, crc = self._open
        data = np.ascontiguousarray(values, SECTIONS[name]).data.cast("B")
        self.file.write(data)
        self._open = name, place, zlib.crc32(data, crc)

    def end(self) -> None:
        """The section is whole."""
        name, place, crc = self._open
        size = np.dtype(SECTIONS[name]).itemsize
        self.sections[name] = {"offset": place, "count": (self.file.tell() - place) // size, "crc32": crc}

    def written(self, name: str) -> Any:
        """A section that was written, mapped."""
        self.file.flush()
        section = self.sections[name]
        if not section["count"]:
            return np.empty(0, SECTIONS[name])
        mapped = np.memmap(self.part, SECTIONS[name], "r", section["offset"], (section["count"],))
        return mapped.view(np.ndarray)

    def finish(self, made_from: Mapping[str, Any]) -> None:
        """Write the header, sync, and take the place of the old index."""
        header = {"bytes": self.file.tell(), "sections": self.sections, "made_from": dict(made_from)}
        text = json.dumps(header).encode()
        if PREFIX.size + len(text) > PAGE:
            raise InputError("too much to say of what it is made from", where=str(self.path), remedy="say less")
        self.file.seek(0)
        self.file.write(PREFIX.pack(MAGIC, VERSION, len(text), zlib.crc32(text)) + text)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.part.replace(self.path)
