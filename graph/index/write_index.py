"""Writing an index: citations are taken down, numbered in the order of lineage, and turned round, in bounded memory."""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, OutputError
from .citation_index import MAGIC, PAGE, PREFIX, SECTIONS, VERSION, Bytes, Ints, Longs
from .kernels.order import LATER, TIED
from .prefetch import WORKERS, ahead
from .topological_order import LineageOrder, lineage_order

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
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Build an index from citations in the order of their citing papers.

    Parameters
    ----------
    path : Path
        Replaced when the whole index is on disk.
    ids : array of int64
        The corpus ids, ascending.
    dates : array of int32
        Of each of them: see `graph.index.citation_index`.
    batches : iterable of (citing, cited, evidence)
        Places among the ids, sorted by (citing, cited) over all batches, each pair once, no paper citing itself.
    memory : int
        Bytes for turning the citations round, beside 32 bytes a paper and the ids and dates. Less means more passes.
    made_from : mapping, optional
        Goes into the header.
    say : callable
        Told when a step is done.

    Raises
    ------
    InputError
        When the citations are not sorted, or name papers that there are not.
    OutputError
        When the disk is full or the folder cannot be written to; an older index is left alone.

    Notes
    -----
    Linear in the citations: once to write them down, once to find their order (`lineage_order`), once to
    number them by it, and ``12 * citations / memory`` times to turn them round, two at a time. Needs 5 bytes a citation
    on disk beside the index.

    Examples
    --------
    >>> import numpy as np, tempfile
    >>> from graph.index.citation_index import open_index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_index(Path(folder) / "index", np.array([10, 20, 30]), np.array([20180000, 0, 20170100], np.int32),
    ...                 [(np.array([0, 1, 1]), np.array([2, 0, 2]), np.array([0, 1, 0]))])
    ...     index = open_index(Path(folder) / "index")
    ...     index.citers[index.citers_at[0] : index.citers_at[1]].tolist(), index.vertex(30), index.corpusid(1)
    ([1, 2], 0, 10)
    """
    ids, dates = np.asarray(ids, np.int64), np.asarray(dates, np.int32)
    try:
        with _File(path) as file, file.beside() as references, file.beside() as evidence:
            at = offsets(_taken_down(references, evidence, len(ids), batches, path))
            given = at, _mapped(references, "references"), _mapped(evidence, "evidence")
            say(f"{len(given[1]):,} citations taken down")
            found = lineage_order(*given[:2], dates, ids)
            say(_told(found))
            later, tied = _write_references(file, given, found, dates, ids)
            del given
            say(f"numbered; {later:,} citations of later papers, and {tied:,} more in circles, stay out of counts")
            _write_citers(file, len(ids), memory)
            say("turned round")
            file.section("dates", dates[found.order])
            file.section("places", found.order)
            file.section("ids", ids)
            file.section("vertices", found.number)
            file.section("circles", found.bounds)
            file.finish((later, tied), made_from or {})
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{path}: cannot write ({reason}); make room there, nothing was changed") from None


def _told(found: LineageOrder) -> str:
    sizes = np.diff(found.bounds)[::2]
    if not len(sizes):
        return "the order of lineage is found; there are no circles"
    return f"the order of lineage is found; {len(sizes):,} circles, the largest of {sizes.max():,} papers"


def _taken_down(
    references: IO[bytes], evidence: IO[bytes], papers: int, batches: Iterable[Batch], path: Path
) -> NDArray[np.int32]:
    """Write what comes as it comes, and count how many papers each cites."""
    counts = np.zeros(papers, np.int32)
    last = (-1, -1)
    for citing, cited, said in batches:
        if not len(citing):
            continue
        last = _checked(citing, cited, last, papers, path)
        low, high = int(citing[0]), int(citing[-1])
        counts[low : high + 1] += np.bincount(citing - low, minlength=high + 1 - low).astype(np.int32)
        references.write(np.ascontiguousarray(cited, SECTIONS["references"]).data)
        evidence.write(np.ascontiguousarray(said, SECTIONS["evidence"]).data)
    return counts


def _mapped(file: IO[bytes], name: str) -> Any:
    """What was written to a file, without reading it."""
    file.flush()
    if not file.tell():
        return np.empty(0, SECTIONS[name])
    return np.memmap(file, SECTIONS[name], "r").view(np.ndarray)


def _write_references(
    file: _File, given: tuple[Longs, Ints, Bytes], found: LineageOrder, dates: Ints, ids: Longs
) -> tuple[int, int]:
    """Write what papers cite and the evidence of it, by the new numbers; how many arcs are left out, and why."""
    later = tied = 0
    file.section("references_at", offsets(np.diff(given[0])[found.order]))
    file.begin("references")
    with file.beside() as evidence:
        for references, said in found.rows(*given, dates, ids):
            file.write(references)
            evidence.write(said.data)
            later += int(np.count_nonzero(said & LATER))
            tied += int(np.count_nonzero(said & TIED))
        file.end()
        file.begin("evidence")
        evidence.seek(0)
        while block := evidence.read(1 << 22):
            file.write(np.frombuffer(block, SECTIONS["evidence"]))
        file.end()
    return later, tied


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
    room = max(memory // (4 * (WORKERS + 1)), 1 << 16)  # one more waits to be written
    cuts = [0]
    while cuts[-1] < papers:
        last = int(np.searchsorted(citers_at, citers_at[cuts[-1]] + room, side="right")) - 1
        cuts.append(min(max(last, cuts[-1] + 1), papers))

    def block(part: tuple[int, int]) -> Ints:
        first, last = part
        out = np.empty(citers_at[last] - citers_at[first], np.int32)
        turned(references_at, references, first, last, cursor, out, citers_at[first])
        return out

    file.begin("citers")
    for citers in ahead(block, pairwise(cuts)):
        file.write(citers)
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
        self.part.unlink(missing_ok=True)

    def beside(self) -> IO[bytes]:
        """A file on the same disk for what is written meanwhile, gone when it is closed."""
        return tempfile.TemporaryFile(dir=self.path.parent)

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

    def finish(self, left_out: tuple[int, int], made_from: Mapping[str, Any]) -> None:
        """Write the header, sync, and take the place of the old index."""
        header = {"bytes": self.file.tell(), "sections": self.sections, "left_out": left_out}
        header["made_from"] = dict(made_from)
        text = json.dumps(header).encode()
        if PREFIX.size + len(text) > PAGE:
            raise InputError("too much to say of what it is made from", where=str(self.path), remedy="say less")
        self.file.seek(0)
        self.file.write(PREFIX.pack(MAGIC, VERSION, len(text), zlib.crc32(text)) + text)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.part.replace(self.path)
