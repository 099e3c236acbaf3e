"""Gets the outcome of each request: from the log if it is there, else from the service, politely.

The decisions are made in `graph.sources.semantic_scholar.retry_policy`; here they are obeyed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ...errors import LineageError
from ..semantic_scholar.endpoints import Request
from ..semantic_scholar.pagination import Answered, NoResult, Outcome, TooLarge
from ..semantic_scholar.rate_limit import Pace
from ..semantic_scholar.response_cache import CachedResponse, ResponseCache
from ..semantic_scholar.responses import ResultPage
from ..semantic_scholar.retry_policy import (
    Abort,
    Accept,
    GiveUp,
    HttpResponse,
    NoResponse,
    Retry,
    Shrink,
    decide,
    interpreted,
)
from ..semantic_scholar.validation import Malformed
from .crawl import Conversation

T = TypeVar("T")
OUTAGE = 4
"""After so many requests in a row that failed for reasons that concern all, no more are sent."""
NOT_ASKED = "not asked yet"


class FetchStopped(LineageError):
    """The run ended before its work did; what was answered is kept, and the next run goes on from there."""


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    sent: int = 0
    answered: int = 0
    from_log: int = 0
    rows: int = 0
    waiting: str = ""


def drive(conversation: Conversation[T], answer: Callable[[Request], Outcome]) -> T:
    """Hand a conversation its answers until it has what it wants."""
    try:
        request = next(conversation)
        while True:
            request = conversation.send(answer(request))
    except StopIteration as end:
        result: T = end.value
        return result


def from_log(store: ResponseCache, request: Request) -> Outcome | None:
    """The outcome that the log holds, or None when it holds none that can still be read."""
    kept = store.kept(request)
    if kept is None:
        return None
    if kept.verdict != "accept":
        return TooLarge(lasting=kept.verdict == "shrink_lasting")
    try:
        return Answered(interpreted(request, kept.status, kept.body))
    except Malformed:
        return None


class FetchClient:
    """Asks the log, then the service.

    Parameters
    ----------
    store : ResponseCache
    send : callable
        Sends a request once: `Transport.send`.
    pace : Pace
    sleep, clock, random : callable
        Handed in, so that a test decides what time it is.
    progress : callable
        Told the tally after every answer and before every wait.
    """

    def __init__(
        self,
        store: ResponseCache,
        send: Callable[[Request], HttpResponse | NoResponse],
        pace: Pace,
        *,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        random: Callable[[], float],
        progress: Callable[[Tally], None],
    ) -> None:
        self.tally = Tally()
        self.outage: str | None = None
        self._store, self._send, self._pace = store, send, pace
        self._sleep, self._clock, self._random, self._progress = sleep, clock, random, progress
        self._failures = 0

    def __call__(self, request: Request) -> Outcome:
        """The outcome of a request.

        Raises
        ------
        FetchStopped
            When no request can succeed until a person mends something.
        OutputError
            When an answer could not be kept.
        """
        known = from_log(self._store, request)
        if known is not None:
            self.tally.from_log += 1
            self._count(known)
            return known
        if self.outage:
            return NoResult(self.outage)
        outcome = self._asked(request)
        self._count(outcome)
        return outcome

    def _asked(self, request: Request) -> Outcome:
        attempt = 0
        while True:
            attempt += 1
            heard = self._sent(request)
            decision = decide(request, heard, attempt=attempt, jitter=self._random())
            slow = isinstance(decision, Retry) and decision.slower
            self._pace = self._pace.slower() if slow else self._pace.easier()
            match decision:
                case Accept(value):
                    self._keep(request, heard, "accept")
                    self._failures = 0
                    return Answered(value)
                case Shrink(_, lasting):
                    self._keep(request, heard, "shrink_lasting" if lasting else "shrink")
                    return TooLarge(lasting)
                case GiveUp(why, outage):
                    return self._given_up(why, outage=outage)
                case Abort(why, remedy):
                    raise FetchStopped(f"{why}; {remedy}")
                case Retry(after, why, _):
                    self._wait(after, f"{why}; waiting {after:.0f} s")

    def _sent(self, request: Request) -> HttpResponse | NoResponse:
        self._wait(self._pace.wait(self._clock()), "")
        now = self._clock()
        self._store.note_sent(now)
        self._pace = self._pace.sent(now)
        self.tally.sent += 1
        heard = self._send(request)
        self._pace = self._pace.heard(self._clock())
        return heard

    def _wait(self, seconds: float, why: str) -> None:
        self.tally.waiting = why
        if why:
            self._progress(self.tally)
        if seconds > 0:
            self._sleep(seconds)
        self.tally.waiting = ""

    def _keep(self, request: Request, heard: HttpResponse | NoResponse, verdict: str) -> None:
        kept = (
            CachedResponse(verdict, heard.status, heard.body)
            if isinstance(heard, HttpResponse)
            else CachedResponse(verdict, 0, b"")
        )
        at = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._store.keep(request, kept, fetched_at=at)

    def _given_up(self, why: str, *, outage: bool) -> NoResult:
        self._failures = self._failures + 1 if outage else 0
        if self._failures >= OUTAGE:
            self.outage = f"the service had stopped answering ({why})"
        return NoResult(why)

    def _count(self, outcome: Outcome) -> None:
        self.tally.answered += 1
        if isinstance(outcome, Answered) and isinstance(outcome.value, ResultPage) and outcome.value.rows:
            self.tally.rows += len(outcome.value.rows)
        self._progress(self.tally)
