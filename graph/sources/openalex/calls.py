"""Which addresses of OpenAlex to ask, what an answer means, and what a refusal asks for.

One work by its identifier is free, and lists are charged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec

from ...model.identifiers import Identifier
from ...utils.decode import decode_json
from ..http.outcomes import FEW_ATTEMPTS, Abort, Action, Attempt, GiveUp, HttpResponse, Malformed, Reply, Shrink
from ..http.replies import Moved, json_of, moved_to, status_text, text_field, usual_action
from ..http.request import Request
from ..published_versions import is_impostor
from .works import Work, parse_work

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


LABEL = "OpenAlex"
_BUDGET = "OpenAlex's budget of the day is spent; it is renewed at midnight UTC"
_ABSTRACTS = b'"abstract_inverted_index'


@dataclass(frozen=True, slots=True)
class NotKnown:
    """OpenAlex has no such work."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of a list: its works, how many rows could not be read, how many there are, and where the next begins."""

    works: tuple[Work, ...]
    unreadable: int = 0
    count: int | None = None
    cursor: str | None = None


def read(request: Request, reply: Reply) -> Work | WorkPage | NotKnown | Moved:
    """What a reply says; raises `Malformed` where it does not answer the request."""
    moved = moved_to(reply)
    if moved:
        return moved
    if reply.status in (404, 410) and request.kind == WORK:
        return NotKnown()
    if reply.status != 200:
        raise Malformed(f"status {reply.status}")
    answer = json_of(reply.body, dict[str, Any])
    return parse_work(answer) if request.kind == WORK else _page(answer)


def _page(answer: Mapping[str, Any]) -> WorkPage:
    rows, meta = answer.get("results"), answer.get("meta")
    if not isinstance(rows, list):
        raise Malformed("an answer without a list of works")
    works, unreadable = [], 0
    for row in rows:
        try:
            works.append(parse_work(row))
        except Malformed:
            unreadable += 1
    stated = meta if isinstance(meta, dict) else {}
    count, cursor = stated.get("count"), stated.get("next_cursor")
    return WorkPage(
        tuple(works),
        unreadable,
        count if isinstance(count, int) and not isinstance(count, bool) else None,
        cursor if isinstance(cursor, str) and cursor else None,
    )


def after_refusal(attempt: Attempt, response: HttpResponse) -> Action[Any]:
    """What to do about a refusal. There are four kinds of 429, of which two must not be sent again."""
    status, why = response.status, status_text(response)
    error, message = text_field(response.body, "error") or "", text_field(response.body, "message") or ""
    if status == 401:
        return Abort(f"OpenAlex refused the key: {why}", "check OPENALEX_API_KEY, or unset it to go on without a key")
    if "is not a valid select field" in message:
        return Shrink(why, permanent=True)  # asked for again with all of its fields
    if status == 400 or (status == 403 and error):  # the edge said 403 for some of these before 2025
        return GiveUp(why, lasting=True)
    if status == 429:
        return _after_429(attempt, response, error, message, why)
    if status == 504:
        return Shrink(why, permanent=False) if attempt.can_shrink else attempt.retry_or_give_up(why, FEW_ATTEMPTS)
    remedy = "leave openalex out of --from to go on without it"
    return usual_action(attempt, response, label=LABEL, remedy=remedy)


def _after_429(attempt: Attempt, response: HttpResponse, error: str, message: str, why: str) -> Action[Any]:
    if error.startswith("Plan upgrade required"):
        return GiveUp(f"{why}; this needs a plan that is paid for", lasting=True)
    if message.startswith("Insufficient budget") or _is_spent(response.headers):
        return GiveUp(_BUDGET, closes=(LIST, attempt.request.kind))
    return usual_action(attempt, response, label=LABEL)


def _is_spent(headers: Mapping[str, str]) -> bool:
    """Whether fewer credits remain than the request takes; False where the headers do not say so."""
    left, once, taken = (
        _number(headers.get(f"x-ratelimit-{name}")) for name in ("remaining", "onetime-remaining", "credits-required")
    )
    return left is not None and taken is not None and left + (once or 0.0) < taken


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


def kept(body: bytes) -> bytes:
    """The body without abstracts, should a service send them unasked; one that has none is kept as it came."""
    if _ABSTRACTS not in body:
        return body
    try:
        answer = decode_json(body, dict[str, Any])
    except ValueError:
        return body
    rows = answer.get("results")
    for work in (answer, *(rows if isinstance(rows, list) else ())):
        if isinstance(work, dict):
            for name in [each for each in work if each.startswith("abstract_inverted_index")]:
                del work[name]
    return msgspec.json.encode(answer)


def rows_in(value: object) -> int:
    """How many rows of lists a value holds."""
    return len(value.works) if isinstance(value, WorkPage) else 0
