"""The index of a corpus folder: what questions need of its tables, so that these need not be read.

``corpus.index`` holds the citation network in both directions, dates, names, and where each record lies in its table
(`graph.utils.array_file` has the layout). It is made from the tables, and anybody may delete it: the JSON lines are
the truth. It counts only for the tables that it was made from.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Network
from ..utils.array_file import ArrayFile, DamagedFile, array_bytes
from ..utils.files import OpenFile
from .arrays import CorpusArrays
from .corpus import Corpus
from .entities import Citation, Paper
from .name_index import IdentifierIndex, NameIndex
from .row_readers import CitationRows, FileLines, Keys, Lines, Numbers, PaperRows, line_starts
from .tables import PaperTable, Table

log = logging.getLogger(__name__)

INDEX = "corpus.index"
MAGIC = b"CORPUS\x1a\n"
VERSION = 3
INDEXED = ("papers.jsonl", "citations.jsonl")
"""The tables that the index stands for."""


def index_bytes(corpus: Corpus, tables: Mapping[str, bytes], made_from: Mapping[str, str]) -> bytes:
    """The index of a corpus.

    Parameters
    ----------
    corpus : Corpus
    tables : mapping of str to bytes
        The files of `INDEXED`, as they are written for this corpus.
    made_from : mapping of str to str
        The SHA-256 of each of them.

    Notes
    -----
    32 bytes a paper, 8 a citation, and the letters of titles and names twice.
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
    about = {
        "sha256": {name: made_from[name] for name in INDEXED},
        "bytes": {name: len(tables[name]) for name in INDEXED},
        "sources": _sum_of(corpus.sources),
    }
    return array_bytes(MAGIC, VERSION, held, about)


def _sum_of(sources: Iterable[str]) -> int:
    """A checksum of the ids of sources: citations name no others."""
    return zlib.crc32("\n".join(sorted(sources)).encode("utf-8", "surrogatepass"))


def is_in_order(name: str, table: bytes, corpus: Corpus) -> bool:
    """Whether an index can stand for a table as it is: a row a line, which begins with its keys, in the corpus' order.

    Parameters
    ----------
    name : str
        One of `INDEXED`.
    table : bytes
    corpus : Corpus
        Of this table.
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


def indexed_corpus(
    index: ArrayFile, tables: Mapping[str, OpenFile], hashes: Mapping[str, str], rest: Mapping[str, Any]
) -> Corpus:
    """A corpus whose papers and citations are read from their tables one by one, by its index.

    Parameters
    ----------
    index : ArrayFile
    tables : mapping of str to OpenFile
        By name.
    hashes : mapping of str to str
        The SHA-256 of every table, by the manifest.
    rest : mapping
        The other fields of the corpus.

    Raises
    ------
    DamagedFile
        When the index is damaged, or was made from other tables.
    """
    if index.about["sha256"] != {name: hashes.get(name) for name in INDEXED}:
        raise DamagedFile("it was made from other tables")
    if index.about["sources"] != _sum_of(rest["sources"]):
        raise DamagedFile("there were other sources")
    papers, citations = (FileLines(tables[name], index.about["bytes"][name]) for name in INDEXED)
    arrays = _arrays(index, papers)
    citation_rows = CitationRows(citations, index["citation_at"], index["cited_at"])
    return Corpus.checked(
        arrays,
        kept={"names": partial(_kept_names, index), "identifiers": partial(_kept_identifiers, index)},
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


def _arrays(file: ArrayFile, papers: Lines) -> CorpusArrays:
    cited_at, cited = file["cited_at"], file["cited"]
    keys = Keys(papers, file["paper_at"])
    citing = np.repeat(np.arange(len(keys), dtype=np.int32), np.diff(cited_at))
    arrays = CorpusArrays(keys, Numbers(keys), citing, cited, file["dates"], file["stated"].astype(np.bool_))
    arrays.__dict__["begins"] = cited_at
    if len(file["citers"]) == len(cited):  # no paper cites itself, so the two are one
        arrays.__dict__["network"] = Network.of_both(cited_at, cited, file["citers_at"], file["citers"])
    return arrays
