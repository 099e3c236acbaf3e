"""How far an ingest or a download is: by bytes while reading, by parts while sorting, with the time left."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from typing import TextIO

from ..text import clipped

_EVERY_ON_TERMINAL, _EVERY_ELSEWHERE = 0.2, 10.0


class Meter:
    """Shows one phase after the other; several threads may tell it what they did.

    Parameters
    ----------
    stream : text stream
        Standard error, as a rule.
    clock : callable
        Seconds.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream, self._clock = stream, clock
        self._terminal = stream.isatty()
        self._lock = threading.Lock()
        self._phase, self._unit, self._whole = "", "", 0
        self._done, self._before, self._started = 0, 0, clock()
        self._shown: float | None = None
        self._width = 0

    def begin(self, phase: str, whole: int, *, unit: str = "bytes", done: int = 0) -> None:
        """A phase begins, of which a part may have been done by an earlier run."""
        with self._lock:
            self._phase, self._unit, self._whole = phase, unit, whole
            self._done = self._before = done
            self._started, self._shown = self._clock(), None

    def add(self, more: int) -> None:
        """So much more is done."""
        with self._lock:
            self._done += more
            now = self._clock()
            every = _EVERY_ON_TERMINAL if self._terminal else _EVERY_ELSEWHERE
            if self._shown is None and not self._terminal:
                self._shown = now
            if self._shown is None or now - self._shown >= every:
                self._shown = now
                self._write(self.line(now))

    def line(self, now: float) -> str:
        """The phase in one line."""
        amount = size if self._unit == "bytes" else str
        spent = now - self._started
        rate = (self._done - self._before) / spent if spent > 0 else 0.0
        parts = [f"{self._phase}: {amount(self._done)} of {amount(self._whole)}"]
        if self._unit == "bytes":
            parts.append(f"{size(rate)}/s")
        else:
            parts[0] += f" {self._unit}"
        if rate > 0:
            parts.append(f"{time_left((self._whole - self._done) / rate)} left")
        return ", ".join(parts)

    def say(self, line: str) -> None:
        """A line that stays."""
        with self._lock:
            self._clear()
            self._stream.write(line + "\n")
            self._stream.flush()

    def close(self) -> None:
        """Leave the terminal's line as it was."""
        with self._lock:
            self._clear()
            self._stream.flush()

    def _clear(self) -> None:
        if self._terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._width = 0

    def _write(self, line: str) -> None:
        if self._terminal:
            line = clipped(line, shutil.get_terminal_size().columns - 1)
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


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


def time_left(seconds: float) -> str:
    """A duration for a person.

    >>> time_left(75), time_left(600), time_left(10_000)
    ('75 s', '10 min', '2.8 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
