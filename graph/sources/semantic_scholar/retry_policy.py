"""Retry policy: maps a response to an action.

.. code-block:: text

    200, and it answers the request        Accept
    200, but HTML, cut off or malformed    Retry, then Shrink a batch, then GiveUp
    400 response too large, 413            Shrink, permanently
    400 No valid paper ids given           Accept: the service knows none of them
    400 offset + limit must be < 10000     Accept: the list goes no further
    400 unknown fields                     Abort: every request would fail in the same way
    400 other                              GiveUp
    401, 403                               Abort: the key, or the country, was refused
    404 {"error": ...}                     Accept: not found
    404 anything else                      Retry, then GiveUp
    408, 429, 5xx, no response             Retry; a 504 shrinks the request from the third attempt on
    3xx                                    GiveUp: the key goes to no other host

`graph.sources.fetch.client` carries the actions out.
"""

from __future__ import annotations

from dataclasses import dataclass

from .endpoints import Request
from .paper_rows import Malformed
from .rate_limit import backoff
from .responses import ParsedResponse, error_text, parse_response

MAX_ATTEMPTS = 8
"""How often one request is sent before it is given up."""
FEW_ATTEMPTS = 6
"""Likewise, for failures that seldom change when the request is sent again."""
ATTEMPTS_BEFORE_SHRINKING = 2
"""The request becomes smaller after this many attempts."""
MAX_RETRY_AFTER = 900.0
"""A longer Retry-After ends the run: nobody waits for it with the program open."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What the service sent. `retry_after` is in seconds; None where it named no time."""

    status: int
    body: bytes
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class NoResponse:
    """Why no response arrived; `too_large` when it was cut off because of its size."""

    why: str
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """The response answers the request: keep it."""

    value: ParsedResponse


@dataclass(frozen=True, slots=True)
class Retry:
    """Send the request again after this many seconds; `slow_down` when requests were sent too fast."""

    after: float
    why: str
    slow_down: bool = False


@dataclass(frozen=True, slots=True)
class Shrink:
    """Ask for less at a time; `permanent` when the service refuses this size."""

    why: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Leave this request unanswered; `outage` when other requests would fail in the same way now."""

    why: str
    outage: bool = False


@dataclass(frozen=True, slots=True)
class Abort:
    """End the run: no request can succeed until a person does something about it."""

    why: str
    remedy: str


Outcome = Accept | Shrink | GiveUp
"""How a request can end. A crawl sees nothing else."""
Action = Outcome | Retry | Abort


def choose_action(request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float) -> Action:
    """Choose what to do about a response.

    `attempt` is the number of this attempt, from 1; `jitter` is a random number from 0 up to 1, which spreads the waits
    of many clients.
    """
    this = _Attempt(request, attempt, jitter)
    if isinstance(response, NoResponse):
        if response.too_large:
            return this.shrink_or_give_up(response.why)
        return this.retry_or_give_up(response.why, MAX_ATTEMPTS)
    try:
        return Accept(parse_response(request, response.status, response.body))
    except Malformed as fault:
        if response.status == 200:
            return _after_malformed(this, f"the answer cannot be used: {fault}")
    return _after_refusal(this, response)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt at one request."""

    request: Request
    number: int
    jitter: float

    def retry_or_give_up(self, why: str, max_attempts: int, *, slow_down: bool = False) -> Retry | GiveUp:
        if self.number >= max_attempts:
            return GiveUp(f"{why}, {self.number} times", outage=True)
        return Retry(backoff(self.number, self.jitter), why, slow_down)

    def shrink_or_give_up(self, why: str) -> Shrink | GiveUp:
        if self.request.can_shrink:
            return Shrink(why, permanent=True)
        return GiveUp(f"{why}, and the request cannot be made smaller")

    @property
    def may_shrink(self) -> bool:
        """Whether it has failed often enough that a smaller request may succeed instead."""
        return self.number > ATTEMPTS_BEFORE_SHRINKING and self.request.can_shrink


def _after_malformed(attempt: _Attempt, why: str) -> Action:
    if attempt.may_shrink and attempt.request.kind == "papers":
        return Shrink(why, permanent=False)  # so that one bad paper does not cost the others
    action = attempt.retry_or_give_up(why, FEW_ATTEMPTS)
    return GiveUp(action.why) if isinstance(action, GiveUp) else action


def _after_refusal(attempt: _Attempt, response: HttpResponse) -> Action:
    """What to do about a response with another status than 200 that does not answer the request."""
    status, error = response.status, error_text(response.body) or ""
    why = f"status {status} ({error})" if error else f"status {status}"
    if status in (401, 403):
        return Abort(
            f"Semantic Scholar refused the request: {why}",
            "check the key in S2_API_KEY, or unset it to go on without one; some countries are refused altogether",
        )
    if status in (408, 429) or status >= 500:
        return _after_overload(attempt, response, why)
    if status == 413 or "exceed maximum size" in error:
        return attempt.shrink_or_give_up(why)
    if error.startswith("Unrecognized or unsupported fields"):
        return Abort(f"Semantic Scholar refused the request: {why}", "its fields have changed: report this")
    if status == 404:  # a 404 that the application does not report itself says nothing about the paper
        return attempt.retry_or_give_up(why, FEW_ATTEMPTS)
    redirected = ": redirected, and the key goes to no other host" if 300 <= status < 400 else ""
    return GiveUp(why + redirected)


def _after_overload(attempt: _Attempt, response: HttpResponse, why: str) -> Action:
    asked_wait = response.retry_after or 0.0
    if asked_wait > MAX_RETRY_AFTER:
        return Abort(
            f"Semantic Scholar asks to wait {asked_wait / 60:.0f} minutes ({why})",
            "type the same command again then: nothing that was answered is asked again",
        )
    if response.status == 504 and attempt.may_shrink:
        return Shrink(why, permanent=False)
    max_attempts = FEW_ATTEMPTS if response.status == 500 else MAX_ATTEMPTS
    action = attempt.retry_or_give_up(why, max_attempts, slow_down=response.status == 429)
    if isinstance(action, Retry):
        return Retry(max(action.after, asked_wait), why, action.slow_down)
    return action
