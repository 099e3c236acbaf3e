"""How fast to send requests, and how long to wait after a refusal. Pure: the time is handed in."""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_INTERVAL = 60.0
_RECOVERY = 0.95
_BACKOFF_BASE, _BACKOFF_CAP = 2.0, 120.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The least seconds between two requests, and from a response to the next request.

    The second one is needed because a request may reach the service later than it was sent.
    """

    interval: float
    after_response: float


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How fast requests are sent now, and when the last one was, on the clock of `wait`.

    Requests never follow each other faster than `pace`. `interval` is the time between two of them now: every
    429 doubles it, then it slowly returns to that of the pace.
    """

    pace: Pace
    interval: float
    last_sent: float | None = None
    last_response: float | None = None

    @classmethod
    def start(cls, pace: Pace, *, last_sent: float | None = None) -> RateLimit:
        """The rate limit at the start of a run."""
        return cls(pace, pace.interval, last_sent)

    def at(self, pace: Pace) -> RateLimit:
        """The rate limit for a request of another pace, slowed down as much as it was.

        >>> RateLimit(Pace(1.0, 1.0), 4.0).at(Pace(0.25, 0.2)).interval
        1.0
        """
        if pace == self.pace:
            return self
        interval = min(MAX_INTERVAL, self.interval * pace.interval / self.pace.interval)
        return replace(self, pace=pace, interval=max(pace.interval, interval))

    def wait(self, now: float) -> float:
        """Seconds until the next request may be sent.

        >>> pace = Pace(3.0, 1.0)
        >>> RateLimit(pace, 3.0, last_sent=100.0).wait(101.0), RateLimit(pace, 3.0).wait(101.0)
        (2.0, 0.0)
        """
        after_request = 0.0 if self.last_sent is None else self.last_sent + self.interval - now
        after_response = 0.0 if self.last_response is None else self.last_response + self.pace.after_response - now
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

        >>> pace = Pace(3.0, 1.0)
        >>> RateLimit(pace, 3.0).slow_down().interval, RateLimit(pace, 50.0).slow_down().interval
        (6.0, 60.0)
        """
        return replace(self, interval=max(self.pace.interval, min(self.interval * 2, MAX_INTERVAL)))

    def speed_up(self) -> RateLimit:
        """The rate limit after any other response."""
        return replace(self, interval=max(self.pace.interval, self.interval * _RECOVERY))


def backoff(attempt: int, jitter: float) -> float:
    """Exponential backoff with full jitter: a random part of 2, 4, 8 ... at most 120 seconds.

    >>> backoff(1, 1.0), backoff(3, 0.5), backoff(50, 1.0)
    (2.0, 4.0, 120.0)
    """
    return min(_BACKOFF_CAP, _BACKOFF_BASE * 2.0 ** min(attempt - 1, 30)) * jitter
