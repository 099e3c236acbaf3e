"""The index of a corpus folder: what questions need of its tables, so that these need not be read.

``corpus.index`` holds the citation network in both directions, dates, names, and where each record lies in its table
(`graph.utils.array_file` has the layout). It is made from the tables, and anybody may delete it: the JSON lines are
the truth. It counts only for the tables that it was made from.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Ints, Network
from ..algorithms.ordered_part import OrderedPart
from ..utils.array_file import ArrayFile, DamagedFile, array_bytes
from ..utils.open_file import OpenFile
from .arrays import CorpusArrays
from .corpus import Corpus
from .entities import Citation, Paper
from .evidence_codes import Codes
from .name_index import IdentifierIndex, NameIndex
from .row_readers import CitationRows, FileLines, Keys, Lines, Numbers, PaperRows, line_starts
from .serialize import Row
from .tables import PaperTable, Table

log = logging.getLogger(__name__)

INDEX = "corpus.index"
MAGIC = b"CORPUS\x1a\n"
VERSION = 3
INDEXED = ("papers.jsonl", "citations.jsonl")
"""The tables that the index stands for."""
ORDERED_FROM = 100_000
"""From so many citations on the order of lineage and the evidence are kept: of fewer they are found as quickly."""


def index_bytes(
    corpus: Corpus, tables: Mapping[str, bytes], made_from: Mapping[str, str], sources: Sequence[Row]
) -> bytes:
    """The index of a corpus.

    `tables` are the files of `INDEXED` as they are written for this corpus, `made_from` has the SHA-256 of each of
    them, and `sources` are the rows of the sources as the manifest has them.

    32 bytes a paper, 8 a citation, and the letters of titles and names twice. Where the order of lineage and the
    evidence are kept, 12 a paper and 5 a citation more.
    """
    arrays, network = corpus.arrays, corpus.arrays.network
    citations_at = arrays.begins
    lines = line_starts(tables["citations.jsonl"])
    held: dict[str, NDArray[Any]] = {
        "cited_at": citations_at.astype("<i8"),
        "cited": arrays.cited,
        "citers_at": network.citers_at,
        "citers": network.citers,
        "dates": arrays.dates,
        "stated": arrays.stated.astype("|u1"),
        "paper_at": line_starts(tables["papers.jsonl"]),
        "citation_at": lines[citations_at],
    }
    held |= {**corpus.names.arrays, **corpus.identifiers.arrays}
    if network.arcs >= ORDERED_FROM:
        held |= _order_arrays(arrays.ordered)
        held["evidence"] = corpus.evidence_codes(np.arange(len(arrays.cited)))
    about = {
        "sha256": {name: made_from[name] for name in INDEXED},
        "bytes": {name: len(tables[name]) for name in INDEXED},
        "sources": _sum_of(sources),
    }
    return array_bytes(MAGIC, VERSION, held, about)


def _order_arrays(ordered: OrderedPart) -> dict[str, NDArray[Any]]:
    """The order of lineage as arrays."""
    return {
        "order": ordered.members.astype("<i4"),
        "level_at": np.flatnonzero(np.diff(ordered.levels, prepend=-1, append=-1)),
        "circles": ordered.circle_bounds.ravel(),
        "order_cited_at": ordered.network.references_at,
        "order_cited": ordered.network.references,
    }


def _sum_of(sources: Sequence[Row]) -> int:
    """A checksum of the rows of sources: citations name these ids, and no table has their labels."""
    return zlib.crc32(msgspec.json.encode(sources))


def is_in_order(name: str, table: bytes, corpus: Corpus) -> bool:
    """Whether an index can stand for a table as it is: a row a line, which begins with its keys, in the corpus' order.

    `name` is one of `INDEXED`, and the corpus is that of this table.
    """
    keys, arrays = list(corpus.arrays.keys), corpus.arrays
    heads: Iterable[str] = (f'{{"key": "{key}"' for key in keys)
    if name == "citations.jsonl":
        pairs = zip(arrays.citing.tolist(), arrays.cited.tolist(), strict=True)
        heads = (f'{{"citing": "{keys[citing]}", "cited": "{keys[cited]}"' for citing, cited in pairs)
    starts = line_starts(table)
    rows = len(keys) if name == "papers.jsonl" else len(arrays.citing)
    return (
        len(starts) == rows + 1
        and starts[-1] == len(table)
        and all(map(table.startswith, map(str.encode, heads), starts.tolist()))
    )


def indexed_corpus(index: ArrayFile, tables: Mapping[str, OpenFile], manifest: Row, rest: Mapping[str, Any]) -> Corpus:
    """A corpus whose papers and citations are read from their tables one by one, by its index.

    Raises `DamagedFile` when the index is damaged, or was made from other tables or sources. `manifest` has the SHA-256
    of every table, and the rows of the sources; `rest` has the other fields of the corpus.
    """
    if index.about["sha256"] != {name: manifest["sha256"].get(name) for name in INDEXED}:
        raise DamagedFile("it was made from other tables")
    if index.about["sources"] != _sum_of(manifest["sources"]):
        raise DamagedFile("there were other sources")
    papers, citations = (FileLines(tables[name], index.about["bytes"][name]) for name in INDEXED)
    arrays = _IndexedArrays(index, papers)
    citation_rows = CitationRows(citations, index["citation_at"], index["cited_at"])
    return Corpus.checked(
        arrays,
        kept={
            "names": partial(_kept_names, index),
            "identifiers": partial(_kept_identifiers, index),
            "evidence": cache(partial(_kept_evidence, index)),
        },
        papers=PaperTable(arrays.keys, arrays.numbers, Table.of(Paper, PaperRows(papers, index["paper_at"]))),
        citations=Table.of(Citation, citation_rows),
        **rest,
    )


def _kept_names(file: ArrayFile) -> NameIndex | None:
    try:
        return NameIndex.of_arrays(file)
    except DamagedFile as fault:
        log.info("%s: names are read from the rows (%s)", file.file.path, fault)
        return None


def _kept_identifiers(file: ArrayFile) -> IdentifierIndex | None:
    try:
        return IdentifierIndex(file["identifier_sums"], file["identifier_of"])
    except DamagedFile as fault:
        log.info("%s: identifiers are read from the rows (%s)", file.file.path, fault)
        return None


def _kept_evidence(file: ArrayFile) -> Codes | None:
    if "evidence" not in file:
        if len(file["cited"]) >= ORDERED_FROM:
            log.info("%s: evidence is read from the rows; 'lineage index' keeps it in the index", file.file.path)
        return None
    try:
        return file["evidence"]
    except DamagedFile as fault:
        log.info("%s: evidence is read from the rows (%s)", file.file.path, fault)
        return None


class _IndexedArrays(CorpusArrays):
    """The arrays of an index: what most questions use is read at once, and the rest when it is first asked for."""

    def __init__(self, file: ArrayFile, papers: Lines) -> None:
        keys = Keys(papers, file["paper_at"])
        citing = np.empty(0, np.int32)  # see below
        super().__init__(keys, Numbers(keys), citing, file["cited"], file["dates"], file["stated"].astype(np.bool_))
        del self.__dict__["citing"]
        self.__dict__.update(_file=file, begins=file["cited_at"])
        if len(file["citers"]) == len(self.cited):  # no paper cites itself, so the two are one
            both = self.begins, self.cited, file["citers_at"], file["citers"]
            self.__dict__["network"] = Network.of_both(*both)

    @cached_property
    def citing(self) -> Ints:  # a field of the base: computed when it is first asked for
        return np.repeat(np.arange(len(self.keys), dtype=np.int32), np.diff(self.begins))

    @cached_property
    def ordered(self) -> OrderedPart:
        file: ArrayFile = self.__dict__["_file"]
        if "order" in file:
            try:
                levels = np.diff(file["level_at"])
                return OrderedPart(
                    file["order"].astype(np.int64),
                    Network(file["order_cited_at"], file["order_cited"]),
                    list(map(tuple, file["circles"].reshape(-1, 2).tolist())),
                    np.repeat(np.arange(len(levels), dtype=np.int32), levels),
                )
            except DamagedFile as fault:
                log.info("%s: the order of lineage is found anew (%s)", file.file.path, fault)
        return super().ordered
