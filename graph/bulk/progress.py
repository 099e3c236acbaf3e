"""The progress of an ingest or a download: bytes while reading, parts while sorting, and the time left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from ..utils.progress import ProgressMeter, duration_text


class IngestProgress:
    """Progress callback of an ingest or a download; this one ignores everything."""

    def begin(self, phase: str, total: int, *, unit: str = "bytes", done: int = 0) -> None:
        """Begin a phase; an earlier run may have done a part of it. A total of 0 is not known."""

    def add(self, amount: int) -> None:
        """Count more work of the phase as done."""


class ByteMeter(ProgressMeter, IngestProgress):
    """Shows one phase after the other."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        super().__init__(stream, clock, on_terminal=0.2, elsewhere=10.0)
        self._phase, self._unit, self._total = "", "", 0
        self._done, self._done_before = 0, 0

    def begin(self, phase: str, total: int, *, unit: str = "bytes", done: int = 0) -> None:
        """Begin to show a phase, from what an earlier run has done."""
        with self._lock:
            self._phase, self._unit, self._total = phase, unit, total
            self._done = self._done_before = done
            self.restart()

    def add(self, amount: int) -> None:
        """Count more work, and show it."""
        with self._lock:
            self._done += amount
            self.refresh()

    def line(self, now: float) -> str:
        """The phase in one line."""
        format_amount = format_size if self._unit == "bytes" else str
        elapsed = now - self.started
        rate = (self._done - self._done_before) / elapsed if elapsed > 0 else 0.0
        parts = [f"{self._phase}: {format_amount(self._done)}"]
        if self._total:  # that of a download is not known before its last shard has begun
            parts[0] += f" of {format_amount(self._total)}"
        if self._unit == "bytes":
            parts.append(f"{format_size(rate)}/s")
        else:
            parts[0] += f" {self._unit}"
        if rate > 0 and self._total:
            parts.append(f"{duration_text((self._total - self._done) / rate)} left")
        return ", ".join(parts)


def format_size(count: float) -> str:
    """A number of bytes for a person to read, in powers of a thousand.

    >>> format_size(999), format_size(255_000_000_000)
    ('999 B', '255 GB')
    """
    for unit in ("B", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"
