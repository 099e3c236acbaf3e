"""How papers look in every picture: the theme that gives a paper its lane and its colour, its label, and its width."""

from __future__ import annotations

import unicodedata

from ..model.lineage import Lineage
from ..utils.text import clipped

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
"""Okabe and Ito's colours, which people with a colour vision deficiency can tell apart."""
NO_COLOUR = "#666666"
NO_THEME = "no theme known"
LABEL_LENGTH = 24  # characters
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[]-· "), frozenset("mwMW@%…")


def theme_colours(lineage: Lineage) -> dict[str, str]:
    """A colour "#RRGGBB" for every theme of the reading list, in its order.

    The eighth theme and those after it share the grey of papers without a theme.
    """
    themes = lineage.reading_list.themes
    return {theme.id: COLOURS[n] if n < len(COLOURS) else NO_COLOUR for n, theme in enumerate(themes)}


def colour_of(lineage: Lineage, theme: str | None) -> str:
    """The colour of a theme, or of papers without one."""
    return theme_colours(lineage)[theme] if theme else NO_COLOUR


def theme_of(lineage: Lineage, key: str) -> str | None:
    """The theme that gives a paper its lane and its colour.

    It is the first theme that a person chose, else the inferred theme with the largest share; None when neither is
    known.
    """
    return next(iter(lineage.themes_of(key)), None)


def label_of(lineage: Lineage, key: str) -> str:
    """The label of a paper in the picture: "6 BERT", "Wu 2016", a clipped title.

    A paper without name, author and title is labelled "[untitled ...]": an identifier is never
    shown as if it were a title.
    """
    paper = lineage.paper(key)
    text = paper.label if paper.names or paper.authors else paper.title or paper.untitled
    label = clipped(_one_line(text), LABEL_LENGTH) or paper.untitled
    numbers = lineage.entry_numbers(key)
    return f"{'·'.join(map(str, numbers))} {label}" if numbers else label


def text_width(text: str) -> float:
    """The approximate width of a text in a wide sans serif font, in units of the font size."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.4
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.75 if character.isupper() else 0.64


def _one_line(text: str) -> str:
    """The text without control characters and line ends, which a picture cannot show."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn") else c for c in text).split())
