"""How fast to ask, and how long to wait after a refusal: pure, the clock is somebody else's."""

from __future__ import annotations

from dataclasses import dataclass, replace

WITH_KEY = 1.1
WITHOUT_KEY = 3.0
SLOWEST = 60.0
AFTER_ANSWER = 1.0
"""So long after an answer at least, because a request may reach the service later than it was sent."""
_EASE = 0.95
_BACKOFF_BASE, _BACKOFF_CAP = 2.0, 120.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The least time between two requests, and when the last one went out.

    Parameters
    ----------
    floor : float
        Seconds; never faster than this.
    interval : float
        What it is now: doubled by every 429, and slowly back to `floor`.
    last, answered : float or None
        When the last request went out and when its answer was there, on the clock of `wait`.
    """

    floor: float
    interval: float
    last: float | None = None
    answered: float | None = None

    @classmethod
    def starting(cls, *, keyed: bool, last: float | None = None) -> Pace:
        """The pace of a run's start."""
        floor = WITH_KEY if keyed else WITHOUT_KEY
        return cls(floor, floor, last)

    def wait(self, now: float) -> float:
        """Seconds until the next request may go out.

        >>> Pace(3.0, 3.0, last=100.0).wait(101.0), Pace(3.0, 3.0).wait(101.0)
        (2.0, 0.0)
        """
        since_sent = 0.0 if self.last is None else self.last + self.interval - now
        since_answered = 0.0 if self.answered is None else self.answered + AFTER_ANSWER - now
        # A clock that was set back must not hold the run for longer than one interval.
        return min(max(since_sent, since_answered, 0.0), self.interval)

    def sent(self, now: float) -> Pace:
        """After a request went out."""
        return replace(self, last=now)

    def heard(self, now: float) -> Pace:
        """After its answer was there, or the wait for it was over."""
        return replace(self, answered=now)

    def slower(self) -> Pace:
        """After a 429.

        >>> Pace(3.0, 3.0).slower().interval, Pace(3.0, 50.0).slower().interval
        (6.0, 60.0)
        """
        return replace(self, interval=max(self.floor, min(self.interval * 2, SLOWEST)))

    def easier(self) -> Pace:
        """After an answer that was not a 429."""
        return replace(self, interval=max(self.floor, self.interval * _EASE))


def backoff(attempt: int, jitter: float) -> float:
    """Full-jitter exponential backoff: a random part of 2, 4, 8 ... at most 120 seconds.

    >>> backoff(1, 1.0), backoff(3, 0.5), backoff(50, 1.0)
    (2.0, 4.0, 120.0)
    """
    return min(_BACKOFF_CAP, _BACKOFF_BASE * 2.0 ** min(attempt - 1, 30)) * jitter
