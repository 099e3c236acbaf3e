"""What the `semanticscholar` client asks for, as requests of ours, and what the answers mean: pure.

The JSON of an answer is checked for the form that its request must have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from ...errors import InputError
from ...utils.text import clipped
from ..http.outcomes import Abort, Action, Attempt, GiveUp, HttpResponse, Malformed, NoResponse, Reply, Retry, Rules
from ..http.rate_limit import Pace
from ..http.replies import json_of
from ..http.request import Request
from .endpoints import MAX_BATCH, MIN_PAGE, OFFSET_LIMIT, quoted
from .responses import NotFound, application_error
from .retry_policy import action_after
from .service import PACE_WITH_KEY, PACE_WITHOUT_KEY

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


MAX_UNCONNECTED = 3
"""How often a request is sent that gets no answer at all."""
_NONE_VALID = re.compile(r"No valid \w+ ids given")
_RELEASES = "/datasets/v1/release/"
_LISTS = (
    ("data", re.compile(r"/graph/v1/(?:paper/search/(?:match|bulk)|snippet/search)")),
    ("matches", re.compile(r"/graph/v1/paper/autocomplete")),
    ("recommendedPapers", re.compile(r"/recommendations/v1/papers/.*")),
    ("datasets", re.compile(rf"{_RELEASES}[^/]+")),
    ("files", re.compile(rf"{_RELEASES}[^/]+/dataset/[^/]+")),
    ("diffs", re.compile(r"/datasets/v1/diffs/.*")),
)


class BadQuery(GiveUp):
    """The service refuses what was asked for, and says why."""


@dataclass(slots=True)
class ClientRules(Rules[Any]):
    """How to talk with Semantic Scholar for somebody who waits; `retry` False sends each request once.

    Answers are kept as they come: a person asked for these fields, and reads them again.
    """

    has_key: bool
    retry: bool = True

    def pace(self, request: Request, headers: Mapping[str, str]) -> Pace:
        """As for a fetch: one pace for all requests of a key."""
        return PACE_WITH_KEY if self.has_key else PACE_WITHOUT_KEY

    def rows_in(self, value: Any) -> int:
        """How many rows a page or a batch has."""
        rows = value.get("data") if isinstance(value, dict) else value
        return len(rows) if isinstance(rows, list) else 0

    def read(self, request: Request, reply: Reply) -> Any:
        """See `parse_client_answer`."""
        return parse_client_answer(request, reply.status, reply.body)

    def choose_action(
        self, request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float
    ) -> Action[Any]:
        """What to do about a response: see the table of this module."""
        refused = _refused_query(response)
        if refused is not None and not _NONE_VALID.match(refused):
            return BadQuery(refused, lasting=True)
        this = Attempt(request, attempt, jitter, can_be_smaller(request))
        action = action_after(this, response, parse_client_answer)
        if isinstance(action, Abort) and isinstance(response, HttpResponse) and response.status not in (401, 403):
            return GiveUp(f"{action.why}; {action.remedy}", outage=True)  # a long wait is no refusal of the person
        unconnected = isinstance(response, NoResponse) and attempt >= MAX_UNCONNECTED
        if isinstance(action, Retry) and (unconnected or not self.retry):
            return GiveUp(action.why, outage=True)
        return action


def can_be_smaller(request: Request) -> bool:
    """Whether a request can be answered by the answers to two smaller ones."""
    if request.kind == "page":
        return int(dict(request.params)["limit"]) > MIN_PAGE
    return len(request.ids) > 1


def _refused_query(response: HttpResponse | NoResponse) -> str | None:
    """What the service says against the query; None when it is something else, or a matter of size."""
    if isinstance(response, NoResponse) or response.status != 400:
        return None
    error = application_error(response.body)
    return None if error is None or "exceed maximum size" in error else error


def parse_client_answer(request: Request, status: int, body: bytes) -> Any:
    """The JSON that answers a request, or `NotFound`; raises `Malformed` where it does not answer it."""
    if status != 200:
        return _parse_refusal(request, status, application_error(body) or "")
    value = json_of(body, Any)
    if request.ids:
        if not isinstance(value, list) or len(value) != len(request.ids):
            raise Malformed(f"no list of {len(request.ids)} positions")
        if not all(each is None or isinstance(each, dict) for each in value):
            raise Malformed("a position that is no object")
    elif request.path == _RELEASES:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Malformed("no list of releases")
    else:
        _check_object(request, value)
    return value


def list_in_answer(request: Request) -> str | None:
    """The name of the list that the answer to a request is about; None where it is about one paper or author.

    >>> [list_in_answer(Request("single", f"/graph/v1/{path}")) for path in ("snippet/search", "paper/7")]
    ['data', None]
    """
    if request.kind == "page":
        return "data"
    return next((name for name, path in _LISTS if path.fullmatch(request.path)), None)


def _parse_refusal(request: Request, status: int, error: str) -> Any:
    if status == 404 and error:
        return NotFound(error)
    if status == 400 and request.ids and _NONE_VALID.match(error):
        return [None] * len(request.ids)
    raise Malformed(f"status {status}")


def _check_object(request: Request, value: object) -> None:
    """Raise `Malformed` for an answer to another question than this."""
    if not isinstance(value, dict):
        raise Malformed("no object")
    if "error" in value and len(value) == 1:
        raise Malformed(f"an error with status 200: {value['error']!r:.80}")
    if request.kind == "page":
        _check_page(request, value)
        return
    name = list_in_answer(request)
    if name is not None:
        if not isinstance(value.get(name), list):
            raise Malformed(f"no list of {name}")
        _check_token(request, value.get("token"))
    elif not isinstance(value.get("authorId" if request.path.startswith("/graph/v1/author/") else "paperId"), str):
        raise Malformed("an object without its id")


def _check_page(request: Request, value: Mapping[str, Any]) -> None:
    offset, following, rows = int(dict(request.params)["offset"]), value.get("next"), value.get("data")
    if "data" not in value and value.get("total") != 0:
        raise Malformed("a page without data")
    if rows is not None and not isinstance(rows, list):
        raise Malformed("a page whose data is no list")
    if following is not None and (type(following) is not int or following <= offset):
        raise Malformed(f"the page at {offset} is followed by the one at {following!r:.40}")


def _check_token(request: Request, token: object) -> None:
    """Raise `Malformed` for a page of a bulk search that is followed by itself: the client would go on without end."""
    if token is not None and (not isinstance(token, str) or token == dict(request.params).get("token")):
        raise Malformed(f"a page that is followed by itself, or by {token!r:.40}")
