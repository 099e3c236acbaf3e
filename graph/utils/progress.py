"""One line that says how far something is: written over itself on a terminal, printed now and then elsewhere."""

from __future__ import annotations

import shutil
from typing import TextIO

from .text import clipped


class StatusLine:
    r"""A line that is written over by the next one on a terminal, and is one of many elsewhere.

    Parameters
    ----------
    stream : text stream
        Standard error, as a rule.
    on_terminal, elsewhere : float
        How many seconds one line stands before the next.

    Examples
    --------
    >>> import io
    >>> log = io.StringIO()
    >>> line = StatusLine(log, on_terminal=0.1, elsewhere=5.0)
    >>> line.is_due(0.0), line.is_due(4.0), line.is_due(5.0), line.is_due(6.0)
    (False, False, True, False)
    >>> line.show("half of it")
    >>> log.getvalue()
    'half of it\n'
    """

    def __init__(self, stream: TextIO, *, on_terminal: float, elsewhere: float) -> None:
        self.terminal = stream.isatty()
        self._stream = stream
        self._every = on_terminal if self.terminal else elsewhere
        self._shown: float | None = None
        self._width = 0

    def restart(self) -> None:
        """Something else begins: its first line is not held back by the last one."""
        self._shown = None

    def is_due(self, now: float, *, urgent: bool = False) -> bool:
        """Whether the next line is to be shown; if so, it counts as shown.

        What has just begun is shown at once on a terminal or when it is urgent, and elsewhere once it takes a while.
        """
        if self._shown is None and not (self.terminal or urgent):
            self._shown = now
        if self._shown is not None and now - self._shown < self._every:
            return False
        self._shown = now
        return True

    def show(self, line: str) -> None:
        """Show this line, clipped to the width of the terminal."""
        if self.terminal:
            line = clipped(line, shutil.get_terminal_size().columns - 1)
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def say(self, line: str) -> None:
        """Print a line that stays, before what is shown."""
        self._clear()
        self._stream.write(line + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Leave the terminal's line as it was."""
        self._clear()
        self._stream.flush()

    def _clear(self) -> None:
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._width = 0


def time_left(seconds: float) -> str:
    """A duration for a person.

    >>> time_left(75), time_left(600), time_left(10_000)
    ('75 s', '10 min', '2.8 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
