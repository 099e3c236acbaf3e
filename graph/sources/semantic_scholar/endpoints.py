"""Requests to Semantic Scholar's Graph API, as values that compare, sort and fit in a log."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec

from ...model.corpus import Direction
from ...model.identifiers import Identifier

RequestKind = Literal["papers", "page", "match", "autocomplete"]

MAX_BATCH = 500
"""The most papers that one batch may name."""
MAX_PAGE = 1000
"""The most rows that one page may hold."""
MIN_PAGE = 25
"""A page of this size that fails is not halved again: its size is not the reason."""
OFFSET_LIMIT = 10_000
"""offset + limit must stay below this, so the last row that can be read is number 9,999."""

PAPER_FIELDS = (
    "paperId,corpusId,externalIds,title,year,publicationDate,venue,authors,"
    "referenceCount,citationCount,influentialCitationCount,openAccessPdf"
)
CITATION_FIELDS = (
    "isInfluential,intents,paperId,corpusId,externalIds,title,year,publicationDate,venue,"
    "referenceCount,citationCount,authors"
)
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


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `ids` makes it a POST; `params` are the query, in a fixed order."""

    kind: RequestKind
    path: str
    params: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        r"""The request on one line, without the fields that it asks for.

        >>> print(page_request("a" * 40, "references", offset=0, limit=10))
        GET /graph/v1/paper/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/references?offset=0&limit=10
        >>> print(papers_request(["ARXIV:1706.03762"]))
        POST /graph/v1/paper/batch (1 papers)
        """
        query = urlencode([(name, value) for name, value in self.params if name != "fields"])
        papers = f" ({len(self.ids)} papers)" if self.ids else ""
        return f"{self.method} {self.path}{'?' if query else ''}{query}{papers}"

    @property
    def method(self) -> str:
        """GET, or POST when it names papers in its body."""
        return "POST" if self.ids else "GET"

    @property
    def key(self) -> str:
        """A short name that equal requests share, in this run and in the next."""
        parts = [self.method, self.path, [list(each) for each in self.params], list(self.ids)]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]

    @property
    def size(self) -> int:
        """The number of papers or rows that it asks for."""
        return len(self.ids) or int(dict(self.params).get("limit", "1"))

    @property
    def can_shrink(self) -> bool:
        """Whether it can be split into smaller requests."""
        return self.size > (1 if self.kind == "papers" else MIN_PAGE)


def api_id(identifier: Identifier) -> str:
    """An identifier in the spelling that the API expects.

    >>> api_id(Identifier("arxiv", "1706.03762")), api_id(Identifier("corpusid", "13756489"))
    ('ARXIV:1706.03762', 'CorpusId:13756489')
    """
    return _API_IDS[identifier.scheme].format(identifier.value)


def papers_request(ids: Sequence[str]) -> Request:
    """Ask for the metadata of up to 500 papers at once."""
    if not 0 < len(ids) <= MAX_BATCH:
        raise ValueError(f"a batch names 1 to {MAX_BATCH} papers, not {len(ids)}")
    return Request("papers", "/graph/v1/paper/batch", (("fields", PAPER_FIELDS),), tuple(ids))


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
    return Request("page", f"/graph/v1/paper/{_quoted(paper)}/{direction}", tuple(params))


def match_request(title: str) -> Request:
    """Ask for the one paper whose title is nearest."""
    return Request("match", "/graph/v1/paper/search/match", (("query", title), ("fields", PAPER_FIELDS)))


def autocomplete_request(title: str) -> Request:
    """Ask for titles that begin like this one, to suggest them."""
    return Request("autocomplete", "/graph/v1/paper/autocomplete", (("query", title[:100]),))


def _quoted(paper: str) -> str:
    """An id inside a path: '/' may stay, what would end the path may not.

    >>> _quoted("DOI:10.1000/a#b?c d%")
    'DOI:10.1000/a%23b%3Fc%20d%25'
    """
    return quote(paper, safe="/:;()")
