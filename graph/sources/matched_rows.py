"""Identifiers that a service found for the text of a reference, and that are another paper's.

Crossref matches the printed references that came without a DOI. Sometimes it finds a reprint, or another chapter of the
same book. The year and the first author of the entry then speak against the paper of that DOI.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model.identifiers import Identifier
from ..utils.person_names import name_parts
from .clusters import MAX_YEAR_GAP
from .records import CitationList, Record


@dataclass(slots=True)
class _Stated:
    """What records that state an identifier themselves say of its paper: parts of first authors' names, and years."""

    names: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add(self, record: Record) -> None:
        for author in record.authors[:1]:
            self.names |= name_parts(author)
        self.years |= {int(date[:4]) for date in (record.date, record.publication_date) if date}
        self.years |= {record.year} if record.year else set()


def without_wrong_matches(lists: Sequence[CitationList], records: Iterable[Record] = ()) -> list[CitationList]:
    """The lists, with no matched identifier that the entry's own year or first author contradicts.

    Such a row keeps its title, if it has one; without a title it names no paper any more, and is only counted. An
    identifier is judged by what all records say of it that state it themselves. Linear in the rows.
    """
    if not any(row.matched for each in lists for row in each.rows):
        return list(lists)
    known: defaultdict[Identifier, _Stated] = defaultdict(_Stated)
    stated = (row.record for each in lists for row in each.rows if not row.matched)
    for record in (*records, *(each.paper for each in lists), *stated):
        for identifier in record.identifiers:
            known[identifier].add(record)
    return [_checked(each, known) for each in lists]


def _checked(each: CitationList, known: Mapping[Identifier, _Stated]) -> CitationList:
    rows = []
    for row in each.rows:
        if not (row.matched and _is_wrong(row.record, known)):
            rows.append(row)
        elif row.record.title:
            rows.append(replace(row, record=replace(row.record, identifiers=())))
    count = len(each.rows) if each.row_count is None else each.row_count
    return each if rows == list(each.rows) else replace(each, rows=tuple(rows), row_count=count)


def _is_wrong(record: Record, known: Mapping[Identifier, _Stated]) -> bool:
    """Whether the entry's own first author or year speaks against the paper of one of its identifiers."""
    own = {part for author in record.authors[:1] for part in name_parts(author)}  # none of initials alone
    for stated in filter(None, map(known.get, record.identifiers)):
        if own and stated.names and own.isdisjoint(stated.names):
            return True
        if record.year and stated.years and min(abs(record.year - year) for year in stated.years) > MAX_YEAR_GAP:
            return True
    return False
