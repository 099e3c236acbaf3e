"""How far a run is: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TextIO

from ..text import clipped
from .asker import Tally

_EVERY_ON_TERMINAL, _EVERY_ELSEWHERE = 0.1, 5.0
_BAR = 20


class Meter:
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
        self._stream, self._clock, self._each = stream, clock, seconds_each
        self._terminal = stream.isatty()
        self._phase, self._expected = "", 0
        self._started = clock()
        self._shown: float | None = None
        self._width = 0

    def notice(self, phase: str, requests: int) -> None:
        """A phase begins, which takes so many requests at least."""
        self._phase = phase
        self._expected += requests

    def __call__(self, tally: Tally) -> None:
        """Show the tally, unless it was shown just now."""
        now = self._clock()
        every = _EVERY_ON_TERMINAL if self._terminal else _EVERY_ELSEWHERE
        if self._shown is None and not tally.waiting and not self._terminal:
            self._shown = now
        if self._shown is not None and now - self._shown < every:
            return
        self._shown = now
        self._write(self.line(tally, now))

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
            f"{_time(left)} left",
        ]
        if tally.waiting:
            parts.append(tally.waiting)
        done = _BAR * tally.answered // max(expected, 1)
        bar = f"[{'#' * done}{'.' * (_BAR - done)}] " if self._terminal else ""
        return bar + ", ".join(parts)

    def close(self) -> None:
        """Leave the terminal's line as it was."""
        if self._terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def _write(self, line: str) -> None:
        if self._terminal:
            line = clipped(line, shutil.get_terminal_size().columns - 1)
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
