"""Gets the outcome of each request: from the cache if it is there, else from the service.

`graph.sources.semantic_scholar.retry_policy` chooses what to do about a response; it is done here.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from ...errors import LineageError
from ..semantic_scholar.endpoints import Request
from ..semantic_scholar.paper_rows import Malformed
from ..semantic_scholar.rate_limit import RateLimit
from ..semantic_scholar.response_cache import CachedResponse, ResponseCache, Verdict
from ..semantic_scholar.responses import ResultPage, parse_response
from ..semantic_scholar.retry_policy import (
    Abort,
    Accept,
    GiveUp,
    HttpResponse,
    NoResponse,
    Outcome,
    Retry,
    Shrink,
    choose_action,
)

log = logging.getLogger(__name__)

MAX_FAILURES = 4
"""After this many requests in a row that failed because of an outage, no more are sent."""


class FetchStopped(LineageError):
    """The run ended before it was done; what was answered is kept, and the next run goes on from there."""


@dataclass(slots=True)
class RequestCounts:
    """What a run did so far; `waiting` says why it waits now."""

    sent: int = 0
    answered: int = 0
    from_cache: int = 0
    rows: int = 0
    waiting: str = ""


def cached_outcome(cache: ResponseCache, request: Request) -> Outcome | None:
    """The outcome that the cache holds for a request, or None when it holds none that can still be read."""
    cached = cache.get(request)
    if cached is None:
        return None
    if cached.verdict != "accept":
        return Shrink("too large in an earlier run", permanent=cached.verdict == "shrink_lasting")
    try:
        return Accept(parse_response(request, cached.status, cached.body))
    except Malformed:
        return None


class FetchClient:
    """Gets outcomes from the cache, then from the service by `send`, which sends a request once.

    Once the service has stopped answering, `outage` says why, and nothing more is sent. `progress` is called with the
    counts after every outcome and before every long wait. `sleep`, `clock` and `random` are handed in, so that a test
    decides what time it is.
    """

    def __init__(
        self,
        cache: ResponseCache,
        send: Callable[[Request], HttpResponse | NoResponse],
        rate_limit: RateLimit,
        *,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        random: Callable[[], float],
        progress: Callable[[RequestCounts], None],
    ) -> None:
        self.counts = RequestCounts()
        self.outage: str | None = None
        self._cache, self._send, self._rate_limit = cache, send, rate_limit
        self._sleep, self._clock, self._random, self._progress = sleep, clock, random, progress
        self._failures = 0

    def __call__(self, request: Request) -> Outcome:
        """The outcome of a request.

        Raises `FetchStopped` when no request can succeed until a person does something about it, and `OutputError` when
        a response could not be kept.
        """
        outcome = cached_outcome(self._cache, request)
        if outcome:
            log.debug("%s: in the cache", request)
            self.counts.from_cache += 1
        elif self.outage:
            return GiveUp(self.outage)
        else:
            outcome = self._request(request)
        self._count(outcome)
        return outcome

    def _request(self, request: Request) -> Outcome:
        attempt = 0
        while True:
            attempt += 1
            response = self._send_at_rate_limit(request, attempt)
            action = choose_action(request, response, attempt=attempt, jitter=self._random())
            slow_down = isinstance(action, Retry) and action.slow_down
            self._rate_limit = self._rate_limit.slow_down() if slow_down else self._rate_limit.speed_up()
            match action:
                case Accept():
                    self._keep(request, response, "accept")
                    self._failures = 0
                    return action
                case Shrink(why, permanent):
                    log.info("%s: %s; asking for less", request, why)
                    self._keep(request, response, "shrink_lasting" if permanent else "shrink")
                    return action
                case GiveUp(why, outage):
                    log.info("%s: %s; giving up", request, why)
                    self._note_failure(why, outage=outage)
                    return action
                case Abort(why, remedy):
                    raise FetchStopped(f"{why}; {remedy}")
                case Retry(after, why, _):
                    log.info("%s: %s; waiting %.1f s", request, why, after)
                    self._wait(after, f"{why}; waiting {after:.0f} s")

    def _send_at_rate_limit(self, request: Request, attempt: int) -> HttpResponse | NoResponse:
        wait = self._rate_limit.wait(self._clock())
        self._wait(wait, "")
        sent = self._clock()
        self._cache.note_sent(sent)
        self._rate_limit = self._rate_limit.request_sent(sent)
        self.counts.sent += 1
        response = self._send(request)
        arrived = self._clock()
        self._rate_limit = self._rate_limit.response_arrived(arrived)
        log.info(
            "%s: %s in %.2f s (attempt %d, after a wait of %.1f s)",
            request,
            f"status {response.status}" if isinstance(response, HttpResponse) else response.why,
            arrived - sent,
            attempt,
            wait,
        )
        return response

    def _wait(self, seconds: float, why: str) -> None:
        self.counts.waiting = why
        if why:
            self._progress(self.counts)
        if seconds > 0:
            self._sleep(seconds)

    def _keep(self, request: Request, response: HttpResponse | NoResponse, verdict: Verdict) -> None:
        if isinstance(response, HttpResponse):
            cached = CachedResponse(verdict, response.status, response.body)
        else:
            cached = CachedResponse(verdict, 0, b"")
        now = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC)
        self._cache.put(request, cached, fetched_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _note_failure(self, why: str, *, outage: bool) -> None:
        self._failures = self._failures + 1 if outage else 0
        if self._failures >= MAX_FAILURES:
            self.outage = f"the service had stopped answering ({why})"
            log.info("%s: no more requests are sent", self.outage)

    def _count(self, outcome: Outcome) -> None:
        self.counts.answered += 1
        if isinstance(outcome, Accept) and isinstance(outcome.value, ResultPage) and outcome.value.rows:
            self.counts.rows += len(outcome.value.rows)
        self._progress(self.counts)
