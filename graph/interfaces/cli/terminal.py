"""What a terminal can show, and how: its width, its colours, help, and a pager for what is longer than it is high."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ...utils.terminal_size import terminal_size
from .safe_stream import SafeStream

if TYPE_CHECKING:
    from ...model.reading_list import ReadingList

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


COLOR_CHOICES = ("auto", "always", "never")
_COLOR, _PAGED = "graph.color", "graph.paged"
_MANY_COLOURS = ("38;5;27", "38;5;130", "38;5;28", "38;5;132", "38;5;31", "38;5;161", "38;5;64", "38;5;98")
"""For terminals of 256 colours: each has a contrast of 4 to 1 at least, with white and with black."""
_FEW_COLOURS = ("36", "35", "32", "31")
"""For others: cyan, magenta, green, red. Yellow is not legible on white, and blue not on black."""
_COMMAND = re.compile(r"'lineage [^']*'|(?<=: )lineage .*|(?<!\S)\S*://\S*")
"""What is copied from a message: it stays on one line, whatever the width."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the reader of a stream can be shown."""

    columns: int | None
    """The width to lay texts out for; None when the stream leads to no terminal."""
    lines: int
    colours: Sequence[str]
    """Parameters of the sequence that sets a colour (SGR); none where there are no colours."""
    pager: Sequence[str]
    """The command that shows a long text page by page; none where there is no pager."""


def terminal_of(stream: SafeStream, environment: Mapping[str, str], *, color: str, paged: bool) -> Terminal:
    """What the reader of a stream can be shown, by what it is, the environment, and the options of the command.

    Colours depend on NO_COLOR and TERM, unless `color` is "always" or "never"; the pager on PAGER and TERM.
    """
    is_terminal, is_dumb = stream.isatty(), environment.get("TERM", "dumb") == "dumb" and os.name != "nt"
    colourful = is_terminal and not is_dumb and not environment.get("NO_COLOR")
    colours: Sequence[str] = ()
    if color == "always" or (color == "auto" and colourful):
        many = "256color" in environment.get("TERM", "") or environment.get("COLORTERM") or not is_terminal
        colours = _MANY_COLOURS if many else _FEW_COLOURS
    if not is_terminal:
        return Terminal(None, 0, colours, ())
    from ...utils.terminal_size import terminal_size
    from .pager import pager_command

    size = terminal_size(stream)
    return Terminal(size.columns, size.lines, colours, pager_command(environment) if paged and not is_dumb else ())


def show_text(stream: SafeStream, text: str, reading_list: ReadingList | None = None) -> None:
    """Write a text for a person: laid out, in colours and page by page where the stream leads to a terminal."""
    terminal = _asked_for(stream)
    stream.write_laid_out(
        text,
        partial(_laid_out, terminal=terminal, reading_list=reading_list),
        partial(_paged, terminal=terminal),
    )


def fit_message(stream: SafeStream, message: str) -> str:
    """A message for the person, laid out where the stream leads to a terminal; commands in it stay whole."""
    if not stream.isatty():
        return message
    from ...utils.fit_text import fit_text
    from ...utils.terminal_size import terminal_size

    return fit_text(message, terminal_size(stream).columns, whole=_COMMAND)


def _asked_for(stream: SafeStream) -> Terminal:
    context = click.get_current_context(silent=True)
    meta: Mapping[str, Any] = context.meta if context else {}
    return terminal_of(stream, os.environ, color=meta.get(_COLOR, "auto"), paged=meta.get(_PAGED, True))


def _laid_out(text: str, *, terminal: Terminal, reading_list: ReadingList | None) -> str:
    if terminal.columns is not None:
        from ...utils.fit_text import fit_text

        text = fit_text(text, terminal.columns)
    if terminal.colours and reading_list is not None:
        from .theme_colours import with_theme_colours

        text = with_theme_colours(text, reading_list, terminal.colours)
    return text


def _paged(text: str, *, terminal: Terminal) -> bool:
    """Show a text in the pager when it is longer than the terminal is high; whether that was done."""
    if not terminal.pager or text.count("\n") < terminal.lines:
        return False
    from .pager import show_in_pager

    return show_in_pager(text, terminal.pager, os.environ)


def _remember(name: str, ctx: click.Context, _: click.Parameter, value: Any) -> None:
    if value is not None:
        ctx.meta[name] = value


def with_terminal_options(command: click.Command, *, hidden: bool = False) -> click.Command:
    """Give a command the options that say how a terminal is written to, unless it has them already."""
    command.context_class = HelpContext
    if not any(each.name == "color" for each in command.params):
        command.params += [
            click.Option(
                ["--color"],
                type=click.Choice(COLOR_CHOICES),
                expose_value=False,
                hidden=hidden,
                callback=partial(_remember, _COLOR),
                help="Show themes in colour: auto does on a terminal, unless NO_COLOR is set.",
            ),
            click.Option(
                ["--no-pager", "paged"],
                flag_value=False,
                default=None,
                expose_value=False,
                hidden=hidden,
                callback=partial(_remember, _PAGED),
                help="Do not show long answers in a pager (PAGER, or less).",
            ),
        ]
    return command
