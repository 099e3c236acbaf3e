"""Asking Semantic Scholar about the authors of papers of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..analysis.people import DescribedAuthors, papers_by_author
from ..errors import InputError
from ..model.lineage import Lineage
from .answer import Answer

if TYPE_CHECKING:
    from ..sources.semantic_scholar.client import SemanticScholar

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
    from ..sources.http.outcomes import Malformed
    from ..sources.semantic_scholar.author_rows import parse_author

    here = papers_by_author(lineage, name)
    ids = [each.id for each in here.people if each.id is not None]
    if not ids:
        raise InputError(f"this corpus has no id of {name!r}", remedy="fetch it from Semantic Scholar, which gives ids")
    records, not_known = [], []
    for id_, found in zip(ids, scholar.get_authors(ids, _FIELDS), strict=True):
        try:
            records.append(parse_author(id_, None if found is None else found.raw_data))
        except Malformed:
            not_known.append(id_)
    value = DescribedAuthors(here, tuple(records), tuple(not_known), scholar.answered_at[:10])
    return Answer(value, lineage)
