"""Identifiers that a service found for the text of a reference, and that are another paper's.

Crossref matches the printed references that came without a DOI. Sometimes it finds a reprint, or another chapter of the
same book. The year and the first author of the entry then speak against the paper of that DOI.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model.identifiers import Identifier
from ..utils.text import name_parts, same_person
from .clusters import MAX_YEAR_GAP
from .records import CitationList, ListRow, Record


def without_wrong_matches(lists: Sequence[CitationList], records: Iterable[Record] = ()) -> list[CitationList]:
    """The lists, with no matched identifier that the entry's own year or first author contradicts.

    Such a row keeps its title, if it has one; without a title it names no paper any more, and is only counted. An
    identifier is judged by what all records say of it that state it themselves. Linear in the rows.
    """
    if not any(row.matched for each in lists for row in each.rows):
        return list(lists)
    known: defaultdict[Identifier, list[Record]] = defaultdict(list)
    stated = (row.record for each in lists for row in each.rows if not row.matched)
    for record in (*records, *(each.paper for each in lists), *stated):
        for each in record.identifiers:
            known[each].append(record)
    return [_checked(each, known) for each in lists]


def _checked(each: CitationList, known: dict[Identifier, list[Record]]) -> CitationList:
    rows = []
    for row in each.rows:
        if row.matched and any(_contradicts(row, known.get(identifier, ())) for identifier in row.record.identifiers):
            if row.record.title:
                rows.append(replace(row, record=replace(row.record, identifiers=())))
        else:
            rows.append(row)
    count = len(each.rows) if each.row_count is None else each.row_count
    return (
        each
        if len(rows) == len(each.rows) and rows == list(each.rows)
        else replace(each, rows=tuple(rows), row_count=count)
    )


def _contradicts(row: ListRow, others: Sequence[Record]) -> bool:
    authors = [other.authors[0] for other in others if other.authors and name_parts(other.authors[0])]
    own = next((author for author in row.record.authors[:1] if name_parts(author)), None)  # none of initials alone
    if own and authors and not any(same_person(own, author) for author in authors):
        return True
    years = {int(date[:4]) for other in others for date in (other.date, other.publication_date) if date}
    years |= {other.year for other in others if other.year}
    return bool(row.record.year and years and min(abs(row.record.year - year) for year in years) > MAX_YEAR_GAP)
