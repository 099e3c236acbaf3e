"""Which addresses of OpenAlex to ask: one work by its identifier, which is free, and lists, which are charged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from ...model.identifiers import Identifier
from ..http.request import Request
from ..published_versions import is_impostor

WORK, LIST = "work", "list"
"""The kinds of calls: one work by its identifier costs nothing, a page of a list a ten-thousandth of a dollar."""
MAX_VALUES = 100
"""The most values of a filter, and the most works on a page."""
MIN_PAGE = 25
"""A page of this size that fails is not halved again: its size is not the reason."""
_ROW = "id,doi,title,publication_year,publication_date,type,ids,authorships,primary_location,locations"
_SELECT = f"{_ROW},referenced_works,referenced_works_count,cited_by_count"
_NOT_THERE = "10.48550/"
"""OpenAlex removed the DOIs of arXiv: they lead to nothing, or to a stub."""
_SCHEMES = ("doi", "pmid", "pmcid", "openalex")


def asked_by(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """By which identifiers of a paper to ask, the most reliable first: its ids are sometimes those of another paper.

    >>> asked_by([Identifier("openalex", "W7"), Identifier("doi", "10.48550/arxiv.1706.03762")])
    (Identifier(scheme='openalex', value='W7'),)
    """
    askable = {each for each in identifiers if each.scheme in _SCHEMES and not is_impostor(each)}
    kept = (each for each in askable if not each.value.startswith(_NOT_THERE))
    return tuple(sorted(kept, key=lambda each: (_SCHEMES.index(each.scheme), each.value)))


def work_request(identifier: Identifier, *, whole: bool = False) -> Request:
    """Ask for one work. Free are only paths whose last part begins with the scheme, so a DOI has no slash there.

    `whole` asks for all of its fields, should the service not know one of those that are needed any more.

    >>> print(work_request(Identifier("doi", "10.1023/a:1007154515475")))
    GET /works/doi:10.1023%2Fa:1007154515475
    """
    value = quote(identifier.value, safe=":;()")
    scheme = "" if identifier.scheme == "openalex" else f"{identifier.scheme}:"
    return Request(
        WORK, f"/works/{scheme}{'PMC' * (identifier.scheme == 'pmcid')}{value}", _selected(_SELECT, whole=whole)
    )


def works_request(ids: Sequence[str], *, whole: bool = False) -> Request:
    """Ask for up to 100 works by their ids at OpenAlex; those that it has no more do not come back."""
    if not 0 < len(ids) <= MAX_VALUES:
        raise ValueError(f"a filter has 1 to {MAX_VALUES} values, not {len(ids)}")
    params = (("filter", f"openalex:{'|'.join(ids)}"), *_selected(_ROW, whole=whole), ("per_page", str(MAX_VALUES)))
    return Request(LIST, "/works", params)


def citing_request(work: str, *, cursor: str, limit: int = MAX_VALUES, whole: bool = False) -> Request:
    """Ask for a page of the works that cite one; the first has the cursor "*"."""
    page = (("per_page", str(limit)), ("cursor", cursor))
    return Request(LIST, "/works", (("filter", f"cites:{work}"), *_selected(_ROW, whole=whole), *page))


def _selected(fields: str, *, whole: bool) -> tuple[tuple[str, str], ...]:
    return () if whole else (("select", fields),)


def ids_of(request: Request) -> tuple[str, ...]:
    """The ids that a request of `works_request` names; none of another request."""
    named = dict(request.params).get("filter", "")
    return tuple(named.removeprefix("openalex:").split("|")) if named.startswith("openalex:") else ()


def can_shrink(request: Request) -> bool:
    """Whether a list can be asked for with less."""
    if request.kind != LIST:
        return False
    ids = ids_of(request)
    return len(ids) > 1 if ids else int(dict(request.params).get("per_page", "0")) > MIN_PAGE
