"""What a person asks Semantic Scholar about papers of a corpus, through the client over our requests.

Its answers stand beside the corpus and never become citations. Every answer is kept, and not asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ..analysis.neighbourhood import neighbourhood
from ..analysis.passages import Passages, paper_of
from ..analysis.people import AuthorPapers, DescribedAuthors
from ..analysis.reason_condition import speaks_of
from ..analysis.recommendations import DescribedPaper, Recommendations, split_listed, with_marks_of_library
from ..errors import InputError
from ..model.lineage import Lineage
from ..utils.arguments import refuse_less, refuse_other
from ..utils.text import words
from .answer import Answer
from .backend import Backend
from .path_questions import refuse_unmarked

if TYPE_CHECKING:
    from ..model.marks import MarkKind
    from ..model.service_records import AuthorRecord
    from ..sources.semantic_scholar.client import SemanticScholar

T = TypeVar("T")
Pool = Literal["recent", "all-cs"]
_MOST_SUGGESTIONS = 500
_FIELDS_OF_PAPERS = [
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
_FETCH = "fetch it from Semantic Scholar, which gives ids"
_FIELDS_OF_AUTHORS = ["authorId", "name", "affiliations", "homepage", "paperCount", "citationCount", "hIndex"]
MOST_PAPERS = 100
"""About so many papers one request may ask."""


def _refuse_other_clients(scholar: SemanticScholar) -> None:
    from ..sources.semantic_scholar.client import SemanticScholar

    refuse_other("the client", scholar, SemanticScholar, f"open one of {SemanticScholar.__module__}")


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

    Raises `InputError` when the service knows none of the papers, or the names do not fit together, and `LineageError`
    when it does not answer; see `graph.sources.semantic_scholar.requester`. One request, and one before it if the
    corpus does not know the service's own ids.

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
    """
    lineage = backend.listed
    _refuse_other_clients(scholar)
    refuse_less("top", top, 1, "say how many suggestions")
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
        found = scholar.get_recommended_papers(wanted[0], _FIELDS_OF_PAPERS, limit, pool or "recent")
    else:
        found = scholar.get_recommended_papers_from_lists(wanted, unwanted, _FIELDS_OF_PAPERS, limit)
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
    from ..sources.semantic_scholar.paper_rows import parse_paper

    rows = [_readable(parse_paper, each) for each in records]
    described = [
        DescribedPaper(row.title, row.authors, row.year, row.venue, row.identifiers, row.citation_count)
        for row in rows
        if row is not None and (row.title or row.identifiers)
    ]
    return described, len(rows) - len(described)


def described_authors(here: Answer[AuthorPapers], scholar: SemanticScholar) -> Answer[DescribedAuthors]:
    """Ask for the records of everybody that a name means in a corpus or a store; one request.

    Raises
    ------
    InputError
        When no id is known of anybody who is called so.
    LineageError
        When the service does not answer.
    """
    ids = [each.id for each in here.value.people if each.id is not None]
    if not ids:
        raise InputError(f"no id of {here.value.asked!r} is here", remedy=_FETCH)
    records = _author_records(scholar, ids, _FIELDS_OF_AUTHORS)
    known = tuple(each for each in records.values() if each is not None)
    not_known = tuple(id_ for id_ in ids if records[id_] is None)
    value = DescribedAuthors(here.value, known, not_known, scholar.answered_at[:10])
    return Answer(value, here.lineage, here.remarks)


def affiliations_around(lineage: Lineage, scholar: SemanticScholar) -> Mapping[str, tuple[str, ...]]:
    """Ask where the authors of a list and of its neighbourhood work, by their ids; a thousand a request.

    Those of whom the service does not say are left out. What it says is of today, and not of when a paper was written.
    Raises `InputError` when no id of an author is known, and `LineageError` when the service does not answer.
    """
    papers = map(lineage.paper, neighbourhood(lineage))
    ids = sorted({id_ for paper in papers for id_ in paper.author_ids if id_ is not None})
    if not ids:
        raise InputError("this corpus has no ids of authors", remedy=_FETCH)
    records = _author_records(scholar, ids, ["authorId", "affiliations"])
    return {id_: each.affiliations for id_, each in records.items() if each is not None and each.affiliations}


def _author_records(scholar: SemanticScholar, ids: Sequence[str], fields: list[str]) -> dict[str, AuthorRecord | None]:
    """What the service says of authors, by their ids; None where that is nothing, or cannot be read."""
    from ..sources.semantic_scholar.paper_rows import parse_author

    found = zip(ids, scholar.get_authors(list(ids), fields), strict=True)
    return {id_: None if each is None else _readable(partial(parse_author, id_), each) for id_, each in found}


def passages(
    lineage: Lineage, scholar: SemanticScholar, about: str, keys: Sequence[str], *, top: int = 10
) -> Answer[Passages]:
    """Ask for passages of papers that speak of something.

    Raises `InputError` when `about` has no word, or the service knows none of the papers, and `LineageError` when it
    does not answer. One request, and one before it if the corpus does not know the service's own ids.

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
    """
    from ..sources.semantic_scholar.paper_rows import parse_snippet

    _refuse_other_clients(scholar)
    refuse_less("top", top, 1, "say how many passages")
    refuse_other("about", about, str, "say what the passages must speak of")
    if not words(about):
        raise InputError(f"{about!r} has no word in it", remedy="say what the passages must speak of")
    asked_of = tuple(dict.fromkeys(keys))[:MOST_PAPERS]
    ids = ids_of(lineage, scholar, asked_of)
    if not ids:
        raise InputError("Semantic Scholar knows none of these papers", remedy="ask about others")
    query = " ".join(about.split())
    records = scholar.search_snippet(query, paper_ids=list(ids.values()), limit=top)
    found = [_readable(parse_snippet, each) for each in records]
    read = [replace(each, key=paper_of(lineage, each, asked_of)) for each in found if each is not None]
    said = tuple(replace(each, says_it=speaks_of(each.text, about)) for each in read)
    not_known = tuple(key for key in asked_of if key not in ids)
    return Answer(Passages(query, asked_of, said, not_known, len(found) - len(read), scholar.answered_at[:10]), lineage)


def _readable(parse: Callable[[Any], T], record: Any) -> T | None:
    """What a record of the client says; None where it cannot be read."""
    from ..sources.http.outcomes import Malformed

    try:
        return parse(record.raw_data)
    except Malformed:
        return None
