"""How papers look in every picture: the theme that gives a paper its lane and its colour, its label, and its width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase

from ..analysis.retraction_status import mark_of
from ..model.corpus import Paper
from ..model.lineage import Lineage
from ..model.roles import ROLES
from ..model.tables import papers_at
from ..model.themes import Shares, main_theme
from ..utils.kept import kept_by_key, kept_in_owner
from ..utils.text import clipped

COLOURS = (
    *("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"),
    *("#600078", "#A8D8C0", "#004800", "#9C6CFC", "#480CD8"),
)
"""Okabe and Ito's seven colours, and five that keep away from these and from each other.

People with a colour vision deficiency can tell each from all others, but the more there are the less easily: a letter
(`theme_letters`) says the same.
"""
NO_COLOUR = "#666666"
LABEL_LENGTH = 24  # characters
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[]-· "), frozenset("mwMW@%…<>=+~")


@kept_in_owner
def theme_colours(lineage: Lineage) -> Mapping[str, str]:
    """A colour "#RRGGBB" for every theme of the reading list, in its order.

    The thirteenth theme and those after it share the grey of papers without a theme.
    """
    themes = lineage.reading_list.themes
    return {theme.id: COLOURS[n] if n < len(COLOURS) else NO_COLOUR for n, theme in enumerate(themes)}


def theme_letters(lineage: Lineage) -> Mapping[str, str]:
    """A letter for every theme of the reading list, in its order, for those who do not tell colours apart.

    After Z come the numbers of the themes: 27, 28.
    """
    return {theme.id: letter_at(n) for n, theme in enumerate(lineage.reading_list.themes)}


def letter_at(position: int) -> str:
    """The letter of the theme at a position, counted from 0.

    >>> letter_at(0), letter_at(25), letter_at(26)
    ('A', 'Z', '27')
    """
    return ascii_uppercase[position] if position < len(ascii_uppercase) else str(position + 1)


def colour_of(lineage: Lineage, theme: str | None) -> str:
    """The colour of a theme, or of papers without one."""
    return theme_colours(lineage)[theme] if theme else NO_COLOUR


@dataclass(frozen=True, slots=True)
class Look:
    """How a paper looks in every picture and table of a lineage."""

    paper: Paper
    role: str
    numbers: tuple[int, ...]
    """Of its entries in the reading list."""
    chosen: tuple[str, ...]
    """The themes that a person gave it."""
    shares: Shares
    """Of themes; empty when none is known."""
    theme: str | None
    """What gives it its lane and its colour: the first theme that a person chose; else the inferred theme with the
    largest share; None when neither is known."""
    label: str
    """Short, on one line, never empty: "6 BERT", "Wu 2016", a clipped title. A paper without name, author and title is
    labelled "[untitled ...]": an identifier is never shown as if it were a title."""
    mark: str = ""
    """What stands behind its name: " (retracted)", or nothing."""


@kept_by_key  # by all pages and files that show a paper
def looks_of(lineage: Lineage, keys: Sequence[str]) -> Iterator[Look]:
    """How papers look; found out once, however many pages and files show them.

    Raises `KeyError` for a key that the lineage does not have.
    """
    numbers = lineage.numbers_of(keys)
    roles = lineage.roles[numbers].tolist()
    order = lineage.reading_list.theme_ids
    for paper, role, shares in zip(
        papers_at(lineage.corpus.papers, keys), roles, lineage.shares_at(numbers), strict=True
    ):
        chosen, entries = lineage.themes(paper.key), lineage.entry_numbers(paper.key)
        theme = chosen[0] if chosen else main_theme(shares, order)
        mark = mark_of(lineage.corpus, paper.key)
        yield Look(paper, ROLES[role], entries, chosen, shares, theme, _label(paper, entries) + mark, mark)


def look_of(lineage: Lineage, key: str) -> Look:
    """How a paper looks."""
    return looks_of(lineage, (key,))[0]


def _label(paper: Paper, numbers: Sequence[int]) -> str:
    label = clipped(_one_line(paper.label), LABEL_LENGTH) or paper.untitled
    return f"{'·'.join(map(str, numbers))} {label}" if numbers else label


def theme_of(lineage: Lineage, key: str) -> str | None:
    """The theme that gives a paper its lane and its colour; None when it is not known."""
    return look_of(lineage, key).theme


def label_of(lineage: Lineage, key: str) -> str:
    """The label of a paper in the picture."""
    return look_of(lineage, key).label


def text_width(text: str) -> float:
    """The approximate width of a text in a wide sans serif font, in units of the font size."""
    return sum(map(_character_width, text))


@cache
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
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn") else c for c in text)
    return " ".join(text.split())
