"""Writing an index in bounded memory: citations are copied, renumbered in the order of lineage, and transposed."""

from __future__ import annotations

import json
import logging
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
from ..utils.array_file import header_bytes
from ..utils.timing import log_phase
from .citation_index import SECTIONS, Bytes, Ints, Longs
from .index_header import MAGIC, VERSION
from .jit import read_only
from .kernels.order import LATER, TIED
from .kernels.pages import PAGE
from .kernels.shape import count_into, transpose_into
from .prefetch import WORKERS, map_ahead
from .topological_order import LineageOrder, lineage_order

log = logging.getLogger(__name__)

GIB = 1 << 30
_BLOCK_BYTES = 1 << 22
_COUNTED_AT_A_TIME = 1 << 26
Batch = tuple[Any, Any, Any]
"""Citing vertices, cited vertices, evidence: three arrays of the same length."""


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

    Raises `InputError` when the citations are not sorted, or name papers that do not exist, and `OutputError` when the
    disk is full or the folder cannot be written to; an older index stays as it was. Linear in the citations: one pass
    to copy them, one to find their order (`lineage_order`), one to renumber them, and ``12 * citations / memory``
    passes to transpose them, two at a time. Needs 5 bytes a citation on disk beside the index.

    `path` is replaced when the complete index is on disk. `ids` are the corpus ids, ascending, and `dates` the date of
    each: see `graph.index.citation_index`. The `batches` have places among the ids, sorted by (citing, cited) over all
    of them; each pair occurs once, and no paper cites itself. `memory` is the bytes for transposing the citations,
    beside 32 bytes a paper and the ids and dates; less means more passes. `made_from` is stored in the header, and
    `say` is called with a message after each step.

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
        with _IndexFile(path) as file, file.temporary() as references, file.temporary() as evidence:
            with log_phase(log, "copying citations", f"{len(ids):,} papers"):
                references_at = offsets_of(_copy(references, evidence, len(ids), batches, path))
            graph = references_at, _mapped(references, "references"), _mapped(evidence, "evidence")
            size = f"{len(graph[1]):,} citations"
            say(f"{size} are copied")
            with log_phase(log, "ordering papers", size):
                order = lineage_order(*graph[:2], dates, ids)
            say(_describe(order))
            with log_phase(log, "renumbering citations", size):
                later, tied = _write_references(file, graph, order, dates, ids)
            del graph
            say(f"citations are renumbered; path counts leave out {later:,} of later papers and {tied:,} in cycles")
            with log_phase(log, "sorting citations by cited paper", size):
                _write_citers(file, len(ids), memory)
            say("citations are sorted by cited paper")
            file.write_section("dates", dates[order.order])
            file.write_section("places", order.order)
            file.write_section("ids", ids)
            file.write_section("vertices", order.number)
            file.write_section("circles", order.cycle_bounds)
            file.finish((later, tied), made_from or {})
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{path}: cannot write ({reason}); make room there, nothing was changed") from None


def _describe(order: LineageOrder) -> str:
    sizes = np.diff(order.cycle_bounds)[::2]
    if not len(sizes):
        return "papers are in the order of lineage; there are no cycles"
    return f"papers are in the order of lineage; there are {len(sizes):,} cycles, the largest of {sizes.max():,} papers"


def _copy(
    references: IO[bytes], evidence: IO[bytes], papers: int, batches: Iterable[Batch], path: Path
) -> NDArray[np.int32]:
    """Copy the citations to files as they come; how many papers each paper cites."""
    counts = np.zeros(papers, np.int32)
    last = (-1, -1)
    for citing, cited, evidence_bytes in batches:
        if not len(citing):
            continue
        last = _checked(citing, cited, last, papers, path)
        low, high = int(citing[0]), int(citing[-1])
        counts[low : high + 1] += np.bincount(citing - low, minlength=high + 1 - low).astype(np.int32)
        references.write(np.ascontiguousarray(cited, SECTIONS["references"]).data)
        evidence.write(np.ascontiguousarray(evidence_bytes, SECTIONS["evidence"]).data)
    return counts


def _checked(citing: Ints, cited: Ints, last: tuple[int, int], papers: int, path: Path) -> tuple[int, int]:
    """The last citation of a batch, after checks that the batch is sorted and names vertices that exist."""
    steps = np.diff(citing)
    first = int(citing[0]), int(cited[0])
    if first <= last or (steps < 0).any() or ((steps == 0) & (np.diff(cited) <= 0)).any():
        raise InputError("the citations are not sorted, or one occurs twice", where=str(path), remedy="sort them")
    if first[0] < 0 or citing[-1] >= papers or cited.min() < 0 or cited.max() >= papers:
        raise InputError(
            "a citation names a paper that does not exist", where=str(path), remedy="ingest the store again"
        )
    if (citing == cited).any():
        raise InputError("a paper cites itself", where=str(path), remedy="leave such citations out")
    return int(citing[-1]), int(cited[-1])


def _mapped(file: IO[bytes], section: str) -> Any:
    """A file that was written as an array of a section's type, mapped."""
    file.flush()
    if not file.tell():
        return np.empty(0, SECTIONS[section])
    return np.memmap(file, SECTIONS[section], "r").view(np.ndarray)


def offsets_of(counts: NDArray[Any]) -> Longs:
    """Where the neighbours of each vertex begin, from how many each vertex has."""
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def _write_references(
    file: _IndexFile, graph: tuple[Longs, Ints, Bytes], order: LineageOrder, dates: Ints, ids: Longs
) -> tuple[int, int]:
    """Write the references and their evidence by the new numbers; how many arcs are `LATER`, and how many `TIED`."""
    later = tied = 0
    file.write_section("references_at", offsets_of(np.diff(graph[0])[order.order]))
    file.begin("references")
    with file.temporary() as evidence:
        for references, evidence_bytes in order.renumbered(*graph, dates, ids):
            file.write(references)
            evidence.write(evidence_bytes.data)
            later += int(np.count_nonzero(evidence_bytes & LATER))
            tied += int(np.count_nonzero(evidence_bytes & TIED))
        file.end()
        file.begin("evidence")
        evidence.seek(0)
        while block := evidence.read(_BLOCK_BYTES):
            file.write(np.frombuffer(block, SECTIONS["evidence"]))
        file.end()
    return later, tied


def _write_citers(file: _IndexFile, papers: int, memory: int) -> None:
    """Write the transposed references, those of as many cited papers at a time as memory has room for."""
    references_at, references = file.mapped("references_at"), file.mapped("references")
    counts = np.zeros(papers, np.int32)
    for first in range(0, len(references), _COUNTED_AT_A_TIME):
        count_into(references[first : first + _COUNTED_AT_A_TIME], counts)
    file.write_section("citers_at", offsets_of(counts))
    del counts
    citers_at = file.mapped("citers_at")
    cursor = citers_at[:-1].copy()
    room = max(memory // (4 * (WORKERS + 1)), 1 << 16)  # one more block waits to be written
    cuts = [0]
    while cuts[-1] < papers:
        last = int(np.searchsorted(citers_at, citers_at[cuts[-1]] + room, side="right")) - 1
        cuts.append(min(max(last, cuts[-1] + 1), papers))

    def citers_of(part: tuple[int, int]) -> Ints:
        first, last = part
        citers = np.empty(citers_at[last] - citers_at[first], np.int32)
        transpose_into(references_at, references, first, last, cursor, citers, citers_at[first])
        return citers

    file.begin("citers")
    for citers in map_ahead(citers_of, pairwise(cuts)):
        file.write(citers)
    file.end()


class _IndexFile:
    """An index while it is written: in a file beside its place, which is synced and then renamed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        self._sections: dict[str, dict[str, int]] = {}
        self._file: IO[bytes]
        self._open_section: tuple[str, int, int] = ("", 0, 0)

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._part.open("w+b")
        self._file.write(bytes(PAGE))
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        with suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)

    def temporary(self) -> IO[bytes]:
        """A temporary file on the same disk, deleted when it is closed."""
        return tempfile.TemporaryFile(dir=self._path.parent)

    def write_section(self, name: str, values: Any) -> None:
        """Write a section at once."""
        self.begin(name)
        self.write(values)
        self.end()

    def begin(self, name: str) -> None:
        """Begin a section, at the next page."""
        offset = -(-self._file.tell() // PAGE) * PAGE
        self._file.write(bytes(offset - self._file.tell()))
        self._open_section = name, offset, 0

    def write(self, values: Any) -> None:
        """Write more of the section."""
        name, offset, crc = self._open_section
        data = np.ascontiguousarray(values, SECTIONS[name]).data.cast("B")
        self._file.write(data)
        self._open_section = name, offset, zlib.crc32(data, crc)

    def end(self) -> None:
        """End the section."""
        name, offset, crc = self._open_section
        size = np.dtype(SECTIONS[name]).itemsize
        self._sections[name] = {"offset": offset, "count": (self._file.tell() - offset) // size, "crc32": crc}

    def mapped(self, name: str) -> Any:
        """A section that was written, mapped."""
        self._file.flush()
        section = self._sections[name]
        if not section["count"]:
            return read_only(np.empty(0, SECTIONS[name]))
        mapped = np.memmap(self._part, SECTIONS[name], "r", section["offset"], (section["count"],))
        return mapped.view(np.ndarray)

    def finish(self, left_out: tuple[int, int], made_from: Mapping[str, Any]) -> None:
        """Write the header, sync, and replace the old index."""
        header = {"bytes": self._file.tell(), "sections": self._sections, "left_out": left_out}
        header["made_from"] = dict(made_from)
        data = header_bytes(MAGIC, VERSION, json.dumps(header).encode())
        if len(data) > PAGE:
            raise InputError("'made_from' is too long for the header", where=str(self._path), remedy="shorten it")
        self._file.seek(0)
        self._file.write(data)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._part.replace(self._path)
