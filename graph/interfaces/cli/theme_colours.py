"""Themes in their colours, in a text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model.reading_list import ReadingList
from ...utils.fit_text import CELL
from ...utils.text import for_terminal

_RESET = "\x1b[0m"


def with_theme_colours(text: str, reading_list: ReadingList, colours: Sequence[str]) -> str:
    r"""Set the themes of a list in their colours, in the order of the list; themes beyond the last colour have none.

    A theme is meant where nothing else stands in a cell of a table, or behind the date of a paper at the end of a line:
    the words of titles are often names of themes too.

    >>> from graph import load
    >>> themes = load().reading_list
    >>> print(repr(with_theme_colours("2021  Scaling scaling laws  ~scaling 41%", themes, ["31", "32"])))
    '2021  Scaling scaling laws  \x1b[32m~scaling 41%\x1b[0m'
    """
    names = {
        for_terminal(name): colour
        for theme, colour in zip(reading_list.themes, colours, strict=False)
        for name in filter(None, (theme.id, theme.name))
    }
    if not names:
        return text
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    theme = re.compile(rf"~?({alternatives})(?: \d+%)?")
    several = rf"{theme.pattern}(?:[,;] {theme.pattern})*[,;]?"
    alone = re.compile(several)
    behind_a_date = re.compile(rf"(?<=\), ){several}$")

    def in_colour(match: re.Match[str]) -> str:
        return theme.sub(lambda each: f"\x1b[{names[each[1]]}m{each[0]}{_RESET}", match[0])

    def in_cell(match: re.Match[str]) -> str:
        return in_colour(match) if alone.fullmatch(match[0]) else behind_a_date.sub(in_colour, match[0])

    return "\n".join(CELL.sub(in_cell, line) for line in text.split("\n"))
