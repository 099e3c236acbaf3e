"""Semantic Scholar's papers and lists as the records that every source becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...model.corpus import Source
from ...model.identifiers import Identifier, closure, parse_identifier
from ..records import CitationList, Mention, Record
from .pagination import Walk
from .responses import EdgeRow, PaperRow

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def source_of(observed: str) -> Source:
    """The source that an observation of the service is."""
    return Source(f"s2:{observed}", "semantic_scholar", f"Semantic Scholar, observed {observed}", observed)


def alias_of(form: str, row: PaperRow) -> Identifier | None:
    """The identifier that a paper was asked by, where the service's answer does not name it: an alias.

    None when the answer names another identifier of that scheme, because then it may be another paper.

    >>> old = "0" * 40
    >>> str(alias_of(old, PaperRow("1" * 40)))
    's2:0000000000000000000000000000000000000000'
    """
    asked = parse_identifier(form)
    if asked is None or asked in row.identifiers or names_another(asked, row):
        return None
    return asked


def names_another(asked: Identifier, row: PaperRow) -> bool:
    """Whether the service answered with a paper of another identifier than the one that was asked for.

    An id of the service's own that changed is a merge, and no other paper.
    """
    if asked.scheme in {"s2", "corpusid"} or closure([asked]) & closure(row.identifiers):
        return False
    return any(known.scheme == asked.scheme for known in row.identifiers)


class Records:
    """One record for every paper of an observation, however many lists it stands in.

    Parameters
    ----------
    source : Source
    rows : iterable of PaperRow
        The fullest description of a paper first: it is the one that counts.
    aliases : iterable of (str, Identifier)
        Further identifiers by the service's own id.
    """

    def __init__(
        self, source: Source, rows: Iterable[PaperRow], aliases: Iterable[tuple[str, Identifier]] = ()
    ) -> None:
        self._source = source
        self._by_id: dict[str, Record] = {}
        for row in rows:
            if row.paper_id and row.paper_id not in self._by_id:
                self._by_id[row.paper_id] = self._record(row, f"s2:{row.paper_id}")
        for paper_id, alias in aliases:
            record = self._by_id[paper_id]
            self._by_id[paper_id] = replace(record, identifiers=tuple(dict.fromkeys((*record.identifiers, alias))))

    def of(self, paper_id: str) -> Record:
        """The record of a paper."""
        return self._by_id[paper_id]

    def references(self, walk: Walk) -> CitationList:
        """The list of a walk through a paper's references: citing -> each of them.

        A reference that the service could not resolve keeps its title; one without a title is
        counted in the coverage alone, and a paper's mention of itself is left out.
        """
        mentions: list[Mention] = []
        for number, row in enumerate(walk.rows):
            if row.paper.paper_id is None:
                if row.paper.title:
                    mentions.append(_mention(self._record(row.paper, f"{walk.paper}/unresolved-{number}"), row))
            elif row.paper.paper_id != walk.paper:
                mentions.append(_mention(self.of(row.paper.paper_id), row))
        return self._list(walk, mentions)

    def citations(self, walk: Walk) -> CitationList:
        """The list of a walk through a paper's citers: each of them -> that paper.

        A citer that the service could not resolve is no paper of the graph.
        """
        return self._list(
            walk,
            [
                _mention(self.of(row.paper.paper_id), row)
                for row in walk.rows
                if row.paper.paper_id is not None and row.paper.paper_id != walk.paper
            ],
        )

    def _list(self, walk: Walk, mentions: list[Mention]) -> CitationList:
        rows = len(walk.rows) + len(walk.unreadable)
        return CitationList(self._source, self.of(walk.paper), walk.state, tuple(mentions), walk.direction, rows)

    def _record(self, row: PaperRow, name: str) -> Record:
        return Record(
            place=f"{self._source.id}/{name}",
            identifiers=row.identifiers,
            title=_plain(row.title),
            authors=tuple(filter(None, map(_plain, row.authors))),
            authors_complete=bool(row.authors),
            year=row.year,
            publication_date=row.publication_date,
            venue=_plain(row.venue),
        )


def _mention(record: Record, row: EdgeRow) -> Mention:
    contexts = tuple(filter(None, map(_plain, row.contexts)))
    return Mention(record, None, row.influential, row.intents, contexts)


def _plain(text: str | None) -> str | None:
    """The text without control characters, which no title has."""
    return (_CONTROLS.sub("", text) or None) if text else None
