"""What the `semanticscholar` client sends its requests with, in place of its own `ApiRequester`.

Every request goes over our pace, our log of kept answers and our decisions; every failure is an error that says so, and
none is an empty answer.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from semanticscholar.SemanticScholarException import (
    BadQueryParametersException,
    ObjectNotFoundException,
    SemanticScholarException,
    ServerErrorException,
)

from ...errors import InputError, LineageError
from ..http.client import FetchClient, FetchStopped, Unreachable
from ..http.outcomes import Accept, GiveUp, Outcome, Shrink
from ..http.request import Request
from ..http.response_cache import CachedResponse, ResponseCache
from ..http.transport import Transport
from .client_requests import BadQuery, ClientRules, at_place, batches, client_request, halves, list_in_answer, place_of
from .responses import NotFound, elided_fields
from .typed_rows import readable, readable_snippet

log = logging.getLogger(__name__)
OUTAGE_SECONDS = 60.0
"""For so long nothing is sent after several requests in a row got no answer."""


class NotKnown(ObjectNotFoundException, LineageError):  # type: ignore[misc]  # the client has no types
    """The service knows no such paper, author or title."""


class QueryRefused(BadQueryParametersException, LineageError):  # type: ignore[misc]  # likewise
    """The service refuses what was asked for: unknown fields, a limit that is too large."""


class NoAnswer(ServerErrorException, LineageError):  # type: ignore[misc]  # likewise
    """The service did not answer, or not in a form that can be used; another time it may."""


class Withheld(SemanticScholarException, LineageError):  # type: ignore[misc]  # likewise
    """The publisher has a list withheld, which does not mean that it is empty."""


class AccessRefused(FetchStopped, PermissionError):
    """The service refuses the key, or lets nobody in from here."""


@dataclass
class KeptAnswers:
    """The log of a corpus as the client uses it.

    Addresses of data sets end within hours, and are not kept. With `update` what was kept before is asked for again.
    `answered_at` is when the last answer arrived, "" before there is one.
    """

    cache: ResponseCache
    update: bool = False
    answered_at: str = ""
    _new: set[str] = field(default_factory=set)

    @property
    def last_sent(self) -> float | None:
        """When a request was last sent."""
        return self.cache.last_sent

    def note_sent(self, now: float) -> None:
        """Remember when a request was sent."""
        self.cache.note_sent(now)

    def get(self, request: Request) -> CachedResponse | None:
        """The kept answer."""
        if _is_fleeting(request) or (self.update and request.key not in self._new):
            return None
        found = self.cache.get(request)
        if found is not None:
            self.answered_at = found.fetched_at
        return found

    def put(self, request: Request, response: CachedResponse, *, fetched_at: str) -> None:
        """Keep an answer."""
        self.answered_at = fetched_at
        if not _is_fleeting(request):
            self._new.add(request.key)
            self.cache.put(request, response, fetched_at=fetched_at)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end a call that blocks: the loop around it would only note it, and end the task when it next waits."""
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not isinstance(handler, partial):
        yield  # it is no handler of a loop's runner
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _is_fleeting(request: Request) -> bool:
    return request.path.startswith("/datasets/")


class KeptRequester:
    """Answers the client's requests, one at a time, from the log or from the service.

    `rules` and `transport` are those of `client`, `base_url` is where the client believes the service to be, and
    `clock` gives seconds since 1970. `in_thread` waits for an answer in a thread, so that other tasks of an event loop
    go on meanwhile.
    """

    def __init__(
        self,
        answers: KeptAnswers,
        client: FetchClient[Any],
        rules: ClientRules,
        transport: Transport,
        base_url: str,
        clock: Callable[[], float],
        *,
        in_thread: bool,
    ) -> None:
        self.answers, self.in_thread = answers, in_thread
        self._client, self._rules, self._transport = client, rules, transport
        self._base_url, self._clock = base_url, clock
        self._one_at_a_time, self._outage_began = threading.Lock(), 0.0

    @property
    def timeout(self) -> float:
        """How many seconds the service may be silent."""
        return self._transport.read_seconds

    @timeout.setter
    def timeout(self, seconds: float) -> None:
        self._transport.read_seconds = seconds

    @property
    def retry(self) -> bool:
        """Whether a request that failed is sent again."""
        return self._rules.retry

    @retry.setter
    def retry(self, retry: bool) -> None:
        self._rules.retry = retry

    async def get_data_async(
        self, url: str, parameters: str, headers: object, payload: Mapping[str, Any] | None = None
    ) -> Any:
        """The JSON that answers a request of the client, in a form that its records can hold.

        `headers` are what the client would send; the key goes with every request, whatever they are. Raises `NotKnown`,
        `QueryRefused`, `NoAnswer`, `Withheld` or `AccessRefused`.
        """
        request = client_request(self._base_url, url, parameters, payload)
        if self.in_thread:
            return await asyncio.to_thread(self.get, request)
        with _interruptible():
            return self.get(request)

    def get(self, request: Request) -> Any:
        """The JSON that answers a request; see `get_data_async`."""
        with self._one_at_a_time:
            if self.answers.cache.closed:
                raise InputError("this client is closed", remedy="open another one")
            if request.ids:
                return [row and readable(row) for part in batches(request) for row in self._batch(part)]
            if request.kind == "page":
                return self._page(request)
            return _readable_answer(request, self._accepted(request))

    def _batch(self, request: Request) -> list[dict[str, Any] | None]:
        """A batch, position by position; one that is too large in halves."""
        outcome = self._outcome(request)
        if isinstance(outcome, Shrink):
            return [row for half in halves(request) for row in self._batch(half)]
        rows: list[dict[str, Any] | None] = self._value(request, outcome)
        return rows

    def _page(self, request: Request) -> dict[str, Any]:
        """The rows that a page asks for, in as many requests as it takes."""
        start, wanted = place_of(request)
        first: dict[str, Any] | None = None
        rows: list[dict[str, Any]] = []
        position, most, following = start, wanted, None
        while position < start + wanted:
            part = at_place(request, position, min(most, start + wanted - position))
            outcome = self._outcome(part)
            if isinstance(outcome, Shrink):
                most = max(1, place_of(part)[1] // 2)
                continue
            page = self._value(part, outcome)
            first = page if first is None else first
            rows += self._rows(part, page)
            following = page.get("next")
            if following is None:
                break
            position = min(following, position + place_of(part)[1])
        return self._joined(request, first or {}, rows, following)

    def _rows(self, request: Request, page: Mapping[str, Any]) -> list[dict[str, Any]]:
        withheld = not page.get("data") and request.path.rpartition("/")[2] in elided_fields(
            page.get("citingPaperInfo")
        )
        if withheld or ("data" in page and page["data"] is None):
            raise Withheld(f"{request}: withheld by the publisher, which does not mean that it is empty; {_ELSEWHERE}")
        rows = page.get("data") or ()
        return _objects(request, rows, readable)

    def _joined(
        self, request: Request, first: Mapping[str, Any], rows: Sequence[Any], following: int | None
    ) -> dict[str, Any]:
        asked = int(dict(request.params)["limit"])
        start, given = place_of(request)
        page = {**first, "offset": start, "data": rows}
        page.pop("next", None)
        if following is not None and given == asked:
            page["next"] = start + asked  # the client goes on there, and nowhere else
        elif following is not None:
            log.warning("%s: the service lists no more rows, and counts more", request)
        return page

    def _accepted(self, request: Request) -> Any:
        return self._value(request, self._outcome(request))

    def _outcome(self, request: Request) -> Outcome[Any]:
        if self._client.outage and self._clock() - self._outage_began > OUTAGE_SECONDS:
            self._client.outage = None
        already = self._client.outage
        try:
            outcome = self._client(request)
        except Unreachable as fault:
            raise NoAnswer(str(fault)) from None
        except FetchStopped as fault:
            raise AccessRefused(str(fault)) from None
        if self._client.outage and not already:
            self._outage_began = self._clock()
        return outcome

    def _value(self, request: Request, outcome: Outcome[Any]) -> Any:
        if isinstance(outcome, Accept):
            if isinstance(outcome.value, NotFound):
                raise NotKnown(f"{outcome.value.why} ({request})")
            return outcome.value
        raise _fault_of(request, outcome)


_ELSEWHERE = "lineage fetch --from s2,crossref,openalex asks others"


def _fault_of(request: Request, outcome: GiveUp | Shrink) -> LineageError:
    if isinstance(outcome, BadQuery):
        return QueryRefused(f"Semantic Scholar refuses the request: {outcome.why} ({request}); check what is asked for")
    return NoAnswer(f"Semantic Scholar does not answer: {outcome.why} ({request}); try again later")


def _readable_answer(request: Request, value: Any) -> Any:
    """The answer with records that can be made of it."""
    name = list_in_answer(request)
    if not isinstance(value, dict) or name == "files":
        return value
    if name is None:
        return readable(value)
    made = readable_snippet if request.path.endswith("/snippet/search") else readable
    return {**value, name: _objects(request, value[name], made)}


def _objects(request: Request, rows: Sequence[Any], made: Callable[[dict[str, Any]], dict[str, Any]]) -> list[Any]:
    """The rows that are objects, in a form that records can be made of; a warning counts the others."""
    found = [made(row) for row in rows if isinstance(row, dict)]
    unreadable = sum(not isinstance(row, dict) for row in rows)
    if unreadable:
        log.warning("%s: %d rows cannot be read, and are left out", request, unreadable)
    return found
