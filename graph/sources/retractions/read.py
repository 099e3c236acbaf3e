"""Statements from a file: Retraction Watch's CSV, or answers of Crossref as JSON or as JSON lines.

The CSV is read as Crossref publishes it and as people's programs leave it, in parts, as they arrive.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from ...errors import InputError
from ...model.notices import Nature
from ...utils.csv_files import cells_up_to
from ...utils.decode import decode_json
from .statements import Statement, date_of, doi_of, dois_of, pmid_of, read_crossref_updates, works_in

_AT_ONCE = 1 << 16


class PartsFile(io.RawIOBase):
    """The parts of a body as a file, of which one is held.

    >>> io.BufferedReader(PartsFile(iter([b"two li", b"", b"nes", b"."]))).read()
    b'two lines.'
    """

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        """Whether it can be read; it can."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, and say how far."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def with_start(start: bytes, rest: BinaryIO) -> BinaryIO:
    """A file of which some bytes were read already: they come first, and then what follows them.

    >>> file = io.BytesIO(b"a line")
    >>> with_start(file.read(3), file).read()
    b'a line'
    """
    return io.BufferedReader(PartsFile(chain([start], iter(partial(rest.read, _AT_ONCE), b""))), _AT_ONCE)


NEEDED = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "RetractionDate")
ADDRESS = "https://gitlab.com/crossref/retraction-watch-data"
HEAD = 5000
"""How many bytes show whether a file is such a table."""
_NATURES: Mapping[str, Nature] = {
    "retraction": "retraction",
    "correction": "correction",
    "expression of concern": "expression_of_concern",
    "reinstatement": "reinstatement",
}
_LONGEST_LINE = 1 << 20
_LONGEST_CELL = 1 << 20
_DELIMITERS = ",;\t"


class BrokenTable(ValueError):
    """What is wrong with a table, and in which line."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


def looks_like_retraction_watch(head: bytes) -> bool:
    """Whether the first bytes of a file are those of such a table, by the names of its columns."""
    first = head[:HEAD].decode(_encoding_of(head), "replace").partition("\n")[0]
    return "OriginalPaperDOI" in first and "RetractionNature" in first


def read_retraction_watch(table: BinaryIO, observed: str) -> Iterator[tuple[Statement, ...]]:
    """What each row states, one row after the other; a row that names its paper by no identifier states nothing.

    Raises `BrokenTable` when a column is missing, the quotes are broken, or the last row ends in its middle. Linear; a
    microsecond for some ten bytes. The table is read as it goes, and nothing but a row is held; `observed` is the day
    as of which it holds.
    """
    lines = _Lines(table)
    try:
        with cells_up_to(_LONGEST_CELL):
            yield from _read(lines, observed)
    except csv.Error as fault:
        raise BrokenTable(f"broken CSV: {fault}", lines.number) from None


def _read(lines: _Lines, observed: str) -> Iterator[tuple[Statement, ...]]:
    first = next(lines, "")
    reader = csv.reader(chain([first], lines), delimiter=max(_DELIMITERS, key=first.count))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise BrokenTable(f"no column {', '.join(missing)}", 1)
    for cells in reader:
        if not any(map(str.strip, cells)):
            continue
        if not lines.ended and len(cells) < len(header):
            raise BrokenTable("the last row ends in its middle", lines.number)
        yield _statements(dict(zip(header, cells, strict=False)), observed)


class _Lines:
    """The lines of a table as text; `number` counts them, and `ended` says whether the last one had an end."""

    def __init__(self, table: BinaryIO) -> None:
        start = table.read(HEAD)
        data = with_start(start, table)
        self._text = io.TextIOWrapper(data, _encoding_of(start), errors="replace", newline="")
        self.number, self.ended = 0, True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.ended = line.endswith(("\n", "\r"))
        if not self.ended and len(line) == _LONGEST_LINE:
            raise BrokenTable(f"the line has more than {_LONGEST_LINE:,} characters", self.number)
        return line.replace("\x00", "")


def _encoding_of(start: bytes) -> str:
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _statements(cells: Mapping[str, str], observed: str) -> tuple[Statement, ...]:
    stated = " ".join(cells.get("RetractionNature", "").split())
    nature = _NATURES.get(stated.casefold(), "notice")
    notice = doi_of(cells.get("RetractionDOI", ""))
    pmid = pmid_of(cells.get("OriginalPaperPubMedID", ""))
    dois = dois_of(cells.get("OriginalPaperDOI", ""))
    return tuple(
        Statement(
            "retraction_watch",
            observed,
            nature,
            doi,
            pmid,
            date_of(cells.get("RetractionDate", "")),
            cells.get("Record ID", "").strip() or None,
            notice.value if notice else None,
            stated=stated or None if nature == "notice" else None,
        )
        for doi in (dois or ((None,) if pmid else ()))
    )


LARGEST_JSON = 256 << 20
"""How many bytes answers of Crossref may have in one file."""


@dataclass(frozen=True, slots=True)
class StatedNotices:
    """What a file says."""

    format: str
    """For people."""
    statements: tuple[Statement, ...]
    unnamed: int = 0
    """How many rows name a paper by neither a DOI nor a PubMed id."""


def read_notices(file: BinaryIO, where: str, observed: str) -> StatedNotices:
    """The statements of a file; `observed` is the day as of which it holds.

    Of a table nothing but its statements is held, and a row while it is read. Raises `InputError` for a file of another
    kind, and for a broken one.
    """
    head = file.read(HEAD)
    rest = with_start(head, file)
    if looks_like_retraction_watch(head):
        return _of_table(rest, where, observed)
    data = rest.read(LARGEST_JSON + 1)
    if len(data) > LARGEST_JSON:
        what = f"not Retraction Watch's CSV, and of more than {LARGEST_JSON:,} bytes"
        raise InputError(what, where=where, remedy="split it")
    value = _json(data)
    works = list(works_in(value))
    if not works:
        raise InputError(
            "neither Retraction Watch's CSV nor works of Crossref", where=where,
            remedy="give retraction_watch.csv, or an answer of https://api.crossref.org/works as JSON",
        )  # fmt: skip
    return StatedNotices("Crossref", tuple(read_crossref_updates(value, observed)))


def _of_table(table: BinaryIO, where: str, observed: str) -> StatedNotices:
    rows = 0
    statements: list[Statement] = []
    unnamed = 0
    remedy = f"get the file anew from {ADDRESS}"
    try:
        for stated in read_retraction_watch(table, observed):
            rows += 1
            unnamed += not stated
            statements += stated
    except BrokenTable as fault:
        raise InputError(str(fault), where=f"{where}, line {fault.line}", remedy=remedy) from None
    if not rows:
        raise InputError("no row about a paper", where=where, remedy=remedy)
    return StatedNotices("Retraction Watch", tuple(statements), unnamed)


def _json(data: bytes) -> object:
    """A JSON value, or those of all lines; None where it is neither."""
    text = data.decode("utf-8-sig", "replace")
    try:
        return decode_json(text)
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None
