"""What an answer to the `semanticscholar` client means: its JSON, checked for the form that its request must have.

.. code-block:: text

    200, and of the form of the request    the JSON
    200, but HTML, cut off, or another     Retry, then GiveUp: never an empty paper
    400 No valid ids given                 none of them is known
    400 about the query                    BadQuery: a person can mend it
    404 {"error": ...}                     not found
    no connection                          GiveUp after a few seconds: somebody waits for the answer

Everything else is decided as for a fetch: `graph.sources.semantic_scholar.retry_policy`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..http.bodies import json_of
from ..http.outcomes import Abort, Action, Attempt, GiveUp, HttpResponse, Malformed, NoResponse, Retry
from ..http.rate_limit import Pace
from ..http.request import Request
from ..http.rules import Reply
from .endpoints import MIN_PAGE
from .responses import NotFound, application_error
from .retry_policy import action_after
from .service import PACE_WITH_KEY, PACE_WITHOUT_KEY

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
class ClientRules:
    """How to talk with Semantic Scholar for somebody who waits; `retry` False sends each request once."""

    has_key: bool
    retry: bool = True

    def pace(self, request: Request, headers: Mapping[str, str]) -> Pace:
        """As for a fetch: one pace for all requests of a key."""
        return PACE_WITH_KEY if self.has_key else PACE_WITHOUT_KEY

    def kept(self, body: bytes) -> bytes:
        """As it came: a person asked for these fields, and reads them again."""
        return body

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
