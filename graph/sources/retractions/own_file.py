"""``retractions.csv`` in the folder of a corpus: what a person brought in, so that no later fetch loses it.

A row is a notice, or says that a paper was looked for: of a table that was fetched nothing is kept but what is about
papers of the corpus, so that it says nothing of a paper that comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model.corpus import Corpus, partial_date
from ...model.identifiers import Identifier, identifier
from ...model.notices import NATURES, SEARCHED
from ...utils.csv_files import csv_text, read_csv
from .join import Search, with_notices
from .statements import Statement

OWN_FILE = "retractions.csv"
COLUMNS = ("source", "observed", "nature", "doi", "pmid", "date", "record", "notice", "asserter", "stated")
_LOOKED_FOR = "none_reported"
_TABLE = "retraction_watch"


@dataclass(frozen=True, slots=True)
class OwnNotices:
    """What lies in the folder of a corpus: statements, and which papers a fetched table was searched for."""

    statements: tuple[Statement, ...] = ()
    search: Search | None = None


def own_text(own: OwnNotices) -> str:
    """Statements as CSV, in one order, and behind them the identifiers that were looked for."""
    rows = sorted(map(row_of, own.statements), key=lambda row: [str(cell or "") for cell in row])
    if own.search:
        rows += [_looked_for(own.search.observed, each) for each in sorted(own.search.identifiers)]
    return csv_text(COLUMNS, [list(row) for row in dict.fromkeys(map(tuple, rows))])


def row_of(each: Statement) -> list[object]:
    """A statement as the cells of `COLUMNS`."""
    doi, pmid = each.doi and each.doi.value, each.pmid and each.pmid.value
    return [
        *(each.kind, each.observed, each.nature, doi, pmid),
        *(each.date, each.record, each.notice, each.asserter, each.stated),
    ]


def _looked_for(observed: str, each: Identifier) -> list[object]:
    named = [each.value if each.scheme == scheme else None for scheme in SEARCHED]
    return [_TABLE, observed, _LOOKED_FOR, *named, *[None] * 5]


def read_own(folder: Path) -> OwnNotices:
    """The statements in the folder of a corpus, if it has any. Raises `InputError` for every bad row."""
    path = folder / OWN_FILE
    if not path.exists():
        return OwnNotices()
    faults: list[InputError] = []
    statements = []
    observed, searched = "", set()
    for where, cells in read_csv(path, COLUMNS):
        try:
            if (cells["source"], cells["nature"]) == (_TABLE, _LOOKED_FOR):
                observed = partial_date(cells["observed"] or "")
                searched |= {identifier(name, value) for name in SEARCHED if (value := cells[name])}
            else:
                statements.append(statement_of(cells))
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row, or bring the file in anew"))
    if faults:
        raise InputError.collected(faults)
    return OwnNotices(tuple(statements), Search(observed, frozenset(searched)) if searched else None)


def statement_of(cells: Mapping[str, Any]) -> Statement:
    """The statement in the cells of a row, by their columns; raises `ValueError` for a cell that cannot be."""
    if cells["source"] not in (_TABLE, "crossref"):
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


def replaced(known: OwnNotices, new: Iterable[Statement], search: Search | None = None) -> OwnNotices:
    """What is known and what is new: a table of Retraction Watch replaces the former one, of Crossref each paper's.

    `search` says for which papers the new table was searched, where it was not brought in as a whole.
    """
    fresh = list(new)
    whole = {each.kind for each in fresh if each.kind == _TABLE} | ({_TABLE} if search else set())
    papers = {(each.kind, each.doi) for each in fresh}
    kept = [each for each in known.statements if each.kind not in whole and (each.kind, each.doi) not in papers]
    return OwnNotices((*kept, *fresh), search if whole else known.search)


def with_own_notices(corpus: Corpus, folder: Path) -> Corpus:
    """The corpus with the notices that lie in its folder. Raises `InputError` for what is wrong with them."""
    own = read_own(folder)
    return with_notices(corpus, own.statements, own.search) if own.statements or own.search else corpus
