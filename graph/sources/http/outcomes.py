"""What a service sent, what can be done about it, and how a request can end: values, and who chooses among them.

A service reads its own answers, and chooses one of these actions (`Rules`); `graph.sources.http.client` carries it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from .rate_limit import Pace, backoff
from .request import Request

V = TypeVar("V")

MAX_ATTEMPTS = 8
"""How often one request is sent before it is given up."""
FEW_ATTEMPTS = 6
"""Likewise, for failures that seldom change when the request is sent again."""
ATTEMPTS_BEFORE_SHRINKING = 2
"""The request becomes smaller after this many attempts."""
MAX_RETRY_AFTER = 900.0
"""Nobody waits for a longer Retry-After with the program open."""


class Malformed(ValueError):
    """A response, or one row of it, is not what the service documents."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What the service sent.

    `retry_after` is in seconds; None where it named no time. `headers` are those about limits and redirections, with
    names in lower case.
    """

    status: int
    body: bytes
    retry_after: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def location(self) -> str | None:
        """The address on the same service that it redirects to."""
        return self.headers.get("location")


@dataclass(frozen=True, slots=True)
class NoResponse:
    """Why no response arrived.

    `too_large` when it was cut off because of its size, `unreachable` when there was no connection to begin with.
    """

    why: str
    too_large: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Accept(Generic[V]):
    """The response answers the request: keep it."""

    value: V


@dataclass(frozen=True, slots=True)
class Retry:
    """Send the request again after this many seconds.

    `slow_down` when requests were sent too fast, `foreign` when the service itself does not answer like that, so that
    something else may be at its address.
    """

    after: float
    why: str
    slow_down: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Shrink:
    """Ask for less at a time; `permanent` when the service refuses this size."""

    why: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Leave this request unanswered, and with it what would fail in the same way."""

    why: str
    """For people."""
    outage: bool = False
    """Whether other requests would fail in the same way now; after some of these in a row no more are sent."""
    closes: tuple[str, ...] = ()
    """Kinds of requests that are not sent any more in this run: the day's budget is spent for them."""
    lasting: bool = False
    """Whether a later run would get the same answer, so that there is no use in trying again."""


@dataclass(frozen=True, slots=True)
class Abort:
    """Send nothing more to this service: no request can succeed until a person does something about it.

    `unreachable` when the service was not reached at all.
    """

    why: str
    remedy: str
    unreachable: bool = False


Outcome = Accept[V] | Shrink | GiveUp
"""How a request can end. A crawl sees nothing else."""
Refusal = Shrink | GiveUp | Retry | Abort
"""What can be done about a response that does not answer its request."""
Action = Outcome[V] | Retry | Abort


def why_unanswered(outcome: Outcome[V]) -> str:
    """Why a request has no answer that a crawl can use, for people."""
    return "the service answered another question" if isinstance(outcome, Accept) else outcome.why


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at one request.

    `number` counts from 1, `jitter` is a random number from 0 up to 1, which spreads the waits of many clients, and
    `can_shrink` says whether the request can be split into smaller ones.
    """

    request: Request
    number: int
    jitter: float
    can_shrink: bool = False

    def retry_or_give_up(
        self,
        why: str,
        max_attempts: int = MAX_ATTEMPTS,
        *,
        slow_down: bool = False,
        foreign: bool = False,
        at_least: float = 0.0,
    ) -> Retry | GiveUp:
        """Send it again after a random wait, `at_least` so many seconds, unless it was sent often enough."""
        if self.number >= max_attempts:
            return GiveUp(f"{why}, {self.number} times", outage=True)
        return Retry(max(backoff(self.number, self.jitter), at_least), why, slow_down, foreign)

    def shrink_or_give_up(self, why: str) -> Shrink | GiveUp:
        """Ask for less, where that is possible."""
        if self.can_shrink:
            return Shrink(why, permanent=True)
        return GiveUp(f"{why}, and the request cannot be made smaller")

    @property
    def may_shrink(self) -> bool:
        """Whether it has failed often enough that a smaller request may succeed instead."""
        return self.number > ATTEMPTS_BEFORE_SHRINKING and self.can_shrink


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is kept: its status, its body, and the address on the same service that it redirects to."""

    status: int
    body: bytes
    location: str | None = None


class Rules(Protocol[V]):
    """How to talk with one service. All of it is pure."""

    def pace(self, request: Request, headers: Mapping[str, str]) -> Pace:
        """How fast requests of this kind may be sent; `headers` are those of the last response to such a request."""

    def kept(self, body: bytes) -> bytes:
        """The body of an accepted response as it may be kept: as it came, but for what is not ours to keep."""
        return body

    def rows_in(self, value: V) -> int:
        """How many rows of a list a value holds, for the progress of a run."""

    def read(self, request: Request, reply: Reply) -> V:
        """What a reply says that answers the request, whatever its status; raises `Malformed` where it does not."""

    def choose_action(
        self, request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float
    ) -> Action[V]:
        """What to do about a response to attempt number `attempt`, from 1; `jitter` is a random number below 1."""
