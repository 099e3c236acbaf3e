"""Requests to Semantic Scholar's Graph API; their kinds are "papers", "nested", "page", "match", "autocomplete"."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from ...model.corpus import Direction
from ...model.identifiers import Identifier
from ..http.request import Request

MAX_BATCH = 500
"""The most papers that one batch may name."""
MAX_PAGE = 1000
"""The most rows that one page may hold."""
MIN_PAGE = 25
"""A page of this size that fails is not halved again: its size is not the reason."""
OFFSET_LIMIT = 10_000
"""offset + limit must stay below this, so the last row that can be read is number 9,999."""

MAX_NESTED = 1000
"""The most rows that a list inside a batch may hold."""
NESTED_LIMIT = 9_999
"""The most rows that all lists inside one batch hold together; the rest is left out without a word."""

PAPER_FIELDS = (
    "paperId,corpusId,externalIds,title,year,publicationDate,venue,authors,"
    "referenceCount,citationCount,influentialCitationCount,openAccessPdf"
)
_ROW_FIELDS = "paperId,corpusId,externalIds,title,year,publicationDate,venue,referenceCount,citationCount,authors"
CITATION_FIELDS = f"isInfluential,intents,{_ROW_FIELDS}"
_API_IDS = {
    "arxiv": "ARXIV:{}",
    "doi": "DOI:{}",
    "acl": "ACL:{}",
    "s2": "{}",
    "corpusid": "CorpusId:{}",
    "pmid": "PMID:{}",
    "pmcid": "PMCID:{}",
    "mag": "MAG:{}",
}
MOST_RELIABLE_FIRST = ("s2", "corpusid", "arxiv", "acl", "doi", "pmid", "pmcid", "mag")
"""Schemes by how reliably the service knows them: it lacks the DOIs of many arXiv papers."""


def size_of(request: Request) -> int:
    """The number of papers or rows that a request asks for."""
    return len(request.ids) or int(dict(request.params).get("limit", "1"))


def can_shrink(request: Request) -> bool:
    """Whether a request can be split into smaller ones; a list inside a batch can also be asked for alone."""
    if request.kind == "nested":
        return True
    return size_of(request) > (1 if request.kind == "papers" else MIN_PAGE)


def api_id(identifier: Identifier) -> str:
    """An identifier in the spelling that the API expects.

    >>> api_id(Identifier("arxiv", "1706.03762")), api_id(Identifier("corpusid", "13756489"))
    ('ARXIV:1706.03762', 'CorpusId:13756489')
    """
    return _API_IDS[identifier.scheme].format(identifier.value)


def papers_request(ids: Sequence[str]) -> Request:
    """Ask for the metadata of up to 500 papers at once."""
    return _batch("papers", PAPER_FIELDS, ids)


def nested_request(papers: Sequence[str], direction: Direction) -> Request:
    """Ask for a list of each of up to 500 papers at once, without what is said of the citations themselves.

    `NESTED_LIMIT` says how many rows come; `graph.sources.semantic_scholar.nested_lists` keeps below it.
    """
    of_rows = ",".join(f"{direction}.{name}" for name in _ROW_FIELDS.split(","))
    return _batch("nested", f"paperId,referenceCount,citationCount,{of_rows}", papers)


def nested_direction(request: Request) -> Direction:
    """Which lists a request for lists inside a batch asks for.

    >>> nested_direction(nested_request(["0" * 40], "citations"))
    'citations'
    """
    return "references" if "references.paperId" in dict(request.params)["fields"] else "citations"


def _batch(kind: str, fields: str, ids: Sequence[str]) -> Request:
    if not 0 < len(ids) <= MAX_BATCH:
        raise ValueError(f"a batch names 1 to {MAX_BATCH} papers, not {len(ids)}")
    return Request(kind, "/graph/v1/paper/batch", (("fields", fields),), tuple(ids))


def page_request(
    paper: str, direction: Direction, *, offset: int, limit: int, dates: str | None = None, contexts: bool = False
) -> Request:
    """Ask for one page of a paper's references or citations.

    Raises `ValueError` when the page would go beyond the service's limits, or holds no row.
    """
    if not (offset >= 0 and 0 < limit <= MAX_PAGE and offset + limit < OFFSET_LIMIT):
        raise ValueError(f"the service has no page with offset {offset} and limit {limit}")
    params = [("fields", f"contexts,{CITATION_FIELDS}" if contexts else CITATION_FIELDS)]
    params += [("offset", str(offset)), ("limit", str(limit))]
    if dates:
        params.append(("publicationDateOrYear", dates))
    return Request("page", f"/graph/v1/paper/{quoted(paper)}/{direction}", tuple(params))


def match_request(title: str) -> Request:
    """Ask for the one paper whose title is nearest."""
    return Request("match", "/graph/v1/paper/search/match", (("query", title), ("fields", PAPER_FIELDS)))


def autocomplete_request(title: str) -> Request:
    """Ask for titles that begin like this one, to suggest them."""
    return Request("autocomplete", "/graph/v1/paper/autocomplete", (("query", title[:100]),))


def quoted(paper: str) -> str:
    """An id inside a path: '/' may stay, what would end the path may not.

    >>> quoted("DOI:10.1000/a#b?c d%")
    'DOI:10.1000/a%23b%3Fc%20d%25'
    """
    return quote(paper, safe="/:;()")
