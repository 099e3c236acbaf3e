"""Asking Semantic Scholar about the authors of papers of a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..analysis.author_records import AuthorRecord, DescribedAuthors
from ..analysis.neighbourhood import neighbourhood
from ..analysis.people import papers_by_author
from ..errors import InputError
from ..model.lineage import Lineage
from .answer import Answer

if TYPE_CHECKING:
    from ..sources.semantic_scholar.author_rows import AuthorRow
    from ..sources.semantic_scholar.client import SemanticScholar

_FETCH = "fetch it from Semantic Scholar, which gives ids"
_FIELDS = ["authorId", "name", "affiliations", "homepage", "paperCount", "citationCount", "hIndex"]


def described_authors(lineage: Lineage, scholar: SemanticScholar, name: str) -> Answer[DescribedAuthors]:
    """Ask for the records of everybody that a name means in a corpus; one request.

    Raises
    ------
    InputError
        When nobody here is called so, or no id is known of anybody who is.
    LineageError
        When the service does not answer.
    """
    here = papers_by_author(lineage, name)
    ids = [each.id for each in here.people if each.id is not None]
    if not ids:
        raise InputError(f"this corpus has no id of {name!r}", remedy=_FETCH)
    rows = _author_rows(scholar, ids, _FIELDS)
    records = tuple(
        AuthorRecord(id_, row.name, row.affiliations, row.homepage, row.papers, row.citations, row.h_index)
        for id_, row in zip(ids, rows, strict=True)
        if row is not None
    )
    not_known = tuple(id_ for id_, row in zip(ids, rows, strict=True) if row is None)
    return Answer(DescribedAuthors(here, records, not_known, scholar.answered_at[:10]), lineage)


def affiliations_around(lineage: Lineage, scholar: SemanticScholar) -> Mapping[str, tuple[str, ...]]:
    """Ask where the authors of a list and of its neighbourhood work, by their ids; a thousand a request.

    Those of whom the service does not say are left out. What it says is of today, and not of when a paper was written.

    Raises
    ------
    InputError
        When no id of an author is known.
    LineageError
        When the service does not answer.
    """
    papers = map(lineage.paper, neighbourhood(lineage))
    ids = sorted({id_ for paper in papers for id_ in paper.author_ids if id_ is not None})
    if not ids:
        raise InputError("this corpus has no ids of authors", remedy=_FETCH)
    rows = zip(ids, _author_rows(scholar, ids, ["authorId", "affiliations"]), strict=True)
    return {id_: row.affiliations for id_, row in rows if row is not None and row.affiliations}


def _author_rows(scholar: SemanticScholar, ids: list[str], fields: list[str]) -> list[AuthorRow | None]:
    """What the service says of authors, position by position; None where that is nothing, or cannot be read."""
    from ..sources.http.outcomes import Malformed
    from ..sources.semantic_scholar.author_rows import parse_author

    rows: list[AuthorRow | None] = []
    for found in scholar.get_authors(ids, fields):
        try:
            rows.append(None if found is None else parse_author(found.raw_data))
        except Malformed:
            rows.append(None)
    return rows
