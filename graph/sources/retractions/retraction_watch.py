"""Retraction Watch's CSV, as Crossref publishes it and as people's programs leave it.

Columns go by their names. A byte that is no UTF-8, a comma at the end of every line, empty rows at the end, quoted line
ends, semicolons or tabs between cells and cells that are missing cost nothing.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ...model.notices import Nature
from ...utils.parts_file import with_start
from .statements import Statement, date_of, doi_of, dois_of, pmid_of

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

    Parameters
    ----------
    table : binary file
        It is read as it goes; nothing but a row is held.
    observed : str
        The day as of which it holds.

    Raises
    ------
    BrokenTable
        When a column is missing, the quotes are broken, or the last row ends in its middle.

    Notes
    -----
    Linear; a microsecond for some ten bytes.
    """
    lines = _Lines(table)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from _read(lines, observed)
    except csv.Error as fault:
        raise BrokenTable(f"broken CSV: {fault}", lines.number) from None
    finally:
        csv.field_size_limit(before)


def _read(lines: _Lines, observed: str) -> Iterator[tuple[Statement, ...]]:
    first = next(lines, "")
    reader = csv.reader(_after(first, lines), delimiter=max(_DELIMITERS, key=first.count))
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


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


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
