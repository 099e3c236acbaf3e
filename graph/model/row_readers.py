"""Rows of a table that are decoded when somebody asks for them: of its lines, only their places are known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..algorithms.rows import distinct
from ..errors import InputError
from ..utils.array_file import DamagedFile
from ..utils.open_file import OpenFile
from .entities import Citation, Paper
from .serialize import decode_rows, row_type

_HEAD = b'{"key": "'
"""How the row of a paper begins."""
_HALVINGS = 20
"""How many keys a look-up by halving reads."""
_AT_ONCE = 10_000
"""The lines of so many papers are decoded at once."""


class _KeyRow(msgspec.Struct, gc=False):
    """Of the row of a paper its key alone."""

    key: str


class Lines(ABC):
    """The lines of a table, a row each."""

    @abstractmethod
    def read(self, begin: int, end: int) -> bytes:
        """A piece, by its first byte and the one behind its last."""

    def rows(self, decoder: msgspec.json.Decoder[Any], begin: int, end: int) -> list[Any]:
        """The rows of a piece."""
        return decoder.decode_lines(self.read(begin, end))

    def all_rows(self, decoder: msgspec.json.Decoder[Any], at: NDArray[np.int64]) -> Iterator[Any]:
        """One row after the other, of lines that begin at these places; not all are held at once."""
        for first in range(0, len(at) - 1, _AT_ONCE):
            yield from self.rows(decoder, int(at[first]), int(at[min(first + _AT_ONCE, len(at) - 1)]))

    def rows_with(self, text: bytes, decoder: msgspec.json.Decoder[Any], at: NDArray[np.int64]) -> Iterator[Any]:
        """The rows in whose lines a text stands, and those with an escape, which may be a part of it."""
        for first in range(0, len(at) - 1, _AT_ONCE):
            begins = at[first : first + _AT_ONCE + 1] - at[first]
            piece = self.read(int(at[first]), int(at[first] + begins[-1]))
            found = np.array([place for each in (text, b"\\") for place in _places(each, piece)], np.int64)
            for line in distinct(np.searchsorted(begins, found, side="right") - 1).tolist():
                yield decoder.decode(piece[int(begins[line]) : int(begins[line + 1])])


def _places(text: bytes, piece: bytes) -> Iterator[int]:
    """Where a text stands; ten times as fast as an expression finds it."""
    place = piece.find(text)
    while place >= 0:
        yield place
        place = piece.find(text, place + 1)


class HeldLines(Lines):
    """The lines of a table that was read as a whole."""

    def __init__(self, table: bytes) -> None:
        self._table = table

    def read(self, begin: int, end: int) -> bytes:
        """A piece."""
        return self._table[begin:end]


class FileLines(Lines):
    """The lines of a table on disk; raises `DamagedFile` when it is not as long as `size` says."""

    def __init__(self, file: OpenFile, size: int) -> None:
        if len(file) != size:
            raise DamagedFile(f"{file.path.name} is not as long as it was")
        self._file = file

    def read(self, begin: int, end: int) -> bytes:
        """A piece.

        Raises `InputError` when the table was written to after it was opened.
        """
        piece = self._file.read(begin, end - begin)
        if not self._file.is_as_opened:
            raise InputError(
                "the table was changed while it was in use",
                where=str(self._file.path),
                remedy="ask again; a server has to be started anew",
            )
        return piece


class Keys(Sequence[str]):
    """The keys of papers, each read from the table when it is first asked for."""

    def __init__(self, papers: Lines, at: NDArray[np.int64]) -> None:
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
        return line[len(_HEAD) :].partition(b'"')[0].decode("ascii", "replace")

    def __iter__(self) -> Iterator[str]:
        return (row.key for row in self._papers.all_rows(msgspec.json.Decoder(_KeyRow), self._at))


class Numbers(Mapping[str, int]):
    """The number of every key, looked up by halving: keys are ascending. Who asks often gets a dict."""

    def __init__(self, keys: Keys) -> None:
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


class PaperRows(Sequence[Any]):
    """The rows of papers, decoded one by one; `at` says where each begins, and where the last one ends."""

    def __init__(self, papers: Lines, at: NDArray[np.int64]) -> None:
        self._papers, self._at = papers, at
        self._decoder = msgspec.json.Decoder(row_type(Paper))

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: Any) -> Any:
        return self._papers.rows(self._decoder, int(self._at[number]), int(self._at[number + 1]))[0]

    def __iter__(self) -> Iterator[Any]:
        return self._papers.all_rows(self._decoder, self._at)

    def with_text(self, text: str) -> Iterator[Any]:
        """All rows in which a text stands, as it is written in JSON, and perhaps others."""
        return self._papers.rows_with(text.encode(), self._decoder, self._at)


class CitationRows(Sequence[Any]):
    """The rows of citations, decoded for one citing paper at a time.

    `at` says where the lines of each citing paper begin, and where the last one ends; `first` which number the first
    citation of each has, and how many there are.
    """

    def __init__(self, citations: Lines, at: NDArray[np.int64], first: NDArray[np.int64]) -> None:
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
        return self._citations.all_rows(self._decoder, self._at)


class LaterRows(Sequence[Any]):
    """The rows of a small table, read when somebody asks for one."""

    def __init__(self, file: OpenFile, kind: type, *, remedy: str) -> None:
        self._file, self._kind, self._remedy = file, kind, remedy

    @cached_property
    def _rows(self) -> list[Any]:
        rows = decode_rows(self._kind, self._file.read_all())
        if rows is None:
            raise InputError("a row cannot be read", where=str(self._file.path), remedy=self._remedy)
        return rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]


def line_starts(data: bytes) -> NDArray[np.int64]:
    """Where each line begins, and where the last one ends."""
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")) + 1
    return np.concatenate([np.zeros(1, np.int64), ends]).astype("<i8")
