"""What the client must know of a service: how fast it may be asked, what an answer means, what to do about the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from .outcomes import Action, HttpResponse, NoResponse
from .rate_limit import Pace
from .request import Request

V = TypeVar("V")


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
        ...

    def kept(self, body: bytes) -> bytes:
        """The body of an accepted response as it may be kept: as it came, but for what is not ours to keep."""
        ...

    def rows_in(self, value: V) -> int:
        """How many rows of a list a value holds, for the progress of a run."""
        ...

    def read(self, request: Request, reply: Reply) -> V:
        """What a reply says that answers the request, whatever its status; raises `Malformed` where it does not."""
        ...

    def choose_action(
        self, request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float
    ) -> Action[V]:
        """What to do about a response to attempt number `attempt`, from 1; `jitter` is a random number below 1."""
        ...
