"""A number of requests that a search may take, kept to the request."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

from ...http.outcomes import GiveUp
from ...http.request import Request
from ...semantic_scholar.retry_policy import Outcome

T = TypeVar("T")
SPENT = GiveUp("the budget of requests is spent")


@dataclass(slots=True)
class Budget:
    """So many requests in all, and how many of them were made; one whose answer was kept by an earlier run counts."""

    requests: int
    made: int = 0

    @property
    def left(self) -> int:
        """How many may still be made."""
        return max(0, self.requests - self.made)

    def within(self, crawl: Generator[Request, Outcome, T]) -> Generator[Request, Outcome, T]:
        """A crawl whose requests count; those beyond the budget are not made, and it is told so."""
        try:
            request = next(crawl)
            while True:
                outcome: Outcome = SPENT
                if self.left:
                    self.made += 1
                    outcome = yield request
                request = crawl.send(outcome)
        except StopIteration as end:
            result: T = end.value
            return result
