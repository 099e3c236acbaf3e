"""How the replies of any service are read: their JSON, which is not trusted, redirections, and the usual refusals.

What is done about a refusal where a service has no rule of its own:

.. code-block:: text

    401                          Abort: the key was refused
    403                          Abort: this service lets us in no more
    408, 504                     Retry, then Shrink, then GiveUp
    413, 414                     Shrink, permanently
    429                          Retry more slowly; GiveUp, and send nothing more, where it asks for a long wait
    5xx, no response             Retry, then GiveUp
    404, other 4xx, 3xx          GiveUp, for good
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from ...utils.decode import converted, decode_json
from ...utils.text import clipped, for_terminal
from .outcomes import (
    FEW_ATTEMPTS,
    MAX_ATTEMPTS,
    MAX_RETRY_AFTER,
    Abort,
    Accept,
    Attempt,
    GiveUp,
    HttpResponse,
    Malformed,
    Outcome,
    Refusal,
    Reply,
    Shrink,
)
from .request import Request

T = TypeVar("T")
Asking = Generator[Request, Outcome[Any], T]
"""Yields requests, is sent their outcomes, and returns what they say."""


def json_of(body: bytes, kind: type[T]) -> T:
    """The JSON of a response; HTML, half a response, NaN, lone surrogates and endless nesting are refused.

    Raises `Malformed` for anything that is not JSON of this type.
    """
    try:
        return decode_json(body, kind)
    except ValueError as fault:
        raise Malformed(f"not the expected JSON ({fault}); it starts {beginning(body, 40)!r}") from None


def value_of(row: object, kind: type[T]) -> T:
    """A part of an answer as a value of this type; raises `Malformed` for one of another, which the message names."""
    try:
        return converted(row, kind)
    except ValueError as fault:
        raise Malformed(str(fault)) from None


def beginning(body: bytes, most: int = 200) -> str:
    """How a body begins, for a message: errors come as HTML, as plain text, and as text that is labelled JSON."""
    return for_terminal(body[:most].decode("utf-8", "replace").strip())


def text_field(body: bytes, name: str) -> str | None:
    """A text field of a JSON object, for a message; None for any other body."""
    try:
        text = json_of(body, dict[str, Any]).get(name)
    except Malformed:
        return None
    return clipped(for_terminal(text), 300) if isinstance(text, str) else None


MOST_REDIRECTIONS = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """The service answers this request at another of its addresses: a merged record, or another spelling of an id."""

    path: str
    params: tuple[tuple[str, str], ...]


def moved_to(reply: Reply) -> Moved | None:
    """Where a reply redirects to on the same service; None for any other reply.

    >>> moved_to(Reply(301, b"", "/works/W7?select=id,doi"))
    Moved(path='/works/W7', params=(('select', 'id,doi'),))
    """
    if reply.status not in (301, 302, 303, 307, 308) or not reply.location:
        return None
    parts = urlsplit(reply.location)
    return Moved(parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True)))


def asked(request: Request) -> Asking[Outcome[Any]]:
    """The outcome of a request, following redirections on the same service: ``yield from asked(request)``."""
    for _ in range(MOST_REDIRECTIONS + 1):
        outcome = yield request
        if not (isinstance(outcome, Accept) and isinstance(outcome.value, Moved)):
            return outcome
        request = Request(request.kind, outcome.value.path, outcome.value.params)
    return GiveUp("it redirects in a circle", lasting=True)


def asked_in_batches(
    batches: Iterable[Sequence[T]], request_for: Callable[[Sequence[T]], Request]
) -> Asking[list[tuple[Sequence[T], Outcome[Any]]]]:
    """Every batch with its outcome, in their order; one that is too large stands as its halves: ``yield from`` it."""
    waiting = deque(batches)
    answered = []
    while waiting:
        batch = waiting.popleft()
        outcome = yield from asked(request_for(batch))
        if isinstance(outcome, Shrink) and len(batch) > 1:
            middle = len(batch) // 2
            waiting.extendleft((batch[middle:], batch[:middle]))
        else:
            answered.append((batch, outcome))
    return answered


def usual_action(attempt: Attempt, response: HttpResponse, *, label: str, remedy: str = "") -> Refusal:
    """What to do about a response that does not answer the request.

    `label` names the service, and `remedy` says what a person can do about its key or address.
    """
    status, why = response.status, status_text(response)
    if status in (401, 403):
        return Abort(
            f"{label} refused the request: {why}", remedy or f"leave {label} out of --from to go on without it"
        )
    if status in (413, 414):
        return attempt.shrink_or_give_up(why)
    if status not in (408, 429) and status < 500:
        return GiveUp(why, lasting=True)
    return after_overload(attempt, response, why, label=label, shrinks=(408, 504))


def after_overload(
    attempt: Attempt, response: HttpResponse, why: str, *, label: str, shrinks: Collection[int]
) -> Refusal:
    """What to do about a service that has too much to do; a status of `shrinks` may have been too large a request."""
    status, asked_wait = response.status, response.retry_after or 0.0
    if asked_wait > MAX_RETRY_AFTER:
        return Abort(
            f"{label} asks to wait {asked_wait / 60:.0f} minutes ({why})",
            "type the same command again then: nothing that was answered is asked again",
        )
    if status in shrinks and attempt.may_shrink:
        return Shrink(why, permanent=False)
    most = FEW_ATTEMPTS if status == 500 else MAX_ATTEMPTS
    return attempt.retry_or_give_up(why, most, slow_down=status == 429, at_least=asked_wait)


def status_text(response: HttpResponse) -> str:
    """The status and how the body begins, in one line.

    >>> status_text(HttpResponse(404, b"Resource not found."))
    'status 404 (Resource not found.)'
    """
    text = " ".join(beginning(response.body).split())
    return f"status {response.status} ({text})" if text else f"status {response.status}"
