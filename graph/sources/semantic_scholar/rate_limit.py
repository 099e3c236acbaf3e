"""How fast to send requests, and how long to wait after a refusal. Pure: the time is handed in."""

from __future__ import annotations

from dataclasses import dataclass, replace

INTERVAL_WITH_KEY = 1.1
INTERVAL_WITHOUT_KEY = 3.0
MAX_INTERVAL = 60.0
MIN_AFTER_RESPONSE = 1.0
"""The least time after a response: a request may reach the service later than it was sent."""
_RECOVERY = 0.95
_BACKOFF_BASE, _BACKOFF_CAP = 2.0, 120.0


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The least time between two requests in seconds, and when the last one was sent, on the clock of `wait`.

    Requests never follow each other faster than `min_interval`. `interval` is the time between two of them now: every
    429 doubles it, then it slowly returns to `min_interval`.
    """

    min_interval: float
    interval: float
    last_sent: float | None = None
    last_response: float | None = None

    @classmethod
    def start(cls, *, has_key: bool, last_sent: float | None = None) -> RateLimit:
        """The rate limit at the start of a run."""
        min_interval = INTERVAL_WITH_KEY if has_key else INTERVAL_WITHOUT_KEY
        return cls(min_interval, min_interval, last_sent)

    def wait(self, now: float) -> float:
        """Seconds until the next request may be sent.

        >>> RateLimit(3.0, 3.0, last_sent=100.0).wait(101.0), RateLimit(3.0, 3.0).wait(101.0)
        (2.0, 0.0)
        """
        after_request = 0.0 if self.last_sent is None else self.last_sent + self.interval - now
        after_response = 0.0 if self.last_response is None else self.last_response + MIN_AFTER_RESPONSE - now
        # A clock that was set back must not hold the run for longer than one interval.
        return min(max(after_request, after_response, 0.0), self.interval)

    def request_sent(self, now: float) -> RateLimit:
        """The rate limit after a request was sent."""
        return replace(self, last_sent=now)

    def response_arrived(self, now: float) -> RateLimit:
        """The rate limit after the response arrived, or the wait for it was over."""
        return replace(self, last_response=now)

    def slow_down(self) -> RateLimit:
        """The rate limit after a 429.

        >>> RateLimit(3.0, 3.0).slow_down().interval, RateLimit(3.0, 50.0).slow_down().interval
        (6.0, 60.0)
        """
        return replace(self, interval=max(self.min_interval, min(self.interval * 2, MAX_INTERVAL)))

    def speed_up(self) -> RateLimit:
        """The rate limit after any other response."""
        return replace(self, interval=max(self.min_interval, self.interval * _RECOVERY))


def backoff(attempt: int, jitter: float) -> float:
    """Exponential backoff with full jitter: a random part of 2, 4, 8 ... at most 120 seconds.

    >>> backoff(1, 1.0), backoff(3, 0.5), backoff(50, 1.0)
    (2.0, 4.0, 120.0)
    """
    return min(_BACKOFF_CAP, _BACKOFF_BASE * 2.0 ** min(attempt - 1, 30)) * jitter
