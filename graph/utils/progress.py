"""One line that shows the progress of work: rewritten in place on a terminal, printed now and then elsewhere."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TextIO

from .display_width import cut, display_width
from .terminal_size import terminal_size
from .text import for_terminal


class ProgressMeter(ABC):
    r"""Shows a line of progress at most every few seconds; several threads may use it.

    A subclass keeps the counts and says in `line` how they read. `clock` gives the time in seconds; `on_terminal` and
    `elsewhere` are the seconds between two lines on a terminal, and on any other stream.

    >>> import io
    >>> class Percent(ProgressMeter):
    ...     done = 0
    ...     def line(self, now):
    ...         return f"{self.done} %"
    >>> stream, time = io.StringIO(), iter([0.0, 0.0, 4.0, 5.0, 6.0])
    >>> meter = Percent(stream, lambda: next(time), on_terminal=0.1, elsewhere=5.0)
    >>> for meter.done in (10, 20, 30, 40):
    ...     meter.refresh()
    >>> stream.getvalue()
    '30 %\n'
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float], *, on_terminal: float, elsewhere: float) -> None:
        self.on_terminal = stream.isatty()
        self.started = clock()
        self._stream, self._clock = stream, clock
        self._interval = on_terminal if self.on_terminal else elsewhere
        self._last_shown: float | None = None
        self._width = 0
        self._lock = threading.RLock()

    @abstractmethod
    def line(self, now: float) -> str:
        """The progress in one line."""

    def restart(self) -> None:
        """Begin to count the time anew, because other work begins."""
        with self._lock:
            self.started = self._clock()
            self._last_shown = None

    def refresh(self, *, urgent: bool = False) -> None:
        """Show the line, unless one was shown just now.

        The first line comes at once on a terminal or when it is urgent; elsewhere it comes once the work takes a while.
        """
        with self._lock:
            now = self._clock()
            if self._last_shown is None and not (self.on_terminal or urgent):
                self._last_shown = now
            if self._last_shown is None or now - self._last_shown >= self._interval:
                self._last_shown = now
                self._show(self.line(now))

    def say(self, line: str) -> None:
        """Print a line that stays."""
        with self._lock:
            self._clear()
            self._stream.write(for_terminal(line) + "\n")
            self._stream.flush()

    def close(self) -> None:
        """Clear the line on a terminal."""
        with self._lock:
            self._clear()
            self._stream.flush()

    def _show(self, line: str) -> None:
        line = for_terminal(line)
        if self.on_terminal:
            line = cut(line, terminal_size(self._stream).columns - 1)
            width = display_width(line)
            self._stream.write("\r" + line + " " * (self._width - width))
            self._width = width
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def _clear(self) -> None:
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._width = 0


def duration_text(seconds: float) -> str:
    """A duration for a person.

    >>> duration_text(75), duration_text(600), duration_text(10_000)
    ('75 s', '10 min', '2.8 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
