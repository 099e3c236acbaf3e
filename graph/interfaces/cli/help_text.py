"""The help of commands, laid out for the terminal that shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from ...utils.terminal_size import terminal_size

_WIDEST_NAMES = 30
"""click's own: an option that is longer stands on a line above its description."""


class HelpFormatter(click.HelpFormatter):
    """As click's, but on a terminal no line is longer than it is wide, however narrow, and commands stay whole."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        self._columns = terminal_size(sys.stdout).columns if sys.stdout and sys.stdout.isatty() else None
        if self._columns is not None and width is None:
            width = min(self._columns, max_width or 80) - 2
        super().__init__(indent_increment, width, max_width)

    @property
    def is_fitted(self) -> bool:
        """Whether the help is for a terminal, so that nothing has to be cut."""
        return self._columns is not None

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_NAMES, col_spacing: int = 2) -> None:
        """Write options or commands with their descriptions, which get two thirds of the width of a narrow terminal."""
        super().write_dl(rows, min(col_max, max(self.width // 3, 1)), col_spacing)

    def getvalue(self) -> str:
        """The whole help."""
        text = super().getvalue()
        if self._columns is None:
            return text
        from ...utils.fit_text import fit_text

        return fit_text(text, self._columns)


class HelpContext(click.Context):
    """The context of a command, with that formatter."""

    formatter_class = HelpFormatter
