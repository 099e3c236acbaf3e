"""``retractions.csv`` in the folder of a corpus: what a person brought in, so that no later fetch loses it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model.corpus import Corpus, partial_date
from ...model.identifiers import identifier
from ...model.notices import NATURES
from ...utils.files import csv_text, read_csv
from .join import with_notices
from .statements import Statement

OWN_FILE = "retractions.csv"
COLUMNS = ("source", "observed", "nature", "doi", "pmid", "date", "record", "notice", "asserter", "stated")


def own_text(statements: Iterable[Statement]) -> str:
    """Statements as CSV, in one order."""
    rows = sorted(map(_row, statements), key=lambda row: [str(cell or "") for cell in row])
    return csv_text(COLUMNS, [list(row) for row in dict.fromkeys(map(tuple, rows))])


def _row(each: Statement) -> list[object]:
    doi, pmid = each.doi and each.doi.value, each.pmid and each.pmid.value
    return [
        *(each.kind, each.observed, each.nature, doi, pmid),
        *(each.date, each.record, each.notice, each.asserter, each.stated),
    ]


def read_own(folder: Path) -> list[Statement]:
    """The statements in the folder of a corpus, if it has any. Raises `InputError` for every bad row."""
    path = folder / OWN_FILE
    if not path.exists():
        return []
    faults: list[InputError] = []
    statements = []
    for where, cells in read_csv(path, COLUMNS):
        try:
            statements.append(_statement(cells))
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row, or bring the file in anew"))
    if faults:
        raise InputError.collected(faults)
    return statements


def _statement(cells: dict[str, Any]) -> Statement:
    if cells["source"] not in ("retraction_watch", "crossref"):
        raise ValueError(f"source {cells['source']!r} is not one of retraction_watch, crossref")
    if cells["nature"] not in NATURES:
        raise ValueError(f"nature {cells['nature']!r} is not one of {', '.join(NATURES)}")
    partial_date(cells["observed"] or "")
    if cells["date"]:
        partial_date(cells["date"])
    return Statement(
        cells["source"],
        cells["observed"],
        cells["nature"],
        identifier("doi", cells["doi"]) if cells["doi"] else None,
        identifier("pmid", cells["pmid"]) if cells["pmid"] else None,
        *(cells[name] for name in COLUMNS[5:]),
    )


def replaced(known: Iterable[Statement], new: Iterable[Statement]) -> list[Statement]:
    """Known statements and new ones: a table of Retraction Watch replaces the former one, of Crossref each paper's."""
    fresh = list(new)
    whole = {each.kind for each in fresh if each.kind == "retraction_watch"}
    papers = {(each.kind, each.doi) for each in fresh}
    kept = [each for each in known if each.kind not in whole and (each.kind, each.doi) not in papers]
    return [*kept, *fresh]


def with_own_notices(corpus: Corpus, folder: Path) -> Corpus:
    """The corpus with the notices that lie in its folder. Raises `InputError` for what is wrong with them."""
    statements = read_own(folder)
    return with_notices(corpus, statements) if statements else corpus
