"""What a person asks Semantic Scholar about papers of a corpus, through the client over our requests.

Its answers stand beside the corpus and never become citations. Every answer is kept, and not asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..analysis.recommendations import DescribedPaper, Recommendations, split_listed, with_marks_of_library
from ..errors import InputError
from ..model.lineage import Lineage
from .answer import Answer
from .backend import Backend
from .path_questions import refuse_unmarked

if TYPE_CHECKING:
    from ..model.marks import MarkKind
    from ..sources.semantic_scholar.client import SemanticScholar
    from ..sources.semantic_scholar.paper_rows import PaperRow

Pool = Literal["recent", "all-cs"]
POOLS: tuple[Pool, ...] = ("recent", "all-cs")
_MOST_SUGGESTIONS = 500
_FIELDS = [
    "paperId",
    "corpusId",
    "externalIds",
    "title",
    "year",
    "publicationDate",
    "venue",
    "authors",
    "citationCount",
]


def recommend(
    backend: Backend,
    scholar: SemanticScholar,
    like: Sequence[str] = (),
    *,
    unlike: Sequence[str] = (),
    top: int = 10,
    pool: Pool | None = None,
    leave_out: tuple[MarkKind, ...] = (),
) -> Answer[Recommendations]:
    """Ask for papers like some and unlike others: the service's suggestions, which are no citations.

    Parameters
    ----------
    backend : Backend
        Of the corpus, which knows the papers.
    scholar : SemanticScholar
        An open client.
    like, unlike : sequence of str
        Names of papers; without `like`, all papers of the reading list.
    top : int
        How many suggestions, beside papers that the list has already.
    pool : str, optional
        For one paper alone: "recent" papers, or "all-cs" for all of computer science.
    leave_out : tuple of "read" or "own"
        No papers that the person has marked so, whether or not the corpus has them.

    Raises
    ------
    InputError
        When the service knows none of the papers, or the names do not fit together.
    LineageError
        When it does not answer; see `graph.sources.semantic_scholar.requester`.

    Notes
    -----
    One request, and one before it if the corpus does not know the service's own ids.
    """
    lineage = backend.listed
    refuse_unmarked(backend, leave_out, outside=True)
    disliked = tuple(dict.fromkeys(map(backend.key_of, unlike)))
    rest = tuple(key for key in lineage.list_keys if key not in disliked)
    liked = tuple(dict.fromkeys(map(backend.key_of, like))) or rest
    _check(liked, disliked, pool)
    ids = ids_of(lineage, scholar, (*liked, *disliked))
    wanted, unwanted = ([ids[key] for key in keys if key in ids] for keys in (liked, disliked))
    if not wanted:
        raise InputError(
            "Semantic Scholar knows none of these papers", remedy="name others, or give the entries identifiers"
        )
    limit = _MOST_SUGGESTIONS if leave_out else min(_MOST_SUGGESTIONS, top + len(lineage.list_keys))
    if len(wanted) == 1 and not unwanted:
        found = scholar.get_recommended_papers(wanted[0], _FIELDS, limit, pool or "recent")
    else:
        found = scholar.get_recommended_papers_from_lists(wanted, unwanted, _FIELDS, limit)
    described, unreadable = described_papers(found)
    unlisted, listed = split_listed(lineage, described)
    marked = with_marks_of_library(lineage, unlisted)
    new = [each for each in marked if not set(each.marks) & set(leave_out)]
    not_known = tuple(key for key in (*liked, *disliked) if key not in ids)
    value = Recommendations(
        liked,
        disliked,
        tuple(new[:top]),
        tuple(listed),
        not_known,
        unreadable,
        scholar.answered_at[:10],
        len(marked) - len(new),
    )
    return Answer(value, lineage)


def _check(liked: Sequence[str], disliked: Sequence[str], pool: Pool | None) -> None:
    if not liked:
        raise InputError("the reading list names no paper of this corpus", remedy="name one with --for")
    both = sorted(set(liked) & set(disliked))
    if both:
        raise InputError(f"like and unlike {both[0]} at once", remedy="name it once")
    if pool and (len(liked) > 1 or disliked):
        raise InputError("a pool is chosen for one paper alone", remedy="name one with --for, and leave out --not")


def ids_of(lineage: Lineage, scholar: SemanticScholar, keys: Iterable[str]) -> dict[str, str]:
    """The service's own ids of papers, by key; without those that it does not know.

    One request for those whose ids the corpus does not have.
    """
    from ..sources.fetch.target import api_ids_of

    found: dict[str, str] = {}
    open_: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        identifiers = lineage.paper(key).identifiers
        own = next((each.value for each in identifiers if each.scheme == "s2"), None)
        asked_by = api_ids_of(identifiers)
        if own is not None:
            found[key] = own
        elif asked_by:
            open_[key] = asked_by[0]
    if open_:
        papers = scholar.get_papers(list(open_.values()), ["paperId"])
        found |= {key: each.paperId for key, each in zip(open_, papers, strict=True) if each and each.paperId}
    return found


def described_papers(records: Iterable[Any]) -> tuple[list[DescribedPaper], int]:
    """The client's records as papers, and how many of them could not be read."""
    rows = list(_rows(records))
    described = [
        DescribedPaper(row.title, row.authors, row.year, row.venue, row.identifiers, row.citation_count)
        for row in rows
        if row is not None and (row.title or row.identifiers)
    ]
    return described, len(rows) - len(described)


def _rows(records: Iterable[Any]) -> Iterator[PaperRow | None]:
    from ..sources.http.outcomes import Malformed
    from ..sources.semantic_scholar.paper_rows import parse_paper

    for each in records:
        try:
            yield parse_paper(each.raw_data)
        except Malformed:
            yield None
