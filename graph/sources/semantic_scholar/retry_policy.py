"""Retry policy: maps a response to an action.

.. code-block:: text

    200, and it answers the request        Accept
    200, but HTML, cut off or malformed    Retry, then Shrink a batch, then GiveUp
    400 of a batch with lists, any other   Shrink, permanently: each list can be asked for alone
    400 response too large, 413            Shrink, permanently
    400 No valid paper ids given           Accept: the service knows none of them
    400 offset + limit must be < 10000     Accept: the list goes no further
    400 unknown fields                     Abort: every request would fail in the same way
    400 other                              GiveUp
    401, 403                               Abort: the key, or the country, was refused
    404 {"error": ...}                     Accept: not found
    404 anything else, 405, 501            Retry, then GiveUp: something else may be at the address
    408, 429, 5xx, no response             Retry; a 504 shrinks the request from the third attempt on
    3xx                                    GiveUp: the key goes to no other host

`graph.sources.http.client` carries the actions out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..http.outcomes import (
    FEW_ATTEMPTS,
    MAX_ATTEMPTS,
    Abort,
    Accept,
    Attempt,
    GiveUp,
    HttpResponse,
    Malformed,
    NoResponse,
    Refusal,
    Shrink,
)
from ..http.outcomes import Action as AnyAction
from ..http.outcomes import Outcome as AnyOutcome
from ..http.replies import after_overload
from ..http.request import Request
from .endpoints import can_shrink
from .responses import ParsedResponse, error_text, parse_response

Outcome = AnyOutcome[ParsedResponse]
"""How a request to Semantic Scholar can end."""
Action = AnyAction[ParsedResponse]
V = TypeVar("V")


def choose_action(request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float) -> Action:
    """Choose what to do about a response.

    `attempt` is the number of this attempt, from 1; `jitter` is a random number from 0 up to 1, which spreads the waits
    of many clients.
    """
    return action_after(Attempt(request, attempt, jitter, can_shrink(request)), response, parse_response)


def action_after(
    attempt: Attempt, response: HttpResponse | NoResponse, read: Callable[[Request, int, bytes], V]
) -> AnyAction[V]:
    """What to do about a response, where `read` takes what it says from a request, a status and a body.

    `read` raises `Malformed` for a response that does not answer the request.
    """
    if isinstance(response, NoResponse):
        if response.too_large:
            return attempt.shrink_or_give_up(response.why)
        return attempt.retry_or_give_up(response.why, MAX_ATTEMPTS)
    try:
        return Accept(read(attempt.request, response.status, response.body))
    except Malformed as fault:
        if response.status == 200:
            return _after_malformed(attempt, f"the answer cannot be used: {fault}")
    return _after_refusal(attempt, response)


def _after_malformed(attempt: Attempt, why: str) -> Refusal:
    if attempt.may_shrink and attempt.request.ids:
        return Shrink(why, permanent=False)  # so that one bad paper does not cost the others
    action = attempt.retry_or_give_up(why, FEW_ATTEMPTS)
    return GiveUp(action.why) if isinstance(action, GiveUp) else action


def _after_refusal(attempt: Attempt, response: HttpResponse) -> Refusal:
    """What to do about a response with another status than 200 that does not answer the request."""
    status, error = response.status, error_text(response.body) or ""
    why = f"status {status} ({error})" if error else f"status {status}"
    if status in (401, 403):
        return Abort(
            f"Semantic Scholar refused the request: {why}",
            "check the key in S2_API_KEY, or unset it to go on without one; some countries are refused altogether",
        )
    if status in (404, 405, 501):  # what the application does not report itself says nothing about the paper
        return attempt.retry_or_give_up(why, FEW_ATTEMPTS, foreign=True)
    if status in (408, 429) or status >= 500:
        return after_overload(attempt, response, why, label="Semantic Scholar", shrinks=(504,))
    if error.startswith("Unrecognized or unsupported fields"):
        return Abort(f"Semantic Scholar refused the request: {why}", "its fields have changed: report this")
    if status == 413 or "exceed maximum size" in error or (status == 400 and attempt.request.kind == "nested"):
        return attempt.shrink_or_give_up(why)
    redirected = ": redirected, and the key goes to no other host" if 300 <= status < 400 else ""
    return GiveUp(why + redirected)
