"""What can be asked of Semantic Scholar, as values that compare, sort and fit in a log."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import msgspec

from ...model.corpus import Direction
from ...model.identifiers import Identifier

Kind = Literal["papers", "page", "match", "autocomplete"]

BATCH = 500
"""The most papers that one batch may name."""
PAGE = 1000
"""The most rows that one page may hold."""
WALL = 10_000
"""offset + limit must stay below this, so the last row that can be had is number 9,999."""
SMALLEST_PAGE = 25
"""A page this small is not halved again: the fault is elsewhere."""

PAPER_FIELDS = (
    "paperId,corpusId,externalIds,title,year,publicationDate,venue,authors,"
    "referenceCount,citationCount,influentialCitationCount,openAccessPdf"
)
EDGE_FIELDS = (
    "isInfluential,intents,paperId,corpusId,externalIds,title,year,publicationDate,venue,"
    "referenceCount,citationCount,authors"
)
_FORMS = {"arxiv": "ARXIV:{}", "doi": "DOI:{}", "acl": "ACL:{}", "s2": "{}", "corpusid": "CorpusId:{}"}
SURE_FIRST = ("s2", "corpusid", "arxiv", "acl", "doi")
"""Schemes by how surely the service knows them: many arXiv records lack the DOI that names them."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `ids` makes it a POST; `params` are the query, in one order."""

    kind: Kind
    path: str
    params: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        """GET, or POST when it names papers in its body."""
        return "POST" if self.ids else "GET"

    @property
    def key(self) -> str:
        """A short name that equal questions share, in this run and in the next."""
        parts = [self.method, self.path, [list(each) for each in self.params], list(self.ids)]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]

    @property
    def size(self) -> int:
        """How many papers or rows it asks for."""
        return len(self.ids) or int(dict(self.params).get("limit", "1"))

    @property
    def shrinkable(self) -> bool:
        """Whether asking for less could help."""
        return self.size > (1 if self.kind == "papers" else SMALLEST_PAGE) and self.kind in ("papers", "page")


def form_of(each: Identifier) -> str:
    """An identifier as the service wants it.

    >>> form_of(Identifier("arxiv", "1706.03762")), form_of(Identifier("corpusid", "13756489"))
    ('ARXIV:1706.03762', 'CorpusId:13756489')
    """
    return _FORMS[each.scheme].format(each.value)


def papers_request(ids: Sequence[str]) -> Request:
    """Ask for the metadata of up to 500 papers at once."""
    if not 0 < len(ids) <= BATCH:
        raise ValueError(f"a batch names 1 to {BATCH} papers, not {len(ids)}")
    return Request("papers", "/graph/v1/paper/batch", (("fields", PAPER_FIELDS),), tuple(ids))


def page_request(
    paper: str, direction: Direction, *, offset: int, limit: int, window: str | None = None, contexts: bool = False
) -> Request:
    """Ask for one page of a paper's references or citations.

    Raises
    ------
    ValueError
        When the page would pass the service's wall, or holds no row.
    """
    if not (offset >= 0 and 0 < limit <= PAGE and offset + limit < WALL):
        raise ValueError(f"offset {offset} and limit {limit} are not a page that can be asked for")
    params = [("fields", f"contexts,{EDGE_FIELDS}" if contexts else EDGE_FIELDS)]
    params += [("offset", str(offset)), ("limit", str(limit))]
    if window:
        params.append(("publicationDateOrYear", window))
    return Request("page", f"/graph/v1/paper/{_quoted(paper)}/{direction}", tuple(params))


def match_request(title: str) -> Request:
    """Ask for the one paper whose title is nearest."""
    return Request("match", "/graph/v1/paper/search/match", (("query", title), ("fields", PAPER_FIELDS)))


def autocomplete_request(title: str) -> Request:
    """Ask for papers that a title could be the start of: for suggestions only."""
    return Request("autocomplete", "/graph/v1/paper/autocomplete", (("query", title[:100]),))


def _quoted(paper: str) -> str:
    """An id inside a path: '/' may stay, what would end the path may not.

    >>> _quoted("DOI:10.1000/a#b?c d%")
    'DOI:10.1000/a%23b%3Fc%20d%25'
    """
    return quote(paper, safe="/:;()")
