"""Retraction Watch's CSV, as Crossref publishes it and as people's programs leave it.

Columns go by their names. A byte that is no UTF-8, a comma at the end of every line, empty rows at the end, quoted line
ends and cells that are missing cost nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from ...errors import InputError
from ...model.notices import Nature
from .statements import Statement, date_of, doi_of, pmid_of

NEEDED = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "RetractionDate")
_NATURES: Mapping[str, Nature] = {
    "retraction": "retraction",
    "correction": "correction",
    "expression of concern": "expression_of_concern",
    "reinstatement": "reinstatement",
}
_ADDRESS = "https://gitlab.com/crossref/retraction-watch-data"


def looks_like_retraction_watch(data: bytes) -> bool:
    """Whether the bytes of a file are such a table, by the names of its columns."""
    head = data[:5000].partition(b"\n")[0]
    return b"OriginalPaperDOI" in head and b"RetractionNature" in head


def read_retraction_watch(data: bytes, where: str, observed: str) -> tuple[list[Statement], int]:
    """All statements about papers that can be named, and how many rows name none.

    Parameters
    ----------
    data : bytes
    where : str
        The name of the file, for messages.
    observed : str
        The day as of which it holds.

    Raises
    ------
    InputError
        When a column is missing, the quotes are broken, or there is no row.

    Notes
    -----
    Linear; a microsecond for some ten bytes.
    """
    text = data.decode("utf-8-sig", "replace").replace("\x00", "")
    reader = csv.reader(io.StringIO(text, newline=""))
    statements: list[Statement] = []
    unnamed = 0
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise InputError(
                f"no column {', '.join(missing)}", where=f"{where}, line 1", remedy=f"get the file anew from {_ADDRESS}"
            )
        for cells in _rows(reader, header):
            statement = _statement(cells, observed)
            if statement.doi or statement.pmid:
                statements.append(statement)
            else:
                unnamed += 1
    except csv.Error as fault:
        raise InputError(
            f"broken CSV: {fault}",
            where=f"{where}, line {reader.line_num}",
            remedy=f"get the file anew from {_ADDRESS}",
        ) from None
    if not statements and not unnamed:
        raise InputError("no row about a paper", where=where, remedy=f"get the file anew from {_ADDRESS}")
    return statements, unnamed


def _rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[Mapping[str, str]]:
    for cells in reader:
        if any(map(str.strip, cells)):
            yield dict(zip(header, cells, strict=False))


def _statement(cells: Mapping[str, str], observed: str) -> Statement:
    stated = " ".join(cells.get("RetractionNature", "").split())
    nature = _NATURES.get(stated.casefold(), "notice")
    notice = doi_of(cells.get("RetractionDOI", ""))
    return Statement(
        "retraction_watch",
        observed,
        nature,
        doi_of(cells.get("OriginalPaperDOI", "")),
        pmid_of(cells.get("OriginalPaperPubMedID", "")),
        date_of(cells.get("RetractionDate", "")),
        cells.get("Record ID", "").strip() or None,
        notice.value if notice else None,
        stated=stated or None if nature == "notice" else None,
    )
