"""Gets the outcome of each request: from the cache if it is there, else from the service.

The rules of the service choose what to do about a response; it is done here.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from random import random
from typing import Generic, Protocol, TypeVar

from ...errors import LineageError
from .outcomes import (
    Abort,
    Accept,
    Action,
    GiveUp,
    HttpResponse,
    Malformed,
    NoResponse,
    Outcome,
    Reply,
    Retry,
    Rules,
    Shrink,
)
from .rate_limit import RateLimit
from .request import Request
from .response_cache import CachedResponse, Verdict

T = TypeVar("T")
V = TypeVar("V")
log = logging.getLogger(__name__)

MAX_FAILURES = 4
"""After this many requests in a row that failed because of an outage, no more are sent."""
ATTEMPTS_TO_CONNECT = 2
"""A run that has not reached the service at all tries so often, and then says so instead of waiting on."""


class FetchStopped(LineageError):
    """The run ended before it was done; what was answered is kept, and the next run goes on from there."""


class Unreachable(FetchStopped):
    """The service was not reached at all: there is no connection, or something else is at its address."""


@dataclass(slots=True)
class RequestCounts:
    """What a run did so far; `waiting` says why it waits now."""

    sent: int = 0
    answered: int = 0
    from_cache: int = 0
    rows: int = 0
    waiting: str = ""


class Answers(Protocol):
    """Where responses are kept: a `graph.sources.http.response_cache.ResponseCache`, or what stands before one."""

    @property
    def last_sent(self) -> float | None:
        """When a request was last sent."""

    def note_sent(self, now: float) -> None:
        """Remember when a request was sent."""

    def get(self, request: Request) -> CachedResponse | None:
        """The response to a request, or None when there is none."""

    def put(self, request: Request, response: CachedResponse, *, fetched_at: str) -> None:
        """Keep a response."""


def cached_outcome(cache: Answers, request: Request, rules: Rules[V]) -> Outcome[V] | None:
    """The outcome that the cache holds for a request, or None when it holds none that can still be read."""
    cached = cache.get(request)
    if cached is None:
        return None
    if cached.verdict != "accept":
        return Shrink("too large in an earlier run", permanent=cached.verdict == "shrink_lasting")
    try:
        return Accept(rules.read(request, Reply(cached.status, cached.body, cached.location)))
    except Malformed:
        return None


def run_crawl(crawl: Generator[Request, Outcome[V], T], get_outcome: Callable[[Request], Outcome[V]]) -> T:
    """Get the outcome of every request that a generator yields, until it has its result."""
    try:
        request = next(crawl)
        while True:
            request = crawl.send(get_outcome(request))
    except StopIteration as end:
        result: T = end.value
        return result


class FetchClient(Generic[V]):
    """Gets outcomes from the cache, then from the service by `send`, which sends a request once.

    Once the service has stopped answering, `outage` says why, and nothing more is sent; the day's budget may also be
    spent for some kinds of requests alone. A service that is not `needed` may refuse everything: that is an outage of
    it, and not the end of the run. `counts` may be shared with other clients. `progress` is called with the counts
    after every outcome and before every long wait. With `most_sent` no request is sent beyond that number.
    `sleep`, `clock` and `random` are handed in, so that a test decides what time it is.
    """

    def __init__(
        self,
        cache: Answers,
        send: Callable[[Request], HttpResponse | NoResponse],
        rules: Rules[V],
        *,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        progress: Callable[[RequestCounts], None] | None = None,
        random: Callable[[], float] = random,
        needed: bool = True,
        counts: RequestCounts | None = None,
        most_sent: int | None = None,
    ) -> None:
        self.counts = RequestCounts() if counts is None else counts
        self.outage: str | None = None
        self._cache, self._send, self._rules, self._needed = cache, send, rules, needed
        self._sleep, self._clock, self._random = sleep, clock, random
        self._progress = progress or (lambda _counts: None)
        self._failures = 0
        self._most_sent, self._heard = most_sent, False
        self._rate_limit: RateLimit | None = None
        self._headers: dict[str, Mapping[str, str]] = {}
        self._closed: dict[str, str] = {}

    def __call__(self, request: Request) -> Outcome[V]:
        """The outcome of a request.

        Raises `FetchStopped` when no request can succeed until a person does something about it, and `OutputError` when
        a response could not be kept.
        """
        outcome = cached_outcome(self._cache, request, self._rules)
        if outcome:
            log.debug("%s: in the cache", request)
            self.counts.from_cache += 1
        elif self.outage:
            return GiveUp(self.outage)
        elif request.kind in self._closed:
            return GiveUp(self._closed[request.kind], closes=(request.kind,))
        else:
            outcome = self._request(request)
        self._count(outcome)
        return outcome

    def _request(self, request: Request) -> Outcome[V]:
        attempt = 0
        while True:
            attempt += 1
            if self._most_sent is not None and self.counts.sent >= self._most_sent:
                return GiveUp(f"{self._most_sent} requests were sent, and no more were allowed")
            response = self._send_at_rate_limit(request, attempt)
            action = self._choose_action(request, response, attempt)
            limit = self._limit_for(request)
            slow_down = isinstance(action, Retry) and action.slow_down
            self._rate_limit = limit.slow_down() if slow_down else limit.speed_up()
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
                    self._closed |= dict.fromkeys(action.closes, why)
                    return action
                case Abort(why, remedy, unreachable) if self._needed:
                    raise (Unreachable if unreachable else FetchStopped)(f"{why}; {remedy}")
                case Abort(why, remedy):
                    self.outage = f"{why}; {remedy}"
                    return GiveUp(self.outage)
                case Retry(after, why):
                    log.info("%s: %s; waiting %.1f s", request, why, after)
                    self._wait(after, f"{why}; waiting {after:.0f} s")

    def _choose_action(self, request: Request, response: HttpResponse | NoResponse, attempt: int) -> Action[V]:
        action = self._rules.choose_action(request, response, attempt=attempt, jitter=self._random())
        foreign = isinstance(action, Retry) and action.foreign
        unreachable = isinstance(response, NoResponse) and response.unreachable
        if (foreign or unreachable) and not self._heard and attempt >= ATTEMPTS_TO_CONNECT:
            return Abort(*_unreached(response, attempt), unreachable=True)
        self._heard |= isinstance(response, HttpResponse) and not foreign
        return action

    def _send_at_rate_limit(self, request: Request, attempt: int) -> HttpResponse | NoResponse:
        limit = self._limit_for(request)
        wait = limit.wait(self._clock())
        self._wait(wait, "")
        sent = self._clock()
        self._cache.note_sent(sent)
        self.counts.sent += 1
        response = self._send(request)
        arrived = self._clock()
        self._rate_limit = limit.request_sent(sent).response_arrived(arrived)
        if isinstance(response, HttpResponse):
            self._headers[request.kind] = response.headers
        log.info(
            "%s: %s in %.2f s (attempt %d, after a wait of %.1f s)",
            request,
            f"status {response.status}" if isinstance(response, HttpResponse) else response.why,
            arrived - sent,
            attempt,
            wait,
        )
        return response

    def _limit_for(self, request: Request) -> RateLimit:
        pace = self._rules.pace(request, self._headers.get(request.kind, {}))
        return self._rate_limit.at(pace) if self._rate_limit else RateLimit.start(pace, last_sent=self._cache.last_sent)

    def _wait(self, seconds: float, why: str) -> None:
        self.counts.waiting = why
        if why:
            self._progress(self.counts)
        if seconds > 0:
            self._sleep(seconds)

    def _keep(self, request: Request, response: HttpResponse | NoResponse, verdict: Verdict) -> None:
        if isinstance(response, HttpResponse):
            cached = CachedResponse(verdict, response.status, self._rules.kept(response.body), response.location)
        else:
            cached = CachedResponse(verdict, 0, b"")
        now = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC)
        self._cache.put(request, cached, fetched_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _note_failure(self, why: str, *, outage: bool) -> None:
        self._failures = self._failures + 1 if outage else 0
        if self._failures >= MAX_FAILURES:
            self.outage = f"the service had stopped answering ({why})"
            log.info("%s: no more requests are sent", self.outage)

    def _count(self, outcome: Outcome[V]) -> None:
        self.counts.answered += 1
        if isinstance(outcome, Accept):
            self.counts.rows += self._rules.rows_in(outcome.value)
        self._progress(self.counts)


def _unreached(response: HttpResponse | NoResponse, attempts: int) -> tuple[str, str]:
    """Why a run has not reached its service, and what to do about it."""
    again = "and type the same command again"
    if isinstance(response, NoResponse):
        return f"{response.why} to the service, {attempts} times", f"check the network, a proxy or --base-url, {again}"
    what = f"status {response.status}, {attempts} times: the service does not answer like that"
    return what, f"something else may be at its address: check --base-url, or a proxy, {again}"
