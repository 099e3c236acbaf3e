"""What to do about an answer, as a value: decide here, obey elsewhere.

.. code-block:: text

    200, and it is what was asked for      Accept
    200 HTML, half an answer, wrong shape  Retry, then Shrink a batch, then GiveUp
    400 response too large, 413            Shrink, the size stays down
    400 No valid paper ids given           Accept: none of them is known
    400 offset + limit must be < 10000     Accept: the wall
    400 unknown fields                     Stop: every request would end so
    400 other                              GiveUp
    401, 403                               Stop: the key, or the country, was refused
    404 {"error": ...}                     Accept: not found
    404 anything else                      Retry, then GiveUp
    408, 429, 5xx, no answer               Retry; 504 asks for less from the third try on
    3xx                                    GiveUp: the key goes to no other host
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import responses as answers
from .endpoints import Request
from .rate_limit import backoff
from .responses import NotFound, OffsetLimit, Value, error_text
from .validation import Malformed

TRIES = 8
"""How often one request is sent before its list counts as failed."""
FEW_TRIES = 6
"""Likewise, for answers that seldom change when asked again."""
TRIES_BEFORE_LESS = 2
"""After so many 504s the page is halved."""
_WALL = re.compile(r"offset \+ limit must be < (\d{1,9})\b")
LONGEST_WAIT = 900.0
"""A longer Retry-After ends the run: nobody waits for it with the program open."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What the service sent. `retry_after` is in seconds, None where it said nothing."""

    status: int
    body: bytes
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class NoResponse:
    """What went wrong instead of an answer; `too_large` when there was one without end."""

    why: str
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """The answer is good: keep it."""

    value: Value


@dataclass(frozen=True, slots=True)
class Retry:
    """Send it again after so many seconds; `slower` when the pace itself was too fast."""

    after: float
    why: str
    slower: bool = False


@dataclass(frozen=True, slots=True)
class Shrink:
    """Ask for less at a time; `lasting` when it is the size itself that was refused."""

    why: str
    lasting: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Leave this request; `outage` when others would fare no better now."""

    why: str
    outage: bool = False


@dataclass(frozen=True, slots=True)
class Abort:
    """End the run: no request can succeed until a person mends it."""

    why: str
    remedy: str


Decision = Accept | Retry | Shrink | GiveUp | Abort


def decide(asked: Request, heard: HttpResponse | NoResponse, *, attempt: int, jitter: float) -> Decision:
    """Decide what to do about one answer.

    Parameters
    ----------
    asked : Request
    heard : HttpResponse or NoResponse
    attempt : int
        Which try this was, from 1.
    jitter : float
        A random number from 0 up to 1, which spreads the waits of many clients.

    Returns
    -------
    Accept, Retry, Shrink, GiveUp or Stop
    """
    turn = _Turn(asked, attempt, jitter)
    if isinstance(heard, NoResponse):
        return turn.less(heard.why, lasting=True) if heard.too_large else turn.again(heard.why, TRIES)
    try:
        return Accept(interpreted(asked, heard.status, heard.body))
    except Malformed as fault:
        if heard.status == 200:
            return _unusable(turn, f"the answer cannot be used: {fault}")
    return _refused(turn, heard, error_text(heard.body))


@dataclass(frozen=True, slots=True)
class _Turn:
    """One try of one request."""

    asked: Request
    attempt: int
    jitter: float

    def again(self, why: str, tries: int, *, slower: bool = False) -> Retry | GiveUp:
        if self.attempt >= tries:
            return GiveUp(f"{why}, {self.attempt} times", outage=True)
        return Retry(backoff(self.attempt, self.jitter), why, slower)

    def less(self, why: str, *, lasting: bool) -> Shrink | GiveUp:
        if self.asked.shrinkable:
            return Shrink(why, lasting)
        return GiveUp(f"{why}, and it cannot be asked for in smaller parts")


def _refused(turn: _Turn, heard: HttpResponse, said: str | None) -> Decision:
    """What to do about an answer with another status than 200 that is not good in itself."""
    why = f"status {heard.status}" + (f" ({said})" if said else "")
    if heard.status in (401, 403):
        return Abort(
            f"Semantic Scholar refused the request: {why}",
            "check the key in S2_API_KEY, or unset it to go on without one; some countries are refused altogether",
        )
    if heard.status in (408, 429) or heard.status >= 500:
        return _busy(turn, heard, why)
    if heard.status == 413 or (said and "exceed maximum size" in said):
        return turn.less(why, lasting=True)
    if said and said.startswith("Unrecognized or unsupported fields"):
        return Abort(f"Semantic Scholar refused the request: {why}", "its fields have changed: report this")
    if heard.status == 404:  # a 404 that is not the application's own says nothing about the paper
        return turn.again(why, FEW_TRIES)
    redirected = ": redirected, and the key goes to no other host" if 300 <= heard.status < 400 else ""
    return GiveUp(why + redirected)


def _busy(turn: _Turn, heard: HttpResponse, why: str) -> Decision:
    if heard.retry_after is not None and heard.retry_after > LONGEST_WAIT:
        return Abort(
            f"Semantic Scholar asks to wait {heard.retry_after / 60:.0f} minutes ({why})",
            "type the same command again then: nothing that was answered is asked again",
        )
    if heard.status == 504 and turn.attempt > TRIES_BEFORE_LESS and turn.asked.shrinkable:
        return Shrink(why, lasting=False)
    tries = FEW_TRIES if heard.status == 500 else TRIES
    again = turn.again(why, tries, slower=heard.status == 429)
    if isinstance(again, Retry) and heard.retry_after is not None:
        return Retry(max(again.after, heard.retry_after), why, again.slower)
    return again


def _unusable(turn: _Turn, why: str) -> Decision:
    if turn.attempt > TRIES_BEFORE_LESS and turn.asked.kind == "papers" and turn.asked.shrinkable:
        return Shrink(why, lasting=False)  # so that one bad paper does not cost the others
    again = turn.again(why, FEW_TRIES)
    return GiveUp(again.why) if isinstance(again, GiveUp) else again


def interpreted(asked: Request, status: int, body: bytes) -> Value:
    """What an answer that was accepted, now or in an earlier run, says.

    Raises
    ------
    Malformed
        When it is not what was asked for.
    """
    if status != 200:
        return _telling_refusal(asked, status, answers.application_error(body) or "")
    match asked.kind:
        case "papers":
            return answers.papers_of(body, len(asked.ids))
        case "match":
            return answers.matched(body)
        case "autocomplete":
            return answers.suggestions(body)
        case "page":
            offset = int(dict(asked.params)["offset"])
            return answers.page(body, "references" if asked.path.endswith("/references") else "citations", offset)


def _telling_refusal(asked: Request, status: int, said: str) -> Value:
    """A refusal of the application's own that answers the question."""
    if status == 404 and said:
        return NotFound(said)
    if status == 400 and asked.kind == "papers" and said.startswith("No valid paper ids"):
        return (None,) * len(asked.ids)
    wall = _WALL.match(said)
    if status == 400 and asked.kind == "page" and wall:
        return OffsetLimit(int(wall[1]))
    raise Malformed(f"status {status}")
