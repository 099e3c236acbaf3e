"""What an answer of OpenAlex means, and what a refusal asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ...utils.decode import decode_json
from ..http.bodies import json_of, text_field
from ..http.outcomes import (
    FEW_ATTEMPTS,
    Abort,
    Action,
    Attempt,
    GiveUp,
    HttpResponse,
    Malformed,
    Shrink,
)
from ..http.redirections import Moved, moved_to
from ..http.request import Request
from ..http.rules import Reply
from ..http.usual import status_text, usual_action
from .requests import LIST, WORK
from .works import Work, parse_work

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
