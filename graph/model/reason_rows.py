"""The rows of a file of reasons, as a person wrote them, and their index, which is read in a fiftieth of the time.

Nothing is known of a corpus here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from ..errors import InputError
from ..utils.array_file import ArrayFile, DamagedFile, array_bytes
from ..utils.decode import decode_json
from ..utils.files import parse_toml
from .reasons import Reason
from .serialize import from_row

REMEDY = "fix this row"
OF_ALL_ROWS = ("citing", "text_read", "confidence")
"""What the top of a file can say for all its rows."""
_ROW = re.compile(r"^[ \t]*\[\[[ \t]*(?:reasons|\"reasons\"|'reasons')[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One row of a file of reasons."""

    file: Path
    place: str
    """Where in the file it stands, such as "line 5"."""
    reason: Reason
    """With the papers as the row names them: by key or identifier."""

    @property
    def where(self) -> str:
        """The file and the place in it."""
        return f"{self.file}, {self.place}"


def rows_of_file(path: Path, text: str) -> Iterator[ReasonRow | InputError]:
    """The rows of a file, by its text; a fault stands in the place of what cannot be read."""
    try:
        placed = _tables(path, text)
    except InputError as fault:
        yield fault
        return
    for place, table in placed:
        try:
            yield ReasonRow(path, place, from_row(Reason, table))
        except ValueError as fault:
            yield InputError(str(fault), where=f"{path}, {place}", remedy=REMEDY)


def _tables(path: Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a file, each with its place and with what the top of the file says of all rows."""
    table = parse_toml(text, where=str(path))
    unknown = sorted(table.keys() - {*OF_ALL_ROWS, "reasons"})
    if unknown:
        known = ", ".join((*OF_ALL_ROWS, "[[reasons]]"))
        raise InputError(f"unknown field {unknown[0]!r}", where=str(path), remedy=f"at the top there are {known}")
    rows = table.get("reasons", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("'reasons' is not an array of tables", where=str(path), remedy="write [[reasons]]")
    of_all = {name: table[name] for name in OF_ALL_ROWS if name in table}
    return [(place, of_all | row) for place, row in zip(_places(text, len(rows)), rows, strict=True)]


def _places(text: str, rows: int) -> list[str]:
    """The line of each row; its number where a text of several lines hides which line that is."""
    lines = [text.count("\n", 0, match.start()) + 1 for match in _ROW.finditer(text)]
    return [f"line {line}" for line in lines] if len(lines) == rows else [f"row {n}" for n in range(1, rows + 1)]


REASON_INDEX = "reasons.index"
_MAGIC = b"REASONS\n"
_VERSION = 1
_ROWS = "rows"


class _IndexedFile(msgspec.Struct):
    """A file of reasons: what tells it from others, and its rows with their places."""

    name: str
    bytes: int
    crc32: int
    rows: list[tuple[str, Reason]]


def index_of_reasons(files: Mapping[Path, str], rows: Iterable[ReasonRow]) -> bytes:
    """The index of the files of a folder, by their texts, and of their rows in order."""
    held = {path: _IndexedFile(*_mark(path, text), []) for path, text in files.items()}
    for row in rows:
        held[row.file].rows.append((row.place, row.reason))
    encoded = msgspec.json.encode(list(held.values()))
    return array_bytes(_MAGIC, _VERSION, {_ROWS: np.frombuffer(encoded, np.uint8)}, {})


def indexed_reasons(index: Path, files: Mapping[Path, str]) -> list[ReasonRow]:
    """The rows of the files of a folder, by its index and the texts of the files.

    Raises `OSError` when the index cannot be read, and `ValueError` when it is damaged, or was made from other files.
    Two hundred rows take a millisecond; to parse their TOML takes thirty.
    """
    held = decode_json(ArrayFile(index, _MAGIC, _VERSION)[_ROWS].tobytes(), list[_IndexedFile])
    if [(each.name, each.bytes, each.crc32) for each in held] != [_mark(*file) for file in files.items()]:
        raise DamagedFile("it was made from other files")
    return [
        ReasonRow(path, place, reason) for path, each in zip(files, held, strict=True) for place, reason in each.rows
    ]


def _mark(path: Path, text: str) -> tuple[str, int, int]:
    """What tells a file from others."""
    data = text.encode()
    return path.name, len(data), zlib.crc32(data)
