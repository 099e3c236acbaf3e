"""The index of a corpus folder: what questions need of its tables, so that these need not be read.

``corpus.index`` holds the citation network in both directions, dates, names, and where each record lies in its table
(`graph.utils.array_file` has the layout). It is made from the tables, and anybody may delete it: the JSON lines are
the truth. It counts only for the tables that it was made from.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Network
from ..errors import InputError
from ..utils.array_file import ArrayFile, DamagedFile, array_bytes
from ..utils.files import OpenFile
from .arrays import CorpusArrays
from .corpus import Corpus
from .entities import Citation, Paper
from .name_index import IdentifierIndex, NameIndex
from .serialize import row_type
from .tables import PaperTable, Table

log = logging.getLogger(__name__)

INDEX = "corpus.index"
MAGIC = b"CORPUS\x1a\n"
VERSION = 2
INDEXED = ("papers.jsonl", "citations.jsonl")
"""The tables that the index stands for."""
_HEAD = b'{"key": "'
"""How the row of a paper begins."""
_HALVINGS = 20
"""How many keys a look-up by halving reads."""


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
    citations_at = np.searchsorted(arrays.citing, np.arange(len(arrays.keys) + 1))
    lines = _line_starts(tables["citations.jsonl"])
    held: dict[str, NDArray[Any]] = {
        "cited_at": citations_at.astype("<i8"),
        "cited": arrays.cited,
        "citers_at": network.citers_at,
        "citers": network.citers,
        "dates": arrays.dates,
        "stated": arrays.stated.astype("|u1"),
        "paper_at": _line_starts(tables["papers.jsonl"]),
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
    starts = _line_starts(table)
    rows = len(keys) if name == "papers.jsonl" else len(arrays.citing)
    return (
        len(starts) == rows + 1
        and starts[-1] == len(table)
        and all(map(table.startswith, map(str.encode, heads), starts.tolist()))
    )


def _line_starts(data: bytes) -> NDArray[np.int64]:
    """Where each line begins, and where the last one ends."""
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")) + 1
    return np.concatenate([np.zeros(1, np.int64), ends]).astype("<i8")


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
    papers, citations = (_Lines(tables[name], index.about["bytes"][name]) for name in INDEXED)
    arrays = _arrays(index, papers)
    citation_rows = _CitationRows(citations, index["citation_at"], index["cited_at"])
    return Corpus.checked(
        arrays,
        kept={"names": partial(_kept_names, index), "identifiers": partial(_kept_identifiers, index)},
        papers=PaperTable(arrays.keys, arrays.numbers, Table.of(Paper, _PaperRows(papers, index["paper_at"]))),
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


def _arrays(file: ArrayFile, papers: _Lines) -> CorpusArrays:
    cited_at, cited = file["cited_at"], file["cited"]
    keys = _Keys(papers, file["paper_at"])
    citing = np.repeat(np.arange(len(keys), dtype=np.int32), np.diff(cited_at))
    arrays = CorpusArrays(keys, _Numbers(keys), citing, cited, file["dates"], file["stated"].astype(np.bool_))
    if len(file["citers"]) == len(cited):  # no paper cites itself, so the two are one
        arrays.__dict__["network"] = Network(cited_at, cited, file["citers_at"], file["citers"])
    return arrays


class _KeyRow(msgspec.Struct, gc=False):
    """Of the row of a paper its key alone."""

    key: str


class _Lines:
    """A table on disk."""

    def __init__(self, file: OpenFile, size: int) -> None:
        if len(file) != size:
            raise DamagedFile(f"{file.path.name} is not as long as it was")
        self._file, self._mark = file, file.mark

    def read(self, begin: int, end: int) -> bytes:
        """A piece.

        Raises
        ------
        InputError
            When the table was written to after it was opened.
        """
        piece = self._file.read(begin, end - begin)
        if self._file.mark != self._mark:
            raise self.changed()
        return piece

    def rows(self, decoder: msgspec.json.Decoder[Any], begin: int, end: int) -> list[Any]:
        """The rows of a piece.

        Raises
        ------
        InputError
            When it is not what the index says.
        """
        try:
            return decoder.decode_lines(self.read(begin, end))
        except ValueError:
            raise self.changed() from None

    def changed(self) -> InputError:
        """The fault of a table that was changed after it was opened."""
        return InputError(
            "the table was changed while it was in use",
            where=str(self._file.path),
            remedy="ask again; a server has to be started anew",
        )


class _Keys(Sequence[str]):
    """The keys of papers, each read from the table when it is first asked for."""

    def __init__(self, papers: _Lines, at: NDArray[np.int64]) -> None:
        self._papers, self._at = papers, at
        self._read: dict[int, str] = {}
        self.numbers: dict[str, int] = {}  # of the keys that were read

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if number not in self._read:
            key = self._key(number)
            self._read[number], self.numbers[key] = key, number
        return self._read[number]

    def _key(self, number: int) -> str:
        if number < 0 or number >= len(self):
            raise IndexError(number)
        begin = int(self._at[number])
        line = self._papers.read(begin, begin + len(_HEAD) + 81)
        if not line.startswith(_HEAD):
            raise self._papers.changed()
        return line[len(_HEAD) :].partition(b'"')[0].decode("ascii", "replace")

    def __iter__(self) -> Iterator[str]:
        rows = self._papers.rows(msgspec.json.Decoder(_KeyRow), 0, int(self._at[-1]))
        return (row.key for row in rows)


class _Numbers(Mapping[str, int]):
    """The number of every key, looked up by halving: keys are ascending. Who asks often gets a dict."""

    def __init__(self, keys: _Keys) -> None:
        self._keys = keys
        self._asked = 0

    def __getitem__(self, key: str) -> int:
        numbers = self._keys.numbers
        if key in numbers or len(numbers) == len(self._keys):
            return numbers[key]
        self._asked += 1
        if self._asked * _HALVINGS > len(self._keys):
            numbers.update((each, number) for number, each in enumerate(self._keys))
            return numbers[key]
        return self._halved(key)

    def _halved(self, key: str) -> int:
        low, high = 0, len(self._keys)
        while low < high:
            middle = (low + high) // 2
            if self._keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        if low < len(self._keys) and self._keys[low] == key:
            return low
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class _PaperRows(Sequence[Any]):
    """The rows of papers, decoded one by one."""

    def __init__(self, papers: _Lines, at: NDArray[np.int64]) -> None:
        self._papers, self._at = papers, at
        self._decoder = msgspec.json.Decoder(row_type(Paper))

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: Any) -> Any:
        return self._papers.rows(self._decoder, int(self._at[number]), int(self._at[number + 1]))[0]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._papers.rows(self._decoder, 0, int(self._at[-1])))


class _CitationRows(Sequence[Any]):
    """The rows of citations, decoded for one citing paper at a time."""

    def __init__(self, citations: _Lines, at: NDArray[np.int64], first: NDArray[np.int64]) -> None:
        self._citations, self._at, self._first = citations, at, first
        self._decoder = msgspec.json.Decoder(row_type(Citation))
        self._last: tuple[int, list[Any]] = (-1, [])

    def __len__(self) -> int:
        return int(self._first[-1]) if len(self._first) else 0

    def __getitem__(self, place: Any) -> Any:
        citing = int(np.searchsorted(self._first, place, side="right")) - 1
        number, rows = self._last
        if number != citing:
            rows = self._citations.rows(self._decoder, int(self._at[citing]), int(self._at[citing + 1]))
            self._last = citing, rows
        return rows[place - int(self._first[citing])]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._citations.rows(self._decoder, 0, int(self._at[-1])))
