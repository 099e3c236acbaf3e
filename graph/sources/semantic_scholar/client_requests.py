"""What the `semanticscholar` client asks for, as requests of ours: pure.

The client hands over an address, the text of a query whose values it does not encode, and a body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from ...errors import InputError
from ...utils.text import clipped
from ..http.request import Request
from .endpoints import MAX_BATCH, OFFSET_LIMIT, quoted

MAX_AUTHORS = 1000
"""The most authors that one batch may name."""
SEARCH_LIMIT = 1000
"""offset + limit of a search by relevance must stay below this."""
_NO_ID = re.compile(r"/(?:paper|author|forpaper)/(?:None|\s*|(?:%20)*)(?:/|$)|/\.{1,2}(?:/|$)")
"""An id that is empty, or that leads to another address: servers resolve ".." in a path."""
_WITHOUT_PAGES = ("/paper/search/match", "/paper/search/bulk")
_UNPAGED = ("offset", "limit")


def encoded(text: object) -> str:
    """A value as the client can put it into a query, which it does not encode itself.

    >>> encoded("Q&A: 100 % of c++")
    'Q%26A%3A%20100%20%25%20of%20c%2B%2B'
    """
    try:
        return quote(str(text), safe="")
    except UnicodeEncodeError:
        what = f"{clipped(str(text), 80)!r} is no text that can be sent"
        raise InputError(what, remedy="write it in Unicode") from None


def client_request(base_url: str, url: str, parameters: str, payload: Mapping[str, Any] | None = None) -> Request:
    """The request for what the client hands over.

    `parameters` is a query like ``&fields=title&limit=10``; the values of a user are in the form of `encoded`. Raises
    `InputError` for ids that are no texts.

    >>> request = client_request("http://s2", "http://s2/graph/v1/paper/DOI:10.1/a#b", "&fields=title,year")
    >>> print(request, request.params)
    GET /graph/v1/paper/DOI:10.1/a%23b (('fields', 'title,year'),)
    """
    try:
        path = quoted(url.removeprefix(base_url))
    except UnicodeEncodeError:
        raise InputError(f"{url[-80:]!r} is no id", remedy="write it as the service shows it") from None
    if _NO_ID.search(path):
        raise InputError(f"{path[-80:]!r} names no paper or author", remedy="give an id as the service shows it")
    params = tuple(_parameter(each) for each in parameters.split("&") if each)
    if path.endswith(_WITHOUT_PAGES):
        params = tuple(each for each in params if each[0] not in _UNPAGED)
    if payload is None:
        paged = {"offset", "limit"} <= dict(params).keys()
        return Request("page" if paged else "single", path, params)
    if "ids" in payload:
        return Request("papers", path, params, _ids(payload["ids"]))
    return Request("single", path, params, lists=tuple((name, _ids(ids or ())) for name, ids in payload.items()))


def _parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value if name == "token" else unquote(value)  # a token is the service's own, and never encoded


def _ids(ids: Sequence[object]) -> tuple[str, ...]:
    if isinstance(ids, str):
        what = f"{clipped(ids, 80)!r} is one text, and several ids are asked for"
        raise InputError(what, remedy="give a list of texts")
    for each in ids:
        if not isinstance(each, str) or not each.strip() or re.search("[\ud800-\udfff]", each):
            raise InputError(f"{each!r} is not the id of a paper or an author", remedy="give ids as texts")
    return tuple(map(str, ids))


def batches(request: Request) -> list[Request]:
    """A request for many papers or authors, in parts that the service takes."""
    most = MAX_AUTHORS if request.path.endswith("/author/batch") else MAX_BATCH
    return [replace(request, ids=request.ids[n : n + most]) for n in range(0, len(request.ids), most)]


def halves(request: Request) -> tuple[Request, Request]:
    """A request for several papers or authors in two parts."""
    middle = len(request.ids) // 2
    return replace(request, ids=request.ids[:middle]), replace(request, ids=request.ids[middle:])


def place_of(request: Request) -> tuple[int, int]:
    """The offset of a page, and how many rows of it the service gives: none beyond the last that it lists."""
    params = dict(request.params)
    offset, limit = int(params["offset"]), int(params["limit"])
    wall = SEARCH_LIMIT if request.path.endswith("/search") else OFFSET_LIMIT
    return offset, min(limit, wall - 1 - offset)


def at_place(request: Request, offset: int, limit: int) -> Request:
    """The same request for other rows."""
    there = {"offset": str(offset), "limit": str(limit)}
    return replace(request, params=tuple((name, there.get(name, value)) for name, value in request.params))
