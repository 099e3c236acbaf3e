"""How large the terminal behind a stream is."""

from __future__ import annotations

import os
from typing import Protocol

USUAL = os.terminal_size((80, 24))
"""The size that is taken where none is known: that of the first terminals."""


class _OfTerminal(Protocol):
    def fileno(self) -> int: ...


def terminal_size(stream: _OfTerminal) -> os.terminal_size:
    """The columns and lines of the terminal that a stream writes to.

    COLUMNS and LINES in the environment go before what the system says, as everywhere. Not every stream leads to the
    same terminal: standard error may be one while standard output is a file.

    >>> import io
    >>> terminal_size(io.StringIO()).columns > 0
    True
    """
    try:
        size = os.get_terminal_size(stream.fileno())
    except (AttributeError, ValueError, OSError):
        size = USUAL
    columns, lines = (_positive(os.environ.get(name, "")) for name in ("COLUMNS", "LINES"))
    return os.terminal_size((columns or size.columns or USUAL.columns, lines or size.lines or USUAL.lines))


def _positive(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
