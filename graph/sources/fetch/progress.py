"""How far a run is: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from ...utils.progress import StatusLine, time_left
from .client import Tally

_BAR = 20


class RequestMeter:
    """Shows the tally of a run as it grows.

    Parameters
    ----------
    stream : text stream
        Standard error, as a rule.
    clock : callable
        Seconds.
    seconds_each : float
        What one request takes at least: for the time left, until the run's own rate is known.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float], *, seconds_each: float) -> None:
        self._line = StatusLine(stream, on_terminal=0.1, elsewhere=5.0)
        self._clock, self._each = clock, seconds_each
        self._phase, self._expected = "", 0
        self._started = clock()

    def notice(self, phase: str, requests: int) -> None:
        """A phase begins, which takes so many requests at least."""
        self._phase = phase
        self._expected += requests

    def __call__(self, tally: Tally) -> None:
        """Show the tally, unless it was shown just now."""
        now = self._clock()
        if self._line.is_due(now, urgent=bool(tally.waiting)):
            self._line.show(self.line(tally, now))

    def line(self, tally: Tally, now: float) -> str:
        """The tally in one line."""
        expected = max(self._expected, tally.answered)
        rate = tally.sent / (now - self._started) if tally.sent and now > self._started else 1 / self._each
        left = (expected - tally.answered) / rate
        parts = [
            f"{self._phase}: {tally.answered}/{expected} answers",
            f"{tally.sent} requests",
            f"{tally.rows} rows",
            f"{rate:.1f}/s",
            f"{time_left(left)} left",
        ]
        if tally.waiting:
            parts.append(tally.waiting)
        done = _BAR * tally.answered // max(expected, 1)
        bar = f"[{'#' * done}{'.' * (_BAR - done)}] " if self._line.terminal else ""
        return bar + ", ".join(parts)

    def close(self) -> None:
        """Leave the terminal's line as it was."""
        self._line.close()
