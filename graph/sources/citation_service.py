"""What every service that lists references or citations supplies, besides Semantic Scholar.

A service is a value of functions, all of them pure: which requests find what it says of some papers, what an answer
means, and what a refusal asks for. Sending, waiting, keeping, resuming and reading again are done for all of them by
`graph.sources.http` and `graph.sources.fetch`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.corpus import Direction, Source
from ..model.entities import Kind
from .http.outcomes import (
    FEW_ATTEMPTS,
    Accept,
    Action,
    Attempt,
    HttpResponse,
    Malformed,
    NoResponse,
    Outcome,
    Reply,
    Shrink,
)
from .http.rate_limit import Pace
from .http.request import Request
from .http.transport import READ_SECONDS
from .records import CitationList, Record
from .retractions.statements import Statement


@dataclass(frozen=True, slots=True)
class Call:
    """A kind of request: how fast it may be sent, with and without the person's secret, and what one costs."""

    pace: Pace
    pace_with_secret: Pace
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class SecretHeader:
    """What a person may give a service: where it is read from, what it is, and the header that it is sent in.

    `form` is what stands around it in the header, "Bearer {}", and `must_have` a sign that it cannot be without.
    """

    variable: str
    what: str
    header: str
    form: str = "{}"
    must_have: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lists of the papers to read, and how many citations of each at most."""

    references: bool = True
    citations: bool = False
    most_citations: int = 1000


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a service says of the references or citations of one paper."""

    asked: Record
    """The paper as it was asked for."""
    said: CitationList
    """The service's own record of the paper, the state and the rows. Its paper is `asked` itself where the service does
    not know it. A row that names no paper is in `row_count` alone."""
    why: str = ""
    """Why the list is not complete, or has no rows, for people; "" where there is nothing to say."""
    failed: bool = False
    """Whether a later run may get what this one did not."""
    notices: tuple[Statement, ...] = ()
    """What the service says of retractions and corrections in the same answer."""

    @property
    def is_known(self) -> bool:
        """Whether the service knows the paper."""
        return self.said.paper.record_id != self.asked.record_id


Crawl = Generator[Request, Outcome[Any], tuple[ReadList, ...]]
"""Yields requests, is sent their outcomes, and returns a list for each paper and direction that was wanted."""


@dataclass(frozen=True, slots=True)
class CitationService:
    """A service that lists references or citations."""

    kind: Kind
    """Its kind of source, which is also its name in ``--from``, in ids of sources, and of its folder of answers."""
    label: str
    """Its name for people."""
    home: str
    """Its address."""
    credit: str
    """Whom to credit, in one line."""
    directions: frozenset[Direction]
    """Which lists it has."""
    calls: Mapping[str, Call]
    """Every kind of request that `crawl` yields."""
    crawl: Callable[[Sequence[Record], Wanted, Source], Crawl]
    """``crawl(papers, wanted, source)``: reads the lists of papers, which are records with identifiers. A paper that
    the service has no identifier for is answered too: "failed", with the reason."""
    expected: Callable[[int, Wanted], Mapping[str, int]]
    """``expected(papers, wanted)``: how many requests of each kind so many papers take, about."""
    read: Callable[[Request, Reply], Any]
    """``read(request, reply)``: what a reply with any status says; raises `Malformed` where it does not answer the
    request. `Moved` for one that redirects."""
    after_refusal: Callable[[Attempt, HttpResponse], Action[Any]]
    """``after_refusal(attempt, response)``: what to do about a response that `read` refuses, with another status than
    200; see `graph.sources.http.replies.usual_action` for what is common."""
    secret: SecretHeader | None = None
    """What a person may give it."""
    can_shrink: Callable[[Request], bool] = lambda _request: False
    """Whether a request can be split into smaller ones; `crawl` is then sent `Shrink` and asks for less."""
    paced: Callable[[str, Pace, Mapping[str, str]], Pace] = lambda _kind, pace, _headers: pace
    """``paced(kind, pace, headers)``: the pace after a response that had these headers; never faster than `pace`."""
    rows_in: Callable[[Any], int] = lambda _value: 0
    """How many rows of lists a value of `read` holds, for the progress."""
    kept: Callable[[bytes], bytes] = lambda body: body
    """The body as it may be kept: as it came, but for what is not ours to keep."""
    read_seconds: float = READ_SECONDS
    """How long the service may be silent before it answers."""


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """How to talk with a service, as `graph.sources.http.client` wants to know it."""

    service: CitationService
    has_secret: bool

    def pace(self, request: Request, headers: Mapping[str, str]) -> Pace:
        """The pace of this kind of request, or the slower one that the service's headers ask for."""
        call = self.service.calls[request.kind]
        own = call.pace_with_secret if self.has_secret else call.pace
        return self.service.paced(request.kind, own, headers)

    def read(self, request: Request, reply: Reply) -> Any:
        """What a reply says; raises `Malformed` where it does not answer the request."""
        return self.service.read(request, reply)

    def choose_action(
        self, request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float
    ) -> Action[Any]:
        """What the service says about refusals, and what is common to all about what cannot be read."""
        this = Attempt(request, attempt, jitter, self.service.can_shrink(request))
        if isinstance(response, NoResponse):
            return this.shrink_or_give_up(response.why) if response.too_large else this.retry_or_give_up(response.why)
        try:
            return Accept(self.service.read(request, Reply(response.status, response.body, response.location)))
        except Malformed as fault:
            if response.status != 200:
                return self.service.after_refusal(this, response)
            why = f"the answer cannot be used: {fault}"
        if this.may_shrink:
            return Shrink(why, permanent=False)
        return this.retry_or_give_up(why, FEW_ATTEMPTS)

    def kept(self, body: bytes) -> bytes:
        """The body as it may be kept."""
        return self.service.kept(body)

    def rows_in(self, value: Any) -> int:
        """How many rows of lists a value holds."""
        return self.service.rows_in(value)
