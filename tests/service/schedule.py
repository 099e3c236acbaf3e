"""When faults occur: rules for chosen requests, seeded random mixes, and a rate limit."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .faults import Dropped, Fault, ServerError, Slow, TooManyRequests, Truncated
from .wire import Fingerprint, Request


@dataclass(frozen=True)
class Rule:
    """Some of the requests that match get a fault.

    Attributes
    ----------
    fault : Fault
    path : str
        A regular expression that is searched in "METHOD /path?query" as it was sent.
    nth : int
        The first matching request that gets it, counted from 1.
    times : int or None
        How many matching requests in a row get it; None: all that follow.
    seconds : float or None
        Instead of a number: for so long after the first that got it.
    where : callable, optional
        A further condition on the request.
    """

    fault: Fault
    path: str = ""
    nth: int = 1
    times: int | None = 1
    seconds: float | None = None
    where: Callable[[Request], bool] | None = None

    def matches(self, request: Request) -> bool:
        """Whether the rule is about this request."""
        line = f"{request.method} {request.path}?{request.query}"
        return re.search(self.path, line) is not None and (self.where is None or self.where(request))


@dataclass(frozen=True)
class Mix:
    """A random fault for every request, the same in every run.

    It depends on the seed, on the request and on how often the request has failed before, so that a
    run that is killed and continued meets the same faults as one that is not. After `most` faults
    a request succeeds, so that every fetch ends.
    """

    seed: int
    chances: tuple[tuple[Fault, float], ...]
    most: int = 4

    def choose(self, request: Request, before: int) -> Fault | None:
        """The fault for a request that has failed `before` times."""
        if before >= self.most:
            return None
        dice = random.Random(repr((self.seed, request.fingerprint, before)))
        fault, *_ = dice.choices(
            [None, *(fault for fault, _ in self.chances)],
            [max(0.0, 1.0 - sum(chance for _, chance in self.chances)), *(chance for _, chance in self.chances)],
        )
        return fault


@dataclass(frozen=True)
class RateLimit:
    """429 for a request less than `gap` seconds after the last one that was answered."""

    gap: float
    retry_after: float | None = None


Plan = Rule | Mix | RateLimit


def outage(fault: Fault | None = None, *, times: int | None = None, seconds: float | None = None, nth: int = 1) -> Rule:
    """429 (or another fault) for all requests: for so many `times` or `seconds`, else for good."""
    return Rule(fault or TooManyRequests(), times=times, seconds=seconds, nth=nth)


def transient(seed: int, *, rate: float = 0.4, most: int = 4) -> Mix:
    """A mix of all faults that pass when the request is repeated; `rate` is the chance of any of them."""
    faults = {
        TooManyRequests(): 6,
        TooManyRequests(retry_after=0): 1,
        ServerError(500): 2,
        ServerError(502): 2,
        ServerError(503): 2,
        ServerError(504): 1,
        Slow(0.02): 2,
        Truncated(0.5): 2,
        Truncated(0.0): 1,
        Dropped("before"): 1,
        Dropped("after"): 1,
        Dropped("reset"): 1,
    }
    whole = sum(faults.values())
    return Mix(seed, tuple((fault, rate * share / whole) for fault, share in faults.items()), most)


class FaultSchedule:
    """Plans, and which of their faults have occurred so far. Not thread-safe."""

    def __init__(self, plans: Sequence[Plan], clock: Callable[[], float]) -> None:
        self._plans = tuple(plans)
        self._clock = clock
        self._seen: Counter[int] = Counter()
        self._failures: Counter[tuple[int, Fingerprint]] = Counter()
        self._since: dict[int, float] = {}

    def fault_for(self, request: Request) -> Fault | None:
        """The fault of the first plan that has one for this request. Every plan counts the request."""
        chosen: Fault | None = None
        for place, plan in enumerate(self._plans):
            if isinstance(plan, Rule):
                fault = self._of_rule(place, plan, request)
            elif isinstance(plan, Mix):
                fault = self._of_mix(place, plan, request) if chosen is None else None
            else:
                fault = self._of_limit(place, plan)
            chosen = chosen or fault
        return chosen

    def _of_rule(self, place: int, rule: Rule, request: Request) -> Fault | None:
        if not rule.matches(request):
            return None
        self._seen[place] += 1
        turn = self._seen[place] - rule.nth
        if turn < 0:
            return None
        if rule.seconds is not None:
            began = self._since.setdefault(place, self._clock())
            return rule.fault if self._clock() - began < rule.seconds else None
        return rule.fault if rule.times is None or turn < rule.times else None

    def _of_mix(self, place: int, mix: Mix, request: Request) -> Fault | None:
        key = (place, request.fingerprint)
        fault = mix.choose(request, self._failures[key])
        if fault is not None and not fault.harmless:
            self._failures[key] += 1
        return fault

    def _of_limit(self, place: int, limit: RateLimit) -> Fault | None:
        now = self._clock()
        if place in self._since and now - self._since[place] < limit.gap:
            return TooManyRequests(limit.retry_after)
        self._since[place] = now
        return None
