"""What an answer of OpenCitations means, and what a refusal asks for. Its refusals are text that is labelled JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...model.identifiers import Identifier
from ..http.bodies import json_of
from ..http.outcomes import Abort, Action, Attempt, GiveUp, HttpResponse, Malformed
from ..http.redirections import Moved, moved_to
from ..http.request import Request
from ..http.rules import Reply
from ..http.usual import status_text, usual_action
from .lists import Answer
from .requests import KNOWN
from .rows import identifiers_of, parse_rows

LABEL = "OpenCitations"
_TIMES_AFTER_A_TIMEOUT = 2


@dataclass(frozen=True, slots=True)
class KnownWorks:
    """The works that Meta knows, of those that it was asked for, each by its identifiers."""

    works: tuple[tuple[Identifier, ...], ...]


def read(request: Request, reply: Reply) -> Answer | KnownWorks | Moved:
    """What a reply says; raises `Malformed` where it does not answer the request."""
    moved = moved_to(reply)
    if moved:
        return moved
    if reply.status != 200:
        raise Malformed(f"status {reply.status}")
    rows = json_of(reply.body, list[Any])
    if request.kind == KNOWN:
        fields = (row.get("id") for row in rows if isinstance(row, dict))
        return KnownWorks(tuple(filter(None, (identifiers_of(each) for each in fields if isinstance(each, str)))))
    return Answer(*parse_rows(rows))


def after_refusal(attempt: Attempt, response: HttpResponse) -> Action[Any]:
    """What to do about a refusal."""
    status, why = response.status, status_text(response)
    if status in (401, 403):
        remedy = "check OPENCITATIONS_TOKEN, or unset it to go on without a token"
        return Abort(f"OpenCitations refused the token: {why}", remedy)
    if status == 408:
        if attempt.number >= _TIMES_AFTER_A_TIMEOUT:
            return GiveUp(why)
        return attempt.retry_or_give_up(why)
    return usual_action(attempt, response, label=LABEL)


def rows_in(value: object) -> int:
    """How many rows of lists a value holds."""
    return len(value.rows) if isinstance(value, Answer) else 0
