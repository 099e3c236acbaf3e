"""The progress of a fetch: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from ...utils.progress import ProgressMeter, duration_text
from ...utils.text import plural
from ..http.client import RequestCounts

_BAR_WIDTH = 20


class RequestMeter(ProgressMeter):
    """Shows how many requests a fetch has sent and how many answers it has.

    `seconds_per_request` is what one request takes at least: for the time left, until the rate of this run is known.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float], *, seconds_per_request: float) -> None:
        super().__init__(stream, clock, on_terminal=0.1, elsewhere=5.0)
        self._seconds_per_request = seconds_per_request
        self._phase, self._expected = "", 0
        self._counts = RequestCounts()

    def on_phase(self, phase: str, requests: int) -> None:
        """Name the phase that begins; it takes at least this many requests."""
        self._phase = phase
        self._expected += requests

    def __call__(self, counts: RequestCounts) -> None:
        """Show the counts, unless a line was shown just now."""
        self._counts = counts
        self.refresh(urgent=bool(counts.waiting))

    def line(self, now: float) -> str:
        """The counts, the rate and the time left."""
        counts = self._counts
        expected = max(self._expected, counts.answered)
        elapsed = now - self.started
        rate = counts.sent / elapsed if counts.sent and elapsed > 0 else 1 / self._seconds_per_request
        parts = [
            f"{self._phase}: {counts.answered}/{expected} answers",
            f"{counts.sent} {plural(counts.sent, 'request')}",
            f"{counts.rows} {plural(counts.rows, 'row')}",
            f"{rate:.1f}/s",
            f"{duration_text((expected - counts.answered) / rate)} left",
        ]
        if counts.waiting:
            parts.append(counts.waiting)
        done = _BAR_WIDTH * counts.answered // max(expected, 1)
        bar = f"[{'#' * done}{'.' * (_BAR_WIDTH - done)}] " if self.on_terminal else ""
        return bar + ", ".join(parts)
