"""Semantic Scholar's papers and lists, as the records that every source becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model.corpus import Source
from ...model.identifiers import Identifier, closure, parse_identifier
from ..records import CitationList, ListRow, Record
from .pagination import PagedList
from .paper_rows import PaperRow


def alias_of(requested: str, row: PaperRow) -> Identifier | None:
    """The identifier that a paper was requested by, if the service's answer does not name it: an alias of the paper.

    None when the answer names another identifier of that scheme, because then it may be another paper.

    >>> old = "0" * 40
    >>> str(alias_of(old, PaperRow("1" * 40)))
    's2:0000000000000000000000000000000000000000'
    """
    identifier = parse_identifier(requested)
    if identifier is None or identifier in row.identifiers or names_another_paper(identifier, row):
        return None
    return identifier


def names_another_paper(requested: Identifier, row: PaperRow) -> bool:
    """Whether the answer has another identifier of the scheme than the requested one.

    The service's own ids do not count: a paper gets another one when records are merged.
    """
    if requested.scheme in {"s2", "corpusid"} or closure([requested]) & closure(row.identifiers):
        return False
    return any(identifier.scheme == requested.scheme for identifier in row.identifiers)


class ObservedPapers:
    """One record for every paper of an observation, in however many lists it is.

    The fullest description of a paper must come first in `rows`: later ones are ignored. `aliases` are further
    identifiers of papers, by the service's own id.
    """

    def __init__(
        self, source: Source, rows: Iterable[PaperRow], aliases: Iterable[tuple[str, Identifier]] = ()
    ) -> None:
        self._source = source
        self._by_id: dict[str, Record] = {}
        for row in rows:
            if row.paper_id and row.paper_id not in self._by_id:
                self._by_id[row.paper_id] = self._new_record(row, f"s2:{row.paper_id}")
        for paper_id, alias in aliases:
            record = self._by_id[paper_id]
            self._by_id[paper_id] = replace(record, identifiers=tuple(dict.fromkeys((*record.identifiers, alias))))

    def record(self, paper_id: str) -> Record:
        """The record of a paper."""
        return self._by_id[paper_id]

    def citation_list(self, paged: PagedList) -> CitationList:
        """The records of a list that was read.

        A reference that the service could not resolve keeps its title; without a title it is only
        counted, and so is a citing paper that the service could not resolve. A paper's citation of itself
        is left out.
        """
        rows: list[ListRow] = []
        for number, row in enumerate(paged.rows):
            record = None
            if row.paper.paper_id is not None:
                record = self.record(row.paper.paper_id)
            elif paged.direction == "references" and row.paper.title:
                record = self._new_record(row.paper, f"{paged.paper}/unresolved-{number}")
            if record and row.paper.paper_id != paged.paper:
                rows.append(ListRow(record, None, row.influential, row.intents, row.contexts))
        return CitationList(
            self._source, self.record(paged.paper), paged.state, tuple(rows), paged.direction, paged.row_count
        )

    def _new_record(self, row: PaperRow, name: str) -> Record:
        return Record(
            record_id=f"{self._source.id}/{name}",
            identifiers=row.identifiers,
            title=row.title,
            authors=row.authors,
            authors_complete=bool(row.authors),
            author_ids=row.author_ids,
            year=row.year,
            publication_date=row.publication_date,
            venue=row.venue,
        )
