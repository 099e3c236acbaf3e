"""Asking Semantic Scholar for passages of full texts that speak of something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..analysis.passages import Passage, Passages, paper_of
from ..analysis.reason_condition import speaks_of
from ..errors import InputError
from ..model.lineage import Lineage
from ..utils.text import words
from .answer import Answer
from .scholar import ids_of

if TYPE_CHECKING:
    from ..sources.semantic_scholar.client import SemanticScholar

MOST_PAPERS = 100
"""About so many papers one request may ask."""


def passages(
    lineage: Lineage, scholar: SemanticScholar, about: str, keys: Sequence[str], *, top: int = 10
) -> Answer[Passages]:
    """Ask for passages of papers that speak of something.

    Parameters
    ----------
    lineage : Lineage
        With these papers.
    scholar : SemanticScholar
        An open client.
    about : str
        Words; the service also finds what means the same.
    keys : sequence of str
        Of papers; the first hundred are asked about.
    top : int
        How many passages.

    Raises
    ------
    InputError
        When `about` has no word, or the service knows none of the papers.
    LineageError
        When it does not answer.

    Notes
    -----
    One request, and one before it if the corpus does not know the service's own ids.
    """
    if not words(about):
        raise InputError(f"{about!r} has no word in it", remedy="say what the passages must speak of")
    asked_of = tuple(dict.fromkeys(keys))[:MOST_PAPERS]
    ids = ids_of(lineage, scholar, asked_of)
    if not ids:
        raise InputError("Semantic Scholar knows none of these papers", remedy="ask about others")
    query = " ".join(about.split())
    found = list(_rows(scholar.search_snippet(query, paper_ids=list(ids.values()), limit=top)))
    read = [replace(each, key=paper_of(lineage, each, asked_of)) for each in found if each is not None]
    said = tuple(replace(each, says_it=speaks_of(each.text, about)) for each in read)
    not_known = tuple(key for key in asked_of if key not in ids)
    return Answer(Passages(query, asked_of, said, not_known, len(found) - len(read), scholar.answered_at[:10]), lineage)


def _rows(records: Sequence[Any]) -> Iterator[Passage | None]:
    from ..sources.http.outcomes import Malformed
    from ..sources.semantic_scholar.snippets import parse_snippet

    for each in records:
        try:
            row = parse_snippet(each.raw_data)
        except Malformed:
            yield None
        else:
            yield Passage(row.text, row.title, row.corpus_id, row.kind, row.section, row.span)
