"""Semantic Scholar as a service: its address, its pace, and what its answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..http import transport
from ..http.outcomes import HttpResponse, NoResponse, Reply, Rules
from ..http.rate_limit import Pace
from ..http.request import Request
from ..http.transport import Key, Service
from .responses import NestedList, ParsedResponse, ResultPage, parse_response
from .retry_policy import Action, choose_action

SERVICE = "https://api.semanticscholar.org"
PACE_WITH_KEY = Pace(1.1, 1.0)
PACE_WITHOUT_KEY = Pace(3.0, 1.0)


def service_at(base_url: str | None = None, *, key: Key | None = None, key_is_for_base_url: bool = False) -> Service:
    """Semantic Scholar itself, or a mirror or a test service: see `graph.sources.http.transport.service_at`."""
    return transport.service_at(base_url, home=SERVICE, key=key, key_is_for_base_url=key_is_for_base_url)


@dataclass(frozen=True, slots=True)
class ScholarRules(Rules[ParsedResponse]):
    """How to talk with Semantic Scholar. Its answers are kept as they come: abstracts are not asked for."""

    has_key: bool

    def pace(self, request: Request, headers: Mapping[str, str]) -> Pace:  # it is one for all
        """1.1 seconds with a key, 3 without."""
        return PACE_WITH_KEY if self.has_key else PACE_WITHOUT_KEY

    def read(self, request: Request, reply: Reply) -> ParsedResponse:
        """See `graph.sources.semantic_scholar.responses.parse_response`."""
        return parse_response(request, reply.status, reply.body)

    def choose_action(
        self, request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float
    ) -> Action:
        """See `graph.sources.semantic_scholar.retry_policy.choose_action`."""
        return choose_action(request, response, attempt=attempt, jitter=jitter)

    def rows_in(self, value: ParsedResponse) -> int:
        """The rows of a page, or of all lists of a batch."""
        lists = value if isinstance(value, tuple) else (value,)
        return sum(len(each.rows or ()) for each in lists if isinstance(each, ResultPage | NestedList))
