"""The progress of an ingest or a download: by bytes while reading, by parts while sorting, with the time left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from ..utils.progress import ProgressMeter, duration_text


class ByteMeter(ProgressMeter):
    """Shows one phase after the other.

    Parameters
    ----------
    stream : text stream
        Standard error, as a rule.
    clock : callable
        Gives the time in seconds.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        super().__init__(stream, clock, on_terminal=0.2, elsewhere=10.0)
        self._phase, self._unit, self._whole = "", "", 0
        self._done, self._before = 0, 0

    def begin(self, phase: str, whole: int, *, unit: str = "bytes", done: int = 0) -> None:
        """A phase begins, of which a part may have been done by an earlier run."""
        with self._lock:
            self._phase, self._unit, self._whole = phase, unit, whole
            self._done = self._before = done
            self.restart()

    def add(self, more: int) -> None:
        """So much more is done."""
        with self._lock:
            self._done += more
            self.refresh()

    def line(self, now: float) -> str:
        """The phase in one line."""
        amount = size if self._unit == "bytes" else str
        elapsed = now - self.started
        rate = (self._done - self._before) / elapsed if elapsed > 0 else 0.0
        parts = [f"{self._phase}: {amount(self._done)}"]
        if self._whole:  # of a download nobody knows it before the last shard has begun
            parts[0] += f" of {amount(self._whole)}"
        if self._unit == "bytes":
            parts.append(f"{size(rate)}/s")
        else:
            parts[0] += f" {self._unit}"
        if rate > 0 and self._whole:
            parts.append(f"{duration_text((self._whole - self._done) / rate)} left")
        return ", ".join(parts)


def size(count: float) -> str:
    """Bytes for a person, in powers of a thousand.

    >>> size(999), size(255_000_000_000)
    ('999 B', '255 GB')
    """
    for unit in ("B", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"
